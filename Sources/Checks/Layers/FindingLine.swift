import Foundation
public import Planar

/// One line of what `check` and `repair` print: a JSON object with
/// `rule, severity, file, feature, other, code, measure, unit, lon, lat, message`.
public struct FindingLine: Sendable, Hashable {
  public var rule: String
  public var severity: String
  public var file: String
  /// The position of the feature in its layer, from 0; nil where the whole layer is meant.
  public var feature: Int?
  /// The position of a second feature that takes part.
  public var other: Int?
  public var code: String?
  public var measure: Double?
  public var unit: String?
  /// Longitude and latitude in degrees.
  public var place: Point?
  public var message: String

  public init(
    rule: String, severity: String, file: String, feature: Int? = nil, other: Int? = nil, code: String? = nil,
    measure: Double? = nil, unit: String? = nil, place: Point? = nil, message: String
  ) {
    self.rule = rule
    self.severity = severity
    self.file = file
    self.feature = feature
    self.other = other
    self.code = code
    self.measure = measure
    self.unit = unit
    self.place = place
    self.message = message
  }

  /// The object in one line. Members without a value are null, `other` is left out.
  public var json: String {
    var members = [
      ("rule", quoted(rule)), ("severity", quoted(severity)), ("file", quoted(file)),
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
