import Planar

/// What each region of a survey is: which parent and compound it lies in, whether it is water,
/// which buildings stand on it, and what it measures.
struct Ground {
  /// -1 outside every parent.
  private(set) var parent: [Int32] = []
  /// -1 outside every compound.
  private(set) var compound: [Int32] = []
  private(set) var isWater: [Bool] = []
  private(set) var buildings: [ArraySlice<Int>] = []
  let measures: [RegionMeasure]
  private let closedCompounds: Set<Int>

  init(_ survey: borrowing Survey, _ frame: GridFrame, closedCompounds: Set<Int>) {
    self.closedCompounds = closedCompounds
    measures = survey.measures(frame)
    let areas = Ground.areas(survey, measures)
    for cover in survey.cover {
      parent.append(Ground.smallest(.parent, cover, areas))
      compound.append(Ground.smallest(.compound, cover, areas))
      isWater.append(cover.contains { $0.kind == .water })
      buildings.append(cover.filter { $0.kind == .building }.map(\.number)[...])
    }
  }

  /// Whether units may have a region at all.
  func isLand(_ region: Int) -> Bool { parent[region] >= 0 && !isWater[region] }

  /// Whether a region lies in a compound whose units take the ground around it.
  func reachesOut(_ region: Int) -> Bool {
    compound[region] >= 0 && !closedCompounds.contains(Int(compound[region]))
  }

  /// Whether a unit may reach from one region into another, streets apart.
  func isSameZone(_ a: Int, _ b: Int) -> Bool {
    parent[a] == parent[b] && compound[a] == compound[b] && isWater[a] == isWater[b]
  }

  private static func areas(_ survey: borrowing Survey, _ measures: [RegionMeasure]) -> [Feature: Double] {
    var areas: [Feature: Double] = [:]
    for (region, cover) in survey.cover.enumerated() {
      for feature in cover where feature.kind == .parent || feature.kind == .compound {
        areas[feature, default: 0] += measures[region].area
      }
    }
    return areas
  }

  /// Of several parents (or compounds) over one region the smallest, of equal ones the first.
  private static func smallest(_ kind: FeatureKind, _ cover: [Feature], _ areas: [Feature: Double]) -> Int32 {
    let candidates = cover.filter { $0.kind == kind }
    guard candidates.count > 1 else { return candidates.first.map { Int32($0.number) } ?? -1 }
    return Int32(candidates.min { (areas[$0]!, $0) < (areas[$1]!, $1) }!.number)
  }
}

/// Sets that are joined one by one; the lowest member stands for each.
struct DisjointSets {
  private var leader: [Int32]

  init(count: Int) { leader = Array(0..<Int32(count)) }

  mutating func find(_ member: Int) -> Int {
    var member = member
    while Int(leader[member]) != member {
      leader[member] = leader[Int(leader[member])]
      member = Int(leader[member])
    }
    return member
  }

  /// Whether the two were apart before.
  @discardableResult
  mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (find(a), find(b))
    leader[max(a, b)] = Int32(min(a, b))
    return a != b
  }
}
