import Planar

/// A grid of the plan of today.
struct TodaysGrid {
  var code: String
  var name: String
  var community: Int
  var faces: [Int]
  var households: Int
}

extension TownPlan {
  /// A plan as it might have grown over the years: connected and nested, but some grids have three
  /// times the households of others.
  func todaysGrids() -> [TodaysGrid] {
    var faces = [[Int]](repeating: [], count: communities.count)
    for face in mesh.faces.indices { faces[communityOfFace[face]].append(face) }
    return communities.indices.flatMap { index in
      numbered(groups(of: faces[index], community: index), community: index)
    }
  }

  private func groups(of faces: [Int], community: Int) -> [[Int]] {
    var random = SplitMix64(seed: request.seed, .grids, community)
    var groupOf: [Int: Int] = [:]
    var groups: [[Int]] = []
    for start in faces where groupOf[start] == nil {
      let goal = random.pick(weighted: [(220, 2), (420, 4), (650, 2), (950, 1)])
      var group = [start]
      var sum = householdsOfFace[start]
      groupOf[start] = groups.count
      var next = 0
      while next < group.count {
        for face in neighbors[group[next]]
        where groupOf[face] == nil && communityOfFace[face] == community && sum + householdsOfFace[face] / 2 < goal {
          groupOf[face] = groups.count
          group.append(face)
          sum += householdsOfFace[face]
        }
        next += 1
      }
      groups.append(group)
    }
    return joined(groups, groupOf)
  }

  /// Leftovers of fewer than 60 households go to a neighbour.
  private func joined(_ groups: [[Int]], _ owner: [Int: Int]) -> [[Int]] {
    var groups = groups
    var owner = owner
    for index in groups.indices where groups[index].reduce(0, { $0 + householdsOfFace[$1] }) < 60 {
      let around = groups[index].lazy.flatMap { neighbors[$0] }.compactMap { owner[$0] }
      guard let home = around.first(where: { $0 != index }) else { continue }
      for face in groups[index] { owner[face] = home }
      groups[home] += groups[index]
      groups[index] = []
    }
    return groups.filter { !$0.isEmpty }
  }

  private func numbered(_ groups: [[Int]], community: Int) -> [TodaysGrid] {
    let places = groups.map { group in mean(of: group.map { mean(of: mesh.points(mesh.faces[$0].ring)) }) }
    func key(_ k: Int) -> (Double, Double, Int) { (-(places[k].y / 150).rounded(.down), places[k].x, k) }
    return groups.indices.sorted { key($0) < key($1) }.enumerated().map { number, k in
      TodaysGrid(
        code: communities[community].code + padded(number + 1, 3),
        name: communities[community].name + "第\(number + 1)网格", community: community, faces: groups[k],
        households: groups[k].reduce(0) { $0 + householdsOfFace[$1] })
    }
  }
}
