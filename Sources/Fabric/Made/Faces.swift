/// The pieces of ground between streets, barriers and the borders of parents and compounds.
struct Faces {
  /// For each region its face; regions that no unit may have are faces of their own.
  let ofRegion: [Int32]

  init(_ survey: borrowing Survey, _ ground: Ground) {
    var sets = DisjointSets(count: survey.cover.count)
    for h in 0..<Int32(survey.mesh.origin.count) {
      let g = survey.mesh.twin[h]
      let edge = survey.mesh.constraint[h]
      guard g > h, edge >= 0 else { continue }
      let (a, b) = (Int(survey.mesh.region[h / 3]), Int(survey.mesh.region[g / 3]))
      guard a != b, ground.isLand(a), ground.isSameZone(a, b) else { continue }
      guard survey.edges.streetRank[Int(edge)] < 0, !survey.edges.isBarrier[Int(edge)] else { continue }
      sets.join(a, b)
    }
    ofRegion = survey.cover.indices.map { Int32(sets.find($0)) }
  }
}
