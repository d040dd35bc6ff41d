/// What kind of place to make up.
public enum TownProfile: String, Sendable, CaseIterable {
  /// A town of compounds with slabs and towers on blocks of 150 to 300 m.
  case urban
  /// A township of villages with low houses between fields.
  case rural
}

/// Which synthetic town to make. The same request gives the same town to the byte.
public struct TownRequest: Sendable, Hashable {
  /// The exact total of households.
  public var households: Int
  public var seed: UInt64
  public var profile: TownProfile
  /// How many buildings to spoil on purpose (see `SyntheticTown.make`); 0 makes a clean map.
  public var odd: Int

  public static let allowedHouseholds = 2_000...4_300_000

  public init(households: Int = 6_000, seed: UInt64 = 1, profile: TownProfile = .urban, odd: Int = 0) {
    self.households = households
    self.seed = seed
    self.profile = profile
    self.odd = odd
  }

  func validate() throws(TownError) {
    let allowed = Self.allowedHouseholds
    guard allowed.contains(households) else {
      throw TownError(
        "a synthetic town has \(allowed.lowerBound) to \(allowed.upperBound) households, not \(households)")
    }
    guard (0...households / 100).contains(odd) else {
      throw TownError("\(odd) odd buildings asked for; a town of \(households) households takes 0 to \(households / 100)")
    }
  }
}

/// Why no town could be made of a request.
public struct TownError: Error, Sendable, CustomStringConvertible {
  public var message: String

  init(_ message: String) { self.message = message }

  public var description: String { message }
}
