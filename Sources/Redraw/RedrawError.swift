/// Input that no plan can be made of; what a plan cannot meet is no error but a ``Certificate``.
public struct RedrawError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  public let message: String

  public init(_ message: String) { self.message = message }

  public var description: String { message }
}
