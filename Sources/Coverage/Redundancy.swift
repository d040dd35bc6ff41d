/// Something that must stay in view: by which cameras it is seen, and of how many it needs.
public struct CoverDemand: Sendable, Hashable {
  /// Ascending.
  public var cameras: [Int]
  public var needed: Int

  public init(cameras: [Int], needed: Int = 1) {
    self.cameras = cameras
    self.needed = min(needed, cameras.count)
  }
}

/// Which cameras could go without any demand falling short.
public struct Redundancy: Sendable, Hashable {
  /// Cameras that alone could go: none of them is needed while the others stay. Ascending.
  public var single: [Int]
  /// A sufficient set of few cameras, ascending.
  public var sufficient: [Int]
  /// No sufficient set is smaller than this.
  public var atLeast: Int
}

extension Redundancy {
  /// Finds what is redundant among existing cameras.
  ///
  /// The sufficient set is built by the greedy rule (most unmet demand first, then the lowest
  /// number) and thinned backwards. Its size is at most H(d) times the least possible, d the most
  /// demands that one camera meets (Dobson 1982). `atLeast` is the better of that bound and of one
  /// found by packing: demands no two of which share a camera need that many. O(n log n) or so in
  /// the number of pairs of demand and camera.
  public init(cameras count: Int, demands: [CoverDemand]) {
    let demands = Self.distinct(demands)
    single = Self.single(count, demands)
    let chosen = Self.greedy(count, demands)
    sufficient = Self.thinned(chosen.order, demands)
    let harmonic = (1...max(chosen.mostDemands, 1)).reduce(0.0) { $0 + 1 / Double($1) }
    let byRatio = Int((Double(chosen.order.count) / harmonic - 1e-9).rounded(.up))
    atLeast = max(byRatio, Self.packed(demands))
  }

  /// Each set of cameras once, with the largest need.
  private static func distinct(_ demands: [CoverDemand]) -> [CoverDemand] {
    var needs: [[Int]: Int] = [:]
    for demand in demands where demand.needed > 0 {
      needs[demand.cameras] = max(needs[demand.cameras] ?? 0, demand.needed)
    }
    return needs.map { CoverDemand(cameras: $0.key, needed: $0.value) }
      .sorted { $0.cameras.lexicographicallyPrecedes($1.cameras) }
  }

  private static func single(_ count: Int, _ demands: [CoverDemand]) -> [Int] {
    var isNeeded = Array(repeating: false, count: count)
    for demand in demands where demand.cameras.count == demand.needed {
      for camera in demand.cameras { isNeeded[camera] = true }
    }
    return (0..<count).filter { !isNeeded[$0] }
  }

  private static func greedy(_ count: Int, _ demands: [CoverDemand]) -> (order: [Int], mostDemands: Int) {
    var demandsOf = Array(repeating: [Int](), count: count)
    for (index, demand) in demands.enumerated() { for camera in demand.cameras { demandsOf[camera].append(index) } }
    var unmet = demands.map(\.needed)
    var gain = demandsOf.map(\.count)
    var order: [Int] = []
    while let best = gain.indices.max(by: { (gain[$0], $1) < (gain[$1], $0) }), gain[best] > 0 {
      order.append(best)
      gain[best] = 0
      for demand in demandsOf[best] where unmet[demand] > 0 {
        unmet[demand] -= 1
        guard unmet[demand] == 0 else { continue }
        for camera in demands[demand].cameras where gain[camera] > 0 { gain[camera] -= 1 }
      }
    }
    return (order, demandsOf.map(\.count).max() ?? 0)
  }

  /// Drops, last chosen first, every camera that the others make needless.
  private static func thinned(_ order: [Int], _ demands: [CoverDemand]) -> [Int] {
    var isKept = Set(order)
    var demandsOf: [Int: [Int]] = [:]
    var have = demands.map { $0.cameras.count(where: isKept.contains) }
    for (index, demand) in demands.enumerated() {
      for camera in demand.cameras where isKept.contains(camera) { demandsOf[camera, default: []].append(index) }
    }
    for camera in order.reversed() {
      let needs = demandsOf[camera] ?? []
      guard needs.allSatisfy({ have[$0] > demands[$0].needed }) else { continue }
      isKept.remove(camera)
      for demand in needs { have[demand] -= 1 }
    }
    return isKept.sorted()
  }

  /// The needs of demands that share no camera, smallest sets first.
  private static func packed(_ demands: [CoverDemand]) -> Int {
    var used = Set<Int>()
    var total = 0
    for demand in demands.sorted(by: { $0.cameras.count < $1.cameras.count }) where used.isDisjoint(with: demand.cameras) {
      used.formUnion(demand.cameras)
      total += demand.needed
    }
    return total
  }
}
