/// What became of codes from one edition of a code list to the next.
public struct CodeEditions: Sendable, Hashable {
  private let newOfOld: [String: String]

  /// - Parameter successors: the new code of each old one.
  public init(successors: [String: String]) { newOfOld = successors }

  /// The code of the new edition that an old code became; nil for a code that did not change.
  public func successor(of code: String) -> String? { newOfOld[code] }
}
