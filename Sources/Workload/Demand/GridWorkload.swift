public import PlanModel

/// What one service costs in one grid, in minutes a year.
public struct ServiceLoad: Sendable, Hashable {
  public var service: String
  public var skill: String
  public var mode: TravelMode
  /// How many are served (households, metres…).
  public var quantity: Double
  /// At the doors: quantity × times a year × minutes.
  public var minutes: Double
  /// On rounds and ways within the grid.
  public var roundMinutes: Double
  /// From the base to the grid and back, once a day's work.
  public var baseMinutes: Double

  public var total: Double { minutes + roundMinutes + baseMinutes }
}

/// The work that a grid asks for in a year.
public struct GridWorkload: Sendable, Hashable {
  public var code: String
  public var setting: GridSetting
  /// One for each service, in the order of the services.
  public var services: [ServiceLoad]
  public var setupMinutes: Double
  /// Posts that the total asks for, at the constants' net hours.
  public var workersNeeded: Double

  /// Minutes a year of each service without ways, in the order of the services.
  public var serviceMinutes: [Double] { services.map(\.minutes) }
  /// Minutes a year on the way: rounds in the grid, and from the base and back.
  public var travelMinutes: Double { services.reduce(0) { $0 + $1.roundMinutes + $1.baseMinutes } }
  public var baseMinutes: Double { services.reduce(0) { $0 + $1.baseMinutes } }
  /// Services, travel and setup.
  public var totalMinutes: Double { services.reduce(setupMinutes) { $0 + $1.total } }

  /// Minutes without the way from the base, by skill in the order of first mention. Setup counts to
  /// the first skill, or to `general` where there is no service.
  public var skillMinutes: [(skill: String, minutes: Double)] {
    var sums: [(skill: String, minutes: Double)] = []
    for load in services {
      let minutes = load.minutes + load.roundMinutes
      if let known = sums.firstIndex(where: { $0.skill == load.skill }) {
        sums[known].minutes += minutes
      } else {
        sums.append((load.skill, minutes))
      }
    }
    if sums.isEmpty { sums.append(("general", 0)) }
    sums[0].minutes += setupMinutes
    return sums
  }
}
