internal import Checks
internal import Checksum
internal import Georeference
internal import MapFiles
internal import Parallel
internal import Planar

/// Reads the layers of a scenario: file, personal columns, filter, fields, CRS, projection.
struct LayerLoader {
  var scenario: Scenario
  private(set) var problems: [PlanProblem] = []

  init(scenario: Scenario) { self.scenario = scenario }

  /// The layer as read, with coordinates in its own CRS.
  mutating func read(_ kind: LayerKind) throws -> InputLayer? {
    guard let source = scenario.layers[kind] else { return nil }
    let path = scenario.resolve(source.file)
    var layer = try named(source.file) {
      try readLayer(path, layer: try layerName(kind, source, path), crs: source.crs.map { CRS(normalizing: $0) })
    }
    guard holdsFeatures(layer, kind, source) else { return nil }
    layer = try filtered(layer, source)
    let columns = try FieldMapping(kind: kind, source: source, layer: layer)
    layer = try withoutPersonalColumns(layer, kind, source, columns)
    noteReading(of: layer, source)
    let (crs, origin) = try crs(of: layer, source)
    let mapping = try FieldMapping(kind: kind, source: source, layer: layer)
    return InputLayer(
      kind: kind, source: source, layer: layer, crs: crs, crsOrigin: origin, columns: mapping.columns,
      recognised: mapping.recognised, checksum: sha256(ofFile: path) ?? "")
  }

  /// The layer that the scenario names; of a plan's own package, its register of codes where codes are asked for.
  private func layerName(_ kind: LayerKind, _ source: LayerSource, _ path: String) throws -> String? {
    guard kind == .usedCodes, source.layer == nil, path.hasSuffix(".gpkg") else { return source.layer }
    return try layerNames(path).first { $0 == EarlierCodes.register }
  }

  /// The table that a layer's counts are joined from, without personal columns.
  mutating func readCounts(for layer: InputLayer) throws -> Layer? {
    guard let spec = layer.source.counts else { return nil }
    let table = try named(spec.file) { try readLayer(scenario.resolve(spec.file), layer: spec.layer) }
    let screened = try PersonalScreening.screen(
      table, file: spec.file, kind: layer.kind, mapped: Set([spec.id, spec.address, spec.households].compactMap { $0 }),
      dropping: scenario.dropPersonalColumns)
    problems += screened.problems
    return screened.layer
  }

  /// Errors speak of the file as the scenario writes it.
  private func named<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch var error as MapFileError {
      error.file = file
      throw error
    }
  }

  /// Whether a layer has anything in it. It weighs more where it carries households or bounds grids.
  private mutating func holdsFeatures(_ layer: Layer, _ kind: LayerKind, _ source: LayerSource) -> Bool {
    guard layer.features.isEmpty else { return true }
    let isGround = [.buildings, .units, .communities, .grids].contains(kind)
    problems.append(
      PlanProblem(
        "empty-layer", isGround ? .error : .warning, file: source.file,
        "the layer of \(kind.rawValue) has no features and is left out", "图层（\(kind.rawValue)）没有要素，未采用"))
    return false
  }

  private func filtered(_ layer: Layer, _ source: LayerSource) throws -> Layer {
    try source.filter?.applied(to: layer, file: source.file) ?? layer
  }

  private mutating func withoutPersonalColumns(
    _ layer: Layer, _ kind: LayerKind, _ source: LayerSource, _ mapping: FieldMapping
  ) throws -> Layer {
    let mapped = Set(mapping.columns.values.map { layer.fields[$0] })
    let screened = try PersonalScreening.screen(
      layer, file: source.file, kind: kind, mapped: mapped, dropping: scenario.dropPersonalColumns)
    problems += screened.problems
    return screened.layer
  }

  private mutating func noteReading(of layer: Layer, _ source: LayerSource) {
    for note in layer.notes {
      problems.append(
        PlanProblem(
          note.rule, .info, file: source.file, feature: note.feature.map { String($0 + 1) }, note.message,
          note.message))
    }
  }

  // MARK: Reference systems

  private mutating func crs(of layer: Layer, _ source: LayerSource) throws -> (CRS, InputLayer.CRSOrigin) {
    let box = extent(of: layer)
    if let stated = source.crs {
      let crs = CRS(normalizing: stated)
      try checkFit(of: box, to: crs, source)
      return (crs, .scenario)
    }
    if let crs = layer.crs {
      try checkFit(of: box, to: crs, source)
      return (crs, .file)
    }
    return (try assumedCRS(for: box, source), .assumed)
  }

  private func extent(of layer: Layer) -> Box {
    layer.features.reduce(into: Box.empty) { box, feature in
      if let geometry = feature.geometry { box.formUnion(geometry.box) }
    }
  }

  private func checkFit(of box: Box, to crs: CRS, _ source: LayerSource) throws {
    guard !box.isEmpty else { return }
    guard try crs.described().isGeographic else { return try refuseDegrees(box, in: crs, source) }
    if abs(box.min.x) > 360 || abs(box.max.x) > 360 || abs(box.min.y) > 360 || abs(box.max.y) > 360 {
      throw MapFileError(
        .badData, file: source.file, message: "coordinates up to \(box.max.x), \(box.max.y) are no degrees, but \(crs) is in degrees",
        remedy: "State the projected CRS of the file with `crs`")
    }
    if abs(box.min.y) > 90 || abs(box.max.y) > 90 {
      throw MapFileError(
        .badData, file: source.file, message: "latitudes up to \(max(abs(box.min.y), abs(box.max.y))) exceed 90 degrees",
        remedy: "Longitude comes first; the coordinates look swapped")
    }
  }

  private func refuseDegrees(_ box: Box, in crs: CRS, _ source: LayerSource) throws {
    guard box.width < 20, box.height < 20, abs(box.max.x) <= 180, abs(box.max.y) <= 90, box.max != box.min else { return }
    throw MapFileError(
      .badData, file: source.file,
      message: "coordinates such as \(box.max.x), \(box.max.y) look like degrees, but \(crs) is projected",
      remedy: "State the CRS of the file with `crs`, for instance EPSG:4490")
  }

  /// Without any word on the CRS: degrees by their range, or a zone that the easting tells.
  private mutating func assumedCRS(for box: Box, _ source: LayerSource) throws -> CRS {
    if box.isEmpty { return .crs84 }
    let degrees = Box(min: Point(x: -180, y: -90), max: Point(x: 180, y: 90))
    if degrees.contains(box.min), degrees.contains(box.max) {
      problems.append(
        PlanProblem(
          "assumed-crs", .warning, file: source.file,
          "the file names no CRS; taken as longitude and latitude on WGS 84. State `crs` (it may be GCJ-02)",
          "文件未注明坐标系；按 WGS 84 经纬度处理。请用 `crs` 注明（可能是 GCJ-02）"))
      return .crs84
    }
    if let zone = WorkingCRS.zoneOfPrefixedEasting(box.center.x) {
      problems.append(
        PlanProblem(
          "assumed-crs", .warning, file: source.file,
          "the file names no CRS; its eastings tell \(zone) (CGCS2000 with zone prefix)",
          "文件未注明坐标系；由带号的东坐标判断为 \(zone)（CGCS2000）"))
      return zone
    }
    throw MapFileError(
      .badData, file: source.file, message: "the file names no CRS, and its coordinates are no degrees",
      remedy: "State it with `crs`, for instance EPSG:4549")
  }
}

extension MapFileError {
  /// A field that a layer doesn't have, with the nearest one it has.
  static func noField(_ name: String, of layer: Layer, file: String) -> MapFileError {
    MapFileError(
      .missing, file: file, field: name, message: "no such field",
      remedy: nearestName(to: name, among: layer.fields).map { "Did you mean \"\($0)\"?" }
        ?? "Fields: " + layer.fields.joined(separator: ", "))
  }
}

extension InputLayer {
  /// The layer with its geometries in the working CRS.
  func projected(to working: CRS, allowBallpark: Bool) throws -> InputLayer {
    let transformation = try Transformation(from: crs, to: working, allowBallpark: allowBallpark)
    guard !transformation.isIdentity else { return self }
    var result = self
    let features = layer.features
    let parts = chunks(of: features.count, parts: threadCount * 8)
    let file = source.file
    let moved = try parallelMap(count: parts.count) { part in
      try parts[part].map { row in
        do {
          return try features[row].geometry.map { try transformation($0) }
        } catch let error as GeoreferenceError {
          throw MapFileError(
            .badData, file: file, place: "feature \(name(of: row))", message: error.message,
            remedy: error.remedy)
        }
      }
    }
    var row = 0
    for geometry in moved.joined() {
      result.layer.features[row].geometry = geometry
      row += 1
    }
    return result
  }
}
