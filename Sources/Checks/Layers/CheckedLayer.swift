import Georeference
import MapFiles
import Parallel
import Planar
import PlanModel
import Topology

/// Where the coordinates of a layer lie, and how to measure there.
struct MeasuringFrame: Sendable {
  /// The projected CRS in metres; nil where nothing can be told and coordinates count as metres.
  let workingCRS: CRS?

  /// The places in degrees; nil where there are none. Costs a transformation, so ask once.
  func degrees(_ points: [Point]) -> [Point?] {
    guard !points.isEmpty, let workingCRS,
      let toDegrees = try? Transformation(from: workingCRS, to: .crs84, allowBallpark: true)
    else { return points.map { _ in nil } }
    if let all = try? toDegrees(points) { return all }
    return points.map { try? toDegrees($0) }
  }
}

/// The area of one feature in working metres.
struct Shape: Sendable {
  /// The position of the feature in its layer.
  let feature: Int
  /// As they are in the file.
  let drawn: [Polygon]
  /// Valid and right-handed: repaired where `drawn` is not valid.
  var polygons: [Polygon]
  var box: Box
  var area: Double { polygons.reduce(0) { $0 + $1.area } }

  func locate(_ point: Point) -> Location {
    guard box.contains(point) else { return .outside }
    var result = Location.outside
    for polygon in polygons {
      switch polygon.locate(point) {
      case .inside: return .inside
      case .boundary: result = .boundary
      case .outside: break
      }
    }
    return result
  }
}

/// One reason why a polygon is invalid.
struct RingFault: Sendable {
  /// Nil where holes touch so that they cut the interior in two.
  var kind: RingProblem.Kind?
  var polygon: Int
  var ring: Int
  var place: Point

  init(kind: RingProblem.Kind?, polygon: Int, ring: Int, place: Point) {
    (self.kind, self.polygon, self.ring, self.place) = (kind, polygon, ring, place)
  }

  init(_ problem: RingProblem) {
    self.init(kind: problem.kind, polygon: problem.polygon, ring: problem.ring, place: problem.place)
  }
}

/// A layer with its areas in working metres and its codes.
struct CheckedLayer: Sendable {
  let layer: Layer
  /// Only features with an area, in the order of the layer.
  var shapes: [Shape]
  let index: BoxIndex
  /// The problems of the rings of each shape.
  let problems: [[RingFault]]
  let codeIndex: Int?

  init(_ layer: Layer, codeField: String?, transformation: Transformation?) throws {
    self.layer = layer
    codeIndex = CodeField.index(in: layer.fields, asked: codeField)
    let areal = layer.features.indices.filter { layer.features[$0].geometry?.polygons.isEmpty == false }
    let moved = try CheckedLayer.polygons(of: areal.map { layer.features[$0].geometry!.polygons }, transformation)
    let parts = chunks(of: areal.count, parts: threadCount * 8)
    let prepared = parallelMap(count: areal.isEmpty ? 0 : parts.count) { part in
      parts[part].map { CheckedLayer.shape(areal[$0], moved[$0]) }
    }.flatMap { $0 }
    shapes = prepared.map(\.0)
    problems = prepared.map(\.1)
    index = BoxIndex(shapes.map(\.box))
  }

  private static func shape(_ feature: Int, _ drawn: [Polygon]) -> (Shape, [RingFault]) {
    var problems = ringProblems(of: drawn).map(RingFault.init)
    var polygons = drawn
    if problems.isEmpty, let other = try? validityProblem(of: .area(of: drawn)), let place = other.place {
      problems = [RingFault(kind: nil, polygon: 0, ring: 0, place: place)]
    }
    if !problems.isEmpty {
      let finite = drawn.filter { $0.rings.allSatisfy { $0.points.allSatisfy(\.isFinite) } }
      polygons = (try? repaired(finite)) ?? []
    }
    let oriented = polygons.map { $0.rightHanded() }
    let box = oriented.reduce(Box.empty) { $0.union($1.box) }
    return (Shape(feature: feature, drawn: drawn, polygons: oriented, box: box), problems)
  }

  /// All polygons transformed in one call, since a transformation is at its best with many points.
  private static func polygons(
    of areas: [[Polygon]], _ transformation: Transformation?
  ) throws -> [[Polygon]] {
    guard let transformation, !transformation.isIdentity else { return areas }
    var points: [Point] = []
    for area in areas { for polygon in area { for ring in polygon.rings { points += ring.points } } }
    let finite = points.map { $0.isFinite ? $0 : Point(x: 0, y: 0) }
    let moved = try transformation(finite)
    var next = 0
    func ring(_ ring: Ring) -> Ring {
      let range = next..<(next + ring.points.count)
      next = range.upperBound
      return Ring(range.map { points[$0].isFinite ? moved[$0] : points[$0] })
    }
    return areas.map { area in
      area.map { polygon in
        let exterior = ring(polygon.exterior)
        return Polygon(exterior: exterior, holes: polygon.holes.map(ring))
      }
    }
  }

  /// The number of the shape of a feature; nil where it has no area. Shapes are in feature order.
  func shape(of feature: Int) -> Int? {
    var range = 0..<shapes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if shapes[middle].feature == feature { return middle }
      range = shapes[middle].feature < feature ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// The code of a feature as text; nil where there is none.
  func code(of feature: Int) -> String? {
    guard let codeIndex, codeIndex < layer.features[feature].values.count else { return nil }
    let text = layer.features[feature].values[codeIndex].asText
    return text?.isEmpty == true ? nil : text
  }

  /// How messages call a feature: its code where it has one, else its number.
  func name(of feature: Int) -> String { code(of: feature) ?? "#\(feature)" }
}
