import Foundation
import Georeference
import MapFiles
import Parallel
import Planar
import PlanModel
import Topology

/// One of the two sources, with what its rows can be joined by.
struct Source: Sendable {
  let layer: Layer
  let fields: ResolvedFields
  /// For each row the code in its plain form; nil where it has none.
  let codes: [String?]
  let names: [PlaceName?]
  let addresses: [PlaceAddress?]
  /// The area above in a form that can be compared.
  let parents: [PlaceName?]
  /// For each row where it lies, in working metres; nil without geometry.
  let places: [Place?]
  let index: BoxIndex

  var rows: Range<Int> { layer.features.indices }

  /// - Parameter transformation: into working metres; nil where the source has no geometry.
  init(
    _ layer: Layer, _ fields: ResolvedFields, folding: TextFolding, editions: CodeEditions?,
    transformation: Transformation?
  ) throws {
    self.layer = layer
    self.fields = fields
    func text(_ column: Int?, _ row: Int) -> String? { layer.text(column, of: row) }
    codes = layer.features.indices.map { row in
      text(fields.code, row).map { plainCode($0) }.map { editions?.successor(of: $0) ?? $0 }
    }
    names = layer.features.indices.map { row in
      text(fields.name, row).map { PlaceName($0, folding) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let parts = chunks(of: layer.features.count, parts: threadCount * 8)
    addresses = fields.address == nil
      ? layer.features.map { _ in nil }
      : parallelMap(count: parts.count) { part in
        parts[part].map { row in
          layer.text(fields.address, of: row).map { PlaceAddress($0, folding) }.flatMap { $0.isEmpty ? nil : $0 }
        }
      }.flatMap { $0 }
    parents = Self.parents(of: layer, fields, folding)
    let places = try Self.places(of: layer, transformation)
    self.places = places
    index = BoxIndex(places.map { $0?.box ?? .empty })
  }

  /// The names of the areas above; a code that another row of the source has stands for its name.
  private static func parents(of layer: Layer, _ fields: ResolvedFields, _ folding: TextFolding) -> [PlaceName?] {
    guard let column = fields.parent else { return layer.features.map { _ in nil } }
    var nameOfCode: [String: String] = [:]
    if fields.code != nil, fields.name != nil {
      for row in layer.features.indices {
        guard let code = layer.text(fields.code, of: row), let name = layer.text(fields.name, of: row) else { continue }
        nameOfCode[plainCode(code)] = name
      }
    }
    return layer.features.indices.map { row in
      layer.text(column, of: row).map { PlaceName(nameOfCode[plainCode($0)] ?? $0, folding) }
    }
  }

  private static func places(of layer: Layer, _ transformation: Transformation?) throws -> [Place?] {
    guard let transformation else { return layer.features.map { _ in nil } }
    let features = layer.features
    let file = layer.file
    let parts = chunks(of: features.count, parts: threadCount * 8)
    return try parallelMap(count: parts.count) { part in
      try parts[part].map { row -> Place? in
        guard let geometry = features[row].geometry, !geometry.isEmpty else { return nil }
        do {
          return Place(try transformation(geometry))
        } catch let error as GeoreferenceError {
          throw MapFileError(
            .badData, file: file, place: "feature \(row)", message: error.message, remedy: error.remedy)
        }
      }
    }.flatMap { $0 }
  }

  /// How tables and messages call a row: its code, else its name or address, else its number.
  func label(of row: Int) -> String {
    layer.text(fields.code, of: row) ?? layer.text(fields.name, of: row) ?? layer.text(fields.address, of: row) ?? "#\(row)"
  }

  func value(of row: Int) -> Double? {
    fields.value.flatMap { layer.features[row].values[$0].asNumber }
  }
}

/// Where a row lies.
struct Place: Sendable {
  /// Valid; empty where the row has no area.
  let polygons: [Polygon]
  let points: [Point]
  let box: Box
  let area: Double
  /// The centre of the area, or the mean of points.
  let center: Point

  init?(_ geometry: Geometry) {
    let drawn = geometry.polygons
    polygons = drawn.isEmpty || isValid(drawn) ? drawn : (try? repaired(drawn)) ?? []
    points = drawn.isEmpty ? geometry.points + geometry.lines.flatMap { $0 } : []
    box = geometry.box
    area = polygons.reduce(0) { $0 + $1.area }
    guard box.min.isFinite, box.max.isFinite else { return nil }
    center = polygons.isEmpty ? mean(of: points.isEmpty ? [box.center] : points) : centroid(of: polygons)
  }

  var isArea: Bool { !polygons.isEmpty }
}
