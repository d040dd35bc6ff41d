import GRDB
import Planar

/// An R-tree in the form in which SQLite keeps one (its shadow tables), packed along a Hilbert curve.
///
/// Packing takes a fraction of a second for a million boxes; inserting them one by one takes twelve.
/// Format: https://www.sqlite.org/rtree.html, and Kamel and Faloutsos, "On packing R-trees", 1993.
struct RTree: Sendable {
  /// The largest number of cells in a node, which SQLite sets for pages of 4096 bytes.
  private static let capacity = 51
  private static let cellSize = 24
  static let nodeSize = 4 + capacity * cellSize

  /// A box in single precision that holds the given one, and what is in it.
  struct Cell {
    /// The id of a row in leaves, the number of a node above them.
    var id: Int
    var minX: Float
    var maxX: Float
    var minY: Float
    var maxY: Float
  }

  /// All nodes at one height: each holds `capacity` cells, the last what is left.
  private struct Level {
    var cells: [Cell]
    /// The number of the first node.
    var firstNode = 1

    var nodeCount: Int { max(1, (cells.count + RTree.capacity - 1) / RTree.capacity) }

    func cells(of node: Int) -> ArraySlice<Cell> {
      cells[node * RTree.capacity..<min((node + 1) * RTree.capacity, cells.count)]
    }
  }

  /// From the leaves to the root, which has number 1.
  private var levels: [Level] = []
  /// Ids of rows and their leaves, ids ascending.
  private var leaves: [(id: Int, node: Int)] = []

  /// - Parameter boxes: the ids and their boxes; none empty.
  init(_ boxes: [(id: Int, box: Box)]) {
    let order = Self.hilbertOrder(boxes)
    levels = [Level(cells: order.map { Cell(id: boxes[$0].id, around: boxes[$0].box) })]
    while let below = levels.last, below.nodeCount > 1 {
      levels.append(Level(cells: (0..<below.nodeCount).map { Cell(id: $0, around: below.cells(of: $0)) }))
    }
    number()
    leaves = Self.leaves(boxes, order, levels[0].firstNode)
  }

  /// Numbers the nodes from the root down, level by level.
  private mutating func number() {
    for level in levels.indices.dropLast().reversed() {
      levels[level].firstNode = levels[level + 1].firstNode + levels[level + 1].nodeCount
      for cell in levels[level + 1].cells.indices { levels[level + 1].cells[cell].id += levels[level].firstNode }
    }
  }

  private static func leaves(_ boxes: [(id: Int, box: Box)], _ order: [Int], _ firstNode: Int) -> [(id: Int, node: Int)] {
    var leaves = boxes.map { (id: $0.id, node: 0) }
    for (place, index) in order.enumerated() { leaves[index].node = firstNode + place / capacity }
    let isAscending = zip(leaves, leaves.dropFirst()).allSatisfy { $0.id < $1.id }
    return isAscending ? leaves : leaves.sorted { $0.id < $1.id }
  }

  /// Fills the shadow tables of the empty index called `name`.
  func write(to database: Database, _ name: String) throws {
    guard !leaves.isEmpty else { return }
    // The root of an empty index.
    try database.execute(sql: "DELETE FROM \(quoted(name + "_node"))")
    let count = levels.reduce(0) { $0 + $1.nodeCount }
    var nodes = try RowInsertion(database, into: name + "_node", columns: 2, rows: count)
    var parents = try RowInsertion(database, into: name + "_parent", columns: 2, rows: count - 1)
    for (height, level) in levels.enumerated().reversed() {
      for index in 0..<level.nodeCount {
        let number = level.firstNode + index
        nodes.add(number)
        nodes.addBlob { write(level.cells(of: index), height: number == 1 ? height : 0, to: &$0) }
        try nodes.endRow()
        guard number > 1 else { continue }
        parents.add(number)
        parents.add(levels[height + 1].firstNode + index / Self.capacity)
        try parents.endRow()
      }
    }
    var rows = try RowInsertion(database, into: name + "_rowid", columns: 2, rows: leaves.count)
    for leaf in leaves {
      rows.add(leaf.id)
      rows.add(leaf.node)
      try rows.endRow()
    }
  }

  /// A node's content as SQLite stores it: height of the tree (in the root), number of cells, cells.
  private func write(_ cells: ArraySlice<Cell>, height: Int, to writer: inout ByteWriter) {
    writer.writeRaw(UInt16(height).bigEndian)
    writer.writeRaw(UInt16(cells.count).bigEndian)
    for cell in cells {
      writer.writeRaw(Int64(cell.id).bigEndian)
      writer.writeRaw(cell.minX.bitPattern.bigEndian)
      writer.writeRaw(cell.maxX.bitPattern.bigEndian)
      writer.writeRaw(cell.minY.bitPattern.bigEndian)
      writer.writeRaw(cell.maxY.bitPattern.bigEndian)
    }
    writer.writeZeros(Self.nodeSize - 4 - cells.count * Self.cellSize)
  }

  private static func hilbertOrder(_ boxes: [(id: Int, box: Box)]) -> [Int] {
    let all = boxes.reduce(into: Box.empty) { $0.formUnion($1.box) }
    let scaleX = all.width > 0 ? 65535 / all.width : 0
    let scaleY = all.height > 0 ? 65535 / all.height : 0
    var keys = boxes.indices.map { index in
      let center = boxes[index].box.center
      let place = hilbertPlace(UInt32((center.x - all.min.x) * scaleX), UInt32((center.y - all.min.y) * scaleY))
      return UInt64(place) << 32 | UInt64(index)
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
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

  fileprivate init(id: Int, around cells: ArraySlice<RTree.Cell>) {
    self = cells.first!
    self.id = id
    for cell in cells {
      minX = min(minX, cell.minX)
      maxX = max(maxX, cell.maxX)
      minY = min(minY, cell.minY)
      maxY = max(maxY, cell.maxY)
    }
  }
}

/// The largest single-precision number that does not exceed `value`.
private func roundedDown(_ value: Double) -> Float {
  let rounded = Float(value)
  return Double(rounded) > value ? rounded.nextDown : rounded
}
