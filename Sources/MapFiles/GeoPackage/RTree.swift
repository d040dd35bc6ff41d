import Planar

/// An R-tree in the form in which SQLite keeps one (its shadow tables), packed along a Hilbert curve.
///
/// Packing takes a fraction of a second for a million boxes; inserting them one by one takes twelve.
/// Format: https://www.sqlite.org/rtree.html, and Kamel and Faloutsos, "On packing R-trees", 1993.
struct RTree {
  /// The largest number of cells in a node, which SQLite sets for pages of 4096 bytes.
  private static let capacity = 51
  private static let cellSize = 24
  static let nodeSize = 4 + capacity * cellSize

  /// A box in single precision that holds the given one, and what is in it.
  struct Cell {
    var id: Int
    var minX: Float
    var maxX: Float
    var minY: Float
    var maxY: Float
  }

  struct Node {
    var number: Int
    var parent: Int?
    var cells: [Cell]
    /// 0 for leaves.
    var level: Int
  }

  /// The root has number 1.
  private(set) var nodes: [Node] = []

  /// - Parameter boxes: the ids and their boxes; none empty.
  init(_ boxes: [(id: Int, box: Box)]) {
    var cells = Self.inHilbertOrder(boxes).map { Cell(id: $0.id, around: $0.box) }
    var levels: [[[Cell]]] = []
    repeat {
      let groups = stride(from: 0, to: max(cells.count, 1), by: Self.capacity).map {
        Array(cells[$0..<min($0 + Self.capacity, cells.count)])
      }
      levels.append(groups)
      cells = groups.enumerated().map { Cell(id: $0, around: $1) }
    } while cells.count > 1
    number(levels)
  }

  /// Numbers the nodes from the root down, level by level.
  private mutating func number(_ levels: [[[Cell]]]) {
    var firsts = [Int](repeating: 1, count: levels.count)
    for level in levels.indices.dropLast().reversed() { firsts[level] = firsts[level + 1] + levels[level + 1].count }
    for level in levels.indices.reversed() {
      for (index, group) in levels[level].enumerated() {
        let parent = level + 1 < levels.count ? firsts[level + 1] + index / Self.capacity : nil
        let cells = level == 0 ? group : group.map { $0.withID(firsts[level - 1] + $0.id) }
        nodes.append(Node(number: firsts[level] + index, parent: parent, cells: cells, level: level))
      }
    }
  }

  /// The node's content as SQLite stores it: depth of the tree (in the root), number of cells, cells.
  func data(of node: Node, _ writer: inout ByteWriter) {
    writer.removeAll()
    writer.writeRaw(UInt16(node.number == 1 ? node.level : 0).bigEndian)
    writer.writeRaw(UInt16(node.cells.count).bigEndian)
    for cell in node.cells {
      writer.writeRaw(Int64(cell.id).bigEndian)
      for value in [cell.minX, cell.maxX, cell.minY, cell.maxY] { writer.writeRaw(value.bitPattern.bigEndian) }
    }
    for _ in 0..<(Self.nodeSize - writer.count) { writer.write(byte: 0) }
  }

  private static func inHilbertOrder(_ boxes: [(id: Int, box: Box)]) -> [(id: Int, box: Box)] {
    let all = boxes.reduce(into: Box.empty) { $0.formUnion($1.box) }
    let scaleX = all.width > 0 ? 65535 / all.width : 0
    let scaleY = all.height > 0 ? 65535 / all.height : 0
    let keys = boxes.indices.map { index in
      let center = boxes[index].box.center
      let place = hilbertPlace(UInt32((center.x - all.min.x) * scaleX), UInt32((center.y - all.min.y) * scaleY))
      return UInt64(place) << 32 | UInt64(index)
    }
    return keys.sorted().map { boxes[Int($0 & 0xFFFF_FFFF)] }
  }
}

/// The place of a cell of a 65536 × 65536 grid along the Hilbert curve.
private func hilbertPlace(_ x: UInt32, _ y: UInt32) -> UInt32 {
  var (x, y, place) = (x, y, UInt32(0))
  for bit in (0..<16).reversed() {
    let side = UInt32(1) << UInt32(bit)
    let right: UInt32 = x & side != 0 ? 1 : 0
    let upper: UInt32 = y & side != 0 ? 1 : 0
    place = place << 2 | (3 * right) ^ upper
    if upper == 0 {
      if right == 1 { (x, y) = (~x, ~y) }
      (x, y) = (y, x)
    }
  }
  return place
}

extension RTree.Cell {
  fileprivate init(id: Int, around box: Box) {
    self.init(
      id: id, minX: roundedDown(box.min.x), maxX: -roundedDown(-box.max.x), minY: roundedDown(box.min.y),
      maxY: -roundedDown(-box.max.y))
  }

  fileprivate init(id: Int, around cells: [RTree.Cell]) {
    self.init(
      id: id, minX: cells.map(\.minX).min() ?? 0, maxX: cells.map(\.maxX).max() ?? 0,
      minY: cells.map(\.minY).min() ?? 0, maxY: cells.map(\.maxY).max() ?? 0)
  }

  fileprivate func withID(_ id: Int) -> RTree.Cell {
    var result = self
    result.id = id
    return result
  }
}

/// The largest single-precision number that does not exceed `value`.
private func roundedDown(_ value: Double) -> Float {
  let rounded = Float(value)
  return Double(rounded) > value ? rounded.nextDown : rounded
}
