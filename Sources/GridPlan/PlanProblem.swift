public import Planar

/// Something repaired, dropped, unassigned or suspicious: what, where, and why.
public struct PlanProblem: Sendable, Hashable {
  public enum Severity: String, Sendable, Comparable {
    case info, warning, error

    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int { self == .info ? 0 : self == .warning ? 1 : 2 }
  }

  /// A short name such as `cut-building`, the key under which the report counts it.
  public var rule: String
  public var severity: Severity
  /// The file as the scenario writes it.
  public var file: String
  /// The identifier of the feature, or its position from 1 where it has none.
  public var feature: String?
  /// The code of the grid or community concerned.
  public var code: String?
  public var measure: Double?
  public var unit: String?
  /// In the working CRS.
  public var place: Point?
  public var message: String
  public var chinese: String

  init(
    _ rule: String, _ severity: Severity = .warning, file: String = "", feature: String? = nil,
    code: String? = nil, measure: Double? = nil, unit: String? = nil, place: Point? = nil,
    _ message: String, _ chinese: String
  ) {
    self.rule = rule
    self.severity = severity
    self.file = file
    self.feature = feature
    self.code = code
    self.measure = measure
    self.unit = unit
    self.place = place
    self.message = message
    self.chinese = chinese
  }
}
