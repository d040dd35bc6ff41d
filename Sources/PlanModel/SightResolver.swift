/// Settles each value of a camera's sight and notes where a default was taken.
struct SightResolver {
  let camera: Camera
  let profile: CameraProfile
  let overrides: CameraOverrides
  var assumed: Set<CameraField> = []

  init(camera: Camera, profile: CameraProfile, overrides: CameraOverrides) {
    self.camera = camera
    self.profile = profile
    self.overrides = overrides
  }

  // MARK: Horizon

  mutating func parts(wallAzimuth: Double?) -> [CameraSight.Part]? {
    let arcs = camera.directions.filter { if case .arc = $0 { true } else { false } }
    let axes = camera.directions.compactMap { if case .axis(let azimuth) = $0 { azimuth } else { nil } }
    var intervals = arcs.compactMap(interval)
    if !axes.isEmpty || intervals.isEmpty {
      let width = opening()
      if width >= 360 { return [.init(azimuth: 0, fieldOfView: 360)] }
      guard let middles = axes.isEmpty ? assumedAxis(wallAzimuth) : axes else { return nil }
      intervals += middles.map { .init(start: $0 - width / 2, width: width) }
    }
    return merged(intervals)
  }

  private func interval(_ direction: CameraDirection) -> CameraHorizon.Arc? {
    guard case .arc(let from, let to) = direction else { return nil }
    let width = (to - from).truncatingRemainder(dividingBy: 360)
    return .init(start: from, width: width <= 0 ? width + 360 : width)
  }

  private mutating func assumedAxis(_ wallAzimuth: Double?) -> [Double]? {
    guard let wallAzimuth else { return nil }
    assumed.insert(.azimuth)
    return [wallAzimuth]
  }

  /// The width of what the camera sees over time: its field of view, and its sweep where it pans.
  private mutating func opening() -> Double {
    let kind = settledKind()
    let width = fieldOfView(kind)
    guard kind == .panning else { return width }
    if camera.sweep == nil { assumed.insert(.sweep) }
    return min(360, width + (camera.sweep ?? profile.sweep))
  }

  private mutating func settledKind() -> Camera.Kind {
    if let kind = camera.kind { return kind }
    // A camera whose field of view is known needs no kind.
    if camera.knownFieldOfView == nil { assumed.insert(.kind) }
    return Camera.Kind(rawValue: profile.kind) ?? .fixed
  }

  private mutating func fieldOfView(_ kind: Camera.Kind) -> Double {
    if let known = camera.knownFieldOfView { return known }
    assumed.insert(.fieldOfView)
    return min(360, overrides.fieldOfView ?? profile.fieldOfView[kind.rawValue] ?? 90)
  }

  /// Arcs joined where they touch, so that no two parts overlap.
  private func merged(_ arcs: [CameraHorizon.Arc]) -> [CameraSight.Part] {
    CameraHorizon(arcs).arcs.map {
      .init(azimuth: $0.width >= 360 ? 0 : $0.middle, fieldOfView: $0.width)
    }
  }

  // MARK: Distance

  /// Ground ranges of the levels: from a printed range, from pixels, or from a default.
  mutating func ranges() -> [Double] {
    if let range = camera.range { return scaled(onGround(range)) }
    if let pixels = camera.pixels, let width = camera.knownFieldOfView {
      let projection = CameraOptics.Projection(rawValue: profile.projection) ?? .arc
      let ranges = profile.levels.compactMap {
        CameraOptics.range(pixels: pixels, fieldOfView: width, density: $0.density, projection)
      }
      if ranges.count == profile.levels.count { return ranges.map(onGround) }
    }
    assumed.insert(.range)
    return scaled(overrides.range ?? profile.groundRange)
  }

  /// Ranges are inverse to densities, by either formula.
  private func scaled(_ range: Double) -> [Double] {
    let printed = profile.level(named: profile.printedRangeLevel)?.density ?? profile.levels.first?.density ?? 1
    return profile.levels.map { range * printed / $0.density }
  }

  private func onGround(_ slant: Double) -> Double {
    guard let height = camera.height else { return slant }
    return CameraOptics.groundRange(slant: slant, height: height, target: profile.targetHeight) ?? 0
  }

  /// Near and far limits from mount and tilt; none where any of them is unknown.
  mutating func limits() -> (near: Double, far: Double?) {
    guard let height = camera.height, let tilt = camera.tilt, let opening = camera.verticalFieldOfView else {
      return (0, nil)
    }
    if camera.estimated.contains(.height) { assumed.insert(.height) }
    return CameraOptics.groundLimits(
      height: height, target: profile.targetHeight, tilt: tilt, verticalFieldOfView: opening)
  }
}
