internal import Fabric
internal import Georeference
public import MapFiles
internal import Parallel
internal import Planar
internal import Topology

/// A repaired layer, and everything that was changed or left.
public struct RepairOutcome: Sendable {
  /// Features in their order, with all their fields.
  public var layer: Layer
  /// By feature, then by rule.
  public var changes: [RepairChange]
  /// How many features have another geometry than before.
  public var touched: Int
}

/// Makes the areas of a layer valid, its borders shared, and closes narrow gaps and overlaps.
///
/// Areas are made valid by their structure in the coordinates that they come in and again in working
/// metres. Of grids and units all borders are then noded and snapped into one set of arcs (`Fabric`):
/// neighbours share every vertex. Where two overlap on a strip no wider than the tolerance the smaller
/// has the ground; gaps no wider go to the features beside them; wider ones stay and are listed. The
/// arcs are rounded to the printed decimals and noded there once more. A feature of which nothing
/// changed keeps its coordinates to the last bit.
/// - Parameters:
///   - layer: what is repaired.
///   - parents: areas whose borders the features should follow; they are never changed.
///   - request: tolerances, in metres, and decimals.
/// - Throws: `MapFileError`, `GeoreferenceError`; `FabricError` where coordinates are no places.
/// O(n log n).
public func repairedLayer(
  _ layer: Layer, parents: Layer? = nil, request: RepairRequest = RepairRequest()
) throws -> RepairOutcome {
  var repair = try LayerRepair(layer, request)
  try repair.makeValid()
  if request.kind != .buildings { try repair.shareBorders(parents: parents) }
  return try repair.outcome()
}

/// A repair under way.
struct LayerRepair {
  let request: RepairRequest
  let layer: Layer
  let working: CRS
  let target: CRS
  let toWorking: Transformation
  /// From working metres to the CRS of the result.
  let toTarget: Transformation
  /// The rows with areas.
  let rows: [Int]
  /// For each of them its area made valid in its own coordinates.
  private(set) var mended: [[Polygon]] = []
  /// The same in working metres, and then with shared borders.
  var areas: [[Polygon]] = []
  /// The areas in the CRS of the result, where they have been put there already.
  var printed: [[Polygon]]?
  var changes: [RepairChange] = []

  init(_ layer: Layer, _ request: RepairRequest) throws {
    guard let crs = layer.crs else { throw MapFileError.noCRS(of: layer) }
    (self.layer, self.request) = (layer, request)
    rows = layer.features.indices.filter { layer.features[$0].geometry?.polygons.isEmpty == false }
    working = try request.workingCRS.map { try $0.measuring().crs } ?? LayerRepair.fittingCRS(layer, crs)
    target = request.target ?? crs
    toWorking = try Transformation(from: crs, to: working, allowBallpark: request.allowsBallpark)
    toTarget = try Transformation(from: working, to: target, allowBallpark: request.allowsBallpark)
    for row in layer.features.indices where layer.features[row].geometry?.isEmpty == false && layer.features[row].geometry!.polygons.isEmpty {
      let type = layer.features[row].geometry!.typeName
      changes.append(
        RepairChange(
          rule: .notAnArea, feature: row, message: "a \(type): left as it is", chinese: "\(type)：保持原样"))
    }
  }

  /// The layer's own CRS where it can measure in metres, else one that fits.
  private static func fittingCRS(_ layer: Layer, _ crs: CRS) throws -> CRS {
    let described = try crs.described()
    if described.isFitToMeasure, described.metresPerUnit == 1 { return crs }
    guard let place = layer.features.lazy.compactMap({ $0.geometry?.firstCoordinate }).first else { return crs }
    return WorkingCRS.fitting(Box(around: [try Transformation(from: crs, to: .crs84, allowBallpark: true)(place)]))
  }

  // MARK: Validity

  private struct Made: Sendable {
    /// In the layer's own coordinates.
    var mended: [Polygon]
    /// In working metres, as it came and made valid.
    var before: [Polygon]
    var after: [Polygon]
    /// Why the area was invalid as it came; nil where it was valid.
    var reason: String?
    var place: Point?
  }

  /// Makes each area valid, first in its own coordinates, then in working metres. What only the
  /// transformation made invalid, by the last bits of its coordinates, is no fault of the layer.
  mutating func makeValid() throws {
    let parts = chunks(of: rows.count, parts: threadCount * 8)
    let (rows, features, toWorking, file) = (rows, layer.features, toWorking, layer.file)
    let made = try parallelMap(count: rows.isEmpty ? 0 : parts.count) { part in
      try parts[part].map { number -> Made in
        do {
          return try Self.made(features[rows[number]].geometry!.polygons, toWorking)
        } catch let error as GeoreferenceError {
          throw MapFileError(
            .badData, file: file, place: "feature \(rows[number])", message: error.message, remedy: error.remedy)
        }
      }
    }.flatMap { $0 }
    mended = made.map(\.mended)
    areas = made.map(\.after)
    for (number, made) in made.enumerated() { list(made, row: rows[number]) }
  }

  private static func made(_ drawn: [Polygon], _ transformation: Transformation) throws -> Made {
    let finite = drawn.filter { $0.rings.allSatisfy { $0.points.allSatisfy(\.isFinite) } }
    let own = validated(finite)
    let again = validated(try own.polygons.map { try transformation($0) })
    return Made(
      mended: own.polygons, before: try finite.map { try transformation($0) }, after: again.polygons,
      reason: finite.count < drawn.count ? "a coordinate is not finite" : own.reason,
      place: try own.place.map { try transformation($0) })
  }

  static func validated(_ polygons: [Polygon]) -> (polygons: [Polygon], reason: String?, place: Point?) {
    guard let problem = try? validityProblem(of: .area(of: polygons)) else { return (polygons, nil, nil) }
    return ((try? repaired(polygons)) ?? [], problem.reason, problem.place)
  }

  private mutating func list(_ made: Made, row: Int) {
    guard let reason = made.reason else { return }
    let (old, new) = (made.before.reduce(0) { $0 + $1.area }, made.after.reduce(0) { $0 + $1.area })
    let change = (new - old).rounded(to: 3)
    changes.append(
      made.after.isEmpty
        ? RepairChange(
          rule: .vanished, feature: row, measure: old.rounded(to: 3), place: made.place,
          message: "invalid (\(reason)), and nothing is left of it", chinese: "无效（\(reason)），修复后无剩余面积")
        : RepairChange(
          rule: .madeValid, feature: row, measure: change, place: made.place,
          message: "invalid (\(reason)); made valid by its structure, its area changed by \(change) m²",
          chinese: "无效（\(reason)）；已按结构修复，面积变化 \(change) 平方米"))
  }
}

extension MapFileError {
  /// The layer's coordinates cannot be understood.
  static func noCRS(of layer: Layer) -> MapFileError {
    MapFileError(
      .badData, file: layer.file, message: "the file does not say in which CRS its coordinates are",
      remedy: layer.crsAdvice)
  }
}
