import Foundation
import Planar
import Testing

@testable import MapPage

@Suite struct ArcTableTests {
  static func square(_ x: Double, _ y: Double, _ side: Double = 10) -> Polygon {
    Polygon(Box(min: Point(x: x, y: y), max: Point(x: x + side, y: y + side)))
  }

  let lattice = PageLattice(step: 0.1, origin: Point(x: 0, y: 0))

  /// The places of an area's rings, put together from its arcs.
  private func rings(_ table: ArcTable, _ area: Int) -> [[PageLattice.Place]] {
    table.areas[area].map { ring in
      ring.flatMap { arc -> [PageLattice.Place] in
        let places = arc < 0 ? table.arcs[-arc - 1].reversed() : table.arcs[arc]
        return Array(places.dropLast())
      }
    }
  }

  @Test func aSharedBorderStandsOnce() {
    let table = ArcTable([[Self.square(0, 0)], [Self.square(10, 0)]], on: lattice)
    #expect(table.arcs.count == 3)
    let shared = table.areas[0][0].map { $0 < 0 ? -$0 - 1 : $0 }.filter { arc in
      table.areas[1][0].contains { ($0 < 0 ? -$0 - 1 : $0) == arc }
    }
    #expect(shared.count == 1)
  }

  @Test func aHoleAndItsIslandShareOneArc() {
    let island = Self.square(4, 4, 2)
    let around = Polygon(exterior: Self.square(0, 0).exterior, holes: [island.exterior.reversed()])
    let table = ArcTable([[around], [island]], on: lattice)
    #expect(table.arcs.count == 2)
    #expect(table.areas[0][1][0] == -table.areas[1][0][0] - 1)
  }

  /// Whatever the borders, each area's rings come back place by place.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5]) func ringsComeBack(seed: UInt64) {
    var random = Mix(state: seed)
    func jitter() -> Double { Double(random.next() % 40) / 10 }
    var corners: [[Point]] = []
    for j in 0...6 {
      corners.append((0...6).map { Point(x: Double($0) * 10 + jitter(), y: Double(j) * 10 + jitter()) })
    }
    var areas: [[Polygon]] = []
    for j in 0..<6 {
      for i in 0..<6 {
        let ring = Ring([corners[j][i], corners[j][i + 1], corners[j + 1][i + 1], corners[j + 1][i]])
        areas.append([Polygon(exterior: ring)])
      }
    }
    let table = ArcTable(areas, on: lattice)
    #expect(table.arcs.count == 2 * 6 * 7 - 4, "inner corners are junctions; outer corners are not")
    for (index, polygons) in areas.enumerated() {
      let wanted = Set(lattice(ring: polygons[0].exterior.points)!)
      #expect(Set(rings(table, index)[0]) == wanted, "seed \(seed), area \(index)")
    }
  }

  @Test func simplifyingKeepsNeighboursTogether() {
    let wave = (0...100).map { Point(x: 10 + 0.02 * Double($0 % 2), y: Double($0) / 10) }
    let left = Polygon(exterior: Ring([Point(x: 0, y: 0)] + wave + [Point(x: 0, y: 10)]))
    let right = Polygon(exterior: Ring([Point(x: 20, y: 10)] + wave.reversed() + [Point(x: 20, y: 0)]))
    var table = ArcTable([[left], [right]], on: PageLattice(step: 0.01, origin: Point(x: 0, y: 0)))
    let before = table.size
    table.simplify(3)
    #expect(table.size < before / 5)
    let (a, b) = (Set(rings(table, 0)[0]), Set(rings(table, 1)[0]))
    #expect(a.intersection(b).count == 2)
  }
}

/// SplitMix64.
struct Mix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
