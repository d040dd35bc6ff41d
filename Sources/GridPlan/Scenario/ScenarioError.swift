/// Why a scenario cannot be used: every fault with its line, its key and what to do.
public struct ScenarioError: Error, Sendable, CustomStringConvertible {
  public struct Fault: Sendable {
    public var line: Int?
    /// The key with those above it, such as `layers.buildings.id`; empty for the whole file.
    public var key: String
    public var message: String
  }

  public var file: String
  public var faults: [Fault]
  /// Whether the file itself could not be found.
  public var isMissingFile = false

  init(file: String, faults: [Fault], isMissingFile: Bool = false) {
    self.file = file
    self.faults = faults
    self.isMissingFile = isMissingFile
  }

  init(file: String, key: String = "", message: String) {
    self.init(file: file, faults: [Fault(line: nil, key: key, message: message)])
  }

  public var description: String {
    faults.map { fault in
      let place = fault.line.map { "\(file):\($0)" } ?? file
      return fault.key.isEmpty ? "\(place): \(fault.message)" : "\(place): \(fault.key): \(fault.message)"
    }.joined(separator: "\n")
  }
}
