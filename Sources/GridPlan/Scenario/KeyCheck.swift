internal import Yams

/// Compares a parsed YAML document with the keys that a scenario may have.
struct KeyCheck {
  private(set) var faults: [ScenarioError.Fault] = []

  mutating func check(_ node: Node, against kind: ValueKind, path: String = "") {
    switch kind {
    case .object(let keys): checkObject(node, keys, path)
    case .list(let element): checkList(node, element, path)
    case .entries(let element): checkEntries(node, element, path)
    case .either(let kinds): checkEither(node, kinds, path)
    default:
      if !matches(node, kind) { fault(node, path, "expected \(kind.expectation)") }
    }
  }

  private mutating func checkObject(_ node: Node, _ keys: [KeySpec], _ path: String) {
    guard let mapping = node.mapping else {
      return fault(node, path, "expected \(ValueKind.object(keys).expectation)")
    }
    for (keyNode, value) in mapping {
      let name = keyNode.string ?? ""
      let inner = path.isEmpty ? name : "\(path).\(name)"
      if let key = keys.first(where: { $0.name == name }) {
        check(value, against: key.kind, path: inner)
      } else {
        fault(keyNode, inner, "unknown key" + suggestion(for: name, among: keys.map(\.name)))
      }
    }
    for key in keys where key.isRequired && mapping[key.name] == nil {
      fault(node, path.isEmpty ? key.name : "\(path).\(key.name)", "missing: \(key.meaning)")
    }
  }

  private func suggestion(for name: String, among names: [String]) -> String {
    nearestName(to: name, among: names).map { "; did you mean `\($0)`?" }
      ?? "; known keys: " + names.joined(separator: ", ")
  }

  private mutating func checkList(_ node: Node, _ element: ValueKind, _ path: String) {
    guard let sequence = node.sequence else {
      return fault(node, path, "expected \(ValueKind.list(element).expectation)")
    }
    for (index, item) in sequence.enumerated() { check(item, against: element, path: "\(path)[\(index)]") }
  }

  private mutating func checkEntries(_ node: Node, _ element: ValueKind, _ path: String) {
    guard let mapping = node.mapping else { return fault(node, path, "expected \(ValueKind.entries(element).expectation)") }
    for (key, value) in mapping { check(value, against: element, path: "\(path).\(key.string ?? "")") }
  }

  /// Of several kinds the one of the node's own shape tells what is wrong.
  private mutating func checkEither(_ node: Node, _ kinds: [ValueKind], _ path: String) {
    if kinds.contains(where: { isClean(node, $0) }) { return }
    let sameShape = kinds.first { kind in
      switch kind {
      case .object, .entries: node.mapping != nil
      case .list: node.sequence != nil
      default: false
      }
    }
    if let sameShape {
      check(node, against: sameShape, path: path)
    } else {
      fault(node, path, "expected \(ValueKind.either(kinds).expectation)")
    }
  }

  private func isClean(_ node: Node, _ kind: ValueKind) -> Bool {
    var trial = KeyCheck()
    trial.check(node, against: kind)
    return trial.faults.isEmpty
  }

  private func matches(_ node: Node, _ kind: ValueKind) -> Bool {
    guard let scalar = node.scalar else { return false }
    switch kind {
    case .text: return !scalar.string.isEmpty
    case .number(let least): return node.float.map { $0.isFinite && $0 >= (least ?? -.infinity) } ?? false
    case .integer(let least): return node.int.map { $0 >= (least ?? .min) } ?? false
    case .boolean: return node.bool != nil
    case .choice(let names): return names.contains(scalar.string)
    case .object, .list, .entries, .either: return false
    }
  }

  private mutating func fault(_ node: Node, _ path: String, _ message: String) {
    faults.append(.init(line: node.mark?.line, key: path, message: message))
  }
}
