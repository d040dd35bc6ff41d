public import PlanModel

/// An input of the workload that makes no sense.
public struct WorkloadFault: Sendable, Hashable {
  /// Whether no figure should be made from it.
  public var isError: Bool
  /// Which entry, such as `services.visit.minutes` or `workers.W-3`.
  public var key: String
  public var english: String
  public var chinese: String

  init(_ key: String, isError: Bool = true, _ english: String, _ chinese: String) {
    self.isError = isError
    self.key = key
    self.english = english
    self.chinese = chinese
  }
}

/// What in services, constants and workers makes no sense, in their order.
///
/// - Parameters:
///   - services: what is served, how often and how long.
///   - constants: speeds and hours.
///   - workers: empty where there are none to check against.
///   - grids: codes that workers may name; nil where not known.
public func workloadFaults(
  services: [Service], constants: WorkloadConstants, workers: [Worker] = [], grids: Set<String>? = nil
) -> [WorkloadFault] {
  constantFaults(constants) + serviceFaults(services, constants, workers)
    + workerFaults(workers, services, constants, grids)
}

private func constantFaults(_ constants: WorkloadConstants) -> [WorkloadFault] {
  let bounds: [(String, Double, ClosedRange<Double>, String)] = [
    ("hoursPerYear", constants.hoursPerYear, 1...8784, "h"),
    ("hoursPerWeek", constants.hoursPerWeek, 1...168, "h"),
    ("minutesPerDay", constants.minutesPerDay, 1...1440, "min"),
    ("walkingSpeed", constants.walkingSpeed, 10...200, "m/min"),
    ("ruralWalkingSpeed", constants.ruralWalkingSpeed, 10...200, "m/min"),
    ("vehicleSpeed", constants.vehicleSpeed, 10...2000, "m/min"),
    ("ruralVehicleSpeed", constants.ruralVehicleSpeed, 10...2000, "m/min"),
    ("detour", constants.detour, 1...5, "m/m"),
    ("setupMinutes", constants.setupMinutes, 0...525_600, "min"),
  ]
  return bounds.filter { !$0.2.contains($0.1) }.map { name, value, range, unit in
    WorkloadFault(
      "workload.\(name)",
      "\(value) \(unit) is outside what makes sense (\(range.lowerBound) to \(range.upperBound)). Correct it",
      "\(value) \(unit) 超出合理范围（\(range.lowerBound)–\(range.upperBound)），请更正")
  }
}

private func serviceFaults(
  _ services: [Service], _ constants: WorkloadConstants, _ workers: [Worker]
) -> [WorkloadFault] {
  var faults: [WorkloadFault] = []
  var names: Set<String> = []
  let skills = Set(workers.flatMap(\.skills))
  for service in services {
    let key = "services.\(service.name)"
    if !names.insert(service.name).inserted {
      faults.append(WorkloadFault(key, "two services have this name. Give each its own", "服务名称重复，请分别命名"))
    }
    for (field, value) in [("minutes", service.minutes), ("timesPerYear", service.timesPerYear)]
    where !value.isFinite || value < 0 {
      faults.append(
        WorkloadFault("\(key).\(field)", "\(value) is not a number of 0 or more. Correct it", "\(value) 不是非负数，请更正"))
    }
    faults += frequencyFaults(service, key, constants)
    if !workers.isEmpty, !skills.contains(service.skill) {
      faults.append(
        WorkloadFault(
          "\(key).skill", isError: false, "no worker has the skill \(service.skill): nobody can do it",
          "没有人员具备技能“\(service.skill)”，无人可承担"))
    }
  }
  return faults
}

/// One household, place or event must not take more than one post's time.
private func frequencyFaults(_ service: Service, _ key: String, _ constants: WorkloadConstants) -> [WorkloadFault] {
  let days = constants.minutesPerDay > 0 ? 60 * constants.hoursPerYear / constants.minutesPerDay : 0
  let perDay = days > 0 ? service.timesPerYear / days : 0
  let minutes = perDay * service.minutes
  guard service.per != .event, minutes.isFinite, minutes > constants.minutesPerDay else { return [] }
  return [
    WorkloadFault(
      "\(key).timesPerYear",
      "\(short(perDay)) times a working day at \(short(service.minutes)) min are \(short(minutes)) min a day for one "
        + "\(service.per.rawValue), more than a day of \(short(constants.minutesPerDay)) min. Lower timesPerYear or minutes",
      "每个工作日 \(short(perDay)) 次、每次 \(short(service.minutes)) 分钟，单个对象每日 \(short(minutes)) 分钟，"
        + "超过每日工时 \(short(constants.minutesPerDay)) 分钟，请降低频次或时长")
  ]
}

private func workerFaults(
  _ workers: [Worker], _ services: [Service], _ constants: WorkloadConstants, _ grids: Set<String>?
) -> [WorkloadFault] {
  var faults: [WorkloadFault] = []
  var ids: Set<String> = []
  let needed = Set(services.map(\.skill))
  for worker in workers {
    let key = "workers.\(worker.id)"
    if !ids.insert(worker.id).inserted {
      faults.append(WorkloadFault(key, "two posts have this id. Give each its own", "岗位编号重复，请分别编号"))
    }
    let hours = worker.hoursPerWeek ?? constants.hoursPerWeek
    if !hours.isFinite || hours < 0 || hours > 168 {
      faults.append(
        WorkloadFault("\(key).hours", "\(hours) hours a week are not between 0 and 168. Correct it", "每周 \(hours) 小时不在 0–168 之间，请更正"))
    } else if hours > 60 {
      faults.append(
        WorkloadFault("\(key).hours", isError: false, "\(hours) hours a week are more than 60", "每周 \(hours) 小时，超过 60 小时"))
    }
    if needed.isDisjoint(with: worker.skills) {
      faults.append(
        WorkloadFault("\(key).skills", isError: false, "no service asks for any of its skills", "没有服务需要其技能"))
    }
    for code in worker.grids + worker.knows where grids?.contains(code) == false {
      faults.append(
        WorkloadFault("\(key).grid", isError: false, "there is no grid \(code)", "没有编号为 \(code) 的网格"))
    }
  }
  return faults
}

private func short(_ value: Double) -> String {
  let rounded = (value * 10).rounded() / 10
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
}
