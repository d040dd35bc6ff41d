public import Planar

/// Why a planar operation failed: which one, where, and what the library said.
public struct TopologyError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// A coordinate is not a number or infinite.
    case notFinite
    /// A ring has fewer than four points, or a line fewer than two.
    case tooFewPoints
    /// The operation gave up, nearly always because its input is invalid.
    case failed
  }

  public var kind: Kind
  /// The name of the operation: `union`, `buffer`…
  public var operation: String
  /// Where, in the coordinates of the input, as far as is known.
  public var place: Point?
  public var message: String

  public init(_ kind: Kind, operation: String, place: Point? = nil, message: String) {
    self.kind = kind
    self.operation = operation
    self.place = place
    self.message = message
  }

  /// `union at 3.5 7: message`
  public var description: String {
    operation + (place.map { " at \($0.x) \($0.y)" } ?? "") + ": " + message
  }
}
