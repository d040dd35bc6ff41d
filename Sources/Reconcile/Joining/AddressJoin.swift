import Parallel
public import PlanModel

/// For each row of a table of addresses the place that it names.
///
/// An address may begin with areas (city, district, street, community) that the other leaves out;
/// where both name one, it must be the same. The longest common ending decides, and only where one
/// place has it.
public struct AddressJoin: Sendable {
  public enum Answer: Sendable, Hashable {
    /// The place, and whether both addresses are equal in full.
    case place(Int, isWhole: Bool)
    /// Several places have this address.
    case repeats
    case lostCharacter
    case none
  }

  private let places: [PlaceAddress?]
  private let byEnding: [Substring: [Int]]

  /// - Parameter places: the addresses of the places.
  public init(_ places: [PlaceAddress?]) {
    self.places = places
    var byEnding: [Substring: [Int]] = [:]
    for (number, address) in places.enumerated() {
      guard let address, !address.hasLostCharacter else { continue }
      for ending in address.endings { byEnding[ending, default: []].append(number) }
    }
    self.byEnding = byEnding
  }

  /// The answers for all rows, in order. O(n) in the table.
  public func answers(for table: [PlaceAddress?]) -> [Answer] {
    let parts = chunks(of: table.count, parts: threadCount * 8)
    return parallelMap(count: table.isEmpty ? 0 : parts.count) { part in
      parts[part].map { table[$0].map(answer) ?? .none }
    }.flatMap { $0 }
  }

  public func answer(for address: PlaceAddress) -> Answer {
    if address.hasLostCharacter { return .lostCharacter }
    for ending in address.endings {
      let named = (byEnding[ending] ?? []).filter { !address.contradicts(places[$0]!, before: ending) }
      guard let first = named.first else { continue }
      guard named.count == 1 else { return .repeats }
      return .place(first, isWhole: address.text == places[first]!.text)
    }
    return .none
  }
}
