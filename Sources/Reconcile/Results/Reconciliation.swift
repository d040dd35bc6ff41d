import Georeference
public import MapFiles
import Planar
import PlanModel

/// What became of two sources of the same thing.
public struct Reconciliation: Sendable {
  /// The pairs, by row of A, then of B.
  public var links: [Link]
  /// Rows that were joined to none, ascending, with the reason.
  public var leftoversOfA: [Leftover]
  public var leftoversOfB: [Leftover]
  public var conflicts: [Conflict]
  /// All places of both, with the values that won.
  public var merged: Layer
  /// The suspicion that one source is in GCJ-02 and doesn't say so.
  public var shift: ShiftSuspicion?
  public var totals: Totals
  /// Which source wins, as it was asked for.
  public var rules: [WinnerRule]
  let a: Source
  let b: Source

  public struct Leftover: Sendable, Hashable {
    public var row: Int
    public var reason: LeftoverReason
  }

  /// Counts of rows, and sums of the compared value where one was named.
  public struct Totals: Sendable, Hashable {
    public var rowsOfA = 0
    public var rowsOfB = 0
    public var joinedOfA = 0
    public var joinedOfB = 0
    public var byBasis: [JoinBasis: Int] = [:]
    public var value: Value?

    public struct Value: Sendable, Hashable {
      public var field: String
      public var ofA: Double?
      public var ofB: Double?
      public var joinedOfA: Double?
      public var joinedOfB: Double?
    }
  }
}

/// Joins, compares and merges two sources of the same thing.
///
/// The sources must be free of personal columns (`withoutPersonalColumns`).
/// - Throws: `MapFileError` for fields that are missing or coordinates that have no place,
///   `GeoreferenceError` where a reference system is not known or only a ballpark transformation is.
/// O(n log n) for rows that overlap few others.
public func reconcile(_ a: Layer, _ b: Layer, options: ReconcileOptions = ReconcileOptions()) throws -> Reconciliation {
  let (first, second, working) = try sources(a, b, options)
  var joiner = Joiner(first, second, reach: options.reach, leastOverlap: options.leastOverlap)
  let many = ManySide(first, second)
  for key in options.keys {
    switch key {
    case .code: joiner.joinByCode()
    case .name: joiner.joinByName()
    case .address: joiner.joinByAddress(many: many)
    case .place: joiner.joinByPlace()
    }
  }
  return try Reconciliation(joiner, many: options.keys.contains(.address) ? many : .neither, options, working)
}

private func sources(_ a: Layer, _ b: Layer, _ options: ReconcileOptions) throws -> (Source, Source, CRS?) {
  var (askedOfA, askedOfB) = (options.fieldsOfA, options.fieldsOfB)
  if let value = askedOfA.value, value == askedOfB.value {
    // A count may stand in one source alone, as the households of a table do.
    if a.index(of: value) == nil, b.index(of: value) != nil { askedOfA.value = nil }
    if b.index(of: value) == nil, a.index(of: value) != nil { askedOfB.value = nil }
  }
  let fieldsOfA = try ResolvedFields(askedOfA, in: a)
  let fieldsOfB = try ResolvedFields(askedOfB, in: b)
  let working = try options.workingCRS ?? measuringCRS(a) ?? measuringCRS(b)
  var known: Transformation?
  func transformation(_ layer: Layer) throws -> Transformation? {
    guard let working, layer.features.contains(where: { $0.geometry != nil }) else { return nil }
    let crs = try statedCRS(layer)
    if known?.source != crs { known = try Transformation(from: crs, to: working, allowBallpark: options.allowsBallpark) }
    return known
  }
  let folding = TextFolding(for: texts(of: a, fieldsOfA) + texts(of: b, fieldsOfB))
  let first = try Source(
    a, fieldsOfA, folding: folding, editions: options.editions, transformation: transformation(a))
  let second = try Source(
    b, fieldsOfB, folding: folding, editions: options.editions, transformation: transformation(b))
  return (first, second, working)
}

private func texts(of layer: Layer, _ fields: ResolvedFields) -> [String] {
  let columns = [fields.name, fields.address, fields.parent].compactMap { $0 }
  return layer.features.indices.flatMap { row in columns.compactMap { layer.text($0, of: row) } }
}

/// A projected CRS that fits the layer; nil where it has no geometry.
private func measuringCRS(_ layer: Layer) throws -> CRS? {
  guard let place = layer.features.lazy.compactMap({ $0.geometry?.firstCoordinate }).first else { return nil }
  let crs = try statedCRS(layer)
  let degrees = try Transformation(from: crs, to: .crs84, allowBallpark: true)(place)
  return WorkingCRS.fitting(Box(around: [degrees]))
}

/// - Throws: `MapFileError` where the layer has coordinates and nobody says in which system.
private func statedCRS(_ layer: Layer) throws -> CRS {
  if let crs = layer.crs { return crs }
  throw MapFileError(
    .badData, file: layer.file, message: "the file does not say in which CRS its coordinates are",
    remedy: layer.crsAdvice + ", with --crs-a or --crs-b")
}
