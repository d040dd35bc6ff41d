/// Looks up single values in small JSON text, such as the old `crs` member.
struct JSONPathReader {
  private let text: String

  init(_ text: String) { self.text = text }

  /// The text or number at the end of a path of object members; nil where there is none.
  func text(at path: [String]) -> String? {
    MappedFile(text.utf8, name: "").withBytes { bytes in
      var json = JSONCursor(bytes)
      return try? find(path[...], &json)?.asText
    }
  }

  private func find(_ path: ArraySlice<String>, _ json: inout JSONCursor) throws -> FieldValue? {
    guard let wanted = path.first else { return try json.fieldValue() }
    guard json.take(openBrace), !json.take(closeBrace) else { return nil }
    repeat {
      let key = try json.string()
      try json.expect(colon, "a colon")
      if key == wanted { return try find(path.dropFirst(), &json) }
      try json.skipValue()
    } while try json.another(before: closeBrace)
    return nil
  }
}
