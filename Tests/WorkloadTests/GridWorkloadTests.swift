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
}
