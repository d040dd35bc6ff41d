public import Planar

/// A public camera as a register or a map describes it. What is not known is nil.
///
/// Lengths in metres, angles in degrees, azimuths clockwise from north; the position is in the
/// caller's CRS.
public struct Camera: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// One direction for good.
    case fixed
    /// Turns; sees its sweep, though not all of it at once.
    case panning
    /// Behind a dome: the direction cannot be told from outside.
    case dome

    /// Reads the word of a map or a register.
    public init?(word: String) {
      switch word.lowercased() {
      case "fixed", "bullet", "枪机", "枪型", "固定": self = .fixed
      case "panning", "ptz", "云台", "球机", "球型": self = .panning
      case "dome", "半球", "半球型": self = .dome
      default: return nil
      }
    }
  }

  public var id: String
  public var position: Point
  public var kind: Kind?
  /// Where it looks: one or more axes, or arcs from one azimuth clockwise to another.
  public var directions: [CameraDirection]
  /// The horizontal field of view, where it is given as such.
  public var fieldOfView: Double?
  public var verticalFieldOfView: Double?
  /// Focal length and sensor width in millimetres, from which a field of view follows.
  public var focalLength: Double?
  public var sensorWidth: Double?
  /// Horizontal pixels, from which ranges follow.
  public var pixels: Double?
  /// A printed range, along the line of sight.
  public var range: Double?
  /// The height of the lens above the ground.
  public var height: Double?
  /// Down from horizontal.
  public var tilt: Double?
  /// The angle through which a panning camera turns.
  public var sweep: Double?
  public var mount: String?
  public var isIndoor: Bool
  public var isInService: Bool?
  public var isNetworked: Bool?
  public var operatorClass: String?
  /// Values that could not be read, as `name=value`.
  public var unreadable: [String]
  /// Fields whose value is an estimate by its own word, such as `est_height`.
  public var estimated: [CameraField]

  public init(id: String, position: Point) {
    self.id = id
    self.position = position
    directions = []
    isIndoor = false
    unreadable = []
    estimated = []
  }

  /// The horizontal field of view, given or from the optics.
  public var knownFieldOfView: Double? {
    if let fieldOfView { return fieldOfView }
    guard let focalLength, let sensorWidth else { return nil }
    return CameraOptics.fieldOfView(sensorWidth: sensorWidth, focalLength: focalLength)
  }
}

/// Where a camera looks.
public enum CameraDirection: Sendable, Hashable {
  case axis(Double)
  /// From one azimuth clockwise to another.
  case arc(from: Double, to: Double)
}

/// What can be known of a camera.
public enum CameraField: String, Sendable, Hashable, CaseIterable {
  case kind, azimuth, fieldOfView, verticalFieldOfView, focalLength, sensorWidth, pixels, range, height
  case tilt, sweep, mount, surveillance, inService, networked, operatorClass
}
