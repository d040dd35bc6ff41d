import Foundation
public import Planar

/// Where a camera's eye goes.
///
/// The rule: an eye has free space of `standoff` around it, outside all footprints. A camera that
/// has it is used where it is. Any other is moved to the nearest point that has it, found among
/// the walls moved outward by `standoff` and the corners between two such; no farther than
/// `maximum`. One that stands deeper in a building is not used. So an eye never lies on a party
/// wall or in the slit between two touching buildings.
///
/// Eyes are rounded to a micrometre, so that what is printed is what was used.
public struct EyePlacement: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable {
    case used, snapped, inside
  }

  public var status: Status
  /// The eye; where the camera is not used, its rounded position.
  public var eye: Point
  /// From the camera's position to its eye, in metres; nil where it is not used.
  public var distance: Double?
}

/// The lengths of the snap rule, in metres.
public struct SnapRule: Sendable, Hashable {
  public var standoff: Double
  public var maximum: Double

  public init(standoff: Double = 0.01, maximum: Double = 2) {
    self.standoff = standoff
    self.maximum = maximum
  }
}

extension WallIndex {
  /// The eye of a camera at `position`. O(w²) at worst in the walls near it.
  public func placed(_ position: Point, by rule: SnapRule = SnapRule()) -> EyePlacement {
    let here = rounded(position)
    if isFree(here, rule.standoff) { return EyePlacement(status: .used, eye: here, distance: 0) }
    if let eye = nearestFree(to: here, rule) {
      return EyePlacement(status: .snapped, eye: eye, distance: position.distance(to: eye))
    }
    return EyePlacement(
      status: locate(here) == .outside ? .used : .inside, eye: here, distance: locate(here) == .outside ? 0 : nil)
  }

  private func isFree(_ point: Point, _ standoff: Double) -> Bool {
    walls(within: standoff * 0.99, of: point).isEmpty && locate(point) == .outside
  }

  private func nearestFree(to point: Point, _ rule: SnapRule) -> Point? {
    let lines = walls(within: rule.maximum + rule.standoff, of: point).flatMap {
      offsets(of: $0, by: rule.standoff)
    }
    let feet = lines.map { rounded(nearestPoint(on: $0.0, $0.1, to: point)) }
    let best = firstFree(feet, from: point, rule, nearerThan: rule.maximum)
    let limit = best.map { $0.distance(to: point) } ?? rule.maximum
    return firstFree(corners(of: lines, around: point, within: limit), from: point, rule, nearerThan: limit) ?? best
  }

  private func firstFree(
    _ candidates: [Point], from point: Point, _ rule: SnapRule, nearerThan limit: Double
  ) -> Point? {
    candidates
      .map { (point: $0, distance: $0.distance(to: point)) }
      .filter { $0.distance <= limit }
      .sorted { $0.distance != $1.distance ? $0.distance < $1.distance : $0.point.precedes($1.point) }
      .first { isFree($0.point, rule.standoff) }?.point
  }

  /// A wall moved outward, by a hair more than the standoff so that rounding leaves it free.
  private func offsets(
    of wall: (from: Point, to: Point, isTwoSided: Bool), by standoff: Double
  ) -> [(Point, Point)] {
    let along = wall.to - wall.from
    let scale = (standoff + 2e-6) / along.distance(to: Point(x: 0, y: 0))
    let outward = Point(x: along.y * scale, y: -along.x * scale)
    let right = (wall.from + outward, wall.to + outward)
    return wall.isTwoSided ? [right, (wall.from - outward, wall.to - outward)] : [right]
  }

  /// Where two moved walls cross.
  private func corners(of lines: [(Point, Point)], around point: Point, within limit: Double) -> [Point] {
    let near = lines.filter { distance(from: point, toSegment: $0.0, $0.1) <= limit }
    var found: [Point] = []
    for (index, first) in near.enumerated() {
      for second in near[(index + 1)...] {
        let d = first.1 - first.0
        let e = second.1 - second.0
        let area = cross(d, e)
        guard area != 0 else { continue }
        let t = cross(second.0 - first.0, e) / area
        let s = cross(second.0 - first.0, d) / area
        if t >= 0 && t <= 1 && s >= 0 && s <= 1 { found.append(rounded(first.0 + d * t)) }
      }
    }
    return found
  }

  private func rounded(_ point: Point) -> Point {
    Point(x: (point.x * 1e6).rounded() / 1e6, y: (point.y * 1e6).rounded() / 1e6)
  }
}
