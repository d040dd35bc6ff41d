import Foundation

/// Many districts in a few figures; `summary.json` of an audit. It follows from the rows alone.
public struct AuditSummary: Sendable, Encodable {
  public struct Failure: Sendable, Encodable {
    var scenario: String
    var error: String
  }

  /// How a figure is spread over the districts that have it.
  public struct Spread: Sendable, Encodable {
    var districts: Int
    var min: Double
    var median: Double
    var mean: Double
    var max: Double
    /// The first district with the least value, and with the greatest.
    var lowest: String
    var highest: String
  }

  public struct Threshold: Sendable, Encodable {
    var require: String
    var met: Int
    var missed: Int
    /// Districts that have no such figure, failed ones among them; they fall short too.
    var unknown: Int
    var worst: Double?
    var worstScenario: String?
    /// All that fall short.
    var scenarios: [String]

    var isMet: Bool { scenarios.isEmpty }
  }

  var version = gridplanVersion
  var published = false
  var districts: Int
  var ok: Int
  var failed: [Failure]
  /// Sums over the districts.
  var totals: [String: Double]
  /// Shares of all places of all districts together.
  var overall: [String: Double]
  var spread: [String: Spread]
  public var thresholds: [Threshold]

  public var meetsThresholds: Bool { thresholds.allSatisfy(\.isMet) }
  public var hasFailures: Bool { !failed.isEmpty }

  /// - Parameter lines: in the order of scenarios.
  init(_ lines: [AuditLine], _ requirements: [AuditRequirement]) {
    districts = lines.count
    ok = lines.count { $0.isOK }
    failed = lines.filter { !$0.isOK }.map { line in
      if case .text(let why)? = line.figures["error"] { return Failure(scenario: line.scenario, error: why) }
      return Failure(scenario: line.scenario, error: "")
    }
    totals = [:]
    for path in Self.summed {
      let values = lines.compactMap { $0.number(path) }
      if !values.isEmpty { totals[path] = values.reduce(0, +).rounded(to: 3) }
    }
    overall = Self.overall(lines)
    spread = [:]
    for path in Self.compared { spread[path] = Spread(lines, path) }
    thresholds = requirements.map { Threshold($0, lines) }
  }

  private static let places = ["keyPlaces", "crossings", "roads", "openSpace", "grids"]

  private static let summed =
    ["households", "placed", "unplaced", "grids", "communities", "buildings"].map { "totals.\($0)" }
    + ["checks.errors", "checks.warnings", "workload.hours", "workload.postsNeeded", "cameras.count", "cameras.used"]
    + ["cameras.gridsWithout", "redundancy.cameras"] + places.map { "\($0).of" }
    + ["home", "forbidden", "sensitive", "private"].flatMap { ["reach.\($0).cameras", "reach.\($0).places"] }

  private static let compared =
    ["balance.cv", "balance.gini", "balance.maxOverMean", "workload.cv", "workload.maxOverMean", "staffing.largestLoad"]
    + places.flatMap { ["\($0).covered", "\($0).coveredStrict"] } + ["cameras.inService", "cameras.networked"]

  private static func overall(_ lines: [AuditLine]) -> [String: Double] {
    var shares: [String: Double] = [:]
    for place in places {
      for figure in ["covered", "coveredStrict", "inService", "networked"] {
        var (covered, all) = (0.0, 0.0)
        for line in lines {
          guard let share = line.number("\(place).\(figure)"), let size = line.number("\(place).of") else { continue }
          covered += share * size
          all += size
        }
        if all > 0 { shares["\(place).\(figure)"] = (covered / all).rounded(to: 6) }
      }
    }
    return shares
  }

  /// As JSON, keys in order.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try! encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension AuditSummary.Spread {
  fileprivate init?(_ lines: [AuditLine], _ path: String) {
    let found = lines.compactMap { line in line.number(path).map { (line.scenario, $0) } }
    guard let least = found.min(by: { $0.1 < $1.1 }), let most = found.max(by: { $0.1 < $1.1 }) else { return nil }
    let sorted = found.map(\.1).sorted()
    let middle = sorted.count / 2
    self.init(
      districts: found.count, min: least.1,
      median: (sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2).rounded(to: 6),
      mean: (sorted.reduce(0, +) / Double(sorted.count)).rounded(to: 6), max: most.1, lowest: least.0,
      highest: found.first { $0.1 == most.1 }!.0)
  }
}

extension AuditSummary.Threshold {
  fileprivate init(_ requirement: AuditRequirement, _ lines: [AuditLine]) {
    require = requirement.text
    let verdicts = lines.map { requirement.isMet(by: $0) }
    met = verdicts.count { $0 == true }
    missed = verdicts.count { $0 == false }
    unknown = verdicts.count { $0 == nil }
    scenarios = zip(lines, verdicts).filter { $1 != true }.map { $0.0.scenario }
    let values = lines.compactMap { line -> (String, Double)? in
      if case .number(let value)? = line.value(requirement.path) { return (line.scenario, value) }
      return nil
    }
    if let smallestIsWorst = requirement.smallestIsWorst {
      let worst = values.min { smallestIsWorst ? $0.1 < $1.1 : $0.1 > $1.1 }
      (worstScenario, self.worst) = (worst?.0, worst?.1)
    }
  }
}
