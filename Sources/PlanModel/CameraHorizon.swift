/// Parts of the horizon: arcs of azimuth that neither overlap nor touch, by their start.
///
/// Degrees clockwise from north.
public struct CameraHorizon: Sendable, Hashable {
  public struct Arc: Sendable, Hashable {
    /// 0..<360.
    public var start: Double
    /// Clockwise from the start; above 0 and at most 360.
    public var width: Double

    public init(start: Double, width: Double) {
      self.start = start
      self.width = width
    }

    public var end: Double { start + width }
    public var middle: Double { CameraHorizon.wrapped(start + width / 2) }
  }

  public private(set) var arcs: [Arc]

  /// The union of arcs that may overlap; arcs without width are left out.
  public init(_ given: [Arc]) {
    let turned = given.filter { $0.width > 0 }
      .map { Arc(start: Self.wrapped($0.start), width: min($0.width, 360)) }
      .sorted { ($0.start, $0.width) < ($1.start, $1.width) }
    arcs = []
    for next in turned {
      if let last = arcs.last, next.start <= last.end {
        arcs[arcs.count - 1].width = max(last.end, next.end) - last.start
      } else {
        arcs.append(next)
      }
    }
    joinAcrossNorth()
    if arcs.contains(where: { $0.width >= 360 }) { arcs = [Arc(start: 0, width: 360)] }
  }

  private mutating func joinAcrossNorth() {
    while arcs.count > 1, let last = arcs.last, last.end >= arcs[0].start + 360 {
      let first = arcs.removeFirst()
      arcs[arcs.count - 1].width = max(last.end, first.end + 360) - last.start
    }
  }

  public var isEmpty: Bool { arcs.isEmpty }
  public var width: Double { arcs.reduce(0) { $0 + $1.width } }

  /// The rest of the horizon.
  public var gaps: CameraHorizon {
    if arcs.isEmpty { return CameraHorizon([Arc(start: 0, width: 360)]) }
    return CameraHorizon(
      arcs.indices.map { index in
        let next = index + 1 < arcs.count ? arcs[index + 1].start : arcs[0].start + 360
        return Arc(start: arcs[index].end, width: next - arcs[index].end)
      })
  }

  public func contains(_ azimuth: Double) -> Bool {
    arcs.contains { Self.wrapped(azimuth - $0.start) <= $0.width }
  }

  /// An azimuth brought to 0..<360.
  public static func wrapped(_ degrees: Double) -> Double {
    let turned = degrees.truncatingRemainder(dividingBy: 360)
    return turned < 0 ? turned + 360 : turned
  }
}
