extension StaffingProblem {
  /// How the work lies today: each need on the posts that look after the grid and have the skill, by
  /// their hours; what nobody looks after is short. Loads may exceed 1.
  ///
  /// - Parameter grids: for each post the grids that it looks after.
  public func today(_ grids: [[Int]]) -> Staffing {
    var members = Array(repeating: [Int](), count: self.grids.count)
    for (post, own) in grids.enumerated() where posts[post].minutes > 0 {
      for grid in Set(own) { members[grid].append(post) }
    }
    var shares: [Staffing.Share] = []
    var shortages: [Staffing.Shortage] = []
    for need in needs where need.minutes > 0 {
      let able = members[need.grid].filter { posts[$0].skills.contains(need.skill) }
      let hours = able.reduce(0) { $0 + posts[$1].minutes }
      if able.isEmpty {
        let anyone = posts.contains { $0.minutes > 0 && $0.skills.contains(need.skill) }
        shortages.append(
          .init(grid: need.grid, skill: need.skill, hours: need.minutes / 60, isWithoutPost: !anyone))
      }
      for post in able {
        let minutes = need.minutes * posts[post].minutes / hours
        shares.append(
          .init(
            post: post, grid: need.grid, skill: need.skill, minutes: minutes,
            wayMinutes: minutes * wayShare(post, need.grid), isKnown: true))
      }
    }
    shares.sort { ($0.post, $0.grid, $0.skill) < ($1.post, $1.grid, $1.skill) }
    return staffing(shares, shortages)
  }

  private func staffing(_ shares: [Staffing.Share], _ shortages: [Staffing.Shortage]) -> Staffing {
    var minutes = Array(repeating: 0.0, count: posts.count)
    for share in shares { minutes[share.post] += share.minutes + share.wayMinutes }
    let loads = posts.indices.filter { posts[$0].minutes > 0 }.map { minutes[$0] / posts[$0].minutes }
    return Staffing(
      shares: shares, shortages: shortages, postMinutes: minutes, largestLoad: loads.max() ?? 0, lowerBound: 0,
      changedMinutes: 0, wayMinutes: shares.reduce(0) { $0 + $1.wayMinutes }, isHeuristic: false)
  }
}
