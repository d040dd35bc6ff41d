import Coverage
import Parallel
import Planar

/// Places of a grid and how many of them each of the six subsets of cameras covers.
struct PlaceTally: Sendable {
  var count = 0
  var covered = Array(repeating: 0, count: 6)

  mutating func add(_ isCovered: [Bool]) {
    count += 1
    for subset in 0..<6 where isCovered[subset] { covered[subset] += 1 }
  }

  static func + (a: PlaceTally, b: PlaceTally) -> PlaceTally {
    PlaceTally(count: a.count + b.count, covered: zip(a.covered, b.covered).map(+))
  }

  var figures: Figures<CountFigure> { CameraSubsets.figures(covered.map { CountFigure($0, of: count) }) }
}

/// Metres of road in a grid, and those that at least 1, 2 and 3 cameras of each subset see.
struct RoadTally: Sendable {
  var length = 0.0
  var seen = Array(repeating: [0.0, 0, 0], count: 6)

  mutating func add(_ length: Double, seenBy counts: [Int]) {
    self.length += length
    for subset in 0..<6 { for k in 0..<min(counts[subset], 3) { seen[subset][k] += length } }
  }

  static func + (a: RoadTally, b: RoadTally) -> RoadTally {
    RoadTally(length: a.length + b.length, seen: zip(a.seen, b.seen).map { zip($0, $1).map(+) })
  }

  var figures: Figures<DepthFigure> { CameraSubsets.figures(seen.map { DepthFigure($0, of: length) }) }
}

extension CoverageFindings {
  /// Adds up key places, crossings and roads by grid: a place goes by a point inside it, a road is
  /// cut at the borders.
  mutating func tallyGrids() {
    guard var tallied = grids else { return }
    for place in places where place.isAssessable {
      guard let point = place.location, let grid = tallied.grid(of: point) else { continue }
      tallied.grids[grid].keyPlaces.add(isCovered(place))
    }
    if let roads {
      for (index, crossing) in roads.crossings.enumerated() {
        guard let grid = tallied.grid(of: crossing.position) else { continue }
        tallied.grids[grid].crossings.add(
          subsets.members.map { roads.isCovered(index, $0, armShare: rules.armShare) })
      }
      tallyRoads(roads, &tallied)
    }
    grids = tallied
  }

  private func tallyRoads(_ roads: RoadAudit, _ tallied: inout GridAudit) {
    let borders = ViewSet(tallied.grids.map { View(polygons: $0.geometry.polygons, area: 0, walls: []) })
    let parts = chunks(of: roads.lines.count, parts: max(1, roads.lines.count / 64))
    let codes = tallied.grids.map(\.code)
    let cut = parallelMap(count: parts.count) { part in
      parts[part].map { index in
        roads.roads[index].cut(at: borders.stretches(of: roads.lines[index]), codes: codes)
      }
    }
    for piece in cut.joined().joined() {
      let counts = subsets.members.map { member in piece.cameras.count { member[$0] } }
      tallied.grids[piece.grid].roads.add(piece.length, seenBy: counts)
    }
  }
}

extension [SeenStretch] {
  /// The parts of a road in each grid, each with the cameras that see it. Along a border that of the
  /// lowest code counts.
  ///
  /// - Parameter grids: stretches of the same road with the numbers of the grids that hold them.
  fileprivate func cut(at grids: [SeenStretch], codes: [String]) -> [(grid: Int, length: Double, cameras: [Int])] {
    var pieces: [(grid: Int, length: Double, cameras: [Int])] = []
    var next = startIndex
    for inside in grids {
      while next < endIndex, self[next].end <= inside.start { next += 1 }
      var seen = next
      while seen < endIndex, self[seen].start < inside.end {
        let length = Swift.min(self[seen].end, inside.end) - Swift.max(self[seen].start, inside.start)
        if length > 0, let grid = inside.cameras.min(by: { codes[$0] < codes[$1] }) {
          pieces.append((grid, length, self[seen].cameras))
        }
        seen += 1
      }
    }
    return pieces
  }
}
