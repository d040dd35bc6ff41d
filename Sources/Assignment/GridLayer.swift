public import Georeference
public import MapFiles
import Planar

/// The grids of a layer, ready to be asked.
public struct GridLayer: Sendable {
  /// The codes, in the order of `index`'s areas.
  public let codes: [String]
  public let areas: [Area]
  public let index: AreaIndex
  public let crs: CRS
  /// The field that holds the code.
  public let codeField: String
  /// What was odd, for the user to know.
  public let notes: [ReadNote]

  /// - Parameters:
  ///   - layer: polygons with a code each.
  ///   - code: the field that holds the code; recognised by name where nil.
  /// - Throws: `MapFileError` where there is no code field, a grid has no code, or nothing has an area.
  public init(_ layer: Layer, code: String? = nil) throws {
    let field = try Self.codeField(layer, code)
    codeField = layer.fields[field]
    var areas: [Area] = []
    var notes: [ReadNote] = []
    for (number, feature) in layer.features.enumerated() {
      let polygons = feature.geometry?.polygons ?? []
      guard !polygons.isEmpty else {
        notes.append(ReadNote(rule: "null-geometry", feature: number, message: "a grid without an area is left out"))
        continue
      }
      areas.append(Area(code: try Self.code(feature, field, layer, number), polygons: polygons))
    }
    guard !areas.isEmpty else {
      throw MapFileError(
        .badData, file: layer.file, message: "there is no grid: no feature is a polygon",
        remedy: "Name a layer of polygons")
    }
    let twice = Self.repeated(areas.map(\.code))
    if let first = twice.first {
      notes.append(
        ReadNote(
          rule: "duplicate-code",
          message: "\(twice.count) codes stand at several features, such as \(first): taken as parts of one grid"))
    }
    self.areas = areas
    self.notes = notes
    codes = areas.map(\.code)
    crs = layer.crs ?? .crs84
    index = AreaIndex(areas)
  }

  private static func codeField(_ layer: Layer, _ name: String?) throws -> Int {
    if let name {
      if let position = layer.index(of: name) { return position }
      throw MapFileError(
        .badData, file: layer.file, field: name, message: "there is no such field",
        remedy: "The fields are \(layer.fields.joined(separator: ", "))")
    }
    if let position = FieldMeaning.code.position(in: layer.fields) { return position }
    throw MapFileError(
      .badData, file: layer.file, message: "no field looks like the grids' code",
      remedy: "Name it with --code; the fields are \(layer.fields.joined(separator: ", "))")
  }

  private static func code(_ feature: Feature, _ field: Int, _ layer: Layer, _ number: Int) throws -> String {
    if field < feature.values.count, let code = feature.values[field].asText, !code.isEmpty { return code }
    throw MapFileError(
      .badData, file: layer.file, place: "feature \(number)", field: layer.fields[field],
      message: "the grid has no code", remedy: "Give every grid a code, or name another field with --code")
  }

  private static func repeated(_ codes: [String]) -> [String] {
    var seen = Set<String>(minimumCapacity: codes.count)
    var found: Set<String> = []
    for code in codes where !seen.insert(code).inserted { found.insert(code) }
    return found.sorted(by: codePrecedes)
  }
}

extension CRS {
  /// Whether coordinates are longitude and latitude; the usual systems are told without PROJ.
  func hasDegrees() throws -> Bool {
    let usual: [CRS] = [.crs84, .cgcs2000, CRS("EPSG:4326")]
    return try usual.contains(self) || isObfuscated || described().isGeographic
  }
}
