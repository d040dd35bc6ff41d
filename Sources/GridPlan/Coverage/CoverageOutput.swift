import Coverage
import Foundation
import Georeference
import MapFiles
import PlanModel
import Planar
import Topology

extension CoverageAudit {
  /// Writes `views.geojson`, `cameras.geojson`, `coverage.geojson` and `report.json` into a folder,
  /// which is made where missing. All appear together, or none.
  /// - Throws: `MapFileError`.
  public func write(to folder: String) throws {
    try makeFolder(folder)
    let stage = StagedFiles()
    func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
    let layers = try layers(Transformation(from: crs, to: .crs84))
    for layer in layers.all {
      try writeGeoJSON(layer, to: path("\(layer.name).geojson"), in: stage, style: CoverageLayers.style(of: layer))
    }
    var report = report
    report.findings.notes += layers.notes
    try stage.write(report.text(), to: path("report.json"))
    try stage.commit()
  }

  /// What the audit found, as layers in longitude and latitude.
  func layers(_ toDegrees: Transformation) throws -> CoverageLayers {
    let (views, redrawn) = try viewsLayer(toDegrees)
    let notes =
      redrawn == 0
      ? [] : ["views.geojson: \(redrawn) views were drawn again by snap rounding to stay valid in \(CoverageLayers.viewDecimals) decimals"]
    return CoverageLayers(
      cameras: try camerasLayer(toDegrees), views: views, coverage: try coverageLayer(toDegrees), notes: notes)
  }

  // MARK: Views

  private func viewsLayer(_ toDegrees: Transformation) throws -> (Layer, redrawn: Int) {
    let used = cameras.filter { !$0.view.polygons.isEmpty }
    let printed = try PrintedAreas(used.map(\.view.polygons), by: toDegrees, decimals: CoverageLayers.viewDecimals)
    let features = zip(used, printed.geometries).map { camera, geometry in
      Feature(
        geometry: geometry,
        values: [
          .string(camera.id), .string(coarsestLevel), .number(rounded(camera.view.area, 4)),
          camera.grid.map { .string($0) } ?? .null, .bool(camera.isStrict), camera.assumedValue,
        ])
    }
    let layer = Layer(
      name: "views", crs: .crs84, fields: ["camera", "level", "area_m2", "grid", "strict", "assumed"],
      features: features)
    return (layer, printed.redrawn)
  }

  private var coarsestLevel: String { request.profile.levels.first?.name ?? "detect" }

  // MARK: Cameras

  private func camerasLayer(_ toDegrees: Transformation) throws -> Layer {
    let placed = cameras.indices.filter { cameras[$0].camera.position.isFinite }
    let degrees = try toDegrees(placed.map { cameras[$0].camera.position })
    var positions: [Geometry?] = Array(repeating: nil, count: cameras.count)
    for (index, point) in zip(placed, degrees) { positions[index] = .point(point) }
    let fields = CameraColumns.names(levels: request.profile.levels)
    let columns = CameraColumns(arcTolerance: request.arcTolerance, levels: request.profile.levels)
    let features = zip(cameras, positions).map { camera, position in
      Feature(geometry: position, values: columns.values(camera))
    }
    return Layer(name: "cameras", crs: .crs84, fields: fields, features: features)
  }
}

/// The map layers of an audit.
struct CoverageLayers {
  var cameras: Layer
  var views: Layer?
  var coverage: Layer
  /// What was done to them on the way out, in a line each.
  var notes: [String] = []

  /// In the order in which they are written.
  var all: [Layer] { [cameras, views, coverage].compactMap { $0 } }

  /// Views are drawn to a millimetre: to a centimetre, the area of a small view is off by 0.1 %.
  static let viewDecimals = 8

  static func style(of layer: Layer) -> GeoJSONStyle {
    GeoJSONStyle(decimals: layer.name == "views" ? viewDecimals : 7)
  }
}

extension AuditedCamera {
  /// The defaults that its view rests on, as text.
  var assumedValue: FieldValue {
    guard isUsed, let sight else { return .null }
    return .string(sight.assumed.map(\.rawValue).joined(separator: ";"))
  }
}

extension CoverageReport {
  /// The report as JSON, keys in order.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
