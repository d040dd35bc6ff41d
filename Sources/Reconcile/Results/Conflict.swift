/// A field of a joined pair in which the sources differ.
public struct Conflict: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case number, text
    /// Another writing of the same name or address.
    case spelling
    /// Another code, or the code of another edition.
    case code
    case edition
    /// Another shape: the area that only one of them has, or the distance of points.
    case geometry
  }

  /// Rows of A and B; of a table whose rows add up at a place, its first row.
  public var a: Int
  public var b: Int
  /// The names of the field in A and in B.
  public var field: FieldPair
  public var kind: Kind
  public var valueOfA: String
  public var valueOfB: String
  /// B − A for numbers; m² or m for shapes.
  public var difference: Double?
  /// The difference over the value of A; for areas 1 − the common share.
  public var relative: Double?
  public var winnerIsA: Bool
}
