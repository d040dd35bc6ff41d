import Foundation
import MapFiles
import Planar
import PlanModel
import Topology

extension LayerCheck {
  /// The rules that look at one feature at a time, and at equal ones.
  mutating func checkShapes() {
    checkPresence()
    for (number, shape) in checked.shapes.enumerated() {
      checkRings(shape, checked.problems[number])
      checkParts(shape)
      checkSpikes(shape)
    }
    checkDuplicates()
  }

  private mutating func checkPresence() {
    for (position, feature) in layer.features.enumerated() {
      guard let geometry = feature.geometry, !geometry.isEmpty else {
        add(
          .nullGeometry, .error, feature: position,
          language("the feature has no geometry", "要素没有几何"))
        continue
      }
      if geometry.polygons.isEmpty {
        add(
          .notAnArea, options.kind == .grids ? .error : .warning, feature: position,
          language(
            "the geometry is a \(geometry.typeName), not an area", "几何类型为 \(geometry.typeName)，不是面"))
      }
    }
  }

  private mutating func checkRings(_ shape: Shape, _ problems: [RingFault]) {
    for problem in problems {
      let ring =
        problem.ring == 0
        ? language("exterior ring", "外环") : language("hole \(problem.ring)", "第 \(problem.ring) 个内环")
      let part = shape.drawn.count > 1
        ? language("part \(problem.polygon + 1), ", "第 \(problem.polygon + 1) 部分，") : ""
      add(
        .invalidRing, .error, feature: shape.feature, at: problem.place.isFinite ? problem.place : nil,
        part + ring + language(": ", "：")
          + (problem.kind?.wording(language) ?? language("touching rings cut the interior in two", "环相接使内部断开")))
    }
  }

  private mutating func checkParts(_ shape: Shape) {
    if options.kind != .buildings, shape.polygons.count > 1 {
      let least = shape.polygons.min { $0.area < $1.area }!
      add(
        .multipart, options.kind == .grids ? .error : .warning, feature: shape.feature,
        measure: Double(shape.polygons.count), unit: "parts", at: least.exterior.points.first,
        language(
          "\(checked.name(of: shape.feature)) consists of \(shape.polygons.count) parts; the smallest has \(rounded(least.area)) m²",
          "\(checked.name(of: shape.feature)) 由 \(shape.polygons.count) 个部分组成，最小的为 \(rounded(least.area)) 平方米"))
    }
    for polygon in shape.polygons {
      let width = 2 * polygon.area / polygon.perimeter
      guard width < 0.5 else { continue }
      add(
        .sliver, .warning, feature: shape.feature, measure: width, unit: "m",
        at: polygon.exterior.points.first,
        language(
          "\(checked.name(of: shape.feature)) has a part \(rounded(width)) m wide and \(rounded(polygon.area)) m² large",
          "\(checked.name(of: shape.feature)) 有一部分宽仅 \(rounded(width)) 米，面积 \(rounded(polygon.area)) 平方米"))
    }
  }

  /// Vertices where the border turns back by more than 179°, on arms longer than 0.1 m.
  private mutating func checkSpikes(_ shape: Shape) {
    let cosine = cos(Double.pi / 180)
    for ring in shape.drawn.flatMap(\.rings) where ring.points.count >= 4 {
      let vertices = Array(ring.vertices)
      for i in vertices.indices {
        let tip = vertices[i]
        let a = vertices[(i + vertices.count - 1) % vertices.count] - tip
        let b = vertices[(i + 1) % vertices.count] - tip
        let (la, lb) = (a.distance(to: Point(x: 0, y: 0)), b.distance(to: Point(x: 0, y: 0)))
        guard min(la, lb) > 0.1, a.x * b.x + a.y * b.y > cosine * la * lb else { continue }
        add(
          .spike, .warning, feature: shape.feature, measure: min(la, lb), unit: "m", at: tip,
          language(
            "the border of \(checked.name(of: shape.feature)) runs out \(rounded(min(la, lb))) m and back again",
            "\(checked.name(of: shape.feature)) 的边界上有长 \(rounded(min(la, lb))) 米的尖刺"))
      }
    }
  }

  private mutating func checkDuplicates() {
    var first: [[Polygon]: Int] = [:]
    for shape in checked.shapes where !shape.polygons.isEmpty {
      let form = shape.polygons.map(\.canonical).sorted { a, b in
        a.exterior.points[0].precedes(b.exterior.points[0])
      }
      if let other = first[form] {
        add(
          .duplicateFeature, .error, feature: shape.feature, other: other,
          at: shape.polygons[0].exterior.points[0],
          language(
            "\(checked.name(of: shape.feature)) has the same geometry as \(checked.name(of: other))",
            "\(checked.name(of: shape.feature)) 与 \(checked.name(of: other)) 几何相同"))
      } else {
        first[form] = shape.feature
      }
    }
  }
}

extension Polygon {
  /// The same area with each ring begun at its least vertex, holes in order.
  fileprivate var canonical: Polygon {
    func turned(_ ring: Ring) -> Ring {
      let vertices = Array(ring.vertices)
      guard let start = vertices.indices.min(by: { vertices[$0].precedes(vertices[$1]) }) else { return ring }
      return Ring(Array(vertices[start...] + vertices[..<start]))
    }
    return Polygon(
      exterior: turned(exterior),
      holes: holes.map(turned).sorted { ($0.points.first ?? .init(x: 0, y: 0)).precedes($1.points.first ?? .init(x: 0, y: 0)) })
  }
}

extension RingProblem.Kind {
  func wording(_ language: Language) -> String {
    switch self {
    case .notFinite: language("a coordinate is not finite", "坐标不是有限数")
    case .tooFewPoints: language("fewer than four points", "少于四个点")
    case .zeroArea: language("encloses no area", "面积为零")
    case .selfCrossing: language("crosses itself", "自相交")
    case .selfTouch: language("touches itself", "自接触")
    case .spike: language("runs back along itself", "沿自身折返")
    case .ringsCross: language("crosses another ring", "与另一环相交")
    case .ringsOverlap: language("shares a stretch with another ring", "与另一环部分重合")
    case .holeOutside: language("lies outside its exterior ring", "位于外环之外")
    case .holeInHole: language("lies inside another hole", "位于另一内环之内")
    case .nestedPolygons: language("lies inside another part", "位于另一部分之内")
    }
  }
}
