/// How features follow each other in a text.
enum FeatureListing {
  /// Elements of the array `features`, up to its closing bracket.
  case array
  /// A feature a line, or after each record separator (RFC 8142), up to the end of the text.
  case sequence
}

/// The features of a part of a text, read without knowing what comes before.
struct FeatureChunk: Sendable {
  enum Ending: Sendable, Equatable {
    /// The next feature starts at this offset.
    case next(Int)
    /// The list ends before this offset.
    case end(Int)
    case failed
  }

  var features: [Feature]
  var fields: [String]
  var notes: [ReadNote]
  var featuresWithZ: Int
  var longIntegers: Int
  var notDegrees: NotDegrees?
  var ending: Ending
  var failure: ParseFailure?

  /// Reads features from `start` until one begins at `limit` or later, or the list ends.
  init(_ bytes: Bytes, _ listing: FeatureListing, from start: Int, to limit: Int) {
    var parser = FeatureParser(bytes, from: start, takesGeometries: listing == .sequence)
    do {
      ending = try parser.parseAll(listing, to: limit)
    } catch {
      failure = error as? ParseFailure
      ending = .failed
    }
    featuresWithZ = parser.featuresWithZ
    longIntegers = parser.json.longIntegers
    notDegrees = parser.notDegrees.map { NotDegrees(feature: $0.feature, x: $0.point.x, y: $0.point.y) }
    fields = parser.fields.names
    notes = parser.notes
    features = parser.takeFeatures()
  }
}

/// A coordinate that cannot be longitude and latitude.
struct NotDegrees: Sendable {
  var feature: Int
  var x: Double
  var y: Double
}

extension FeatureParser {
  fileprivate mutating func parseAll(_ listing: FeatureListing, to limit: Int) throws -> FeatureChunk.Ending {
    repeat {
      try parseFeature()
      if try !moveToNext(listing) { return .end(json.offset) }
    } while json.offset < limit
    return .next(json.offset)
  }

  /// Moves to where the next feature starts; false where the list ends.
  private mutating func moveToNext(_ listing: FeatureListing) throws -> Bool {
    switch listing {
    case .array:
      guard try json.another(before: closeBracket) else { return false }
      json.skipSpace()
    case .sequence:
      json.skipSeparators()
      if json.p >= json.end { return false }
    }
    return true
  }

  /// The features, all with a value for every field.
  fileprivate mutating func takeFeatures() -> [Feature] {
    var taken: [Feature] = []
    swap(&taken, &features)
    for index in taken.indices {
      guard taken[index].values.count < fields.count else { break }
      taken[index].values.pad(to: fields.count)
    }
    return taken
  }
}

extension JSONCursor {
  /// Moves over white space and record separators (RFC 8142).
  mutating func skipSeparators() {
    while isSpace(p.pointee) || p.pointee == recordSeparator { p += 1 }
  }
}

let recordSeparator: UInt8 = 0x1E

extension [FieldValue] {
  mutating func pad(to count: Int) {
    while self.count < count { append(.missing) }
  }
}
