import Planar

/// A post of a community worker, never a person.
struct Post {
  var id: String
  var community: Int
  var grid: String
  var base: Point
  var hoursPerWeek: Int
  var skills: [String]
  var isStaffed: Bool
}

extension TownPlan {
  /// One post for each grid of today, based at the community's office.
  func posts(_ grids: [TodaysGrid]) -> [Post] {
    let offices = offices()
    var number: [Int: Int] = [:]
    return grids.enumerated().map { index, grid in
      var random = SplitMix64(seed: request.seed, .posts, index)
      number[grid.community, default: 0] += 1
      let extra = ["safety", "facilities", "mediation", "sanitation"].filter { _ in random.chance(0.35) }
      return Post(
        id: communities[grid.community].code + "-P" + padded(number[grid.community]!, 2),
        community: grid.community, grid: grid.code, base: offices[grid.community],
        hoursPerWeek: random.chance(0.85) ? 40 : 20, skills: ["general"] + extra,
        isStaffed: random.chance(0.95))
    }
  }

  /// The middle of each community's first public building, else of any first building or face.
  private func offices() -> [Point] {
    var found = [(rank: Int, place: Point)?](repeating: nil, count: communities.count)
    for building in buildings {
      let community = communityOfFace[building.face]
      let rank = building.use == .publicUse ? 0 : building.use == .commercial ? 1 : 2
      if found[community].map({ rank < $0.rank }) ?? true {
        found[community] = (rank, mean(of: building.corners))
      }
    }
    for face in mesh.faces.indices where found[communityOfFace[face]] == nil {
      found[communityOfFace[face]] = (3, mean(of: mesh.points(mesh.faces[face].ring)))
    }
    return found.map { $0!.place }
  }
}
