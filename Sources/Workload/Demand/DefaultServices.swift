public import PlanModel

/// The services that hold until a scenario has its own: an assumption, marked so wherever it shows.
public let defaultServices: [Service] = {
  let source = "gridplan's default profile: an assumption, not a standard"
  return [
    Service(name: "visit", per: .household, timesPerYear: 2, minutes: 15, source: source),
    Service(name: "building safety round", per: .building, timesPerYear: 12, minutes: 5, source: source),
    Service(name: "patrol", per: .hectare, timesPerYear: 248, minutes: 2, source: source),
    Service(name: "event", per: .event, timesPerYear: 1, minutes: 30, source: source),
    Service(name: "reporting", per: .grid, timesPerYear: 248, minutes: 30, source: source),
  ]
}()
