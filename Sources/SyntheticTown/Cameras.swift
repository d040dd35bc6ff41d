import Foundation
import Planar

/// A public camera; angles in degrees, azimuth clockwise from north; nil where nobody noted it.
struct TownCamera {
  var place: Point
  var kind: String
  var azimuth: Double?
  var fov: Double?
  var range: Double?
  var height: Double?
  var isInService: Bool?
  var isNetworked: Bool
}

extension TownPlan {
  /// Cameras at crossings, at gates and on walls of buildings, with gaps in their records as in life.
  func cameras() -> [TownCamera] {
    var random = SplitMix64(seed: request.seed, .cameras)
    var cameras: [TownCamera] = []
    for crossing in crossings() { cameras += atCrossing(crossing, &random) }
    for gate in gates() where random.chance(0.8) {
      cameras.append(camera(gate.place, looking: gate.outward, "fixed", 75, 35, 3.5, &random))
    }
    for building in buildings where random.chance(building.use == .residential ? 0.12 : 0.3) {
      if request.profile == .rural, !random.chance(0.1) { continue }
      cameras.append(onWall(of: building, &random))
    }
    return cameras
  }

  private func atCrossing(_ crossing: StreetCrossing, _ random: inout SplitMix64) -> [TownCamera] {
    guard crossing.isMain || random.chance(0.35) else { return [] }
    let pole = crossing.place + (crossing.arms[0] + crossing.arms[1]) * 9
    if !crossing.isMain { return [camera(pole, looking: crossing.arms[0], "dome", 360, 50, 5, &random)] }
    return crossing.arms.filter { _ in random.chance(0.9) }.map {
      camera(pole, looking: $0, "fixed", 60, 80, 6.5, &random)
    }
  }

  /// Within half a metre of the wall, on either side of it: positions are noted no better.
  private func onWall(of building: Building, _ random: inout SplitMix64) -> TownCamera {
    let k = random.index(below: building.corners.count)
    let (a, b) = (building.corners[k], building.corners[(k + 1) % building.corners.count])
    let d = (b - a) * (1 / a.distance(to: b))
    let outward = Point(x: d.y, y: -d.x)
    let place = a + (b - a) * random.number(in: 0.1...0.9) + outward * random.number(in: -0.3...0.5)
    return camera(place, looking: outward, "fixed", random.pick([70, 90, 105]), random.pick([20, 30, 40]), 3, &random)
  }

  private func camera(
    _ place: Point, looking d: Point, _ kind: String, _ fov: Double, _ range: Double, _ height: Double,
    _ random: inout SplitMix64
  ) -> TownCamera {
    let heading = atan2(d.x, d.y) * 180 / .pi + random.number(in: -12...12)
    let azimuth = ((heading + 360).truncatingRemainder(dividingBy: 360) * 10).rounded() / 10
    return TownCamera(
      place: place, kind: kind, azimuth: random.chance(0.1) ? nil : azimuth,
      fov: random.chance(0.08) ? nil : fov, range: random.chance(0.08) ? nil : range,
      height: random.chance(0.15) ? nil : height, isInService: random.chance(0.02) ? nil : random.chance(0.94),
      isNetworked: random.chance(0.88))
  }
}
