/// What a camera is taken to see: its own values, with defaults where they are missing.
public struct CameraSight: Sendable, Hashable {
  /// A part of the horizon: its middle and its width in degrees.
  public struct Part: Sendable, Hashable {
    public var azimuth: Double
    public var fieldOfView: Double

    public init(azimuth: Double, fieldOfView: Double) {
      self.azimuth = azimuth
      self.fieldOfView = fieldOfView
    }
  }

  /// Parts that do not overlap, by azimuth of their start.
  public var parts: [Part]
  /// Ground distance in metres to which the view reaches: that of the coarsest level.
  public var range: Double
  /// Ground distance below which nothing is in the picture.
  public var near: Double
  /// Ground ranges of the profile's levels, in their order; none beyond `range`.
  public var levelRanges: [Double]
  /// Fields that a default was taken for, in the order of `CameraField`; none in a strict sight.
  public var assumed: [CameraField]

  public init(
    parts: [Part], range: Double, near: Double = 0, levelRanges: [Double], assumed: [CameraField] = []
  ) {
    self.parts = parts
    self.range = range
    self.near = near
    self.levelRanges = levelRanges
    self.assumed = assumed
  }

  public var isStrict: Bool { assumed.isEmpty }

  /// The width of all parts together.
  public var fieldOfView: Double { parts.reduce(0) { $0 + $1.fieldOfView } }
}

/// Values that the user sets for all cameras that lack them.
public struct CameraOverrides: Sendable, Hashable {
  /// Ground range in metres.
  public var range: Double?
  public var fieldOfView: Double?

  public init(range: Double? = nil, fieldOfView: Double? = nil) {
    self.range = range
    self.fieldOfView = fieldOfView
  }
}

extension Camera {
  /// What the camera sees, with defaults of `profile` for what is missing.
  ///
  /// - Parameters:
  ///   - profile: what stands for missing values.
  ///   - overrides: what the caller sets for all cameras.
  ///   - wallAzimuth: looks away from the nearest wall, for a camera without a direction.
  /// - Returns: nil where the camera looks one way and nothing tells which.
  public func sight(
    profile: CameraProfile, overrides: CameraOverrides = CameraOverrides(), wallAzimuth: Double?
  ) -> CameraSight? {
    var resolver = SightResolver(camera: self, profile: profile, overrides: overrides)
    guard let parts = resolver.parts(wallAzimuth: wallAzimuth) else { return nil }
    let ranges = resolver.ranges()
    let (near, far) = resolver.limits()
    let range = min(ranges.first ?? 0, far ?? .infinity)
    return CameraSight(
      parts: parts, range: range, near: min(near, range), levelRanges: ranges.map { min($0, range) },
      assumed: CameraField.allCases.filter(resolver.assumed.contains))
  }
}
