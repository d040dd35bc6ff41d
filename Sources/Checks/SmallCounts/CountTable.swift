/// Counts of a hierarchy that is to be published: each cell above the lowest level is the sum of
/// the cells below it.
public struct CountTable: Sendable {
  public struct Cell: Sendable, Hashable {
    public var id: String
    public var count: Int
    /// The position of the cell above in the table; nil at the top.
    public var parent: Int?

    public init(_ id: String, count: Int, parent: Int? = nil) {
      self.id = id
      self.count = count
      self.parent = parent
    }
  }

  public let cells: [Cell]
  /// For each cell the cells below it, ascending.
  let children: [[Int]]
  /// All cells, each after its parent.
  let fromTop: [Int]

  /// - Throws: `SmallCountsError` where a count is negative, a parent is missing or above itself, or
  ///   a cell is not the sum of those below it.
  public init(_ cells: [Cell]) throws(SmallCountsError) {
    var children = Array(repeating: [Int](), count: cells.count)
    var order = cells.indices.filter { cells[$0].parent == nil }
    for (index, cell) in cells.enumerated() {
      guard cell.count >= 0 else { throw SmallCountsError(cell: cell.id, message: "the count \(cell.count) is negative") }
      guard let parent = cell.parent else { continue }
      guard cells.indices.contains(parent) else { throw SmallCountsError(cell: cell.id, message: "it has no parent at \(parent)") }
      children[parent].append(index)
    }
    var next = 0
    while next < order.count {
      order += children[order[next]]
      next += 1
    }
    guard order.count == cells.count else {
      let lost = cells.indices.first { !order.contains($0) } ?? 0
      throw SmallCountsError(cell: cells[lost].id, message: "it lies above itself")
    }
    for (index, below) in children.enumerated() where !below.isEmpty {
      let sum = below.reduce(0) { $0 + cells[$1].count }
      guard sum == cells[index].count else {
        throw SmallCountsError(
          cell: cells[index].id, message: "the count \(cells[index].count) is not the sum \(sum) of the cells below it")
      }
    }
    self.cells = cells
    self.children = children
    fromTop = order
  }

  func isLeaf(_ cell: Int) -> Bool { children[cell].isEmpty }
}

/// A table of counts that contradicts itself.
public struct SmallCountsError: Error, Sendable, Hashable, CustomStringConvertible {
  public var cell: String
  public var message: String

  public var description: String { "cell \(cell): \(message)" }
}

/// Which cells of a table are left out of what is published, and why.
public struct Suppression: Sendable {
  public enum Reason: String, Sendable, Hashable {
    /// The count is from 1 to below the minimum.
    case small
    /// A small count could be had by subtraction from a total.
    case total
    /// A small count could be had by subtraction of another published plan.
    case difference
  }

  /// The reason for each cell; nil for a cell that is published.
  public var reasons: [Reason?]
  /// Small pieces between this plan and another that stay exposed whatever this plan leaves out,
  /// by their position in the pieces given: the other plan gives them away by itself.
  public var exposed: [Int] = []

  public func isSuppressed(_ cell: Int) -> Bool { reasons[cell] != nil }
  public var count: Int { reasons.count { $0 != nil } }
}
