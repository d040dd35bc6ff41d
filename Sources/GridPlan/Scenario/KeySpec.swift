/// One key that a scenario may have: the source of the check, of the schema and of the help.
struct KeySpec: Sendable {
  var name: String
  var kind: ValueKind
  var isRequired = false
  /// What the key means, in English.
  var meaning: String

  init(_ name: String, _ kind: ValueKind, required: Bool = false, _ meaning: String) {
    self.name = name
    self.kind = kind
    isRequired = required
    self.meaning = meaning
  }
}

/// What may stand behind a key.
indirect enum ValueKind: Sendable {
  case text
  case number(min: Double?)
  case integer(min: Int?)
  case boolean
  case choice([String])
  case object([KeySpec])
  case list(ValueKind)
  /// Keys of the user's own, each with such a value.
  case entries(ValueKind)
  case either([ValueKind])

  /// What a message asks for.
  var expectation: String {
    switch self {
    case .text: "text"
    case .number(let min): min.map { "a number of at least \(trimmed($0))" } ?? "a number"
    case .integer(let min): min.map { "a whole number of at least \($0)" } ?? "a whole number"
    case .boolean: "true or false"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .object(let keys): "keys (" + keys.map(\.name).joined(separator: ", ") + ")"
    case .list(let element): "a list of " + element.expectation
    case .entries(let element): "keys, each with " + element.expectation
    case .either(let kinds): kinds.map(\.expectation).joined(separator: ", or ")
    }
  }

  private func trimmed(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }
}
