import Georeference
public import Planar

/// The shift between two sources, measured at rows with the same code or name, where it is that of
/// GCJ-02 at the place.
public struct ShiftSuspicion: Sendable, Hashable {
  /// Whether A seems to be in GCJ-02, else B.
  public var suspectIsA: Bool
  /// East and north in metres, from the other source to the suspect one: the median of the pairs.
  public var measured: Point
  /// What the formula of GCJ-02 gives there, the median as well.
  public var expected: Point
  public var pairs: Int

  /// Nil where fewer than three pairs tell, or they tell something else.
  init?(_ joiner: Joiner, working: CRS) throws {
    guard joiner.a.layer.crs?.isObfuscated != true, joiner.b.layer.crs?.isObfuscated != true else { return nil }
    let vectors = joiner.equals.compactMap { pair -> (at: Point, vector: Point)? in
      guard let p = joiner.a.places[pair.a], let q = joiner.b.places[pair.b] else { return nil }
      return (p.center, q.center - p.center)
    }
    guard vectors.count >= 3 else { return nil }
    let shift = Point(x: median(vectors.map(\.vector.x)), y: median(vectors.map(\.vector.y)))
    let spread = median(vectors.map { $0.vector.distance(to: shift) })
    let length = shift.distance(to: Point(x: 0, y: 0))
    guard length > 100, spread < length / 3 else { return nil }
    let places = vectors.map(\.at)
    let degrees = try Transformation(from: working, to: .crs84)(places)
    guard degrees.allSatisfy(Obfuscation.area.contains) else { return nil }
    let moved = try Transformation(from: .crs84, to: working)(degrees.map(Obfuscation.gcj02(fromWGS84:)))
    let offsets = zip(moved, places).map { $0 - $1 }
    let offset = Point(x: median(offsets.map(\.x)), y: median(offsets.map(\.y)))
    let ofB = shift.distance(to: offset)
    let ofA = (shift * -1).distance(to: offset)
    guard min(ofA, ofB) < 60 else { return nil }
    suspectIsA = ofA < ofB
    measured = suspectIsA ? shift * -1 : shift
    expected = offset
    pairs = vectors.count
  }
}

/// The middle value; of an even number the higher of the two in the middle.
private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
