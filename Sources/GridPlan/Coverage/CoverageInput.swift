import Checks
import Checksum
import Coverage
import Foundation
import Georeference
import MapFiles
import PlanModel
import Planar

/// A layer read and projected into the working CRS.
struct ProjectedLayer: Sendable {
  var layer: Layer
  /// Geometries in the working CRS, metres; as many as features.
  var geometries: [Geometry?]
  /// The field that identifies features, where it is known.
  var idField: String?

  /// The text of an attribute of a feature.
  func value(_ feature: Int, _ name: String) -> String? {
    layer.index(of: name).flatMap { layer.features[feature].values[$0].asText }
  }

  /// The identifier of a feature: the known or a common field, its own id, else its number from 1.
  func identifier(_ feature: Int) -> String {
    for name in idField.map({ [$0] }) ?? ["id", "camera_id", "osm_id", "building_id", "fid", "code", "编号"] {
      if let text = value(feature, name), !text.isEmpty { return text }
    }
    return layer.features[feature].id.asText ?? String(feature + 1)
  }
}

/// The layers of an audit in one projected CRS.
struct CoverageInput: Sendable {
  var crs: CRS
  var cameras: ProjectedLayer
  var buildings: ProjectedLayer
  var keyPlaces: ProjectedLayer?
  var roads: ProjectedLayer?
  var openSpace: ProjectedLayer?
  var grids: ProjectedLayer?
  var sensitivePlaces: ProjectedLayer?
  /// The code of each camera's grid, where it is settled already.
  var cameraGrids: [String?]?
  /// What was odd in the files, as one line each, and how often by rule.
  var notes: [String] = []
  var problems: [String: Int] = [:]

  var layers: [(role: String, layer: Layer)] {
    [
      ("cameras", cameras.layer), ("buildings", buildings.layer), ("keyPlaces", keyPlaces?.layer),
      ("roads", roads?.layer), ("openSpace", openSpace?.layer), ("grids", grids?.layer),
      ("sensitivePlaces", sensitivePlaces?.layer),
    ].compactMap { role, layer in layer.map { (role, $0) } }
  }
}

extension CoverageInput {
  /// Reads the files of a request.
  init(_ request: CoverageRequest) throws {
    var reader = ScreenedReader(dropsPersonalColumns: request.dropPersonalColumns)
    let cameras = try reader.read(request.cameras)
    let crs = try request.crs.map { CRS(normalizing: $0) } ?? Self.fitting(cameras)
    _ = try crs.measuring()
    let projector = Projector(target: crs, allowBallpark: request.allowBallpark)
    self.init(
      crs: crs, cameras: try projector.project(cameras),
      buildings: try projector.project(reader.read(request.buildings)))
    self.cameras.idField = request.idField
    func optional(_ path: String?) throws -> ProjectedLayer? { try path.map { try projector.project(reader.read($0)) } }
    keyPlaces = try optional(request.keyPlaces)
    roads = try optional(request.roads)
    openSpace = try optional(request.openSpace)
    grids = try optional(request.grids)
    sensitivePlaces = try optional(request.sensitivePlaces)
    (notes, problems) = (reader.notes, reader.problems)
  }

  /// The usual projected CRS around the cameras.
  private static func fitting(_ cameras: Layer) throws -> CRS {
    var box = Box.empty
    let toDegrees = try Transformation(from: cameras.crs ?? .crs84, to: .crs84)
    for feature in cameras.features {
      if let point = feature.geometry?.firstCoordinate, point.isFinite { box.extend(to: try toDegrees(point)) }
    }
    guard !box.isEmpty else {
      throw MapFileError(
        .badData, file: cameras.file, message: "no camera has a position", remedy: "Name the layer of cameras")
    }
    return WorkingCRS.fitting(box)
  }
}

/// Reads layers, refuses personal columns and keeps what was odd.
private struct ScreenedReader {
  let dropsPersonalColumns: Bool
  var notes: [String] = []
  var problems: [String: Int] = [:]

  /// How many notes of a file are printed in full; all are counted.
  private static let notesShown = 20

  mutating func read(_ path: String) throws -> Layer {
    let (layer, dropped) = try withoutPersonalColumns(named(path), role: .places, drop: dropsPersonalColumns)
    for column in dropped { note("personal-column", "\(path): \(column.wording(.english)); dropped") }
    if layer.crs == nil { note("assumed-crs", "\(path): no reference system stated; taken as OGC:CRS84") }
    for (index, found) in layer.notes.enumerated() {
      problems[found.rule, default: 0] += 1
      guard index < Self.notesShown else { continue }
      notes.append("\(path): \(found.feature.map { "feature \($0 + 1): " } ?? "")\(found.message)")
    }
    return layer
  }

  /// A file, or one layer of a file of several as `file.gpkg:layer`.
  private func named(_ path: String) throws -> Layer {
    if path != "-", !FileManager.default.fileExists(atPath: path), let colon = path.lastIndex(of: ":") {
      let file = String(path[..<colon])
      if FileManager.default.fileExists(atPath: file) {
        return try readLayer(file, layer: String(path[path.index(after: colon)...]))
      }
    }
    return try readLayer(path)
  }

  private mutating func note(_ rule: String, _ message: String) {
    problems[rule, default: 0] += 1
    notes.append(message)
  }
}

/// Projects layers into one CRS, a layer at a time in one go.
private struct Projector {
  let target: CRS
  let allowBallpark: Bool

  func project(_ layer: Layer) throws -> ProjectedLayer {
    let transform = try Transformation(from: layer.crs ?? .crs84, to: target, allowBallpark: allowBallpark)
    var points: [Point] = []
    for feature in layer.features { feature.geometry?.forEachCoordinate { points.append($0) } }
    let projected = try transform(points)
    var next = 0
    let geometries = layer.features.map { feature in
      feature.geometry?.mapCoordinates { part in
        defer { next += part.count }
        return Array(projected[next..<(next + part.count)])
      }
    }
    return ProjectedLayer(layer: layer, geometries: geometries)
  }
}
