public import PlanModel

/// How far one assumption moves the number of posts that are needed.
public struct Sensitivity: Sendable, Hashable {
  /// Such as `hoursPerYear` or `visit.minutes`.
  public var assumption: String
  public var value: Double
  /// Change of the posts needed, relative, where the assumption is a tenth lower and higher.
  public var lower: Double
  public var higher: Double

  /// The greater of the two in size.
  public var swing: Double { max(abs(lower), abs(higher)) }
}

/// Each assumption a tenth lower and a tenth higher, all others as they are; the one that moves the
/// result most comes first. Assumptions that move nothing are left out. O(assumptions · grids · services).
public func sensitivities(
  of demands: [GridDemand], services: [Service], constants: WorkloadConstants
) -> [Sensitivity] {
  func posts(_ services: [Service], _ constants: WorkloadConstants) -> Double {
    workload(of: demands, services: services, constants: constants).reduce(0) { $0 + $1.workersNeeded }
  }
  let now = posts(services, constants)
  guard now > 0 else { return [] }
  var result: [Sensitivity] = []
  func add(_ name: String, _ value: Double, _ changed: (Double) -> ([Service], WorkloadConstants)) {
    func relative(_ factor: Double) -> Double {
      let (services, constants) = changed(value * factor)
      return posts(services, constants) / now - 1
    }
    result.append(Sensitivity(assumption: name, value: value, lower: relative(0.9), higher: relative(1.1)))
  }
  for (name, path) in constantPaths {
    add(name, constants[keyPath: path]) { value in
      var changed = constants
      changed[keyPath: path] = value
      return (services, changed)
    }
  }
  for index in services.indices {
    for (name, path) in [("minutes", \Service.minutes), ("timesPerYear", \Service.timesPerYear)] {
      add("\(services[index].name).\(name)", services[index][keyPath: path]) { value in
        var changed = services
        changed[index][keyPath: path] = value
        return (changed, constants)
      }
    }
  }
  let moving = result.enumerated().filter { $0.element.swing > 1e-9 }
  return moving.sorted { ($1.element.swing, $0.offset) < ($0.element.swing, $1.offset) }.map(\.element)
}

private var constantPaths: [(String, WritableKeyPath<WorkloadConstants, Double>)] {
  [
    ("hoursPerYear", \.hoursPerYear), ("minutesPerDay", \.minutesPerDay), ("walkingSpeed", \.walkingSpeed),
    ("vehicleSpeed", \.vehicleSpeed), ("ruralWalkingSpeed", \.ruralWalkingSpeed),
    ("ruralVehicleSpeed", \.ruralVehicleSpeed), ("detour", \.detour), ("setupMinutes", \.setupMinutes),
    ("ruralHouseholdsPerHectare", \.ruralHouseholdsPerHectare),
  ]
}
