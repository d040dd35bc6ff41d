import Foundation
public import Planar
public import PlanModel

/// A stretch of wall that a camera sees well enough to recognise a person behind it.
public struct SeenFacade: Sendable, Hashable {
  /// The footprint, as an index into what the walls were made of.
  public var footprint: Int
  /// Visible length in metres, all stretches of the footprint together.
  public var length: Double
  /// From the eye to the nearest point of these stretches.
  public var distance: Double
  /// The least angle between a line of sight and the wall's normal, degrees; 90 is along the wall.
  public var incidence: Double
  /// Where on the horizon the stretches lie.
  public var horizon: CameraHorizon
}

extension View {
  /// The walls of this view by footprint, ascending; the view must have been made with its walls.
  ///
  /// - Parameters:
  ///   - eye: where the view was made from.
  ///   - walls: the walls that the view was made with.
  ///   - range: stretches beyond it are cut off; the true circle, not its chords.
  ///   - largestIncidence: walls seen more along than this (degrees) don't count.
  public func facades(
    from eye: Point, walls: WallIndex, within range: Double, largestIncidence: Double
  ) -> [SeenFacade] {
    var found: [Int: SeenFacade] = [:]
    for piece in self.walls {
      guard let (p, q) = cut(piece.from - eye, piece.to - eye, to: range) else { continue }
      let incidence = incidence(of: p, q)
      guard incidence <= largestIncidence else { continue }
      let part = SeenFacade(
        footprint: walls.footprint(of: piece.wall), length: p.distance(to: q),
        distance: Planar.distance(from: Point(x: 0, y: 0), toSegment: p, q), incidence: incidence,
        horizon: horizon(from: p, to: q))
      found[part.footprint] = found[part.footprint].map { join($0, part) } ?? part
    }
    return found.values.sorted { $0.footprint < $1.footprint }
  }

  private func join(_ a: SeenFacade, _ b: SeenFacade) -> SeenFacade {
    SeenFacade(
      footprint: a.footprint, length: a.length + b.length, distance: min(a.distance, b.distance),
      incidence: min(a.incidence, b.incidence), horizon: CameraHorizon(a.horizon.arcs + b.horizon.arcs))
  }

  /// The part of a segment within a circle around the origin; nil where it has no length.
  private func cut(_ p: Point, _ q: Point, to radius: Double) -> (Point, Point)? {
    let d = q - p
    let a = dot(d, d)
    guard a > 0 else { return nil }
    let b = dot(p, d)
    let root = b * b - a * (dot(p, p) - radius * radius)
    guard root > 0 else { return nil }
    let from = max(0, (-b - root.squareRoot()) / a)
    let to = min(1, (-b + root.squareRoot()) / a)
    return from < to ? (p + d * from, p + d * to) : nil
  }

  private func incidence(of p: Point, _ q: Point) -> Double {
    let d = q - p
    let normal = Point(x: d.y, y: -d.x)
    let nearest = nearestPoint(on: p, q, to: Point(x: 0, y: 0))
    let length = (dot(nearest, nearest) * dot(d, d)).squareRoot()
    return length > 0 ? cosineInverse(abs(dot(nearest, normal)) / length) * 180 / .pi : 90
  }

  /// Stretches run counter-clockwise, azimuths clockwise.
  private func horizon(from p: Point, to q: Point) -> CameraHorizon {
    let start = azimuth(of: q)
    return CameraHorizon([.init(start: start, width: CameraHorizon.wrapped(azimuth(of: p) - start))])
  }
}

/// What would end a reach: a mask in the picture, or a turn of the camera.
public struct ReachRemedy: Sendable, Hashable {
  /// Azimuths to mask.
  public var mask: CameraHorizon
  /// Area of the view that the mask takes, in square metres.
  public var maskCost: Double
  /// The smallest turn after which nothing is reached, degrees, clockwise positive; nil where no
  /// turn does, or the camera looks several ways or all round.
  public var turn: Double?
  /// Area of the present view that the turn gives up, in square metres.
  public var turnCost: Double?
}

extension ReachRemedy {
  /// - Parameters:
  ///   - reached: azimuths of what must not be seen, all round, as far as it is in range.
  ///   - sight: what the camera sees now.
  ///   - view: its view from `eye`.
  ///   - eye: where the view was made from.
  public init(reached: CameraHorizon, sight: CameraSight, view: View, eye: Point) {
    let parts = CameraHorizon(sight.parts.map { .init(start: $0.azimuth - $0.fieldOfView / 2, width: $0.fieldOfView) })
    mask = reached.intersection(parts)
    maskCost = view.area(within: mask, of: eye)
    turn = nil
    turnCost = nil
    guard sight.parts.count == 1, sight.fieldOfView < 360 else { return }
    guard let turn = Self.smallestTurn(of: sight.parts[0], avoiding: reached) else { return }
    self.turn = turn
    let start = sight.parts[0].azimuth - sight.parts[0].fieldOfView / 2 + turn
    let kept = CameraHorizon([.init(start: start, width: sight.fieldOfView)]).intersection(parts)
    turnCost = max(0, view.area - view.area(within: kept, of: eye))
  }

  private static func smallestTurn(of part: CameraSight.Part, avoiding reached: CameraHorizon) -> Double? {
    var best: Double?
    for gap in reached.gaps.arcs where gap.width >= part.fieldOfView {
      // Clockwise from the first axis that fits to the last.
      let slack = gap.width - part.fieldOfView
      let from = signed(gap.start + part.fieldOfView / 2 - part.azimuth)
      let to = signed(gap.start + part.fieldOfView / 2 + slack - part.azimuth)
      for turn in [from, to] where best.map({ abs(turn) < abs($0) }) ?? true { best = turn }
      let offset = CameraHorizon.wrapped(part.azimuth - gap.start - part.fieldOfView / 2)
      if offset <= slack || gap.width >= 360 { return 0 }
    }
    return best
  }

  private static func signed(_ degrees: Double) -> Double {
    let turned = CameraHorizon.wrapped(degrees)
    return turned > 180 ? turned - 360 : turned
  }
}

extension CameraHorizon {
  /// What is in both: the rest of what is missing from either.
  func intersection(_ other: CameraHorizon) -> CameraHorizon {
    CameraHorizon(gaps.arcs + other.gaps.arcs).gaps
  }
}

extension View {
  /// The area of the view between azimuths, in square metres.
  func area(within horizon: CameraHorizon, of eye: Point) -> Double {
    guard horizon.width < 360 else { return area }
    let reach = polygons.flatMap(\.exterior.points).reduce(0) { max($0, $1.distance(to: eye)) } * 2
    return horizon.arcs.reduce(0) { sum, arc in
      guard arc.width > 0, reach > 0 else { return sum }
      let open = Sector(eye: eye, azimuth: arc.middle, fieldOfView: arc.width, range: reach)
      let wedge = WallIndex(polygons: []).view(of: open, arcs: ArcRule(.step(30)))
      return sum + CoveredArea(of: [polygons], within: wedge.polygons).atLeast[0]
    }
  }
}
