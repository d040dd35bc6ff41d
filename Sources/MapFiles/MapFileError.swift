/// Why a file could not be read or written: what, where, and what to do.
public struct MapFileError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// No such file, layer or field.
    case missing
    /// The content is not what the format or the caller asks for.
    case badData
    /// The place cannot be written.
    case cannotWrite
  }

  public var kind: Kind
  public var file: String
  /// Where in the file: `byte 1042`, `line 7`, `feature 12`, as precise as can be told.
  public var place: String?
  public var field: String?
  public var message: String
  /// What the user can do about it.
  public var remedy: String?

  public init(
    _ kind: Kind, file: String, place: String? = nil, field: String? = nil, message: String,
    remedy: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.place = place
    self.field = field
    self.message = message
    self.remedy = remedy
  }

  /// `file: place: field "name": message. Remedy`
  public var description: String {
    let head = [file, place, field.map { "field \"\($0)\"" }].compactMap { $0 }.joined(separator: ": ")
    return "\(head): \(message)" + (remedy.map { ". \($0)" } ?? "")
  }
}
