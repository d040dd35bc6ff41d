/// A static index over boxes: which of them meet a box or hold a point, and which is nearest.
///
/// A packed R-tree in Hilbert order. The same boxes give the same tree and the same order of
/// answers. Build O(n log n), queries O(log n + answers), 36 bytes an item. Source: I. Kamel and
/// C. Faloutsos, "Hilbert R-tree", 1994, packed bottom-up.
public struct BoxIndex: Sendable {
  /// How many boxes there are.
  public let count: Int
  /// The boxes of all items in Hilbert order, then of each level above, the root last.
  @usableFromInline let boxes: [Box]
  /// For each box the item's number, or the position of the first child.
  @usableFromInline let links: [Int32]

  @usableFromInline static var fanOut: Int { 8 }

  /// - Parameter items: the boxes; an empty box is never found.
  public init(_ items: [Box]) {
    count = items.count
    let all = items.reduce(Box.empty) { $0.union($1) }
    let order = hilbertOrder(of: items, in: all)
    var boxes = order.map { items[Int($0)] }
    var links = order
    var level = 0..<boxes.count
    while level.count > 1 {
      for first in stride(from: level.lowerBound, to: level.upperBound, by: Self.fanOut) {
        let children = first..<min(first + Self.fanOut, level.upperBound)
        boxes.append(children.reduce(Box.empty) { $0.union(boxes[$1]) })
        links.append(Int32(first))
      }
      level = level.upperBound..<boxes.count
    }
    self.boxes = boxes
    self.links = links
  }

  /// Calls `body` with each item whose box meets `box`, in an order that only the boxes decide.
  @inlinable
  public func forEach<Failure: Error>(
    meeting box: Box, _ body: (Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard count > 0 else { return }
    var stack = [boxes.count - 1]
    while let node = stack.popLast() {
      guard boxes[node].intersects(box) else { continue }
      if node < count {
        try body(Int(links[node]))
      } else {
        stack.append(contentsOf: children(of: node).reversed())
      }
    }
  }

  /// The items whose boxes meet `box`, ascending.
  @inlinable
  public func items(meeting box: Box) -> [Int] {
    var result: [Int] = []
    forEach(meeting: box) { result.append($0) }
    result.sort()
    return result
  }

  /// The items whose boxes hold `point`, ascending.
  @inlinable
  public func items(at point: Point) -> [Int] { items(meeting: Box(min: point, max: point)) }

  /// The item nearest to `point` within `limit`, the lowest number among equals; nil where none is.
  ///
  /// - Parameters:
  ///   - point: where to search from.
  ///   - limit: the farthest that an item may be.
  ///   - distance: the distance from `point` to an item, never less than to its box.
  @inlinable
  public func nearest(
    to point: Point, within limit: Double = .infinity, distance: (Int) -> Double
  ) -> (item: Int, distance: Double)? {
    guard count > 0 else { return nil }
    var best: (item: Int, distance: Double)?
    var stack = [(node: boxes.count - 1, distance: boxes[boxes.count - 1].distance(to: point))]
    while let (node, bound) = stack.popLast() {
      guard bound <= best?.distance ?? limit else { continue }
      if node < count {
        let item = Int(links[node])
        let distance = distance(item)
        guard distance <= limit else { continue }
        if let found = best, (found.distance, found.item) <= (distance, item) { continue }
        best = (item, distance)
      } else {
        let near = children(of: node).map { ($0, boxes[$0].distance(to: point)) }
        stack.append(contentsOf: near.sorted { $0.1 > $1.1 })
      }
    }
    return best
  }

  @usableFromInline
  func children(of node: Int) -> Range<Int> {
    let first = Int(links[node])
    return first..<min(first + Self.fanOut, levelEnd(after: first))
  }

  /// The end of the level that `position` lies on.
  @usableFromInline
  func levelEnd(after position: Int) -> Int {
    var size = count
    var end = count
    while end <= position {
      size = (size + Self.fanOut - 1) / Self.fanOut
      end += size
    }
    return end
  }
}

extension Box {
  /// The distance from `point` to the box; 0 inside, infinite from an empty box.
  @inlinable
  public func distance(to point: Point) -> Double {
    if isEmpty { return .infinity }
    let dx = Swift.max(min.x - point.x, 0, point.x - max.x)
    let dy = Swift.max(min.y - point.y, 0, point.y - max.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// The numbers of `items` by the Hilbert position of their centres in `all`, then by number.
private func hilbertOrder(of items: [Box], in all: Box) -> [Int32] {
  let cells = 65535.0
  func cell(_ value: Double, _ low: Double, _ extent: Double) -> UInt32 {
    let scaled = extent > 0 ? (value - low) / extent * cells : 0
    return scaled.isFinite ? UInt32(min(max(scaled, 0), cells)) : 0
  }
  let keys = items.indices.map { index -> UInt64 in
    let center = items[index].isEmpty ? all.min : items[index].center
    let position = hilbertPosition(
      cell(center.x, all.min.x, all.width), cell(center.y, all.min.y, all.height))
    return UInt64(position) << 32 | UInt64(index)
  }
  return keys.sorted().map { Int32(truncatingIfNeeded: $0 & 0xffff_ffff) }
}

/// The position of a cell along the Hilbert curve through 2¹⁶ × 2¹⁶ cells.
///
/// Source: J. Skilling, "Programming the Hilbert curve", 2004, in two dimensions.
public func hilbertPosition(_ x: UInt32, _ y: UInt32) -> UInt32 {
  var x = x
  var y = y
  var position: UInt32 = 0
  var side: UInt32 = 1 << 15
  while side > 0 {
    let right: UInt32 = x & side > 0 ? 1 : 0
    let upper: UInt32 = y & side > 0 ? 1 : 0
    position = position << 2 | (3 &* right) ^ upper
    if upper == 0 {
      if right == 1 {
        x = 0xffff &- (x & 0xffff)
        y = 0xffff &- (y & 0xffff)
      }
      swap(&x, &y)
    }
    side >>= 1
  }
  return position
}
