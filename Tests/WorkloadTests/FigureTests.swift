import PlanModel
import Planar
import Testing

@testable import Workload

@Suite struct WorkloadFaultTests {
  @Test func theDefaultsMakeSense() {
    #expect(workloadFaults(services: defaultServices, constants: WorkloadConstants()).isEmpty)
  }

  @Test func negativeHoursAreAnError() {
    let faults = workloadFaults(
      services: [], constants: WorkloadConstants(), workers: [Worker(id: "w", hoursPerWeek: -3)])
    #expect(faults.contains { $0.key == "workers.w.hours" && $0.isError })
  }

  @Test func aServiceThatNobodyCanDoIsNamed() {
    let service = Service(name: "lift", per: .building, timesPerYear: 1, minutes: 5, skill: "engineer")
    let faults = workloadFaults(services: [service], constants: WorkloadConstants(), workers: [Worker(id: "w")])
    #expect(faults.contains { $0.key == "services.lift.skill" && !$0.isError })
    #expect(workloadFaults(services: [service], constants: WorkloadConstants()).isEmpty)
  }

  @Test func aFrequencyAboveWorkingHoursIsAnError() {
    let hourly = Service(name: "watch", per: .place, timesPerYear: 8760, minutes: 60)
    #expect(workloadFaults(services: [hourly], constants: WorkloadConstants()).map(\.key) == ["services.watch.timesPerYear"])
    let daily = Service(name: "desk", per: .grid, timesPerYear: 200, minutes: 480)
    #expect(workloadFaults(services: [daily], constants: WorkloadConstants()).isEmpty)
  }

  @Test func otherNonsenseIsNamed() {
    var constants = WorkloadConstants()
    constants.walkingSpeed = 0
    constants.detour = 0.5
    let service = Service(name: "a", per: .household, timesPerYear: .nan, minutes: -1)
    let worker = Worker(id: "w", skills: ["x"], grids: ["g9"])
    let keys = workloadFaults(
      services: [service, service], constants: constants, workers: [worker, worker], grids: ["g1"]
    ).map(\.key)
    for key in [
      "workload.walkingSpeed", "workload.detour", "services.a", "services.a.minutes", "services.a.timesPerYear", "workers.w",
      "workers.w.grid", "workers.w.skills",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
  }
}

@Suite struct SensitivityTests {
  @Test func hoursMoveEverything() throws {
    let services = [Service(name: "visit", per: .household, timesPerYear: 4, minutes: 15)]
    let found = sensitivities(
      of: [GridDemand(code: "a", households: 400, hectares: 4, stops: 20)], services: services,
      constants: WorkloadConstants())
    let hours = try #require(found.first)
    #expect(hours.assumption == "hoursPerYear")
    #expect(abs(hours.lower - 1 / 9.0) < 1e-9)
    let times = try #require(found.first { $0.assumption == "visit.timesPerYear" })
    #expect(abs(times.higher - 0.1) < 1e-9)
    #expect(!found.contains { $0.assumption == "vehicleSpeed" })
    #expect(found.contains { $0.assumption == "walkingSpeed" })
    #expect(sensitivities(of: [], services: services, constants: WorkloadConstants()).isEmpty)
  }
}

@Suite struct ConservationTests {
  @Test(arguments: 1...10) func minutesByGridPostAndServiceAgree(_ seed: UInt64) {
    var random = SeededNumbers(seed)
    let services = [
      Service(name: "visit", per: .household, timesPerYear: 4, minutes: 15),
      Service(name: "safety", per: .building, timesPerYear: 12, minutes: 10, skill: "technical"),
      Service(name: "event", per: .event, timesPerYear: 1, minutes: 30, mode: .vehicle),
    ]
    var constants = WorkloadConstants()
    constants.setupMinutes = 500
    let demands = (0..<8).map { number in
      GridDemand(
        code: String(number), households: .random(in: 0...600, using: &random), buildings: 20, hectares: 10,
        events: .random(in: 0...300, using: &random), stops: 20)
    }
    let loads = workload(of: demands, services: services, constants: constants)
    let posts = (0..<12).map { number in
      StaffingProblem.Post(
        id: "w\(number)", minutes: 96_000, skills: number % 3 == 0 ? ["general", "technical"] : ["general"],
        known: [number % 8])
    }
    let needs = loads.enumerated().flatMap { grid, load in
      load.skillMinutes.map { StaffingProblem.Need(grid: grid, skill: $0.skill, minutes: $0.minutes) }
    }
    let problem = StaffingProblem(
      posts: posts, needs: needs, grids: demands.map(\.code), places: demands.map { _ in random.point(in: 1000) })
    let staffing = problem.solve()
    #expect(staffing.isFeasible, "seed \(seed)")
    let total = loads.reduce(0) { $0 + $1.totalMinutes }
    let shares = staffing.byService(loads)
    #expect(abs(shares.reduce(0) { $0 + $1.total } - total) < 1e-6 * total, "seed \(seed)")
    #expect(abs(staffing.postMinutes.reduce(0, +) - total) < 1e-6 * total, "seed \(seed)")
    for grid in loads.indices {
      let done = shares.filter { $0.grid == grid }.reduce(0) { $0 + $1.total }
      #expect(abs(done - loads[grid].totalMinutes) < 0.05, "seed \(seed)")
    }
    for service in services.indices {
      let asked = loads.reduce(0) { $0 + $1.services[service].total }
      #expect(abs(shares.reduce(0) { $0 + $1.minutes[service] } - asked) < 0.1, "seed \(seed)")
    }
  }
}
