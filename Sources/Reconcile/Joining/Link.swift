/// What a pair of rows was joined by.
public enum JoinBasis: String, Sendable, CaseIterable {
  case code
  /// Equal names that occur once on either side.
  case name
  /// Equal names that repeat, but not within the area above.
  case nameInParent = "name+parent"
  /// Equal names that repeat, of which one overlaps or lies near.
  case nameAtPlace = "name+place"
  /// Names that differ in their ending (村, 社区) or in a lost character, alone within the area above.
  case similarNameInParent = "name~+parent"
  /// The same, where the places meet.
  case similarNameAtPlace = "name~+place"
  /// Equal stems of which one names no kind of place (翠湖, 翠湖社区), alone on either side.
  case stem = "name~"
  case address
  case place
}

/// A row of A and a row of B that are the same thing.
public struct Link: Sendable, Hashable {
  public var a: Int
  public var b: Int
  public var basis: JoinBasis
  /// The evidence from 0 to 1: 1 for equal codes, names and addresses, 0.9 for a name or address of
  /// which a part is missing, 0.8 for a similar name, what the places say for those joined by place.
  public var score: Double
  /// The common area over the area of both, where both are areas.
  public var overlap: Double?
  /// Metres between both, where both have a place.
  public var distance: Double?
}

/// Why a row was joined to none.
public enum LeftoverReason: Sendable, Hashable {
  /// It has nothing to join by.
  case noKey
  case noCounterpart
  case codeRepeats
  /// The name occurs several times and nothing else tells the rows apart.
  case nameRepeats
  /// The name or address lost a character and nothing else confirms it.
  case lostCharacter
  case addressRepeats
  /// Several rows are as near.
  case placeRepeats
  /// The row of the other source has the same code, name or address, but lies this many metres away.
  case contradicted(key: JoinKey, other: Int, distance: Double)
  /// The row overlaps one of the other source by less than the least share.
  case overlapTooSmall(other: Int, overlap: Double)
  /// This share of the row lies in one of the other source, as where areas were divided or merged.
  case partOf(other: Int, share: Double)

  public var name: String {
    switch self {
    case .noKey: "no-key"
    case .noCounterpart: "no-counterpart"
    case .codeRepeats: "code-repeats"
    case .nameRepeats: "name-repeats"
    case .lostCharacter: "lost-character"
    case .addressRepeats: "address-repeats"
    case .placeRepeats: "place-repeats"
    case .contradicted: "place-contradicts"
    case .overlapTooSmall: "overlap-too-small"
    case .partOf: "part-of"
    }
  }
}
