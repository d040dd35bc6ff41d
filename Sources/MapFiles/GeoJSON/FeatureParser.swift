import Planar

/// Reads GeoJSON features one after another, and keeps them with what it noticed.
struct FeatureParser: ~Copyable {
  var json: JSONCursor
  var points = PointBuffer()
  var fields = FieldTable()
  var features: [Feature] = []
  var notes: [ReadNote] = []
  /// Features with a third coordinate.
  var featuresWithZ = 0
  var hasZ = false
  /// The first coordinate that cannot be longitude and latitude.
  var notDegrees: (feature: Int, point: Point)?
  /// Whether a geometry may stand where a feature is expected (sequences, files of one geometry).
  let takesGeometries: Bool

  init(_ bytes: Bytes, from offset: Int, takesGeometries: Bool = false) {
    json = JSONCursor(bytes, from: offset)
    self.takesGeometries = takesGeometries
  }

  mutating func note(_ rule: String, _ message: String) {
    notes.append(ReadNote(rule: rule, feature: features.count, message: message))
  }
}

/// What has been read of the members of a feature.
private struct FeatureMembers {
  var type: RawString?
  var id = FieldValue.missing
  var geometry: Geometry?
  var hasGeometry = false
  var hasProperties = false
  var values: [FieldValue] = []
  var foreign: String?
}

extension FeatureParser {
  /// Reads the feature at the next byte.
  mutating func parseFeature() throws {
    hasZ = false
    let start = json.p
    try json.expect(openBrace, "a feature (an object)")
    var members = FeatureMembers()
    if !json.take(closeBrace) {
      repeat {
        try parseMember(into: &members)
        if isGeometry(members) { return try parseBareGeometry(at: start) }
      } while try json.another(before: closeBrace)
    }
    try finish(&members, from: start)
  }

  private func isGeometry(_ members: FeatureMembers) -> Bool {
    takesGeometries && members.type.flatMap(GeometryType.init) != nil
  }

  private mutating func parseBareGeometry(at start: UnsafePointer<UInt8>) throws {
    json.p = start
    let geometry = try parseGeometry(depth: 0)
    keep(Feature(geometry: geometry, values: [FieldValue](repeating: .missing, count: fields.count)))
  }

  private mutating func parseMember(into members: inout FeatureMembers) throws {
    let key = try json.rawString()
    try json.expect(colon, "a colon")
    if key.says("type") {
      guard json.peek() == quote else { throw json.misplaced("the type of a feature is not a text") }
      members.type = try json.rawString()
    } else if key.says("geometry") {
      if members.hasGeometry { note("duplicate-key", "two members \"geometry\": the last one counts") }
      members.geometry = try parseGeometryOrNull()
      members.hasGeometry = true
    } else if key.says("properties") {
      if members.hasProperties { note("duplicate-key", "two members \"properties\": the last one counts") }
      members.values = try parseProperties()
      members.hasProperties = true
    } else if key.says("id") {
      members.id = try parseIdentifier()
    } else if key.says("bbox") {
      try json.skipValue()
    } else {
      try parseForeign(key, into: &members.foreign)
    }
  }

  private mutating func parseIdentifier() throws -> FieldValue {
    let place = json.p
    switch try json.fieldValue() {
    case .null: return .missing
    case .bool, .json:
      throw json.failure("the id of a feature is neither text nor number (RFC 7946, 3.2)", at: place)
    case let id: return id
    }
  }

  private mutating func parseForeign(_ key: RawString, into text: inout String?) throws {
    if key.hasEscapes { _ = try json.text(of: key) }
    let name = String(decoding: UnsafeBufferPointer(start: key.start, count: key.count), as: UTF8.self)
    let member = "\"\(name)\":\(try json.compactText())"
    text = text.map { $0 + "," + member } ?? member
  }

  private mutating func parseProperties() throws -> [FieldValue] {
    if json.peek() == UInt8(ascii: "n"), json.takeWord("null") { return [] }
    guard json.peek() == openBrace else {
      throw json.misplaced("the properties of a feature are neither an object nor null (RFC 7946, 3.2)")
    }
    json.p += 1
    var values = [FieldValue](repeating: .missing, count: fields.count)
    if json.take(closeBrace) { return values }
    var guess = 0
    repeat {
      let key = try json.rawString()
      try json.expect(colon, "a colon")
      let position = try fields.position(of: key, guess: guess, in: json)
      let value = try json.fieldValue()
      if position >= values.count {
        values.append(value)
      } else {
        if values[position] != .missing {
          note("duplicate-key", "two properties \"\(fields.names[position])\": the last one counts")
        }
        values[position] = value
      }
      guess = position + 1
    } while try json.another(before: closeBrace)
    return values
  }

  private mutating func finish(_ members: inout FeatureMembers, from start: UnsafePointer<UInt8>) throws {
    guard let type = members.type else {
      throw json.failure("an object without \"type\" where a feature should be", at: start)
    }
    guard type.says("Feature") else { throw notFeature(type, at: start) }
    if !members.hasGeometry { note("missing-member", "no member \"geometry\" (RFC 7946, 3.2): read as null") }
    if !members.hasProperties { note("missing-member", "no member \"properties\" (RFC 7946, 3.2): read as null") }
    // Values of duplicate properties may come from fewer fields.
    while members.values.count < fields.count { members.values.append(.missing) }
    keep(
      Feature(
        id: members.id, geometry: members.geometry, values: members.values, foreignMembers: members.foreign))
  }

  private func notFeature(_ type: RawString, at start: UnsafePointer<UInt8>) -> ParseFailure {
    let name = (try? json.text(of: type)) ?? "?"
    return json.failure(
      "an object of type \"\(name.prefix(40))\" where a feature should be", at: start,
      remedy: name == "FeatureCollection" ? "Give each collection a file of its own" : nil)
  }

  private mutating func keep(_ feature: Feature) {
    if hasZ { featuresWithZ += 1 }
    features.append(feature)
  }
}
