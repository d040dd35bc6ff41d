import Foundation
public import Planar

/// One thing that a check found.
public struct Finding: Sendable, Hashable {
  public enum Severity: String, Sendable, Comparable {
    /// Makes a plan wrong; `gridplan check` ends with status 2.
    case error
    /// Suspicious, or harmless in some layers.
    case warning

    public static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .warning }
  }

  public var rule: CheckRule
  public var severity: Severity
  public var file: String
  /// The position of the feature in its layer, from 0; nil where the whole layer is meant.
  public var feature: Int?
  /// The position of the second feature that takes part.
  public var other: Int?
  public var code: String?
  /// A size in `unit`: m, m2, parts.
  public var measure: Double?
  public var unit: String?
  /// Longitude and latitude in degrees; nil where the layer's place on Earth is not known.
  public var place: Point?
  public var message: String

  /// A JSON object in one line.
  public var json: String {
    FindingLine(
      rule: rule.rawValue, severity: severity.rawValue, file: file, feature: feature, other: other, code: code,
      measure: measure, unit: unit, place: place, message: message
    ).json
  }
}

/// `value` with at least `significant` digits, never in exponential form.
func rounded(_ value: Double, _ significant: Int = 3) -> String {
  guard value != 0, value.isFinite else { return "0" }
  let digits = max(0, significant - 1 - Int(log10(abs(value)).rounded(.down)))
  var text = String(format: "%.\(min(digits, 12))f", value)
  if text.contains(".") {
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
  }
  return text
}
