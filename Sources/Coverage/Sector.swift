public import Planar

/// What a camera would see if nothing stood in its way: a sector of a disc, without the part
/// below the picture.
///
/// Lengths in metres of a projected CRS, angles in degrees, azimuths clockwise from grid north.
public struct Sector: Sendable, Hashable {
  /// Where the camera looks from; must not lie inside or on a footprint (see `EyePlacement`).
  public var eye: Point
  /// The axis of the sector.
  public var azimuth: Double
  /// The full opening, above 0 and at most 360.
  public var fieldOfView: Double
  /// The ground distance to which the sector reaches.
  public var range: Double
  /// The ground distance below which nothing is in the picture; 0 where there is no such limit.
  public var near: Double

  public init(eye: Point, azimuth: Double, fieldOfView: Double, range: Double, near: Double = 0) {
    self.eye = eye
    self.azimuth = azimuth
    self.fieldOfView = fieldOfView
    self.range = range
    self.near = near
  }

  /// Whether the numbers describe an area at all.
  public var isUsable: Bool {
    eye.isFinite && azimuth.isFinite && fieldOfView > 0 && fieldOfView <= 360 && range > 0
      && range.isFinite && near >= 0 && near < range
  }

  /// The area of the sector without any wall, in square metres.
  public var openArea: Double {
    fieldOfView / 360 * .pi * (range * range - near * near)
  }
}

/// How arcs become chords.
public struct ArcRule: Sendable, Hashable {
  /// On which side of the true arc the chords run.
  public enum Side: Sendable, Hashable {
    /// Nothing is covered that the circle does not cover: for coverage.
    case inscribed
    /// Nothing that the circle covers is left out: for reach.
    case circumscribed
  }

  /// The size of a chord.
  public enum Fineness: Sendable, Hashable {
    /// The largest distance between chord and arc, in metres.
    case tolerance(Double)
    /// The largest angle of a chord, in degrees.
    case step(Double)
  }

  public var fineness: Fineness
  public var side: Side

  public init(_ fineness: Fineness, side: Side = .inscribed) {
    self.fineness = fineness
    self.side = side
  }

  /// How many equal chords an arc of `fieldOfView` degrees and `range` metres is made of.
  ///
  /// A chord of angle δ lies within `range`·(1 − cos(δ/2)) of its arc.
  func chordCount(fieldOfView: Double, range: Double) -> Int {
    let step: Double
    switch fineness {
    case .step(let degrees): step = degrees
    case .tolerance(let metres):
      step = 2 * cosineInverse(1 - metres / range) * 180 / .pi
    }
    let bounded = min(max(step, 0.01), 45)
    return max(1, Int((fieldOfView / bounded - 1e-9).rounded(.up)))
  }
}
