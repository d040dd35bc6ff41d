import Planar

/// Long narrow ground without buildings: between the carriageways of a road, between a road and a
/// river. As a unit it would stick out of every grid that takes it.
extension Division {
  /// Divides such pieces of open ground among the units along them, half way between their sides,
  /// so that a border of grids runs along the middle of a road.
  ///
  /// - Parameter pieces: the triangles of each piece, by label from `firstOpenLabel`.
  /// - Returns: the pieces that were divided.
  mutating func divideStrips(_ pieces: [[Int32]], _ settings: FabricSettings) -> Set<Int> {
    var waiting = openGround.indices.filter { isStrip(openGround[$0].measure, settings) }
    // Nothing is given to ground that is itself given away.
    let isGivenAway = openGround.indices.map {
      isStrip(openGround[$0].measure, settings) || isSmall(openGround[$0].measure, settings)
    }
    var divided: Set<Int> = []
    // A strip between strips alone waits until these are divided.
    for _ in 0..<3 where !waiting.isEmpty {
      let sides = waiting.filter { labelSides(of: pieces[$0], isGivenAway) }
      growStrips(sides.map { pieces[$0] })
      for piece in sides { stripRank[Int(freeFace[region(3 * pieces[piece][0])])] = rank(around: pieces[piece]) }
      divided.formUnion(sides)
      waiting.removeAll { divided.contains($0) }
    }
    return divided
  }

  private func isStrip(_ measure: RegionMeasure, _ settings: FabricSettings) -> Bool {
    measure.area > 0 && measure.meanWidth <= settings.widestStrip
      && measure.perimeter * measure.perimeter >= settings.stripElongation * measure.area
  }

  /// Gives corners at the sides of a piece the label of the unit beyond, and takes its own from the
  /// others; leaves it as it is, and returns false, where no unit lies beyond.
  private mutating func labelSides(of piece: [Int32], _ isGivenAway: [Bool]) -> Bool {
    var given: [(corner: Int32, label: Int32)] = []
    for triangle in piece {
      for h in 3 * triangle..<3 * triangle + 3 where !isPassable(h) {
        var corners = [h]
        while isPassable(previous(corners[corners.count - 1])) {
          corners.append(mesh.rotatedLeft(corners[corners.count - 1]))
        }
        let right = labelBeyond(h, isGivenAway)
        let left = labelBeyond(previous(corners[corners.count - 1]), isGivenAway)
        let half = right < 0 ? 0 : left < 0 ? corners.count : (corners.count + 1) / 2
        for (place, h) in corners.enumerated() { given.append((h, place < half ? right : left)) }
      }
    }
    guard given.contains(where: { $0.label >= 0 }) else { return false }
    for triangle in piece {
      for h in 3 * Int(triangle)..<3 * Int(triangle) + 3 { (corner[h], source[h]) = (Self.none, -1) }
    }
    for (h, label) in given where label >= 0 { (corner[Int(h)], source[Int(h)]) = (label, mesh.origin[h]) }
    return true
  }

  /// The unit across a street that may reach over it; none across what no unit may cross.
  private func labelBeyond(_ h: Int32, _ isGivenAway: [Bool]) -> Int32 {
    guard !isHard(h) else { return Self.none }
    let (own, beyond) = (region(h), region(mesh.twin[h]))
    let isOpen = ground.compound[own] < 0 && ground.reachesOut(beyond)
    guard ground.compound[own] == ground.compound[beyond] || isOpen else { return Self.none }
    let label = labels(along: mesh.twin[h], water: Self.none).near
    if label >= firstOpenLabel, isGivenAway[Int(label - firstOpenLabel)] { return Self.none }
    return label
  }

  private func rank(around piece: [Int32]) -> Int32 {
    var rank: Int32 = -1
    for triangle in piece {
      for h in 3 * triangle..<3 * triangle + 3 where mesh.constraint[h] >= 0 {
        rank = max(rank, edges.streetRank[Int(mesh.constraint[h])])
      }
    }
    return rank
  }
}
