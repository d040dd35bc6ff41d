/// The least possible loads of carriers that each can take some of the demands.
///
/// The largest relative load is at least D(T)/C(N(T)) for every set T of demands, N(T) the carriers
/// that can take any of them; the maximum over all T is attained, and a minimum cut finds it. The set
/// that attains it is what makes the load as large as it is. Without it, the rest is levelled in the
/// same way. Sources: L. Ford and D. Fulkerson, 1962 (cuts); W. Dinkelbach, 1967 (the ratio by
/// Newton steps); N. Megiddo, 1974 (one level after the other).
struct EvenLoads {
  /// A set of demands and carriers with one relative load, the largest first.
  struct Level: Sendable {
    var load: Double
    var demands: [Int]
    var carriers: [Int]
  }

  private let demands: [Int]
  private let capacities: [Int]
  /// The carriers that can take each demand.
  private let takers: [[Int32]]

  /// - Parameters: demands above 0, each with a taker; capacities above 0.
  init(demands: [Int], capacities: [Int], takers: [[Int32]]) {
    self.demands = demands
    self.capacities = capacities
    self.takers = takers
  }

  /// All levels, or the first `limit`, whose last then holds all the rest.
  func levels(limit: Int = .max) -> [Level] {
    var openDemands = Array(demands.indices)
    var isOpen = Array(repeating: true, count: capacities.count)
    var result: [Level] = []
    while !openDemands.isEmpty {
      var level = tightest(openDemands, isOpen)
      if result.count == limit - 1 {
        level.demands = openDemands
        level.carriers = capacities.indices.filter { isOpen[$0] }
      }
      for carrier in level.carriers { isOpen[carrier] = false }
      let done = Set(level.demands)
      openDemands.removeAll { done.contains($0) }
      result.append(level)
    }
    return result
  }

  /// The set of demands with the largest load on those who can take them.
  private func tightest(_ open: [Int], _ isOpen: [Bool]) -> Level {
    var tight = Level(load: 0, demands: open, carriers: carriers(of: open, isOpen))
    tight.load = load(of: tight)
    while let worse = violated(open, isOpen, at: tight.load) {
      guard worse.load > tight.load * (1 + 1e-12) else { break }
      tight = worse
    }
    return tight
  }

  private func load(of level: Level) -> Double {
    let demand = level.demands.reduce(0) { $0 + Double(demands[$1]) }
    return demand / level.carriers.reduce(0) { $0 + Double(capacities[$1]) }
  }

  private func carriers(of open: [Int], _ isOpen: [Bool]) -> [Int] {
    var isTaker = Array(repeating: false, count: capacities.count)
    for demand in open {
      for carrier in takers[demand] { isTaker[Int(carrier)] = true }
    }
    return capacities.indices.filter { isTaker[$0] && isOpen[$0] }
  }

  /// Makes whole numbers so large that rounding them up does not matter.
  private var scale: Int {
    max(1, (1 << 50) / max(1, demands.reduce(0, +), capacities.reduce(0, +)))
  }

  /// Demands that don't fit at relative load `load`; nil where all fit.
  private func violated(_ open: [Int], _ isOpen: [Bool], at load: Double) -> Level? {
    let (source, sink) = (open.count + capacities.count, open.count + capacities.count + 1)
    var flow = MaximumFlow(nodes: sink + 1)
    let scale = scale
    let total = open.reduce(0) { $0 + demands[$1] } * scale
    for (node, demand) in open.enumerated() {
      flow.addArc(source, node, demands[demand] * scale)
      for carrier in takers[demand] where isOpen[Int(carrier)] {
        flow.addArc(node, open.count + Int(carrier), demands[demand] * scale)
      }
    }
    for carrier in capacities.indices where isOpen[carrier] {
      let room = (load * Double(capacities[carrier]) * Double(scale)).rounded(.up)
      flow.addArc(open.count + carrier, sink, room < Double(total) ? Int(room) : total)
    }
    guard flow.run(from: source, to: sink) < total else { return nil }
    let tight = open.indices.filter { flow.isReached($0) }.map { open[$0] }
    var level = Level(load: 0, demands: tight, carriers: carriers(of: tight, isOpen))
    level.load = self.load(of: level)
    return level
  }
}
