import Foundation

/// A threshold that every district has to meet, such as `keyPlaces.covered >= 0.98`.
public struct AuditRequirement: Sendable, Hashable {
  enum Comparison: String, Sendable {
    case atLeast = ">=", atMost = "<=", equal = "==", unequal = "!=", above = ">", below = "<"

    /// Two characters before one, so that `>=` is not read as `>`.
    static let spellings: [(String, Comparison)] = [
      (">=", .atLeast), ("≥", .atLeast), ("<=", .atMost), ("≤", .atMost), ("==", .equal), ("!=", .unequal),
      ("≠", .unequal), (">", .above), ("<", .below), ("=", .equal),
    ]
  }

  /// As the user wrote it.
  public let text: String
  /// The path of a figure in a row.
  public let path: String
  let comparison: Comparison
  let value: FigureValue

  /// - Throws: `AuditError` that tells what cannot be read, and what may be meant.
  public init(_ text: String) throws {
    self.text = text
    guard let (sign, comparison) = Self.sign(in: text) else {
      throw AuditError("\"\(text)\" is no threshold: write a figure, one of >= <= > < == != and a value, such as keyPlaces.covered >= 0.98")
    }
    self.comparison = comparison
    path = text[..<sign.lowerBound].trimmingCharacters(in: .whitespaces)
    let word = text[sign.upperBound...].trimmingCharacters(in: .whitespaces)
    guard AuditFigure.isKnown(path) else {
      let hint = nearestName(to: path, among: AuditFigure.all).map { "Did you mean \($0)?" }
      throw AuditError("\"\(text)\": no figure is called \(path). \(hint ?? "Figures: " + AuditFigure.all.joined(separator: ", "))")
    }
    guard let value = Self.value(word) else { throw AuditError("\"\(text)\": there is no value after \(text[sign])") }
    if case .number = value {} else if comparison != .equal, comparison != .unequal {
      throw AuditError("\"\(text)\": \(word) is no number; only == and != compare words")
    }
    self.value = value
  }

  /// The first sign from the left; of several spellings there the longest.
  private static func sign(in text: String) -> (Range<String.Index>, Comparison)? {
    let found = Comparison.spellings.compactMap { spelling, comparison in
      text.range(of: spelling).map { ($0, comparison) }
    }
    return found.min { a, b in
      (a.0.lowerBound, b.0.upperBound) < (b.0.lowerBound, a.0.upperBound)
    }
  }

  private static func value(_ word: String) -> FigureValue? {
    if word.isEmpty { return nil }
    if word == "true" || word == "false" { return .flag(word == "true") }
    if let number = Double(word), number.isFinite { return .number(number) }
    if word.hasSuffix("%"), let number = Double(word.dropLast().trimmingCharacters(in: .whitespaces)) {
      return .number(number / 100)
    }
    return .text(word.trimmingCharacters(in: CharacterSet(charactersIn: "\"'")))
  }

  /// Whether a district meets it; nil where it has no such figure, which falls short as well.
  func isMet(by line: AuditLine) -> Bool? {
    guard let found = line.value(path) else { return nil }
    if case .number(let a) = found, case .number(let b) = value { return compare(a, b) }
    return comparison == .unequal ? found != value : comparison == .equal && found == value
  }

  private func compare(_ a: Double, _ b: Double) -> Bool {
    switch comparison {
    case .atLeast: a >= b
    case .atMost: a <= b
    case .equal: a == b
    case .unequal: a != b
    case .above: a > b
    case .below: a < b
    }
  }

  /// Whether a smaller figure is the worse one; nil where none is.
  var smallestIsWorst: Bool? {
    switch comparison {
    case .atLeast, .above: true
    case .atMost, .below: false
    case .equal, .unequal: nil
    }
  }
}

/// An audit of many districts that was asked for wrongly.
public struct AuditError: Error, Sendable, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}
