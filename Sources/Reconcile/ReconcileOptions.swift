public import Georeference
public import PlanModel

/// What two rows of two sources may be joined by.
public enum JoinKey: String, Sendable, CaseIterable {
  /// Equal codes; zeros of lower levels, full width and `.0` of spreadsheets don't matter.
  case code
  /// Equal names of places (`PlaceName`).
  case name
  /// Equal addresses (`PlaceAddress`); several rows of a table may join one feature.
  case address
  /// Areas that overlap, points in areas, points near points.
  case place
}

/// Which fields of a source hold what; recognised by their names where nil.
public struct SourceFields: Sendable, Hashable {
  public var code: String?
  public var name: String?
  public var address: String?
  /// The code or name of the area above, in which names need not repeat.
  public var parent: String?
  /// The count that is compared and added up.
  public var value: String?

  public init(
    code: String? = nil, name: String? = nil, address: String? = nil, parent: String? = nil, value: String? = nil
  ) {
    (self.code, self.name, self.address, self.parent, self.value) = (code, name, address, parent, value)
  }
}

/// How two sources are reconciled.
public struct ReconcileOptions: Sendable {
  /// What to join by, in this order; each step looks at rows that those before left over.
  public var keys: [JoinKey] = [.code, .name, .place]
  public var fieldsOfA = SourceFields()
  public var fieldsOfB = SourceFields()
  /// Further pairs of fields to compare, `a` of the one and `b` of the other.
  public var compared: [FieldPair] = []
  /// Which source wins where fields differ: the first rule for a field, else A.
  public var rules: [WinnerRule] = []
  /// The least share of common area in the area of both for which two areas are one.
  public var leastOverlap = 0.5
  /// How far apart in metres two points may lie that are one, and two places of one code or name.
  public var reach = 50.0
  /// Differences of numbers up to this share count as none.
  public var tolerance = 0.0
  /// Codes of one edition as those of another.
  public var editions: CodeEditions?
  public var allowsBallpark = false
  /// The projected CRS to measure in; chosen to fit source A where nil.
  public var workingCRS: CRS?

  public init() {}
}

/// A field of A and the field of B that says the same.
public struct FieldPair: Sendable, Hashable {
  public var a: String
  public var b: String

  public init(a: String, b: String) {
    (self.a, self.b) = (a, b)
  }

  /// `户数=households`, or one name for both.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(a: parts[0], b: parts[parts.count - 1])
  }
}

/// Which of two differing values stands.
public struct WinnerRule: Sendable, Hashable, CustomStringConvertible {
  public enum Choice: Sendable, Hashable {
    case a, b
    /// The source with the later date in this field; A where both are equal or say none.
    case newer(FieldPair)
    case larger, smaller
  }

  /// The field of A that the rule is for, `geometry` for shapes; all fields where nil.
  public var field: String?
  public var choice: Choice

  /// `A`, `B`, `larger`, `smaller`, `newer:field` or `newer:fieldOfA=fieldOfB`; behind `field=` for one field.
  public init?(_ text: String) {
    func choice(_ word: String) -> Choice? {
      switch word {
      case "A", "a": .a
      case "B", "b": .b
      case "larger": .larger
      case "smaller": .smaller
      case _ where word.hasPrefix("newer:"): FieldPair(String(word.dropFirst(6))).map { .newer($0) }
      default: nil
      }
    }
    if let whole = choice(text) {
      (field, self.choice) = (nil, whole)
      return
    }
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let own = choice(parts[1]) else { return nil }
    (field, self.choice) = (parts[0], own)
  }

  public var description: String {
    let word =
      switch choice {
      case .a: "A"
      case .b: "B"
      case .larger: "larger"
      case .smaller: "smaller"
      case .newer(let pair): "newer:\(pair.a == pair.b ? pair.a : "\(pair.a)=\(pair.b)")"
      }
    return field.map { "\($0)=\(word)" } ?? word
  }
}
