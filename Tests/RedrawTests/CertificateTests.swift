import Redraw
import Testing

@Suite struct Certificates {
  /// A row of units that touch one after the other.
  private func row(_ weights: [Int]) throws -> UnitGraph {
    try UnitGraph(
      weights: weights, positions: weights.indices.map { SIMD2(Double($0) * 10, 0) },
      edges: weights.indices.dropLast().map { .init($0, $0 + 1, border: 10) })
  }

  private func kinds(_ problem: RedrawProblem) throws -> [Certificate.Kind] {
    let plan = try problem.solved()
    #expect(Checker(problem: problem).faults(plan) == [])
    #expect(plan.isFeasible == plan.certificates.filter(\.isBlocking).isEmpty)
    return plan.certificates.map(\.kind)
  }

  @Test func noNumberOfGroupsFits() throws {
    let problem = RedrawProblem(graph: try row([100, 100, 100, 100, 100, 70]), bounds: .init(min: 300, ideal: 400, max: 500))
    #expect(try kinds(problem) == [.noGroupCount])
    #expect(try problem.solved().violations.map(\.by) == [30] || problem.solved().violations.map(\.by).reduce(0, +) == 30)
  }

  @Test func aWholeBelowTheMinimum() throws {
    #expect(try kinds(RedrawProblem(graph: try row([100, 100]), bounds: .init(min: 300, ideal: 400, max: 500))) == [.noGroupCount])
  }

  /// Parent 7 fits no number of groups in all, parent 8 as a whole but not in its parts, parent 9 fits.
  @Test func parentsAreNamedAsAWholeElseByTheirParts() throws {
    let weights = [200, 320, 250, 150, 200, 200]
    var problem = RedrawProblem(
      graph: try UnitGraph(
        weights: weights, positions: weights.indices.map { SIMD2(Double($0) * 10, 0) },
        edges: [.init(0, 1, border: 9), .init(1, 2, border: 9), .init(3, 4, border: 9), .init(4, 5, border: 9)]),
      bounds: .init(min: 300, ideal: 400, max: 500))
    problem.parents = [7, 7, 8, 8, 9, 9]
    problem.parentNames = [7: "West", 8: "East", 9: "South"]
    problem.wording = .grids
    let certificates = try problem.certificates()
    #expect(certificates.map(\.kind) == [.noGroupCount, .island, .island])
    #expect(certificates[0].english == "West: no number of grids of 300–500 fits 520 households (too much for 1, too little for 2)")
    #expect(certificates[0].chinese == "West：520 户不能分成任何数目的 300–500 的网格（1 个容纳不下，2 个又不足）")
    #expect(certificates[0].units == [0, 1])
    #expect(certificates.map(\.isBlocking) == [true, true, true])
    #expect(try problem.solved().certificates == certificates)
  }

  /// 280 on one side of the middle is too light alone; 560 on the other leaves 60 to the middle at least.
  @Test func whatAWholePartCannotHoldWeighsOnItsCutVertex() throws {
    let weights = [140, 140, 200, 280, 280]
    let graph = try UnitGraph(
      weights: weights, positions: weights.indices.map { SIMD2(Double($0), 0) },
      edges: [(0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (3, 4)].map { .init($0, $1, border: 9) })
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 300, ideal: 400, max: 500))
    #expect(try kinds(problem) == [.pocket])
    let pocket = try #require(try problem.certificates().first)
    #expect(pocket.units == [0, 1, 2, 3, 4])
    #expect(pocket.english == "unit 2 and what hangs on it alone must share a group of at least weight 540, above the maximum of 500")
  }

  /// A unit of 250 between units of 300: any two exceed 500.
  @Test func aUnitAmongTooHeavyNeighbours() throws {
    let graph = try UnitGraph(
      weights: [250, 300, 310, 150], positions: (0..<4).map { SIMD2(Double($0), 0) },
      edges: [.init(0, 1, border: 9), .init(0, 2, border: 9), .init(1, 2, border: 9), .init(1, 3, border: 9), .init(2, 3, border: 9)])
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 290, ideal: 400, max: 500))
    let found = try problem.certificates()
    #expect(found.map(\.kind) == [.pocket])
    #expect(found.first?.units == [0])
    #expect(found.first?.english == "unit 0 reaches no more than weight 250 before every way on exceeds the maximum of 500: below the minimum of 290")
  }

  @Test func aUnitWithoutNeighbours() throws {
    let graph = try UnitGraph(
      weights: [200, 200, 50], positions: [SIMD2(0, 0), SIMD2(10, 0), SIMD2(90, 0)], edges: [.init(0, 1, border: 10)])
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 300, ideal: 400, max: 500))
    #expect(try kinds(problem) == [.island])
    #expect(try problem.solved().violations.map(\.value) == [50])
  }

  @Test func aBorderOfLessThanAMetreDoesNotHoldAndALinkDoes() throws {
    func graph(isLink: Bool) throws -> UnitGraph {
      try UnitGraph(
        weights: [200, 200], positions: [SIMD2(0, 0), SIMD2(10, 0)], edges: [.init(0, 1, border: 0.5, isLink: isLink)])
    }
    let bounds = RedrawProblem.Bounds(min: 300, ideal: 400, max: 500)
    #expect(try kinds(RedrawProblem(graph: graph(isLink: false), bounds: bounds)) == [.island, .island])
    #expect(try kinds(RedrawProblem(graph: graph(isLink: true), bounds: bounds)) == [])
  }

  @Test func aForbiddenCrossingPartsTheMap() throws {
    let graph = try UnitGraph(
      weights: [150, 150, 150, 150], positions: (0..<4).map { SIMD2(Double($0), 0) },
      edges: [.init(0, 1, border: 9), .init(1, 2, border: 9, crossing: .forbidden), .init(2, 3, border: 9)])
    let plan = try RedrawProblem(graph: graph, bounds: .init(min: 300, ideal: 300, max: 300)).solved()
    #expect(plan.groups == [0, 0, 1, 1])
    #expect(plan.isFeasible)
  }

  /// Three arms of 200 around a middle of 200: any two arms need the middle.
  @Test func armsBehindACutVertex() throws {
    let graph = try UnitGraph(
      weights: [200, 200, 200, 200], positions: [SIMD2(0, 0), SIMD2(10, 0), SIMD2(0, 10), SIMD2(-10, 0)],
      edges: [.init(0, 1, border: 9), .init(0, 2, border: 9), .init(0, 3, border: 9)])
    let problem = RedrawProblem(graph: graph, bounds: .init(min: 300, ideal: 400, max: 500))
    #expect(try kinds(problem) == [.pocket])
    #expect(try problem.solved().certificates[0].units == [0, 1, 2, 3])
  }

  @Test func anOversizedUnitCutsItsRowAndTheLightPocketJoinsIt() throws {
    let problem = RedrawProblem(graph: try row([200, 200, 600, 10, 0]), bounds: .init(min: 300, ideal: 400, max: 500))
    let plan = try problem.solved()
    #expect(plan.groups == [0, 0, 1, 1, 1])
    #expect(plan.certificates.map(\.kind) == [.pocket, .oversizeUnit])
    #expect(plan.violations.map(\.value) == [610])
  }

  @Test func anEmptyPocketJoinsAnOversizedUnitWithoutAMiss() throws {
    let problem = RedrawProblem(graph: try row([200, 200, 600, 0]), bounds: .init(min: 300, ideal: 400, max: 500))
    let plan = try problem.solved()
    #expect(plan.groups == [0, 0, 1, 1])
    #expect(plan.isFeasible)
  }

  @Test func moreSeedsThanGroups() throws {
    var problem = RedrawProblem(graph: try row([200, 200, 200]), bounds: .init(min: 500, ideal: 600, max: 700))
    problem.seeds = [0, 2]
    #expect(try kinds(problem) == [.fixed])
  }

  @Test func everyCertificateSaysItInBothLanguages() throws {
    let plan = try RedrawProblem(graph: try row([100, 600, 100]), bounds: .init(min: 300, ideal: 400, max: 500)).solved()
    #expect(!plan.certificates.isEmpty)
    for certificate in plan.certificates {
      #expect(certificate.english.contains("weight") && certificate.chinese.contains("权重"))
      #expect(!certificate.english.contains("\n"))
    }
  }
}
