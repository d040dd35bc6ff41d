import Redraw
import Testing

@Suite struct GroupPartsTests {
  /// A row of units of these weights, each touching the next along `border` metres.
  private func row(_ weights: [Int], borders: [Double]? = nil) throws -> UnitGraph {
    try UnitGraph(
      weights: weights, positions: weights.indices.map { SIMD2(Double($0), 0) },
      edges: (1..<weights.count).map { .init($0 - 1, $0, border: borders?[$0 - 1] ?? 5) })
  }

  @Test func partsHangTogetherThroughTheirOwnGroup() throws {
    let graph = try row([1, 1, 1, 1, 1])
    #expect(graph.parts(of: [0, 0, 1, 0, -1]) == [[0, 1], [2], [3]])
    #expect(graph.parts(of: [-1, -1, -1, -1, -1]).isEmpty)
  }

  @Test func forbiddenCrossingsPart() throws {
    let graph = try UnitGraph(
      weights: [1, 1], positions: [SIMD2(0, 0), SIMD2(1, 0)], edges: [.init(0, 1, border: 50, crossing: .forbidden)])
    #expect(graph.parts(of: [0, 0]) == [[0], [1]])
    #expect(graph.mended([0, 0], only: [0]) { _ in true } == [0, 0])
  }

  @Test func cutOffPartsGoToTheLongestBorder() throws {
    // 0 0 | 1 | 0 | 2: the single unit of 0 shares more with 2.
    let graph = try row([9, 9, 5, 1, 5], borders: [5, 5, 2, 8])
    #expect(graph.mended([0, 0, 1, 0, 2], only: [0]) { _ in true } == [0, 0, 1, 2, 2])
    #expect(graph.mended([0, 0, 1, 0, 2], only: [0]) { $0 != 2 } == [0, 0, 1, 1, 2])
    #expect(graph.mended([0, 0, 1, 0, 2], only: [0]) { _ in false } == [0, 0, 1, 0, 2])
    #expect(graph.mended([0, 0, 1, 0, 2], only: [1]) { _ in true } == [0, 0, 1, 0, 2])
  }

  /// On random maps: what was mended hangs together, and only broken groups lost anything.
  @Test func mendedGroupsHangTogether() throws {
    for seed in UInt64(1)...60 {
      var state = seed &* 0x9E37_79B9_7F4A_7C15
      func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % limit
      }
      let (width, height) = (4 + below(4), 4 + below(4))
      let cells = width * height
      var edges: [UnitGraph.Edge] = []
      for cell in 0..<cells {
        if (cell + 1) % width != 0 { edges.append(.init(cell, cell + 1, border: Double(1 + below(9)))) }
        if cell + width < cells { edges.append(.init(cell, cell + width, border: Double(1 + below(9)))) }
      }
      let graph = try UnitGraph(
        weights: (0..<cells).map { _ in below(20) }, positions: (0..<cells).map { SIMD2(Double($0 % width), Double($0 / width)) },
        edges: edges)
      let groups = (0..<cells).map { _ in below(4) }
      let mended = graph.mended(groups, only: [0, 1, 2, 3]) { _ in true }
      #expect(graph.parts(of: mended).count == Set(mended).count, "seed \(seed)")
      for group in Set(groups) {
        let kept = graph.parts(of: groups).filter { groups[$0[0]] == group && $0.allSatisfy { mended[$0] == group } }
        let most = graph.parts(of: groups).filter { groups[$0[0]] == group }.map { $0.reduce(0) { $0 + graph.weights[$1] } }.max()
        #expect(kept.contains { $0.reduce(0) { $0 + graph.weights[$1] } == most }, "seed \(seed)")
      }
    }
  }
}
