import GRDB
import Parallel
import Planar

/// How QGIS shows a layer by default.
public struct QGISStyle: Sendable {
  public var name: String
  /// The style in QGIS's own XML.
  public var qml: String
  public var sld: String

  public init(name: String, qml: String, sld: String = "") {
    self.name = name
    self.qml = qml
    self.sld = sld
  }
}

/// Writes layers as a GeoPackage 1.3.1 (OGC 12-128r18), each with an R-tree; what was at `path` is
/// replaced when all is complete.
///
/// Layers without geometry and CRS become tables of attributes. Integer ids become the key, text ids
/// and foreign members go to columns of their own (`geojson_id`, `geojson_members`), so that reading
/// gives back the same. The same layers make the same bytes with the same SQLite.
/// - Parameters:
///   - layers: each becomes a table of its name.
///   - path: the file.
///   - styles: default styles for QGIS by layer name.
///   - promotesToMulti: whether a layer of polygons and multipolygons (or lines) becomes one of multipolygons
///     only, as most programs like it.
/// - Returns: what could not be kept as it was, such as columns that mix text and numbers.
/// - Throws: `MapFileError`.
@discardableResult
public func writeGeoPackage(
  _ layers: [Layer], to path: String, styles: [String: QGISStyle] = [:], promotesToMulti: Bool = false
) throws -> [ReadNote] {
  let stage = StagedFiles()
  let notes = try writeGeoPackage(layers, to: path, in: stage, styles: styles, promotesToMulti: promotesToMulti)
  try stage.commit()
  return notes
}

/// As `writeGeoPackage(_:to:styles:promotesToMulti:)`, as one of several files that appear together.
@discardableResult
public func writeGeoPackage(
  _ layers: [Layer], to path: String, in stage: StagedFiles, styles: [String: QGISStyle] = [:],
  promotesToMulti: Bool = false
) throws -> [ReadNote] {
  guard path != "-" else {
    throw MapFileError(
      .cannotWrite, file: "standard output", message: "a GeoPackage cannot be written to a pipe",
      remedy: "Name a file")
  }
  let temporary = try stage.temporaryPath(for: path)
  do {
    var notes: [ReadNote] = []
    try DatabaseQueue(path: temporary, configuration: .creating).writeWithoutTransaction { database in
      try database.execute(sql: GeoPackageSchema.pragmas)
      try database.inTransaction {
        var writer = try GeoPackageWriter(database, promotesToMulti: promotesToMulti)
        for layer in layers { try writer.add(layer) }
        try writer.add(styles, for: layers)
        notes = writer.notes
        return .commit
      }
    }
    return notes
  } catch let error as DatabaseError {
    let isFull = error.resultCode.primaryResultCode == .SQLITE_FULL
    throw MapFileError(
      .cannotWrite, file: path, message: "cannot be written: \(error.words)",
      remedy: isFull ? "Make room on the disk, or name a place on another one" : nil)
  }
}

private struct GeoPackageWriter {
  private let database: Database
  private let promotesToMulti: Bool
  private var systems: ReferenceSystemTable
  private var tableNames: [String] = []
  private var geometryColumns: [String: String] = [:]
  private var hasDataColumns = false
  private(set) var notes: [ReadNote] = []
  private let timestamp = GeoPackageSchema.timestamp

  init(_ database: Database, promotesToMulti: Bool) throws {
    self.database = database
    self.promotesToMulti = promotesToMulti
    try database.execute(sql: GeoPackageSchema.base)
    systems = try ReferenceSystemTable(database)
  }

  mutating func add(_ layer: Layer) throws {
    let content = LayerContent(layer)
    let name = uniqueName(tableName(layer.name), among: tableNames + ["layer_styles"])
    tableNames.append(name)
    let plan = TablePlan(name, layer, content)
    notes += plan.notes
    if plan.isSpatial { geometryColumns[name] = plan.geometryColumn }
    try database.execute(sql: plan.creation)
    let srs = plan.isSpatial ? try systems.row(for: layer.crs, content.box) : nil
    try register(plan, content.box, srs)
    try addHints(plan)
    let boxes = content.boxes.map { (id: plan.key(layer.features[$0.feature], $0.feature), box: $0.box) }
    let tree = Background { RTree(boxes) }
    try insert(layer, plan, srs ?? 0)
    if plan.isSpatial { try index(plan, tree.value) }
  }

  private func register(_ plan: TablePlan, _ box: Box, _ srs: Int?) throws {
    let extent = box.isEmpty ? nil : box
    try database.execute(
      sql: "INSERT INTO gpkg_contents VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?)",
      arguments: [
        plan.table, srs == nil ? "attributes" : "features", plan.table, timestamp, extent?.min.x, extent?.min.y,
        extent?.max.x, extent?.max.y, srs,
      ])
    guard let srs else { return }
    try database.execute(
      sql: "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
      arguments: [plan.table, plan.geometryColumn, plan.geometryType(promotes: promotesToMulti), srs])
  }

  private mutating func addHints(_ plan: TablePlan) throws {
    guard !plan.hints.isEmpty else { return }
    if !hasDataColumns { try database.execute(sql: GeoPackageSchema.dataColumns) }
    hasDataColumns = true
    for hint in plan.hints {
      try database.execute(
        sql: "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, NULL, ?, ?, NULL)",
        arguments: [plan.table, hint.column, hint.description, hint.mediaType])
    }
  }

  private func insert(_ layer: Layer, _ plan: TablePlan, _ srs: Int) throws {
    let promotes = promotesToMulti && plan.mixesSingleAndMulti
    var rows = try RowInsertion(database, into: plan.table, columns: plan.columnCount, rows: layer.features.count)
    for (index, feature) in layer.features.enumerated() {
      rows.add(plan.key(feature, index))
      if plan.isSpatial { rows.add(promotes ? feature.geometry?.promoted : feature.geometry, srs: Int32(srs)) }
      for (value, field) in zip(feature.values, plan.fields) { rows.add(value, as: field.kind) }
      if plan.hasTextIDs { rows.add(feature.id, as: .text) }
      if plan.hasForeignMembers { rows.add(feature.foreignMembers.map(FieldValue.string) ?? .null, as: .text) }
      try rows.endRow()
    }
  }

  private func index(_ plan: TablePlan, _ tree: RTree) throws {
    try database.execute(
      sql: GeoPackageSchema.spatialIndex(plan.table, plan.geometryColumn),
      arguments: [plan.table, plan.geometryColumn])
    try tree.write(to: database, "rtree_\(plan.table)_\(plan.geometryColumn)")
    try database.execute(
      sql: GeoPackageSchema.spatialIndexTriggers(plan.table, plan.geometryColumn, key: plan.keyColumn))
  }

  mutating func add(_ styles: [String: QGISStyle], for layers: [Layer]) throws {
    let styled = zip(layers, tableNames).filter { styles[$0.0.name] != nil }
    guard !styled.isEmpty else { return }
    try database.execute(sql: GeoPackageSchema.layerStyles)
    try database.execute(
      sql: """
        INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, NULL, NULL, NULL, NULL, NULL)
        """, arguments: [timestamp])
    for (layer, table) in styled {
      let style = styles[layer.name]!
      let column = geometryColumns[table] ?? ""
      try database.execute(
        sql: "INSERT INTO layer_styles VALUES (NULL, '', '', ?, ?, ?, ?, ?, 1, '', '', NULL, ?)",
        arguments: [table, column, style.name, style.qml, style.sld, timestamp])
    }
  }
}

/// A name that neither SQLite nor the standard keeps for itself.
private func tableName(_ name: String) -> String {
  let isReserved = ["sqlite_", "gpkg_", "rtree_"].contains { name.lowercased().hasPrefix($0) }
  return name.isEmpty ? "layer" : isReserved ? "layer_" + name : name
}

/// `name`, or `name_2`…: unlike all `others` also when case does not count.
func uniqueName(_ name: String, among others: [String]) -> String {
  let taken = Set(others.map { $0.lowercased() })
  guard taken.contains(name.lowercased()) else { return name }
  var number = 2
  while taken.contains("\(name)_\(number)".lowercased()) { number += 1 }
  return "\(name)_\(number)"
}

extension RowInsertion {
  /// Adds the geometry as a blob; NULL where it is nil or empty.
  fileprivate mutating func add(_ geometry: Geometry?, srs: Int32) {
    guard let geometry, !geometry.isEmpty else { return addNull() }
    addBlob { $0.writeGeoPackageBinary(geometry, srs: srs) }
  }
}

extension FieldValue {
  var isText: Bool { if case .string = self { true } else { false } }
}

extension Geometry {
  /// The multi-geometry of a single one.
  fileprivate var promoted: Geometry {
    switch self {
    case .polygon(let polygon): .multiPolygon([polygon])
    case .lineString(let line): .multiLineString([line])
    case .point(let point): .multiPoint([point])
    default: self
    }
  }
}
