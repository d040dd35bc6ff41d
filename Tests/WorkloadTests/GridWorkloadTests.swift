import PlanModel
import Testing
import Workload

@Suite struct GridWorkloadTests {
  @Test func serviceMinutesAreQuantityTimesFrequencyTimesDuration() {
    let services = [
      Service(name: "visit", per: .household, timesPerYear: 4, minutes: 15),
      Service(name: "event", per: .event, timesPerYear: 1, minutes: 30),
      Service(name: "desk", per: .grid, timesPerYear: 248, minutes: 20),
    ]
    var constants = WorkloadConstants()
    constants.setupMinutes = 100
    let demand = GridDemand(code: "a", households: 400, events: 12)
    let load = workload(of: [demand], services: services, constants: constants)[0]
    #expect(load.serviceMinutes == [24_000, 360, 4_960])
    #expect(load.travelMinutes == 0)
    #expect(load.totalMinutes == 24_000 + 360 + 4_960 + 100)
    #expect(load.workersNeeded == load.totalMinutes / (60 * 1600))
  }

  @Test func roundsFollowTheSquareRootLaw() {
    #expect(abs(roundLength(stops: 100, squareMetres: 1) / 10 - 0.7765) < 1e-4)
    #expect(abs(roundLength(stops: 1000, squareMetres: 1) / 1000.0.squareRoot() - 0.7313) < 0.0016)
    #expect(roundLength(stops: 1, squareMetres: 100) == 0)
    #expect(roundLength(stops: 400, squareMetres: 40_000) == 2 * roundLength(stops: 400, squareMetres: 10_000))
  }

  @Test func travelIsOneRoundForEachTime() {
    let service = Service(name: "visit", per: .household, timesPerYear: 2, minutes: 0)
    let demand = GridDemand(code: "a", households: 50, hectares: 4, stops: 25)
    let load = workload(of: [demand], services: [service], constants: WorkloadConstants())[0]
    #expect(load.travelMinutes == 2 * roundLength(stops: 25, squareMetres: 40_000) * 1.3 / 85)
  }

  @Test func fewStopsFollowTheExactMeans() {
    // Two places: there and back over the mean way.
    #expect(abs(roundLength(stops: 2, squareMetres: 10_000) - 2 * meanWay(squareMetres: 10_000)) < 0.1)
    let lengths = (1...40).map { roundLength(stops: $0, squareMetres: 1) }
    #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func measuredWaysReplaceTheLaw() {
    let service = Service(name: "visit", per: .building, timesPerYear: 10, minutes: 1, mode: .vehicle)
    let ways = GridWays(doorRound: 5000, base: 12_000)
    let demand = GridDemand(
      code: "a", households: 0, buildings: 60, hectares: 400, stops: 60, setting: .rural, ways: ways)
    let load = workload(of: [demand], services: [service], constants: WorkloadConstants())[0]
    #expect(load.services[0].minutes == 600)
    #expect(abs(load.services[0].roundMinutes - 10 * 5000 / 600.0) < 1e-9)
    // 20 minutes there, 20 back: 440 minutes of a day are left for work.
    let work = 600 + 10 * 5000 / 600.0
    #expect(abs(load.baseMinutes - work * 40 / 440) < 1e-9)
    #expect(abs(load.totalMinutes - work * 480 / 440) < 1e-9)
  }

  @Test func sparseGridsAreWorkedAtRuralSpeeds() {
    let constants = WorkloadConstants()
    #expect(GridDemand(code: "a", households: 99, hectares: 100).setting(constants) == .rural)
    #expect(GridDemand(code: "a", households: 100, hectares: 100).setting(constants) == .urban)
    #expect(GridDemand(code: "a", households: 1).setting(constants) == .urban)
  }

  @Test func minutesBySkillAddUpToTheTotal() {
    let services = [
      Service(name: "a", per: .household, timesPerYear: 1, minutes: 3, skill: "x"),
      Service(name: "b", per: .building, timesPerYear: 2, minutes: 5, skill: "y"),
      Service(name: "c", per: .event, timesPerYear: 1, minutes: 7, skill: "x"),
    ]
    var constants = WorkloadConstants()
    constants.setupMinutes = 11
    let demand = GridDemand(code: "a", households: 20, buildings: 4, hectares: 9, events: 8, stops: 4)
    let load = workload(of: [demand], services: services, constants: constants)[0]
    #expect(load.skillMinutes.map(\.skill) == ["x", "y"])
    #expect(abs(load.skillMinutes.reduce(0) { $0 + $1.minutes } - load.totalMinutes) < 1e-9)
    #expect(abs(load.serviceMinutes.reduce(0, +) + load.travelMinutes + 11 - load.totalMinutes) < 1e-9)
  }

  @Test func nonsenseCountsAsNothing() {
    let service = Service(name: "a", per: .streetMetre, timesPerYear: .nan, minutes: 3)
    let demand = GridDemand(code: "a", households: -5, streetMetres: .infinity, hectares: -.infinity)
    let load = workload(of: [demand], services: [service, defaultServices[0]], constants: WorkloadConstants())[0]
    #expect(load.totalMinutes == 0)
  }
}
