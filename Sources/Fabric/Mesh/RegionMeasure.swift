import Planar

/// What a connected piece of ground measures.
struct RegionMeasure {
  /// In square metres.
  var area = 0.0
  /// In metres.
  var perimeter = 0.0
  /// The centre of its largest triangle.
  var place = Point(x: 0, y: 0)
  private var largest: Int64 = -1

  /// Half the width of a disc, the width of a long strip.
  var meanWidth: Double { perimeter > 0 ? 2 * area / perimeter : .infinity }

  mutating func add(_ mesh: borrowing Mesh, _ triangle: Int32, _ frame: GridFrame) {
    let twice = mesh.twiceArea(triangle)
    area += frame.area(twice: twice)
    if twice > largest {
      largest = twice
      place = mesh.center(triangle, frame)
    }
  }
}

extension Mesh {
  func twiceArea(_ triangle: Int32) -> Int64 {
    let h = triangle * 3
    return turn(points[origin[h]], points[origin[h + 1]], points[origin[h + 2]])
  }

  /// The centre of mass of a triangle.
  func center(_ triangle: Int32, _ frame: GridFrame) -> Point {
    let h = triangle * 3
    let corners = [origin[h], origin[h + 1], origin[h + 2]].map { frame.point(points[$0]) }
    return corners[0] + ((corners[1] - corners[0]) + (corners[2] - corners[0])) * (1 / 3)
  }

  func length(_ h: Int32, _ frame: GridFrame) -> Double {
    frame.length(points[origin[h]], points[destination(h)])
  }
}

extension Survey {
  /// What each region measures; borders inside a region don't count.
  func measures(_ frame: GridFrame) -> [RegionMeasure] {
    var measures = [RegionMeasure](repeating: RegionMeasure(), count: cover.count)
    for triangle in 0..<Int32(mesh.triangleCount) {
      let region = Int(mesh.region[triangle])
      measures[region].add(mesh, triangle, frame)
      for h in triangle * 3..<triangle * 3 + 3 {
        let g = mesh.twin[h]
        if g >= 0, mesh.region[g / 3] != mesh.region[triangle] {
          measures[region].perimeter += mesh.length(h, frame)
        }
      }
    }
    return measures
  }
}

extension GridPoint {
  /// The same position in half ticks.
  var doubled: GridPoint { GridPoint(x: 2 * x, y: 2 * y) }
}
