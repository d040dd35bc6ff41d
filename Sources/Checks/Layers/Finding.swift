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

  /// A JSON object in one line: `rule, severity, file, feature, other, code, measure, unit, lon, lat, message`.
  /// Members without a value are null, `other` is left out.
  public var json: String {
    var members = [
      ("rule", quoted(rule.rawValue)), ("severity", quoted(severity.rawValue)), ("file", quoted(file)),
      ("feature", feature.map(String.init) ?? "null"),
    ]
    if let other { members.append(("other", String(other))) }
    members += [
      ("code", code.map(quoted) ?? "null"), ("measure", measure.map(number) ?? "null"),
      ("unit", unit.map(quoted) ?? "null"), ("lon", place.map { degrees($0.x) } ?? "null"),
      ("lat", place.map { degrees($0.y) } ?? "null"), ("message", quoted(message)),
    ]
    return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  private func degrees(_ value: Double) -> String {
    value.isFinite ? String(format: "%.7f", value) : "null"
  }

  /// Six significant digits: measures are no better.
  private func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : rounded(value, 6)
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
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
