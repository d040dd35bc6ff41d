import Testing

@testable import Assignment

@Suite struct OrderedPipelineTests {
  struct Stop: Error, Equatable { var at: Int }

  @Test(arguments: [1, 2, 3, 8]) func resultsComeInOrder(threads: Int) throws {
    var next = 0
    var results: [Int] = []
    try runInOrder(threads: threads) {
      next += 1
      return next <= 500 ? next : nil
    } work: {
      $0 * 2
    } commit: {
      results.append($0)
    }
    #expect(results == (1...500).map { $0 * 2 })
  }

  @Test(arguments: [1, 2, 8]) func theFirstErrorIsThrownAfterAllBeforeIt(threads: Int) {
    var next = 0
    var results: [Int] = []
    #expect(throws: Stop(at: 40)) {
      try runInOrder(threads: threads) {
        next += 1
        if next == 60 { throw Stop(at: 60) }
        return next
      } work: { value throws -> Int in
        if value >= 40 && value % 20 == 0 { throw Stop(at: value) }
        return value
      } commit: {
        results.append($0)
      }
    }
    #expect(results == Array(1..<40))
  }

  @Test func errorsOfTheSourceAndOfTheEndAreThrown() {
    var next = 0
    #expect(throws: Stop(at: 3)) {
      try runInOrder(threads: 2) {
        next += 1
        if next == 3 { throw Stop(at: 3) }
        return next
      } work: { $0 } commit: { _ in }
    }
    next = 0
    #expect(throws: Stop(at: 5)) {
      try runInOrder(threads: 2) {
        next += 1
        return next
      } work: { $0 } commit: { if $0 == 5 { throw Stop(at: 5) } }
    }
  }
}
