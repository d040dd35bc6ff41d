/// Why coordinates could not be placed or transformed.
public struct GeoreferenceError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// No CRS of that name.
    case unknownCRS
    /// Only a ballpark transformation is known, which may be off by 100 m.
    case ballpark
    /// A coordinate outside the area where the operation is defined.
    case outsideArea
    case operationFailed
    /// A CRS that lengths and areas cannot be measured in.
    case unfit
  }

  public var kind: Kind
  public var operation: String
  public var message: String
  public var remedy: String?

  public init(_ kind: Kind, operation: String, message: String, remedy: String? = nil) {
    self.kind = kind
    self.operation = operation
    self.message = message
    self.remedy = remedy
  }

  public var description: String { "\(operation): \(message)" + (remedy.map { ". \($0)" } ?? "") }
}
