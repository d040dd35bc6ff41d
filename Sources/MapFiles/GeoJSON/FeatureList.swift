import Parallel

/// All features of a list in a text, read on all cores.
///
/// Chunks begin where a feature seems to begin; a chunk counts only if the one before ended exactly
/// there, and is read again from the right place otherwise. So the result is that of reading from
/// front to back, whatever the guesses and the number of threads.
struct FeatureList: Sendable {
  var features: [Feature] = []
  var fields: [String] = []
  var notes: [ReadNote] = []
  var featuresWithZ = 0
  var longIntegers = 0
  var notDegrees: NotDegrees?
  /// The offset after the list.
  var end: Int

  /// Chunks of this many bytes take a few milliseconds.
  private static let chunkSize = 1 << 20

  /// - Parameter start: where the first feature begins.
  /// - Throws: `PlacedFailure`.
  init(_ bytes: Bytes, _ listing: FeatureListing, from start: Int) throws {
    let starts = [start] + Self.guesses(bytes, listing, after: start)
    let chunks = parallelMap(count: starts.count) { index in
      FeatureChunk(
        bytes, listing, from: starts[index],
        to: index + 1 < starts.count ? starts[index + 1] : .max)
    }
    var sequence: [FeatureChunk] = []
    end = start
    var next: Int? = start
    var index = 0
    while let place = next {
      while index < starts.count && starts[index] < place { index += 1 }
      let isGuessed = index < starts.count && starts[index] == place
      let limit = index < starts.count ? starts[index] : .max
      let chunk = isGuessed ? chunks[index] : FeatureChunk(bytes, listing, from: place, to: limit)
      sequence.append(chunk)
      switch chunk.ending {
      case .next(let offset): next = offset
      case .end(let offset):
        end = offset
        next = nil
      case .failed: next = nil
      }
    }
    try join(sequence, textLength: bytes.count)
  }

  /// Offsets where a feature seems to begin, about one in each piece of the text.
  private static func guesses(_ bytes: Bytes, _ listing: FeatureListing, after start: Int) -> [Int] {
    stride(from: start + chunkSize, to: bytes.count, by: chunkSize).compactMap { offset in
      firstGuess(bytes, listing, in: offset..<min(offset + chunkSize, bytes.count))
    }
  }

  private static func firstGuess(_ bytes: Bytes, _ listing: FeatureListing, in range: Range<Int>) -> Int? {
    range.first { bytes[$0] == openBrace && seemsToBegin(bytes, listing, at: $0) }
  }

  /// Whether the brace at `offset` follows the end of an object and opens one with a feature's member.
  private static func seemsToBegin(_ bytes: Bytes, _ listing: FeatureListing, at offset: Int) -> Bool {
    var before = offset - 1
    func skipBack() { while isSpace(bytes[before]) || bytes[before] == recordSeparator { before -= 1 } }
    skipBack()
    if listing == .array {
      guard bytes[before] == comma else { return false }
      before -= 1
      skipBack()
    }
    guard bytes[before] == closeBrace else { return false }
    var json = JSONCursor(bytes, from: offset + 1)
    guard json.peek() == quote, let key = try? json.rawString() else { return false }
    guard key.says("type") else { return key.says("properties") || key.says("geometry") || key.says("id") }
    guard json.take(colon), json.peek() == quote, let type = try? json.rawString() else { return false }
    return type.says("Feature") || listing == .sequence
  }
}

/// A failure and the feature in which it happened.
struct PlacedFailure: Error {
  var failure: ParseFailure
  var feature: Int
}

extension FeatureList {
  private mutating func join(_ chunks: [FeatureChunk], textLength: Int) throws {
    let total = chunks.reduce(0) { $0 + $1.features.count }
    if let last = chunks.last, let failure = last.failure { throw PlacedFailure(failure: failure, feature: total) }
    var table = FieldNames()
    let positions = chunks.map { $0.fields.map { table.position(of: $0) } }
    fields = table.names
    try requireReasonableTable(features: total, textLength: textLength)
    features.reserveCapacity(total)
    for (chunk, positions) in zip(chunks, positions) { append(chunk, positions) }
  }

  private mutating func append(_ chunk: FeatureChunk, _ positions: [Int]) {
    let base = features.count
    notes += chunk.notes.map { note in
      ReadNote(rule: note.rule, feature: note.feature.map { $0 + base }, message: note.message)
    }
    if notDegrees == nil, var found = chunk.notDegrees {
      found.feature += base
      notDegrees = found
    }
    featuresWithZ += chunk.featuresWithZ
    longIntegers += chunk.longIntegers
    if chunk.fields == fields {
      features += chunk.features
    } else {
      features += chunk.features.lazy.map { $0.moved(to: positions, of: fields.count) }
    }
  }

  /// A table of which nearly all is empty would need far more memory than the text.
  private func requireReasonableTable(features: Int, textLength: Int) throws {
    let (cells, overflow) = fields.count.multipliedReportingOverflow(by: features)
    guard overflow || cells > 4_000_000 + 4 * textLength else { return }
    let message = "\(features) features have \(fields.count) different properties: that is no table"
    throw PlacedFailure(
      failure: ParseFailure(offset: 0, message: message, remedy: "Drop properties that are not needed, or split the file"),
      feature: 0)
  }
}

extension Feature {
  fileprivate func moved(to positions: [Int], of count: Int) -> Feature {
    var result = self
    result.values = [FieldValue](repeating: .missing, count: count)
    for (value, position) in zip(values, positions) { result.values[position] = value }
    return result
  }
}

/// Names in order of first appearance.
struct FieldNames {
  private(set) var names: [String] = []
  private var positions: [String: Int] = [:]

  mutating func position(of name: String) -> Int {
    if let position = positions[name] { return position }
    positions[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
