import Foundation

/// The JSON Schema of scenarios.
public enum ScenarioSchema {
  /// The schema (draft 2020-12) as JSON text with a line end, keys in alphabetical order.
  public static var json: String {
    var schema = ScenarioKeys.root.schema
    schema["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    schema["title"] = .text("gridplan scenario")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try! encoder.encode(SchemaValue.object(schema)), as: UTF8.self) + "\n"
  }
}

/// JSON as far as a schema needs it.
enum SchemaValue: Encodable {
  case text(String)
  case number(Double)
  case integer(Int)
  case flag(Bool)
  case list([SchemaValue])
  case object([String: SchemaValue])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}

extension ValueKind {
  var schema: [String: SchemaValue] {
    switch self {
    case .text: ["type": .list([.text("string"), .text("number")])]
    case .number(let least): bounded("number", least.map(SchemaValue.number))
    case .integer(let least): bounded("integer", least.map(SchemaValue.integer))
    case .boolean: ["type": .text("boolean")]
    case .choice(let names): ["enum": .list(names.map(SchemaValue.text))]
    case .list(let element): ["type": .text("array"), "items": .object(element.schema)]
    case .entries(let element): ["type": .text("object"), "additionalProperties": .object(element.schema)]
    case .either(let kinds): ["anyOf": .list(kinds.map { .object($0.schema) })]
    case .object(let keys): objectSchema(keys)
    }
  }

  private func bounded(_ type: String, _ least: SchemaValue?) -> [String: SchemaValue] {
    var schema: [String: SchemaValue] = ["type": .text(type)]
    schema["minimum"] = least
    return schema
  }

  private func objectSchema(_ keys: [KeySpec]) -> [String: SchemaValue] {
    var properties: [String: SchemaValue] = [:]
    for key in keys {
      var schema = key.kind.schema
      schema["description"] = .text(key.meaning)
      properties[key.name] = .object(schema)
    }
    return [
      "type": .text("object"), "additionalProperties": .flag(false), "properties": .object(properties),
      "required": .list(keys.filter(\.isRequired).map { .text($0.name) }),
    ]
  }
}
