import Georeference

/// The outermost object of a GeoJSON text, or a sequence of objects.
struct GeoJSONDocument {
  var list: FeatureList
  var name: String?
  /// The old `crs` member (GeoJSON 2008), as it says; `.some(nil)` where it says nothing usable.
  var declaredCRS: CRS??
  var foreignMembers: String?
  var notes: [ReadNote] = []

  /// - Throws: `ParseFailure` or `PlacedFailure`.
  init(_ bytes: Bytes) throws {
    var json = JSONCursor(bytes)
    try json.skipByteOrderMark()
    json.skipSeparators()
    guard json.p < json.end else { throw json.failure("the file is empty") }
    guard json.p.pointee == openBrace else { throw notAnObject(&json) }
    if let collection = try GeoJSONDocument(collectionAt: json.offset, bytes) {
      self = collection
    } else {
      list = try FeatureList(bytes, .sequence, from: json.offset)
    }
  }

  /// Nil where the object is no feature collection.
  private init?(collectionAt start: Int, _ bytes: Bytes) throws {
    var json = JSONCursor(bytes, from: start + 1)
    var members = CollectionMembers()
    if !json.take(closeBrace) {
      repeat { try members.parse(&json, bytes) } while try json.another(before: closeBrace)
    }
    switch members.type {
    case "FeatureCollection":
      guard let list = members.list else {
        throw json.failure("a FeatureCollection without \"features\"", remedy: "See RFC 7946, 3.3")
      }
      self.list = list
    case "Feature" where members.list == nil, _ where members.isGeometry: return nil
    default: throw members.unknownType(json, at: start)
    }
    json.skipSeparators()
    guard json.p >= json.end else {
      throw json.failure("text after the end of the feature collection", remedy: "Keep one collection in a file")
    }
    name = members.name
    declaredCRS = members.crs
    foreignMembers = members.foreign
    notes = members.notes
  }
}

/// What has been read of the members of the outermost object.
private struct CollectionMembers {
  var type: String?
  var isGeometry = false
  var list: FeatureList?
  var name: String?
  var crs: CRS??
  var foreign: String?
  var notes: [ReadNote] = []

  mutating func parse(_ json: inout JSONCursor, _ bytes: Bytes) throws {
    let key = try json.rawString()
    try json.expect(colon, "a colon")
    let next = json.peek()
    if key.says("features") {
      try parseFeatures(&json, bytes)
    } else if key.says("type"), next == quote {
      let raw = try json.rawString()
      type = try json.text(of: raw)
      isGeometry = GeometryType(raw) != nil
    } else if key.says("crs") {
      crs = .some(try parseCRS(&json))
    } else if key.says("bbox") {
      try json.skipValue()
    } else if key.says("name"), next == quote {
      name = try json.string()
    } else {
      try parseForeign(key, &json)
    }
  }

  private mutating func parseFeatures(_ json: inout JSONCursor, _ bytes: Bytes) throws {
    guard list == nil else { throw json.failure("two members \"features\"") }
    guard json.peek() == openBracket else { throw json.unexpected("an array of features") }
    json.p += 1
    if json.take(closeBracket) {
      list = FeatureList(emptyAt: json.offset)
    } else {
      json.skipSpace()
      list = try FeatureList(bytes, .array, from: json.offset)
      json.p = json.origin + list!.end
    }
  }

  private mutating func parseForeign(_ key: RawString, _ json: inout JSONCursor) throws {
    if key.hasEscapes { _ = try json.text(of: key) }
    let name = String(decoding: UnsafeBufferPointer(start: key.start, count: key.count), as: UTF8.self)
    let member = "\"\(name)\":\(try json.compactText())"
    foreign = foreign.map { $0 + "," + member } ?? member
  }

  private mutating func parseCRS(_ json: inout JSONCursor) throws -> CRS? {
    let text = try json.compactText()
    guard let crs = crsNamed(byMember: text) else {
      notes.append(
        ReadNote(rule: "old-crs-member", message: "the member \"crs\" names no reference system: \(text.prefix(80))"))
      return nil
    }
    notes.append(
      ReadNote(
        rule: "old-crs-member",
        message: "the member \"crs\" of GeoJSON 2008 is honoured: \(crs) (RFC 7946 has CRS84 only)"))
    return crs
  }

  func unknownType(_ json: borrowing JSONCursor, at start: Int) -> ParseFailure {
    let place = json.origin + start
    switch type {
    case nil: return json.failure("JSON, but no GeoJSON: the outermost object has no \"type\"", at: place)
    case "Topology":
      return json.failure("TopoJSON, not GeoJSON", at: place, remedy: "Convert it first, with ogr2ogr or topo2geo")
    case "Feature": return json.failure("a Feature with a member \"features\" (RFC 7946, 7.1)", at: place)
    case let name?:
      return json.failure("\"\(name.prefix(40))\" is no type of RFC 7946", at: place)
    }
  }
}

/// The system that a `crs` member of GeoJSON 2008 names.
private func crsNamed(byMember text: String) -> CRS? {
  let json = JSONPathReader(text)
  guard let type = json.text(at: ["type"]) else { return nil }
  switch type {
  case "name": return json.text(at: ["properties", "name"]).map { CRS(normalizing: $0) }
  case "EPSG": return json.text(at: ["properties", "code"]).map { CRS(normalizing: "EPSG:\($0)") }
  default: return nil
  }
}

extension FeatureList {
  fileprivate init(emptyAt end: Int) { self.end = end }
}

extension JSONCursor {
  fileprivate mutating func skipByteOrderMark() throws {
    if p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF {
      p += 3
    } else if p[0] == 0xFE && p[1] == 0xFF || p[0] == 0xFF && p[1] == 0xFE {
      throw failure("UTF-16 text, while GeoJSON is UTF-8", remedy: "Convert it: iconv -f UTF-16 -t UTF-8")
    } else if p[0] == 0x1F && p[1] == 0x8B {
      throw failure("compressed by gzip", remedy: "Unpack it first: gunzip")
    } else if p[0] == UInt8(ascii: "P") && p[1] == UInt8(ascii: "K") {
      throw failure("a zip archive, not GeoJSON", remedy: "Unpack it first")
    }
  }
}

private func notAnObject(_ json: inout JSONCursor) -> ParseFailure {
  json.p.pointee == openBracket
    ? json.failure(
      "an array, while GeoJSON is an object",
      remedy: "Wrap it: {\"type\":\"FeatureCollection\",\"features\":[…]}")
    : json.unexpected("a GeoJSON object")
}
