import Foundation
import MapFiles
import PlanModel
import Testing

@testable import GridPlan

/// A street between two rows of houses in the zone of EPSG:4549, with a camera on each side.
private struct SmallTown {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "coverage-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("buildings", [
      feature(#""id":"a","building":"apartments""#, square(120.0, 31.0, 120.001, 31.0003)),
      feature(#""id":"b","building":"yes""#, square(120.0, 31.0005, 120.001, 31.0008)),
    ])
    try write("cameras", [
      feature(#""id":"full","direction":"0","fov":"360","range":"60""#, point(120.00048, 31.0004)),
      feature(#""id":"wall""#, point(120.0002, 31.00029)),
      feature(#""id":"deep""#, point(120.0005, 31.00065)),
      feature(#""id":"indoor","surveillance":"indoor""#, point(120.0005, 31.0004)),
      feature(#""id":"lost""#, point(120.01, 31.01)),
    ])
    try write("places", [
      feature(#""id":"gate""#, point(120.0006, 31.0004)), feature(#""id":"far","k":2"#, point(120.009, 31.0004)),
      feature(#""id":"square""#, square(120.0003, 31.0002, 120.0012, 31.00035)),
    ])
    try write("roads", [
      feature("", line([(120.0, 31.0004), (120.0005, 31.0004), (120.001, 31.0004)])),
      feature("", line([(120.0005, 31.0004), (120.0005, 31.00035)])),
    ])
    try write("grids", [
      feature(#""code":"g1","parent":"p""#, square(119.9999, 30.9999, 120.0005, 31.001)),
      feature(#""code":"g2","parent":"p""#, square(120.0005, 30.9999, 120.0011, 31.001)),
    ])
  }

  func path(_ name: String) -> String { "\(folder)/\(name).geojson" }

  var request: CoverageRequest {
    var request = CoverageRequest(cameras: path("cameras"), buildings: path("buildings"))
    (request.keyPlaces, request.roads, request.grids) = (path("places"), path("roads"), path("grids"))
    request.openSpace = path("places")
    return request
  }

  private func write(_ name: String, _ features: [String]) throws {
    let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
  }

  private func feature(_ properties: String, _ geometry: String) -> String {
    #"{"type":"Feature","properties":{"# + properties + #"},"geometry":"# + geometry + "}"
  }

  private func point(_ x: Double, _ y: Double) -> String { #"{"type":"Point","coordinates":[\#(x),\#(y)]}"# }

  private func line(_ points: [(Double, Double)]) -> String {
    #"{"type":"LineString","coordinates":["# + points.map { "[\($0.0),\($0.1)]" }.joined(separator: ",") + "]}"
  }

  private func square(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> String {
    #"{"type":"Polygon","coordinates":[[[\#(x0),\#(y0)],[\#(x1),\#(y0)],[\#(x1),\#(y1)],[\#(x0),\#(y1)],[\#(x0),\#(y0)]]]}"#
  }
}

@Suite struct CoverageAuditTests {
  @Test func eachCameraHasItsStatusAndDefaults() throws {
    let audit = try CoverageAudit(SmallTown().request)
    #expect(audit.crs.definition == "EPSG:4549")
    #expect(audit.cameras.map(\.status) == [.used, .snapped, .inside, .indoor, .noDirection])
    #expect(audit.cameras.map(\.isStrict) == [true, false, false, false, false])
    #expect(audit.cameras[1].sight?.assumed == [.kind, .azimuth, .fieldOfView, .range])
    // Away from the wall that it hangs on, to the north.
    #expect(cos(audit.cameras[1].sight!.parts[0].azimuth * .pi / 180) > 0.999)
    #expect(audit.cameras[0].grid == "g1")
  }

  @Test func figuresComeStrictAndLenient() throws {
    let report = try CoverageAudit(SmallTown().request).report
    #expect(report.keyPlaces?.figures.strict.all.covered == 1)
    #expect(report.keyPlaces?.figures.lenient.all.of == 3)
    #expect(report.keyPlaces?.figures.strict.inService.covered == 0)
    #expect(report.keyPlaces?.figures.lenient.inService.covered == 1)
    #expect(report.crossings?.figures.strict.all.of == 1 && report.crossings?.figures.strict.all.covered == 1)
    #expect(report.roads.map { $0.figures.strict.all.k1 > 95 && $0.figures.strict.all.k1 <= $0.figures.strict.all.of } == true)
    let strict = try #require(report.grids?.figures.strict.all)
    let lenient = try #require(report.grids?.figures.lenient.all)
    #expect(strict.k1 > 0 && strict.k2 == 0 && lenient.k2 > 0 && lenient.k1 >= strict.k1 && lenient.k1 <= lenient.of)
    #expect(report.parents?.map(\.code) == ["p"])
    // One place lies in no grid; the roads lie in two grids of one parent.
    let parent = try #require(report.parents?.first)
    #expect(parent.keyPlaces?.lenient.all.of == 2 && parent.crossings?.strict.all.covered == 1)
    let (inParent, everywhere) = try (#require(parent.roads), #require(report.roads))
    #expect(abs(inParent.strict.all.of - everywhere.figures.strict.all.of) < 0.01)
    #expect(abs(inParent.strict.all.k1 - everywhere.figures.strict.all.k1) < 0.01)
    #expect(report.reach.strict["home"]?.places == 1 && report.reach.strict["home"]?.placesOfUnknownUse == 1)
    #expect(report.redundancy?.lenient.redundant == 1 && report.redundancy?.lenient.smallestSetFound == 1)
  }

  @Test func filesAreValidAndTheSameTwice() throws {
    let town = try SmallTown()
    let names = ["views.geojson", "cameras.geojson", "coverage.geojson"]
    var written: [[Data]] = []
    for run in ["one", "two"] {
      let folder = "\(town.folder)/\(run)"
      try CoverageAudit(town.request).write(to: folder)
      written.append(try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")) })
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == (names + ["report.json"]).sorted())
    }
    #expect(written[0] == written[1])
    let views = try readLayer("\(town.folder)/one/views.geojson")
    #expect(views.features.count == 2)
    let coverage = try readLayer("\(town.folder)/one/coverage.geojson")
    let kinds = coverage.features.map { $0.values[coverage.index(of: "feature")!].asText ?? "" }
    #expect(Set(kinds) == ["grid", "keyPlace", "openSpace", "crossing", "covered", "uncovered"])
  }

  @Test func personalColumnsAreRefused() throws {
    let town = try SmallTown()
    var text = try String(contentsOfFile: town.path("cameras"), encoding: .utf8)
    text = text.replacingOccurrences(of: #""id":"lost""#, with: #""id":"lost","身份证号":"110101199003074557""#)
    try text.write(toFile: town.path("cameras"), atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try CoverageAudit(town.request) }
    var dropping = town.request
    dropping.dropPersonalColumns = true
    #expect(try CoverageAudit(dropping).report.problems["personal-column"] == 1)
  }

  @Test func unfitSystemsAndMissingFilesAreRefused() throws {
    var request = try SmallTown().request
    request.crs = "EPSG:4326"
    #expect(throws: (any Error).self) { try CoverageAudit(request) }
    request.crs = nil
    request.roads = "nowhere.geojson"
    #expect(throws: (any Error).self) { try CoverageAudit(request) }
  }
}

/// Helsinki against CGAL's exact triangular expansion (scripts/coverage-oracle).
@Suite struct HelsinkiOracleTests {
  static let shared =
    ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../../shared"
  static let folder = shared + "/data/helsinki"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: folder + "/cameras.geojson")))
  func areasAgreeWithCGAL() throws {
    var request = CoverageRequest(cameras: Self.folder + "/cameras.geojson", buildings: Self.folder + "/buildings.geojson")
    request.overrides = CameraOverrides(range: 50, fieldOfView: 360)
    let audit = try CoverageAudit(request)
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let file = here + "/../../../scripts/coverage-oracle/helsinki.csv"
    let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
    var expected: [String: Double] = [:]
    for row in rows {
      let fields = row.split(separator: ",")
      expected[String(fields[0])] = Double(fields[4])
    }
    #expect(audit.cameras.count == 221 && expected.count == 204)
    for camera in audit.cameras where camera.isUsed {
      let area = try #require(expected[camera.id])
      let difference = abs(camera.view.area - area)
      #expect(difference <= 0.05 || difference <= 0.001 * area, "camera \(camera.id)")
    }
  }
}
