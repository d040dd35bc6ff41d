internal import CPROJ
import Foundation
internal import Planar

/// PROJ transformations between two systems, one for each thread that works at the moment.
///
/// Unchecked because the only mutable state, the idle handles, is guarded by a lock, and a handle
/// taken out is used by one thread alone.
final class ProjPool: @unchecked Sendable {
  let source: CRS
  let target: CRS
  let isBallpark: Bool
  private let lock = NSLock()
  private var idle: [ProjObject]

  /// The pool that was made before for these systems, else a new one: every layer of a plan asks.
  static func shared(from source: CRS, to target: CRS, allowBallpark: Bool) throws(GeoreferenceError) -> ProjPool {
    let key = PoolTable.Key(source: source, target: target, allowBallpark: allowBallpark)
    if let known = PoolTable.shared[key] { return known }
    let made = try ProjPool(from: source, to: target, allowBallpark: allowBallpark)
    PoolTable.shared[key] = made
    return made
  }

  private init(from source: CRS, to target: CRS, allowBallpark: Bool) throws(GeoreferenceError) {
    self.source = source
    self.target = target
    let datums = try Self.datums(source, target)
    if !Self.isUnpublished(datums), let exact = try Self.handle(source, target, ballpark: false) {
      idle = [exact]
      isBallpark = false
      return
    }
    let isSameDatum = datums.first == datums.second || Self.countAsSame(datums)
    guard isSameDatum || allowBallpark, let handle = try Self.handle(source, target, ballpark: true) else {
      throw GeoreferenceError(
        .ballpark, operation: "\(source) to \(target)",
        message: "only a ballpark transformation is known, which may be 100 m off",
        remedy: "Give the parameters of the datum shift as a PROJ string, or --allow-ballpark")
    }
    idle = [handle]
    isBallpark = !isSameDatum
  }

  func transform(_ points: inout [Point]) throws(GeoreferenceError) {
    let handle = try take()
    defer { give(handle) }
    let stride = MemoryLayout<Point>.stride
    let count = points.count
    let failed: Point? = points.withUnsafeMutableBytes { bytes in
      let x = bytes.baseAddress!.assumingMemoryBound(to: Double.self)
      proj_errno_reset(handle.pointer)
      proj_trans_generic(
        handle.pointer, PJ_FWD, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
      return bytes.bindMemory(to: Point.self).first { !$0.isFinite }
    }
    guard failed == nil else {
      throw GeoreferenceError(
        .outsideArea, operation: "\(source) to \(target)",
        message: "a coordinate has no place in \(target) (\(handle.context.lastError))",
        remedy: "Check the reference system of the layer: coordinates and CRS don't fit")
    }
  }

  private func take() throws(GeoreferenceError) -> ProjObject {
    lock.lock()
    let handle = idle.popLast()
    lock.unlock()
    if let handle { return handle }
    guard let made = try Self.handle(source, target, ballpark: true) else {
      throw GeoreferenceError(.operationFailed, operation: "\(source) to \(target)", message: "PROJ failed")
    }
    return made
  }

  private func give(_ handle: ProjObject) {
    lock.lock()
    idle.append(handle)
    lock.unlock()
  }

  /// A transformation with axes in x, y order; nil where PROJ knows none under these conditions.
  private static func handle(
    _ source: CRS, _ target: CRS, ballpark: Bool
  ) throws(GeoreferenceError) -> ProjObject? {
    let context = ProjContext()
    let from = try context.crs(source)
    let to = try context.crs(target)
    let option = ballpark ? "ALLOW_BALLPARK=YES" : "ALLOW_BALLPARK=NO"
    let raw = option.withCString { text in
      var options: [UnsafePointer<CChar>?] = [text, nil]
      return proj_create_crs_to_crs_from_pj(context.pointer, from.pointer, to.pointer, nil, &options)
    }
    guard let raw else { return nil }
    defer { proj_destroy(raw) }
    return proj_normalize_for_visualization(context.pointer, raw).map { ProjObject($0, in: context) }
  }

  private typealias Datums = (first: String?, second: String?)

  /// The codes of the geographic systems beneath both.
  private static func datums(_ a: CRS, _ b: CRS) throws(GeoreferenceError) -> Datums {
    let context = ProjContext()
    func datum(_ crs: CRS) throws(GeoreferenceError) -> String? {
      let object = try context.crs(crs)
      return (object.geodeticBase ?? object).code
    }
    return (try datum(a), try datum(b))
  }

  /// WGS 84 and CGCS2000 agree below a metre.
  private static func countAsSame(_ datums: Datums) -> Bool {
    guard let first = datums.first, let second = datums.second else { return false }
    return CRS(first).isSameDegrees(as: CRS(second))
  }

  /// Beijing 1954, New Beijing and Xian 1980: the national parameters are not public. EPSG's few
  /// entries are for single oil fields, and PROJ would apply them anywhere.
  private static let unpublished: Set<String> = ["EPSG:4214", "EPSG:4555", "EPSG:4610"]

  private static func isUnpublished(_ datums: Datums) -> Bool {
    datums.first != datums.second
      && [datums.first, datums.second].contains { $0.map(unpublished.contains) ?? false }
  }
}

/// The pools that were made, so that each pair of systems is looked up in PROJ's database once.
///
/// Unchecked because the only state, the pools, is guarded by a lock.
private final class PoolTable: @unchecked Sendable {
  struct Key: Hashable {
    let source: CRS
    let target: CRS
    let allowBallpark: Bool
  }

  static let shared = PoolTable()
  /// A batch over many countries starts anew after so many pairs.
  private static let limit = 64

  private let lock = NSLock()
  private var pools: [Key: ProjPool] = [:]

  subscript(key: Key) -> ProjPool? {
    get { lock.withLock { pools[key] } }
    set {
      lock.withLock {
        if pools.count >= Self.limit { pools.removeAll() }
        pools[key] = newValue
      }
    }
  }
}
