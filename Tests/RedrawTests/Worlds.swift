import Redraw

/// Seeded numbers of the tests, apart from those of the search.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// A board of `columns` × `rows` square units of 10 m with weights from `weight`.
func board(_ columns: Int, _ rows: Int, weight: (Int) -> Int = { _ in 1 }) throws -> UnitGraph {
  var edges: [UnitGraph.Edge] = []
  for unit in 0..<(columns * rows) {
    if unit % columns + 1 < columns { edges.append(.init(unit, unit + 1, border: 10)) }
    if unit / columns + 1 < rows { edges.append(.init(unit, unit + columns, border: 10)) }
  }
  return try UnitGraph(
    weights: (0..<(columns * rows)).map(weight),
    positions: (0..<(columns * rows)).map { SIMD2(Double($0 % columns) * 10, Double($0 / columns) * 10) }, edges: edges)
}
