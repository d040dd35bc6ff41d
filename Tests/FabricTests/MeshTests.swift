import Planar
import Testing

@testable import Fabric

private func randomChains(_ count: Int, _ extent: Int32, seed: UInt64) -> [Chain] {
  var numbers = SeededNumbers(state: seed)
  func point() -> GridPoint {
    GridPoint(x: Int32.random(in: 0...extent, using: &numbers), y: Int32.random(in: 0...extent, using: &numbers))
  }
  return (0..<count).map { _ in Chain(points: (0..<4).map { _ in point() }, role: .barrier) }
}

private func segments(_ chains: [Chain]) -> [(GridPoint, GridPoint)] {
  chains.flatMap { zip($0.points, $0.points.dropFirst()).filter { $0 != $1 } }
}

private func planar(_ p: GridPoint) -> Point { Point(x: Double(p.x), y: Double(p.y)) }

@Suite struct NodingTests {
  /// Crowded lattices, where nearly everything meets, and wide ones.
  @Test(arguments: [Int32(4), 12, 60, 5000], UInt64(1)...5)
  func segmentsMeetAtVerticesOnly(extent: Int32, seed: UInt64) {
    let noded = snapRounded(randomChains(12, extent, seed: seed))
    let all = segments(noded)
    for (i, first) in all.enumerated() {
      for second in all[(i + 1)...] {
        switch intersection(planar(first.0), planar(first.1), planar(second.0), planar(second.1)) {
        case .none: break
        case .touching(let p):
          let isVertexOfBoth =
            (p == planar(first.0) || p == planar(first.1)) && (p == planar(second.0) || p == planar(second.1))
          #expect(isVertexOfBoth, "seed \(seed): \(first) \(second)")
        case .overlapping:
          #expect(Set([first.0, first.1]) == Set([second.0, second.1]), "seed \(seed): \(first) \(second)")
        case .crossing: Issue.record("seed \(seed): \(first) crosses \(second)")
        }
      }
    }
  }

  /// All short segments against the cell, tried at many places of the segment.
  @Test func cellsHoldTheirLowerAndLeftSides() {
    let p = GridPoint(x: 0, y: 0)
    for ax in Int32(-3)...3 { for ay in Int32(-3)...3 { for bx in Int32(-3)...3 { for by in Int32(-3)...3 {
      // Steps of 1/120 meet every side of the cell that such a segment meets, scaled to integers.
      let meets = (0...120).contains { step in
        let x = 2 * (Int(ax) * (120 - step) + Int(bx) * step)
        let y = 2 * (Int(ay) * (120 - step) + Int(by) * step)
        return x >= -120 && x < 120 && y >= -120 && y < 120
      }
      let (a, b) = (GridPoint(x: ax, y: ay), GridPoint(x: bx, y: by))
      guard a != b else { continue }
      #expect(passes(a, b, through: p) == meets, "\(a) \(b)")
    } } } }
  }

  @Test func noPathMovesFartherThanACell() {
    let chains = randomChains(20, 400, seed: 77)
    for (before, after) in zip(chains, snapRounded(chains)) {
      let path = before.points.map(planar)
      for point in after.points.map(planar) {
        let nearest = zip(path, path.dropFirst()).map { distance(from: point, toSegment: $0, $1) }.min() ?? 0
        #expect(nearest <= 0.7072)
      }
      #expect(after.points.first == before.points.first && after.points.last == before.points.last)
    }
  }

  @Test func snappingJoinsWhatIsNearWhateverTheOrder() {
    let a = Chain(points: [GridPoint(x: 0, y: 0), GridPoint(x: 1000, y: 3)], role: .barrier)
    let b = Chain(points: [GridPoint(x: 500, y: 6), GridPoint(x: 500, y: 900), GridPoint(x: 1004, y: 0)], role: .barrier)
    let straight = snapped([a, b], tolerance: 10)
    #expect(straight[0].points == [GridPoint(x: 0, y: 0), GridPoint(x: 500, y: 6), GridPoint(x: 1000, y: 3)])
    #expect(straight[1].points.last == GridPoint(x: 1000, y: 3))
    #expect(snapped([b, a], tolerance: 10).map(\.points) == straight.reversed().map(\.points))
  }
}

@Suite struct MeshTests {
  /// Every triangle turns the right way, twins agree, and the triangles fill the box.
  private func checkMesh(_ mesh: borrowing Mesh, _ note: String) {
    var area: Int64 = 0
    for triangle in 0..<Int32(mesh.triangleCount) {
      #expect(mesh.twiceArea(triangle) > 0, "\(note)")
      area += mesh.twiceArea(triangle)
    }
    for h in 0..<Int32(mesh.origin.count) {
      let g = mesh.twin[h]
      guard g >= 0 else { continue }
      #expect(mesh.twin[g] == h && mesh.origin[g] == mesh.destination(h), "\(note)")
      #expect(mesh.constraint[g] == mesh.constraint[h], "\(note)")
    }
    for vertex in 0..<Int32(mesh.vertexCount) { #expect(mesh.origin[mesh.outgoing[vertex]] == vertex, "\(note)") }
    let (low, high) = (mesh.points[0], mesh.points[2])
    #expect(area == 2 * (Int64(high.x) - Int64(low.x)) * (Int64(high.y) - Int64(low.y)), "\(note)")
  }

  @Test(arguments: [Int32(6), 40, 3000], UInt64(1)...6)
  func constraintsStayAndTheMeshFillsItsBox(extent: Int32, seed: UInt64) throws {
    let chains = randomChains(15, extent, seed: seed)
    let survey = try Survey.of(chains)
    checkMesh(survey.mesh, "seed \(seed)")
    let places = Set((0..<Int32(survey.mesh.vertexCount)).map { survey.mesh.points[$0] })
    var edges: Set<[GridPoint]> = []
    for h in 0..<Int32(survey.mesh.origin.count) where survey.mesh.constraint[h] >= 0 {
      edges.insert([survey.mesh.points[survey.mesh.origin[h]], survey.mesh.points[survey.mesh.destination(h)]])
    }
    for (a, b) in segments(snapRounded(chains)) {
      #expect(places.contains(a) && places.contains(b))
      #expect(edges.contains([a, b]) && edges.contains([b, a]), "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(1)...4)
  func refinementKeepsTheMeshSound(seed: UInt64) throws {
    var survey = try Survey.of(randomChains(10, 50_000, seed: seed))
    let before = survey.mesh.vertexCount
    survey.mesh.refine { mesh, h in
      squaredDistance(mesh.points[mesh.origin[h]], mesh.points[mesh.destination(h)]) > 2_000 * 2_000
    }
    checkMesh(survey.mesh, "seed \(seed)")
    #expect(survey.mesh.vertexCount > before)
  }

  @Test func whatCoversARegionIsKnown() throws {
    let frame = GridFrame(around: Box(min: Point(x: 0, y: 0), max: Point(x: 9, y: 9)), resolution: 1)
    let holed = Polygon(exterior: rectangle(0, 0, 9, 9).exterior, holes: [rectangle(2, 2, 3, 3).exterior])
    let survey = try Survey.of(
      frame.chains([holed], Feature(.unit, 0)) + frame.chains([rectangle(4, 4, 3, 3)], Feature(.unit, 1)))
    let measures = survey.measures(frame)
    var areas: [[Int]: Double] = [:]
    for (cover, measure) in zip(survey.cover, measures) {
      areas[cover.map(\.number), default: 0] += measure.area
    }
    #expect(areas[[0, 1]] == 8 && areas[[1]] == 1 && areas[[0]] == 64)
  }

  @Test func inCircleIsExact() {
    // Cocircular points of a large circle, then one tick inside and one outside.
    let r: Int32 = 325 * 100_000
    let (a, b, c) = (GridPoint(x: r, y: 0), GridPoint(x: 0, y: r), GridPoint(x: -r, y: 0))
    #expect(!isInCircle(a, b, c, GridPoint(x: 0, y: -r)))
    #expect(isInCircle(a, b, c, GridPoint(x: 0, y: -r + 1)))
    #expect(!isInCircle(a, b, c, GridPoint(x: 0, y: -r - 1)))
    #expect(!isInCircle(a, b, c, GridPoint(x: 204 * 100_000, y: -253 * 100_000)))
    #expect(isInCircle(a, b, c, GridPoint(x: 204 * 100_000 - 1, y: -253 * 100_000)))
  }
}
