internal import MapFiles
internal import Parallel
internal import Planar
internal import Topology

/// What became of a feature that should be an area.
private enum AreaVerdict: Sendable {
  case valid([Polygon])
  case repaired([Polygon], reason: String, place: Point?, change: Double)
  case notAnArea(String)
  case missing
}

extension InputReader {
  /// The area of each row, valid; nil where a row has none. Everything repaired or odd is listed.
  mutating func repairedAreas(
    _ layer: InputLayer, pointsAreFine: Bool = false, linesAreFine: Bool = false
  ) -> [[Polygon]?] {
    let features = layer.layer.features
    let parts = chunks(of: features.count, parts: threadCount * 8)
    let verdicts = parallelMap(count: parts.count) { part in
      parts[part].map { areaVerdict(of: features[$0].geometry) }
    }.flatMap { $0 }
    return verdicts.enumerated().map { row, verdict in
      switch verdict {
      case .valid(let polygons): return polygons
      case .repaired(let polygons, let reason, let place, let change):
        listRepair(layer, row, reason, place, change)
        return polygons
      case .notAnArea(let type):
        let isFine = (pointsAreFine && type == "Point") || (linesAreFine && type.hasSuffix("LineString"))
        listOddType(layer, row, type, isFine: isFine)
        return nil
      case .missing:
        listMissing(layer, row)
        return nil
      }
    }
  }

  private mutating func listRepair(
    _ layer: InputLayer, _ row: Int, _ reason: String, _ place: Point?, _ change: Double
  ) {
    note(
      PlanProblem(
        "repaired", file: layer.source.file, feature: layer.name(of: row), measure: change, unit: "m2",
        place: place,
        "invalid polygon (\(reason)) repaired by its structure; its area changed by \(rounded(change)) m²",
        "无效多边形（\(reason)）已按结构修复；面积变化 \(rounded(change)) m²"))
  }

  private mutating func listOddType(_ layer: InputLayer, _ row: Int, _ type: String, isFine: Bool) {
    guard !(isFine && type.hasSuffix("LineString")) else { return }
    note(
      PlanProblem(
        "not-an-area", isFine ? .info : .warning, file: layer.source.file, feature: layer.name(of: row),
        place: layer.layer.features[row].geometry?.firstCoordinate,
        isFine
          ? "a \(type) among areas: it has a place, and no footprint"
          : "a \(type) where an area is expected; left out",
        isFine ? "面图层中的\(type)：有位置，无轮廓" : "此处应为面，实为 \(type)；已略去"))
  }

  private mutating func listMissing(_ layer: InputLayer, _ row: Int) {
    note(
      PlanProblem(
        "null-geometry", file: layer.source.file, feature: layer.name(of: row),
        "the feature has no geometry", "该要素没有几何图形"))
  }

  private func rounded(_ value: Double) -> String {
    let hundredths = (value * 100).rounded() / 100
    return String(hundredths)
  }
}

private func areaVerdict(of geometry: Geometry?) -> AreaVerdict {
  guard let geometry, !geometry.isEmpty else { return .missing }
  let polygons = geometry.polygons
  guard !polygons.isEmpty else { return .notAnArea(geometry.typeName) }
  guard let problem = try? validityProblem(of: .area(of: polygons)) else { return .valid(polygons) }
  guard let mended = try? repaired(polygons), !mended.isEmpty else { return .notAnArea("degenerate Polygon") }
  let before = polygons.reduce(0) { $0 + $1.area }
  let after = mended.reduce(0) { $0 + $1.area }
  return .repaired(mended, reason: problem.reason, place: problem.place, change: after - before)
}
