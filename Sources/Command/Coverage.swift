import ArgumentParser
import Foundation
import GridPlan
import MapFiles
import PlanModel

/// `gridplan coverage`: what cameras see, what they reach, which are redundant.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Audits public cameras: what they see, what they reach, which are redundant.",
    discussion: """
      Writes views.geojson, cameras.geojson, coverage.geojson and report.json. Cameras may carry OpenStreetMap \
      tags or columns of a register. A missing value takes a default, which is counted; every figure comes \
      strict (only what is known) and lenient (with defaults). Proposes no cameras.

      A layer of a GeoPackage with several is named file.gpkg:layer.

      Example:
        gridplan coverage --cameras cameras.geojson --buildings city.gpkg:buildings --range 50 -o out --map internal
      """)

  @Option(help: ArgumentHelp("Cameras: points.", valueName: "file"))
  var cameras: String

  @Option(help: ArgumentHelp("Building footprints: areas that hide what is behind them.", valueName: "file"))
  var buildings: String

  @Option(help: ArgumentHelp("Points and areas that should be in view.", valueName: "file"))
  var keyPlaces: String?

  @Option(help: ArgumentHelp("Centre lines of roads.", valueName: "file"))
  var roads: String?

  @Option(help: ArgumentHelp("Public open space: areas.", valueName: "file"))
  var openSpace: String?

  @Option(help: ArgumentHelp("Service grids, for figures per grid and parent.", valueName: "file"))
  var grids: String?

  @Option(help: ArgumentHelp("Places that cameras should not see into.", valueName: "file"))
  var sensitive: String?

  @Option(help: ArgumentHelp("Ground range of cameras that state none.", valueName: "metres"))
  var range: Double?

  @Option(help: ArgumentHelp("Field of view of cameras that state none.", valueName: "degrees"))
  var fov: Double?

  @Option(help: ArgumentHelp("Defaults and levels, as JSON.", valueName: "file"))
  var profile: String?

  @Option(help: ArgumentHelp("Kinds of places that cameras should not see into, as JSON.", valueName: "file"))
  var placeKinds: String?

  @Option(help: "The working reference system, in metres; chosen from the data by default.")
  var crs: String?

  @Flag(help: "Allow a transformation that ignores a difference of datums.")
  var allowBallpark = false

  @Flag(help: "Read layers without their personal columns instead of refusing them.")
  var dropPersonalColumns = false

  @Option(help: ArgumentHelp("Largest distance between an arc and its chords.", valueName: "metres"))
  var arcTolerance: Double = 0.005

  @Option(help: ArgumentHelp("How far a camera may be moved out of a building.", valueName: "metres"))
  var snap: Double = 2

  @Option(help: "The level at which key places must be seen.")
  var level: String?

  @Option(help: "The level from which a view into a home counts.")
  var reachLevel: String = "recognise"

  @Option(help: "Cameras that must see a key place.")
  var k: Int = 1

  @Option(help: "The field that identifies cameras and places.")
  var id: String?

  @Option(help: "The field with the codes of grids.")
  var code: String?

  @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output: String

  @Option(help: "The page map.html beside the results: published, internal (views and single places) or none.")
  var map: MapChoice = .none

  @Option(help: ArgumentHelp("Draw what is seen and reached as SVG.", valueName: "file"))
  var picture: String?

  @Flag(help: "Print the report to standard output instead of the summary.")
  var json = false

  @OptionGroup var wording: WordingOptions

  func validate() throws {
    try requirePositive(range, "--range")
    try requirePositive(arcTolerance, "--arc-tolerance")
    if let fov, !(fov > 0 && fov <= 360) { throw ValidationError("--fov must be above 0 and at most 360") }
    guard snap >= 0, snap.isFinite else { throw ValidationError("--snap must not be negative") }
    guard k >= 1 else { throw ValidationError("--k must be at least 1") }
  }

  private func requirePositive(_ value: Double?, _ name: String) throws {
    if let value, !(value > 0 && value.isFinite) { throw ValidationError("\(name) must be above 0") }
  }

  func run() throws {
    let audit = try CoverageAudit(try request(), progress: wording.progress)
    try audit.write(to: output)
    if let picture { try writeAtomically(to: picture) { try $0.write(audit.picture(wording.language)) } }
    if map != .none {
      let page = try audit.map(name: title, isInternal: map == .internal).page()
      try writeAtomically(to: output + "/map.html") { file in for part in page { try file.write(part) } }
    }
    if json {
      print(try audit.report.text(), terminator: "")
    } else {
      print(audit.report.summary(wording.language, folder: output))
    }
  }

  /// What the page is called: the name of the cameras' file.
  private var title: String { ((cameras as NSString).lastPathComponent as NSString).deletingPathExtension }

  private func request() throws -> CoverageRequest {
    var request = CoverageRequest(cameras: cameras, buildings: buildings)
    (request.keyPlaces, request.roads, request.openSpace) = (keyPlaces, roads, openSpace)
    (request.grids, request.sensitivePlaces, request.crs) = (grids, sensitive, crs)
    request.allowBallpark = allowBallpark
    request.dropPersonalColumns = dropPersonalColumns
    request.overrides = CameraOverrides(range: range, fieldOfView: fov)
    request.arcTolerance = arcTolerance
    request.snap.maximum = snap
    request.rules.camerasPerPlace = k
    (request.idField, request.codeField) = (id, code)
    if let profile { request.profile = try read(profile) }
    if let placeKinds { request.placeKinds = try read(placeKinds) }
    request.level = try known(level, request.profile, "--level")
    request.reachLevel = try known(reachLevel, request.profile, "--reach-level") ?? reachLevel
    return request
  }

  private func known(_ level: String?, _ profile: CameraProfile, _ option: String) throws -> String? {
    guard let level, profile.level(named: level) == nil else { return level }
    let names = profile.levels.map(\.name).joined(separator: ", ")
    throw ValidationError("\(option) \(level) is not a level of the profile: \(names)")
  }

  private func read<Value: Decodable>(_ path: String) throws -> Value {
    try CoverageProfiles.read(path)
  }
}
