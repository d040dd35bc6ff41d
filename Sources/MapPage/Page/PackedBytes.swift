import Foundation
import Planar

/// Whole numbers as bytes: seven bits each with a mark for more (LEB128), signs folded in (zigzag).
struct PackedBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: Int) {
    var rest = UInt(bitPattern: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(signed value: Int) { append(value << 1 ^ value >> (Int.bitWidth - 1)) }

  /// Text as what it shares with `previous` from the start, then the rest.
  mutating func append(_ text: String, after previous: String) {
    let (old, new) = (Array(previous.utf8), Array(text.utf8))
    var shared = 0
    while shared < min(old.count, new.count), old[shared] == new[shared] { shared += 1 }
    append(shared)
    append(new.count - shared)
    bytes.append(contentsOf: new[shared...])
  }

  var base64: String { Data(bytes).base64EncodedString() }
}

/// The page's lattice: whole steps from the south-west corner of the scene.
struct PageLattice {
  struct Place: Hashable, Comparable {
    var x: Int
    var y: Int

    static func < (a: Place, b: Place) -> Bool { (a.x, a.y) < (b.x, b.y) }
  }

  /// Metres of a step.
  let step: Double
  let origin: Point

  func callAsFunction(_ point: Point) -> Place {
    Place(x: Int(((point.x - origin.x) / step).rounded()), y: Int(((point.y - origin.y) / step).rounded()))
  }

  /// The places of a path, none twice in a row.
  func callAsFunction(path points: some Sequence<Point>) -> [Place] {
    var result: [Place] = []
    for point in points {
      let place = self(point)
      if place != result.last { result.append(place) }
    }
    return result
  }

  /// The places of a ring, the first not repeated; nil where nothing is left of it.
  func callAsFunction(ring points: some Sequence<Point>) -> [Place]? {
    var places = self(path: points)
    if places.count > 1, places.first == places.last { places.removeLast() }
    return places.count >= 3 ? places : nil
  }
}
