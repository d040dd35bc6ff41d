public import Checks
public import Planar
public import PlanModel

/// One thing that a repair changed in a feature, or left as it is.
public struct RepairChange: Sendable, Hashable {
  public enum Rule: String, Sendable, CaseIterable {
    /// An invalid area was rebuilt by its structure. Measure: change of area in m².
    case madeValid = "made-valid"
    /// Nothing of an area was left; the feature has no geometry now. Measure: its area in m².
    case vanished
    /// Vertices were moved or added so that neighbours share them. Measure: the farthest move in m.
    case snappedBorder = "snapped-border"
    /// A narrow gap was given to the features beside it. Measure: m².
    case closedGap = "closed-gap"
    /// A narrow strip that several features covered was given to one. Measure: m².
    case closedOverlap = "closed-overlap"
    /// A gap wider than the tolerance. Measure: m².
    case leftGap = "left-gap"
    /// An overlap wider than the tolerance. Measure: m².
    case leftOverlap = "left-overlap"
    /// A point or line, which is not repaired.
    case notAnArea = "not-an-area"
  }

  public var rule: Rule
  /// The position of the feature in the layer; nil for a gap without neighbours.
  public var feature: Int?
  public var other: Int?
  public var measure: Double?
  /// In the working CRS until the layer's repair ends, then degrees.
  public var place: Point?
  public var message: String
  public var chinese: String

  /// `left`, `repaired`: nothing that is repaired is an error any more.
  public var severity: String {
    switch rule {
    case .leftGap, .leftOverlap: "error"
    case .vanished, .notAnArea: "warning"
    case .madeValid, .snappedBorder, .closedGap, .closedOverlap: "repaired"
    }
  }

  public func line(file: String, code: String?, _ language: Language) -> FindingLine {
    FindingLine(
      rule: rule.rawValue, severity: severity, file: file, feature: feature, other: other, code: code,
      measure: measure, unit: measure == nil ? nil : rule == .snappedBorder ? "m" : "m2", place: place,
      message: language(message, chinese))
  }
}
