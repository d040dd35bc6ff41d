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
    let toDegrees = try Transformation(from: crs, to: .crs84)
    let style = GeoJSONStyle()
    try writeGeoJSON(camerasLayer(toDegrees), to: path("cameras.geojson"), in: stage, style: style)
    let (views, redrawn) = try viewsLayer(toDegrees)
    try writeGeoJSON(views, to: path("views.geojson"), in: stage, style: GeoJSONStyle(decimals: Self.viewDecimals))
    try writeGeoJSON(coverageLayer(toDegrees), to: path("coverage.geojson"), in: stage, style: style)
    var report = report
    if redrawn > 0 {
      report.notes.append("views.geojson: \(redrawn) views were drawn again by snap rounding to stay valid in \(Self.viewDecimals) decimals")
    }
    try stage.write(report.text(), to: path("report.json"))
    try stage.commit()
  }

  private func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw MapFileError(
        .cannotWrite, file: folder, message: "the folder cannot be made: \(error.localizedDescription)",
        remedy: "Choose another with -o")
    }
  }

  // MARK: Views

  /// Views are drawn to a millimetre: to a centimetre, the area of a small view is off by 0.1 %.
  private static let viewDecimals = 8

  private func viewsLayer(_ toDegrees: Transformation) throws -> (Layer, redrawn: Int) {
    let used = cameras.filter { !$0.view.polygons.isEmpty }
    let printed = try PrintedAreas(used.map(\.view.polygons), by: toDegrees, decimals: Self.viewDecimals)
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
