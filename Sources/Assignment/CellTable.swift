import Foundation
import Parallel

/// The cells of a whole index, in memory that never changes once it is built.
///
/// Large pages are asked for where the system has them: points in any order touch a different page each,
/// and misses of the page table would cost more than the look-up. Unchecked because it is filled by
/// `init` alone, each part of it by one thread.
final class CellTable: @unchecked Sendable {
  let cells: UnsafeMutableBufferPointer<Int32>
  let nested: UnsafeMutableBufferPointer<Int32>
  let nodes: UnsafeMutableBufferPointer<CellNode>
  let borders: UnsafeMutableBufferPointer<BorderCell>
  let tests: UnsafeMutableBufferPointer<RingTest>
  let edges: UnsafeMutableBufferPointer<SidedEdge>

  /// All cells of `frame`, built in bands of rows on all cores; the bands don't depend on their number.
  convenience init(_ flat: FlatAreas, _ frame: CellFrame) {
    let bands = EdgeBands(flat, frame)
    self.init(
      parallelMap(count: bands.count) { band in
        var rows = CellRows(flat, frame, bands.work(of: band))
        rows.build()
        return rows.store
      })
  }

  /// Puts the parts one after the other.
  private init(_ parts: [CellStore]) {
    let places = CellShift.places(of: parts)
    let end = places[parts.count]
    cells = largePages(end.cells)
    nested = largePages(end.nested)
    nodes = largePages(end.nodes)
    borders = largePages(end.borders)
    tests = largePages(end.tests)
    // `Lookup` reads ahead by two.
    edges = largePages(end.edges + 2, zeroedFrom: end.edges)
    _ = parallelMap(count: parts.count) { copy(parts[$0], to: places[$0]) }
  }

  deinit {
    free(cells.baseAddress)
    free(nested.baseAddress)
    free(nodes.baseAddress)
    free(borders.baseAddress)
    free(tests.baseAddress)
    free(edges.baseAddress)
  }

  private func copy(_ part: CellStore, to place: CellShift) {
    put(part.cells.lazy.map(place.moved), into: cells, at: place.cells)
    put(part.nested.lazy.map(place.moved), into: nested, at: place.nested)
    put(part.nodes.lazy.map(place.moved), into: nodes, at: place.nodes)
    put(part.borders.lazy.map(place.moved), into: borders, at: place.borders)
    put(part.tests.lazy.map(place.moved), into: tests, at: place.tests)
    put(part.edges, into: edges, at: place.edges)
  }

  private func put<Value>(
    _ values: some Collection<Value>, into buffer: UnsafeMutableBufferPointer<Value>, at start: Int
  ) {
    _ = UnsafeMutableBufferPointer(rebasing: buffer[start..<(start + values.count)]).initialize(from: values)
  }
}

/// How far the numbers move that cells point with, when what they point to is put behind other parts.
struct CellShift: Sendable {
  var cells = 0
  var nested = 0
  var nodes = 0
  var borders = 0
  var tests = 0
  var edges = 0

  /// Where each part begins, and where the last one ends.
  static func places(of parts: [CellStore]) -> [CellShift] {
    var places = [CellShift()]
    for part in parts { places.append(places[places.count - 1].after(part)) }
    return places
  }

  func after(_ part: CellStore) -> CellShift {
    CellShift(
      cells: cells + part.cells.count, nested: nested + part.nested.count, nodes: nodes + part.nodes.count,
      borders: borders + part.borders.count, tests: tests + part.tests.count, edges: edges + part.edges.count)
  }

  @inline(__always)
  func moved(_ value: Int32) -> Int32 { value < -1 ? value + Int32(borders) : value }

  func moved(_ node: CellNode) -> CellNode {
    var node = node
    node.firstCell += nested
    return node
  }

  @inline(__always)
  func moved(_ border: BorderCell) -> BorderCell {
    var border = border
    border.firstTest += UInt32(border.testCount == BorderCell.divided ? nodes : tests)
    return border
  }

  @inline(__always)
  func moved(_ test: RingTest) -> RingTest {
    var test = test
    test.firstEdge += UInt32(edges)
    return test
  }
}

private func largePages<Value>(
  _ count: Int, zeroedFrom used: Int? = nil
) -> UnsafeMutableBufferPointer<Value> {
  let size = max(count * MemoryLayout<Value>.stride, MemoryLayout<Value>.stride)
  let largePage = 1 << 21
  var place: UnsafeMutableRawPointer?
  let isLarge = size >= 2 * largePage
  guard posix_memalign(&place, isLarge ? largePage : 64, size) == 0, let place else {
    fatalError("no memory for \(size) bytes")
  }
  #if os(Linux)
    // Advice only: where it is not taken, pages are small.
    if isLarge { madvise(place, size, 14 /* MADV_HUGEPAGE */) }
  #endif
  if let used { memset(place + used * MemoryLayout<Value>.stride, 0, (count - used) * MemoryLayout<Value>.stride) }
  return UnsafeMutableBufferPointer(start: place.bindMemory(to: Value.self, capacity: count), count: count)
}
