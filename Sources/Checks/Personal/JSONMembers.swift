import Foundation
import MapFiles

/// Calls `body` with the path (`a.b`) and value of every member inside a JSON text; texts that are
/// not JSON have none. The members of objects in an array share a path.
func forEachMember(of json: String, _ body: (String, FieldValue) -> Void) {
  guard let value = try? JSONDecoder().decode(JSONTree.self, from: Data(json.utf8)) else { return }
  value.visit(path: "", body)
}

private enum JSONTree: Decodable {
  case object([String: JSONTree])
  case array([JSONTree])
  case leaf(FieldValue)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONTree].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONTree].self) {
      self = .array(array)
    } else if let text = try? container.decode(String.self) {
      self = .leaf(.string(text))
    } else if let number = try? container.decode(Int.self) {
      self = .leaf(.integer(number))
    } else if let number = try? container.decode(Double.self) {
      self = .leaf(.number(number))
    } else {
      self = .leaf(.null)
    }
  }

  func visit(path: String, _ body: (String, FieldValue) -> Void) {
    switch self {
    case .object(let members):
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        member.visit(path: path.isEmpty ? key : "\(path).\(key)", body)
      }
    case .array(let members):
      for member in members { member.visit(path: path, body) }
    case .leaf(let value):
      if !path.isEmpty { body(path, value) }
    }
  }
}
