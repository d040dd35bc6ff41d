internal import PlanModel
internal import Planar

/// Which new groups of units go on under which old codes.
///
/// A code goes to the group that has more than half of its old households (of its ground, where it has
/// none). Where a group has most of several, it takes the code with the most households, then the
/// lowest. All others get new codes, which no grid ever had.
struct CodeHeirs {
  private let old: [String?]
  private let weights: [Int]
  private var isAllowed: (Int, String) -> Bool = { _, _ in true }

  /// - Parameters:
  ///   - old: the code of each unit before.
  ///   - areas: m², which decide where a code has no households.
  init(_ old: [String?], households: [Int], areas: [Double]) {
    self.old = old
    var total: [String: Int] = [:]
    for (unit, code) in old.enumerated() { if let code { total[code, default: 0] += households[unit] } }
    weights = old.indices.map { unit in
      guard let code = old[unit], total[code] == 0 else { return households[unit] }
      return Int((areas[unit] * 100).rounded())
    }
  }

  /// Only codes for which `body` says so of a unit and its old code are handed on.
  mutating func allow(_ body: @escaping (Int, String) -> Bool) { isAllowed = body }

  /// The old code that each group takes, nil where none.
  ///
  /// - Parameter group: the new group of each unit; negative where it has none.
  func inherited(by group: [Int], count: Int) -> [String?] {
    var shares: [[String: Int]] = Array(repeating: [:], count: count)
    var total: [String: Int] = [:]
    for (unit, code) in old.enumerated() {
      guard let code else { continue }
      total[code, default: 0] += weights[unit]
      if group[unit] >= 0, isAllowed(unit, code) { shares[group[unit]][code, default: 0] += weights[unit] }
    }
    return shares.map { shares in
      shares.filter { 2 * $0.value > total[$0.key]! }
        .min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }
  }

  /// A code for each group, inherited or new.
  ///
  /// - Parameters:
  ///   - used: every code that was ever used.
  ///   - leastDigits: of the serial number of new codes.
  ///   - describe: for the units of a group the code that a new one continues, and its place.
  /// - Throws: `CodeProblem` where the numbers run out.
  func codes(
    of group: [Int], count: Int, used: Set<String>, leastDigits: Int,
    describe: ([Int]) -> (parent: String, place: Point, height: Double)
  ) throws -> [String] {
    var codes = inherited(by: group, count: count)
    var units: [[Int]] = Array(repeating: [], count: count)
    for (unit, group) in group.enumerated() where group >= 0 { units[group].append(unit) }
    let fresh = (0..<count).filter { codes[$0] == nil }.map { ($0, describe(units[$0])) }
    for (parent, members) in Dictionary(grouping: fresh, by: \.1.parent).sorted(by: { $0.key < $1.key }) {
      let order = GridNumbering.order(of: members.map(\.1.place), heights: members.map(\.1.height))
      let width = GridNumbering.width(of: used, under: parent, adding: members.count, least: leastDigits)
      let new = try GridNumbering.codes(members.count, parent: parent, used: used, width: width)
      for (code, position) in zip(new, order) { codes[members[position].0] = code }
    }
    return codes.map { $0! }
  }
}

extension GridNumbering {
  /// The digits of the serial numbers in use under a parent, or `least` where there are none; more
  /// where as many new numbers would not fit.
  static func width(of used: Set<String>, under parent: String, adding count: Int, least: Int) -> Int {
    let serials = used.filter { $0.hasPrefix(parent) && $0 != parent }.map { $0.dropFirst(parent.count) }
      .filter { Int($0) != nil && $0.utf8.allSatisfy { (48...57).contains($0) } }
    let digits = serials.map(\.utf8.count).filter { $0 >= least }.min() ?? least
    let last = serials.filter { $0.utf8.count == digits }.compactMap { Int($0) }.max() ?? 0
    return max(digits, String(last + count).utf8.count)
  }
}
