import Foundation
import Planar
import PlanModel
import Testing

@Suite struct CameraTests {
  func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-3) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
  }

  @Test func opticsMatchTheirVectors() {
    #expect(near(CameraOptics.fieldOfView(sensorWidth: 36, focalLength: 18), 90, 1e-9))
    typealias O = CameraOptics
    #expect(near(O.range(pixels: 2688, fieldOfView: 88, density: 250, .rectilinear), 5.567))
    #expect(near(O.range(pixels: 2688, fieldOfView: 88, density: 250, .arc), 7.0005, 1e-4))
    #expect(near(O.range(pixels: 3840, fieldOfView: 105, density: 250, .rectilinear), 5.89, 5e-3))
    #expect(near(O.range(pixels: 3840, fieldOfView: 60, density: 250, .rectilinear), 13.30, 5e-3))
    #expect(O.range(pixels: 3840, fieldOfView: 180, density: 250, .rectilinear) == nil)
    #expect(near(O.pixelDensity(pixels: 2688, fieldOfView: 88, distance: 7.0005, .arc), 250, 0.01))
  }

  @Test func groundLimitsMatchTheirVectors() {
    let limits = CameraOptics.groundLimits(height: 4, target: 0, tilt: 30, verticalFieldOfView: 30)
    #expect(near(limits.near, 4.000))
    #expect(near(limits.far, 14.928))
    let width = { CameraOptics.groundWidth(distance: $0, fieldOfView: 52, height: 4, tilt: 30) }
    #expect(near(width(limits.near), 5.330))
    #expect(near(width(limits.far!), 14.562))
    #expect(near((width(limits.near) + width(limits.far!)) / 2 * (limits.far! - limits.near), 108.69, 5e-3))
    #expect(CameraOptics.groundLimits(height: 4, target: 0, tilt: 15, verticalFieldOfView: 30).far == nil)
    #expect(CameraOptics.groundLimits(height: 4, target: 0, tilt: 80, verticalFieldOfView: 30).near == 0)
    #expect(near(CameraOptics.groundRange(slant: 5, height: 4.5, target: 1.5), 4, 1e-12))
    #expect(CameraOptics.groundRange(slant: 3, height: 4, target: 0) == nil)
  }

  @Test(arguments: [
    ("90", [CameraDirection.axis(90)]), ("-90", [.axis(270)]), ("NNE", [.axis(22.5)]), ("西南", [.axis(225)]),
    ("90;270", [.axis(90), .axis(270)]), ("350-10", [.arc(from: 350, to: 10)]), (" 45° ", [.axis(45)]),
    ("NE-SE", [.arc(from: 45, to: 135)]), ("0; 90-180", [.axis(0), .arc(from: 90, to: 180)]), ("360", [.axis(0)]),
  ])
  func directionsAreRead(text: String, expected: [CameraDirection]) {
    #expect(CameraDirection.list(text) == expected)
  }

  @Test(arguments: ["", ";", "forward", "90-", "90;x", "1e9", "nan", "--5", "90,270"])
  func otherDirectionsAreNot(text: String) {
    #expect(CameraDirection.list(text) == nil)
  }

  func camera(_ tags: [String: String]) -> Camera {
    Camera(id: "c", position: Point(x: 0, y: 0)) { tags[$0] }
  }

  @Test func tagsOfOpenStreetMapAreRead() {
    let camera = camera([
      "man_made": "surveillance", "camera:type": "fixed", "camera:direction": "NW", "camera:angle": "15",
      "height": "4 m", "camera:mount": "wall", "surveillance": "outdoor", "operator:type": "government",
    ])
    #expect(camera.kind == .fixed && camera.directions == [.axis(315)] && camera.tilt == 15)
    #expect(camera.height == 4 && camera.mount == "wall" && !camera.isIndoor && camera.operatorClass == "government")
    #expect(camera.unreadable.isEmpty)
  }

  @Test func whatCannotBeReadIsListedAndMissing() {
    let camera = camera(["direction": "somewhere", "height": "tall", "hfov": "400", "revolving": "yes"])
    #expect(camera.directions.isEmpty && camera.height == nil && camera.fieldOfView == nil)
    #expect(camera.kind == .panning)
    #expect(camera.unreadable == ["direction=somewhere", "hfov=400", "height=tall"])
  }

  @Test func aFullCameraIsStrict() throws {
    let camera = camera(["azimuth": "10", "hfov": "60", "range_m": "50"])
    let sight = try #require(camera.sight(profile: CameraProfile(), wallAzimuth: nil))
    #expect(sight.isStrict && sight.range == 50 && sight.near == 0)
    #expect(sight.parts == [.init(azimuth: 10, fieldOfView: 60)])
    #expect(sight.levelRanges == [50, 20, 10, 5])
  }

  @Test func defaultsAreCounted() throws {
    let bare = camera([:])
    #expect(bare.sight(profile: CameraProfile(), wallAzimuth: nil) == nil)
    let sight = try #require(bare.sight(profile: CameraProfile(), wallAzimuth: 200))
    #expect(sight.assumed == [.kind, .azimuth, .fieldOfView, .range])
    #expect(sight.parts == [.init(azimuth: 200, fieldOfView: 90)])
    let round = try #require(
      bare.sight(profile: CameraProfile(), overrides: CameraOverrides(range: 50, fieldOfView: 360), wallAzimuth: nil))
    #expect(round.parts == [.init(azimuth: 0, fieldOfView: 360)] && round.range == 50)
    #expect(!round.assumed.contains(.azimuth))
  }

  @Test func partsNeverOverlap() throws {
    func parts(_ direction: String, _ fov: String) throws -> [CameraSight.Part] {
      let camera = camera(["direction": direction, "fov": fov, "range": "9"])
      return try #require(camera.sight(profile: CameraProfile(), wallAzimuth: nil)).parts
    }
    #expect(try parts("90;270", "60").count == 2)
    #expect(try parts("350;20", "60") == [.init(azimuth: 5, fieldOfView: 90)])
    #expect(try parts("350-10", "60") == [.init(azimuth: 0, fieldOfView: 20)])
    #expect(try parts("0;120;240", "120") == [.init(azimuth: 0, fieldOfView: 360)])
    #expect(try parts("90;270", "200") == [.init(azimuth: 0, fieldOfView: 360)])
  }

  @Test func rangesFollowFromPixelsAndMount() throws {
    let camera = camera(["direction": "0", "fov": "88", "h_pixels": "2688", "height": "4"])
    let sight = try #require(camera.sight(profile: CameraProfile(), wallAzimuth: nil))
    let slant = 7.0005
    #expect(near(sight.levelRanges[3], (slant * slant - 16).squareRoot()))
    #expect(sight.isStrict)
  }

  @Test func aProfileReadsWhatItNames() throws {
    let profile = try JSONDecoder().decode(CameraProfile.self, from: Data(#"{"groundRange": 20, "kind": "dome"}"#.utf8))
    #expect(profile.groundRange == 20 && profile.kind == "dome" && profile.levels.count == 4)
  }
}
