import Foundation
internal import MapFiles

/// A row read back: its line as it was written, and its figures by path, such as `keyPlaces.covered`.
struct AuditLine: Sendable {
  let text: String
  let scenario: String
  let isOK: Bool
  /// Numbers, flags (1 and 0) and texts.
  let figures: [String: FigureValue]

  /// - Throws: `MapFileError` for a line that is no row of an audit.
  init(_ text: String, file: String, line: Int) throws {
    self.text = text
    var figures: [String: FigureValue] = [:]
    let object = try? JSONDecoder().decode(FigureTree.self, from: Data(text.utf8))
    object?.collect(into: &figures, path: "")
    guard case .text(let scenario)? = figures["scenario"], case .text(let status)? = figures["status"] else {
      throw MapFileError(
        .badData, file: file, place: "line \(line)", message: "not a row of an audit: no scenario and status",
        remedy: "Give files that `gridplan audit` wrote (audit.jsonl)")
    }
    self.scenario = scenario
    isOK = status == AuditRow.Status.ok.rawValue
    self.figures = figures
  }

  init(_ row: AuditRow) { try! self.init(row.json, file: row.scenario, line: 1) }

  func number(_ path: String) -> Double? {
    if case .number(let value)? = figures[path] { return value }
    return nil
  }
}

enum FigureValue: Sendable, Hashable {
  case number(Double)
  case flag(Bool)
  case text(String)
}

/// JSON as far as a row has it.
private enum FigureTree: Decodable {
  case value(FigureValue)
  case object([String: FigureTree])
  case other

  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: AnyKey.self) {
      var object: [String: FigureTree] = [:]
      for key in members.allKeys { object[key.stringValue] = try members.decode(FigureTree.self, forKey: key) }
      self = .object(object)
      return
    }
    guard let single = try? decoder.singleValueContainer() else {
      self = .other
      return
    }
    if let flag = try? single.decode(Bool.self) {
      self = .value(.flag(flag))
    } else if let number = try? single.decode(Double.self) {
      self = .value(.number(number))
    } else if let text = try? single.decode(String.self) {
      self = .value(.text(text))
    } else {
      self = .other
    }
  }

  func collect(into figures: inout [String: FigureValue], path: String) {
    switch self {
    case .value(let value): figures[path] = value
    case .object(let members):
      for (name, member) in members { member.collect(into: &figures, path: path.isEmpty ? name : "\(path).\(name)") }
    case .other: break
    }
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// The figures that a row may have.
enum AuditFigure {
  /// In the order of the columns of `audit.csv`.
  static let all: [String] =
    ["scenario", "name", "status", "error", "crs", "feasible"]
    + members("totals", ["households", "placed", "unplaced", "grids", "communities", "buildings", "estimated"])
    + members("checks", ["errors", "warnings"])
    + members("balance", ["cv", "gini", "jain", "maxOverMean", "maxDeviation", "min", "max", "mean", "outOfBounds"])
    + members("workload", ["hours", "postsNeeded", "cv", "gini", "maxOverMean", "servicesAssumed"])
    + members("staffing", ["posts", "feasible", "largestLoad", "leastPossible", "short"])
    + members("cameras", ["count", "used", "strict", "inService", "networked", "gridsWithout"])
    + ["keyPlaces", "crossings", "roads", "openSpace", "grids"].flatMap {
      members($0, ["covered", "coveredStrict", "inService", "networked", "of"])
    }
    + ["home", "forbidden", "sensitive", "private"].flatMap {
      members("reach.\($0)", ["cameras", "places", "placesOfUnknownUse"])
    }
    + members("redundancy", ["cameras", "smallestSetFound", "smallestSetAtLeast"])

  /// Figures by rule: a rule that a district does not have counts 0.
  static let families = ["checks.rules.", "problems."]

  static func isKnown(_ path: String) -> Bool { all.contains(path) || family(of: path) != nil }

  /// The figure of a family that a path names.
  static func family(of path: String) -> String? {
    families.first { path.hasPrefix($0) && path.count > $0.count }
  }

  private static func members(_ name: String, _ members: [String]) -> [String] { members.map { "\(name).\($0)" } }
}

extension AuditLine {
  /// The value of a figure. Places that no camera reaches, and rules that found nothing, count 0
  /// where the district was audited for them.
  func value(_ path: String) -> FigureValue? {
    if let value = figures[path] { return value }
    guard isOK else { return nil }
    let isAudited = path.hasPrefix("reach.") ? figures["cameras.count"] != nil : AuditFigure.family(of: path) != nil
    return isAudited ? .number(0) : nil
  }
}
