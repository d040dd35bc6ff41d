/// Numbers for grid points, in the order in which they first appear.
struct VertexTable {
  private(set) var points: [GridPoint] = []
  private var slots: [Int32]

  init(expecting count: Int = 16) {
    slots = Array(repeating: -1, count: max(16, (count * 2).nextPowerOfTwo))
    points.reserveCapacity(count)
  }

  /// The number of `point`, a new one where it has none yet.
  mutating func number(of point: GridPoint) -> Int32 {
    if points.count * 2 >= slots.count { grow() }
    var slot = firstSlot(for: point)
    while slots[slot] >= 0 {
      if points[Int(slots[slot])] == point { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(points.count)
    points.append(point)
    return slots[slot]
  }

  /// The number of a point that has one.
  func number(known point: GridPoint) -> Int32 {
    var slot = firstSlot(for: point)
    while points[Int(slots[slot])] != point { slot = (slot + 1) & (slots.count - 1) }
    return slots[slot]
  }

  /// Numbers the points anew, in the order that `order` puts them into.
  mutating func renumber(_ order: ([GridPoint]) -> [GridPoint]) {
    points = order(points)
    fillSlots()
  }

  private func firstSlot(for point: GridPoint) -> Int {
    var hash = point.key &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash &* 0xd6e8_feb8_6659_fd93 >> 20) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    fillSlots()
  }

  private mutating func fillSlots() {
    for slot in slots.indices { slots[slot] = -1 }
    for (number, point) in points.enumerated() {
      var slot = firstSlot(for: point)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}

extension Int {
  /// The least power of two that is no less.
  var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
