import PlanModel
import Testing
import Workload

@Suite struct WorkloadSharesTests {
  private let services = [
    Service(name: "visit", per: .household, timesPerYear: 4, minutes: 15),
    Service(name: "round", per: .building, timesPerYear: 12, minutes: 5),
    Service(name: "place", per: .place, timesPerYear: 52, minutes: 10, mode: .vehicle),
    Service(name: "street", per: .streetMetre, timesPerYear: 10, minutes: 0.01),
    Service(name: "patrol", per: .hectare, timesPerYear: 248, minutes: 2),
    Service(name: "event", per: .event, timesPerYear: 1, minutes: 30, skill: "response"),
    Service(name: "report", per: .grid, timesPerYear: 248, minutes: 30),
  ]

  private func parts(_ count: Int) -> [GridDemand] {
    (0..<count).map { index in
      var part = GridDemand(code: "", households: 7 * index % 40, buildings: index % 4, stops: index % 4)
      part.places = index % 3 == 0 ? 1 : 0
      part.streetMetres = Double(index * 13 % 90)
      part.hectares = 0.1 + Double(index % 5) / 4
      part.events = Double(index % 6) / 2
      return part
    }
  }

  /// Minutes by part and what the grid costs as such add up to the grid's workload.
  @Test(arguments: [1, 2, 3, 7, 30, 200]) func sharesAddUp(count: Int) {
    var constants = WorkloadConstants()
    constants.setupMinutes = 500
    let parts = parts(count)
    let shares = workloadShares(of: parts, services: services, constants: constants)
    let whole = workload(of: [GridDemand(code: "", joining: parts)], services: services, constants: constants)[0]
    #expect(abs(shares.fixed + shares.parts.reduce(0, +) - whole.totalMinutes) < 1e-6 * whole.totalMinutes)
    #expect(shares.parts.allSatisfy { $0 >= 0 })
    #expect(abs(shares.fixed - (500 + 248 * 30)) < 1e-9)
  }

  /// A part is worth about what the grid loses with it.
  @Test func aShareIsWhatTheGridLosesWithThePart() {
    let (parts, constants) = (parts(400), WorkloadConstants())
    let shares = workloadShares(of: parts, services: services, constants: constants)
    func total(_ parts: [GridDemand]) -> Double {
      workload(of: [GridDemand(code: "", joining: parts)], services: services, constants: constants)[0].totalMinutes
    }
    for index in [3, 17, 111, 250] {
      var rest = parts
      rest.remove(at: index)
      let lost = total(parts) - total(rest)
      #expect(abs(lost - shares.parts[index]) <= 0.05 * lost + 1, "part \(index)")
    }
  }

  @Test func nothingToServeCostsNothing() {
    let shares = workloadShares(of: [GridDemand(code: "", households: 0)], services: services, constants: WorkloadConstants())
    #expect(shares.parts == [0])
    #expect(workloadShares(of: [], services: services, constants: WorkloadConstants()).parts.isEmpty)
  }
}
