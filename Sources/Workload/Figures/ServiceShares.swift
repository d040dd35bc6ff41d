/// Part of one post's year in one grid, by service.
public struct ServiceShare: Sendable, Hashable {
  public var post: Int
  public var grid: Int
  /// Minutes of each service, in the services' order; ways within the grid included.
  public var minutes: [Double]
  public var setupMinutes: Double
  /// From the base and back.
  public var wayMinutes: Double
  public var isKnown: Bool

  public var total: Double { minutes.reduce(setupMinutes + wayMinutes, +) }
}

extension Staffing {
  /// The shares by service: what a post does of a skill in a grid is spread over the services of that
  /// skill as they stand in the grid. By post, then grid; sums over posts give the grids' minutes
  /// where nothing is short.
  public func byService(_ workloads: [GridWorkload]) -> [ServiceShare] {
    var result: [ServiceShare] = []
    for share in shares {
      let work = workloads[share.grid]
      let isNew = result.last.map { $0.post != share.post || $0.grid != share.grid } ?? true
      if isNew {
        result.append(
          ServiceShare(
            post: share.post, grid: share.grid, minutes: work.services.map { _ in 0 }, setupMinutes: 0,
            wayMinutes: 0, isKnown: share.isKnown))
      }
      result[result.count - 1].add(share, work)
    }
    return result
  }
}

extension ServiceShare {
  fileprivate mutating func add(_ share: Staffing.Share, _ work: GridWorkload) {
    let skills = work.skillMinutes
    guard let position = skills.firstIndex(where: { $0.skill == share.skill }), skills[position].minutes > 0 else { return }
    let part = share.minutes / skills[position].minutes
    for (index, load) in work.services.enumerated() where load.skill == share.skill {
      minutes[index] += part * (load.minutes + load.roundMinutes)
    }
    if position == 0 { setupMinutes += part * work.setupMinutes }
    wayMinutes += share.wayMinutes
  }
}
