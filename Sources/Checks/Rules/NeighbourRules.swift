import MapFiles
import Parallel
import Planar
import PlanModel
import Topology

extension LayerCheck {
  /// Overlaps, gaps and borders that don't match.
  mutating func checkNeighbours(hasParents: Bool, barriers: Layer?) throws {
    let table = BorderTable(checked.shapes)
    checkOverlaps(table)
    guard options.kind != .buildings else { return }
    checkBorders(table)
    if !hasParents { try checkHoles(table, barriers: barriers.map { try sibling($0) }) }
  }

  private mutating func checkOverlaps(_ table: BorderTable) {
    let shapes = checked.shapes
    let index = checked.index
    let parts = chunks(of: shapes.count, parts: 64)
    let found = parallelMap(count: shapes.isEmpty ? 0 : parts.count) { part in
      parts[part].flatMap { a in
        index.items(meeting: shapes[a].box).compactMap { b -> Overlap? in
          guard b > a, table.mayOverlap(a, b, shapes) else { return nil }
          return Overlap(a, b, shapes)
        }
      }
    }
    for overlap in found.joined() where overlap.area > options.areaTolerance { report(overlap) }
  }

  private mutating func report(_ overlap: Overlap) {
    let (a, b) = (checked.shapes[overlap.a].feature, checked.shapes[overlap.b].feature)
    add(
      .overlap, options.kind == .buildings ? .warning : .error, feature: a, other: b, measure: overlap.area,
      unit: "m2", at: overlap.place,
      language(
        "\(checked.name(of: a)) and \(checked.name(of: b)) overlap by \(rounded(overlap.area)) m²",
        "\(checked.name(of: a)) 与 \(checked.name(of: b)) 重叠 \(rounded(overlap.area)) 平方米"))
  }
}

/// The common area of two shapes, and a point in its largest piece.
private struct Overlap: Sendable {
  let a: Int
  let b: Int
  let area: Double
  let place: Point?

  init?(_ a: Int, _ b: Int, _ shapes: [Shape]) {
    guard let common = try? commonArea(shapes[a].polygons, shapes[b].polygons) else { return nil }
    (self.a, self.b) = (a, b)
    area = common.reduce(0) { $0 + $1.area }
    place = common.max { $0.area < $1.area }.flatMap { interiorPoint(of: [$0]) }
  }
}

/// The common area; on a grid of 0.1 mm where plain doubles fail.
func commonArea(_ a: [Polygon], _ b: [Polygon]) throws -> [Polygon] {
  do {
    return try intersection(a, b)
  } catch {
    return try intersection(a, b, grid: 1e-4)
  }
}

/// `a` without `b`; on a grid of 0.1 mm where plain doubles fail.
func remainder(_ a: [Polygon], _ b: [Polygon]) throws -> [Polygon] {
  guard !b.isEmpty else { return a }
  do {
    return try difference(a, b)
  } catch {
    return try difference(a, b, grid: 1e-4)
  }
}

// MARK: Gaps

extension LayerCheck {
  /// Areas that the layer encloses and nothing covers.
  ///
  /// Only edges without a twin can bound them: these are noded and made faces, and a face that lies
  /// in no shape is a gap. A face that is open to the outside of the layer is none.
  private mutating func checkHoles(_ table: BorderTable, barriers: CheckedLayer?) throws {
    let lines = table.unmatched.map { [$0.edge.a, $0.edge.b] }
    guard !lines.isEmpty else { return }
    let faces = try enclosedFaces(lines)
    let shapes = checked.shapes
    let index = checked.index
    let places = parallelMap(count: faces.count) { number -> Point? in
      guard faces[number].area > 0, let place = interiorPoint(of: [faces[number]]) else { return nil }
      return index.items(at: place).contains { shapes[$0].locate(place) != .outside } ? nil : place
    }
    for (face, place) in zip(faces, places) where place != nil {
      let pieces = try remainder([face], barriers?.polygons(meeting: face.box) ?? [])
      for piece in pieces where piece.area > options.areaTolerance {
        report(gap: piece, at: pieces.count == 1 && barriers == nil ? place : nil, in: nil)
      }
    }
  }

  private func enclosedFaces(_ lines: [[Point]]) throws -> [Polygon] {
    do {
      return try polygonized(try noded(lines)).polygons
    } catch {
      return try polygonized(try noded(lines, grid: 1e-4)).polygons
    }
  }

  mutating func report(gap: Polygon, at place: Point?, in parent: String?) {
    let width = 2 * gap.area / gap.perimeter
    let place = place ?? interiorPoint(of: [gap])
    let near = beside(gap) ?? place.flatMap(nearest)
    let whose = parent.map { language(" in \($0)", "（\($0) 内）") } ?? ""
    add(
      .gap, options.kind == .units ? .warning : .error, feature: near, measure: gap.area, unit: "m2",
      at: place ?? gap.exterior.points.first,
      language(
        "a gap\(whose) of \(rounded(gap.area)) m², \(rounded(width)) m wide on average"
          + (width > 5 ? "; where it is water or other land of no grid, name the layer with --barriers" : ""),
        "空隙\(whose)，面积 \(rounded(gap.area)) 平方米，平均宽 \(rounded(width)) 米"
          + (width > 5 ? "；若为水域等不属网格的区域，请用 --barriers 指明图层" : "")))
  }

  /// The first feature with a vertex of the gap on its border.
  private func beside(_ gap: Polygon) -> Int? {
    for vertex in gap.exterior.vertices.prefix(50) {
      let shape = checked.index.items(at: vertex).first { checked.shapes[$0].locate(vertex) == .boundary }
      if let shape { return checked.shapes[shape].feature }
    }
    return nil
  }

  /// The feature nearest to a point within 100 m.
  private func nearest(_ point: Point) -> Int? {
    let shapes = checked.shapes
    return checked.index.nearest(to: point, within: 100) { number in
      shapes[number].polygons.map { $0.distanceToBoundary(from: point) }.min() ?? .infinity
    }.map { shapes[$0.item].feature }
  }
}

extension CheckedLayer {
  func polygons(meeting box: Box) -> [Polygon] { index.items(meeting: box).flatMap { shapes[$0].polygons } }
}

// MARK: Borders

extension LayerCheck {
  /// Where a vertex of one shape lies on or near the border of another that has no vertex there.
  private struct Mismatch: Sendable {
    var shape: Int
    var other: Int
    var count = 1
    var distance: Double
    var place: Point
  }

  private mutating func checkBorders(_ table: BorderTable) {
    let unmatched = table.unmatched
    let index = BoxIndex(unmatched.map(\.edge.box))
    let limit = options.borderTolerance
    let parts = chunks(of: unmatched.count, parts: 64)
    let found = parallelMap(count: unmatched.isEmpty ? 0 : parts.count) { part in
      parts[part].flatMap { number -> [Mismatch] in
        [unmatched[number].edge.a, unmatched[number].edge.b].flatMap { vertex in
          Self.mismatches(of: vertex, shape: unmatched[number].shape, unmatched, index, table, limit)
        }
      }
    }
    var pairs: [Int: Mismatch] = [:]
    var seen: Set<Point> = []
    for mismatch in found.joined() {
      let (low, high) = (min(mismatch.shape, mismatch.other), max(mismatch.shape, mismatch.other))
      let key = low * checked.shapes.count + high
      guard var known = pairs[key] else {
        pairs[key] = Mismatch(shape: low, other: high, distance: mismatch.distance, place: mismatch.place)
        seen.insert(mismatch.place)
        continue
      }
      if seen.insert(mismatch.place).inserted { known.count += 1 }
      if mismatch.distance > known.distance { (known.distance, known.place) = (mismatch.distance, mismatch.place) }
      pairs[key] = known
    }
    for key in pairs.keys.sorted() { report(pairs[key]!) }
  }

  /// The other shapes that `vertex` is near to without being a vertex of theirs.
  private static func mismatches(
    of vertex: Point, shape: Int, _ unmatched: [(shape: Int, edge: BorderTable.Edge)], _ index: BoxIndex,
    _ table: BorderTable, _ limit: Double
  ) -> [Mismatch] {
    var nearest: [(other: Int, distance: Double)] = []
    for number in index.items(meeting: Box(min: vertex, max: vertex).expanded(by: limit)) {
      let (other, edge) = unmatched[number]
      guard other != shape, !table.isVertex(vertex, of: other) else { continue }
      let distance = distance(from: vertex, toSegment: edge.a, edge.b)
      guard distance <= limit, !leavesFromCommonVertex(vertex, shape, edge, distance, table) else { continue }
      if let known = nearest.firstIndex(where: { $0.other == other }) {
        nearest[known].distance = min(nearest[known].distance, distance)
      } else {
        nearest.append((other, distance))
      }
    }
    return nearest.map { Mismatch(shape: shape, other: $0.other, distance: $0.distance, place: vertex) }
  }

  /// Whether the edge begins at a vertex that both shapes have and leads away from `vertex`: the
  /// ordinary end of a shared border.
  private static func leavesFromCommonVertex(
    _ vertex: Point, _ shape: Int, _ edge: BorderTable.Edge, _ distance: Double, _ table: BorderTable
  ) -> Bool {
    [edge.a, edge.b].contains { end in
      vertex.distance(to: end) < 3 * distance && table.isVertex(end, of: shape)
    }
  }

  private mutating func report(_ mismatch: Mismatch) {
    let (a, b) = (checked.shapes[mismatch.shape].feature, checked.shapes[mismatch.other].feature)
    let count = mismatch.count
    let apart =
      mismatch.distance < 0.0005
      ? language("a vertex that the other lacks", "一方有顶点而另一方没有")
      : language("up to \(rounded(mismatch.distance)) m apart", "相距最多 \(rounded(mismatch.distance)) 米")
    add(
      .unmatchedBorder, options.kind == .grids ? .error : .warning, feature: a, other: b,
      measure: mismatch.distance, unit: "m", at: mismatch.place,
      language(
        "the borders of \(checked.name(of: a)) and \(checked.name(of: b)) don't match at \(count) \(count == 1 ? "vertex" : "vertices"): \(apart)",
        "\(checked.name(of: a)) 与 \(checked.name(of: b)) 的公共边界有 \(count) 处顶点不一致：\(apart)"))
  }
}
