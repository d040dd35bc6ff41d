internal import Planar

/// Where a place meets the streets: the nearest point of the nearest street.
struct StreetStop: Sendable {
  /// The edge, and how far along it from its first end.
  var edge: Int32
  var along: Double
  /// Metres from the street to the place, straight.
  var offset: Double
}

/// Finds the nearest street.
struct PieceIndex: Sendable {
  private let pieces: [NetworkBuilder.PieceOnEdge]
  private let index: BoxIndex

  init(_ pieces: [NetworkBuilder.PieceOnEdge]) {
    self.pieces = pieces
    index = BoxIndex(pieces.map { Box(around: [$0.a, $0.b]) })
  }

  func stop(at place: Point) -> StreetStop? {
    guard place.isFinite else { return nil }
    let nearest = index.nearest(to: place) { distance(from: place, toSegment: pieces[$0].a, pieces[$0].b) }
    guard let nearest else { return nil }
    let piece = pieces[nearest.item]
    let foot = nearestPoint(on: piece.a, piece.b, to: place)
    return StreetStop(
      edge: piece.edge, along: piece.start + piece.a.distance(to: foot), offset: nearest.distance)
  }
}
