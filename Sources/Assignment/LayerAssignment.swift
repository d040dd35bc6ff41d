public import MapFiles
import Planar

/// Assigns the points of a layer in memory.
public struct LayerAssignment: Sendable {
  /// The grid of each feature, by position among the grids' codes; nil where there is none.
  public private(set) var grids: [String?]
  public private(set) var counts: AssignmentCounts
  /// Features in no grid.
  public private(set) var strays: [Stray]

  public struct Stray: Sendable, Hashable {
    public var feature: Int
    public var reason: String
    /// The nearest grid and its distance in metres, where the point has a place and they were asked for.
    public var nearest: String?
    public var metres: Double?
  }

  /// - Throws: `MapFileError` where the coordinates cannot be what their system says, `AssignmentError`.
  public init(_ layer: Layer, _ placer: PointPlacer) throws {
    var points: [Point] = []
    var states: [PointState] = []
    for feature in layer.features {
      let point = feature.geometry?.singlePoint
      points.append(point ?? Point(x: .nan, y: .nan))
      states.append(point != nil ? .placed : feature.geometry == nil ? .missing : .bad)
    }
    try placer.checkPlausible(points, file: layer.file)
    placer.transform(&points, &states)
    let found = placer.find(points)
    counts = AssignmentCounts()
    grids = found.map { $0.area < 0 ? nil : placer.grids.codes[Int($0.area)] }
    strays = []
    for i in found.indices {
      counts.count(states[i], found[i])
      guard found[i].area < 0 else { continue }
      let nearest = states[i] == .placed ? placer.nearest(to: points[i]) : nil
      strays.append(Stray(feature: i, reason: "\(states[i].reason)", nearest: nearest?.code, metres: nearest?.metres))
    }
    counts.written = grids.count
    guard counts.isComplete else { throw AssignmentError(counts: counts) }
  }

  /// The layer with the field `grid` after `fields`, the others left out; an older field of that name goes.
  public func written(into layer: Layer, keeping fields: [String]) -> Layer {
    let kept = layer.fields.indices.filter { fields.contains(layer.fields[$0]) && layer.fields[$0] != "grid" }
    var result = layer
    result.fields = kept.map { layer.fields[$0] } + ["grid"]
    for i in result.features.indices {
      let values = layer.features[i].values
      let grid = grids[i].map { FieldValue.string($0) } ?? .null
      result.features[i].values = kept.map { $0 < values.count ? values[$0] : .missing } + [grid]
    }
    return result
  }
}

extension Geometry {
  /// The point of a point, or of a multipoint or collection of exactly one.
  fileprivate var singlePoint: Point? {
    switch self {
    case .point(let point): point
    case .multiPoint(let points): points.count == 1 ? points[0] : nil
    case .collection(let members): members.count == 1 ? members[0].singlePoint : nil
    default: nil
    }
  }
}
