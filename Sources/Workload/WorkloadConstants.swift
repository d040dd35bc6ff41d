/// Constants of the workload that hold for all services. Settings, not facts: every report states them.
public struct WorkloadConstants: Sendable, Hashable, Codable {
  /// Net working hours of one post in a year. 40 h a week over 248 days are 1,984 h gross; plans
  /// reckon with 1,500 to 1,700 net.
  public var hoursPerYear = 1600.0
  /// Metres a minute on foot; 80 to 95 is usual.
  public var walkingSpeed = 85.0
  /// Metres a minute by vehicle, about 15 km/h door to door.
  public var vehicleSpeed = 250.0
  /// Metres on the ground for a metre as the crow flies; 1.2 to 1.4 is usual.
  public var detour = 1.3
  /// Minutes a grid and year for what no service counts.
  public var setupMinutes = 0.0

  public init() {}
}
