import Testing
import Workload

@Suite struct BalanceTests {
  static let published: [Double] = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

  @Test func giniOfThePublishedVector() throws {
    let gini = try #require(Balance(of: Self.published).gini)
    #expect(abs(gini - 0.4620911) < 1e-7)
  }

  @Test func measuresAgreeWithTheirDefinitions() throws {
    let x = Self.published
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    let balance = Balance(of: x.reversed())
    let sigma = (x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / n).squareRoot()
    let pairs = x.flatMap { a in x.map { b in abs(a - b) } }.reduce(0, +)
    #expect(abs(try #require(balance.cv) - sigma / mean) < 1e-12)
    #expect(abs(try #require(balance.gini) - pairs / (2 * n * n * mean)) < 1e-12)
    #expect(abs(try #require(balance.jain) - mean * mean * n * n / (n * x.map { $0 * $0 }.reduce(0, +))) < 1e-12)
    #expect(balance.maxOverMean == 22261 / mean)
    #expect(balance.maxDeviation == 22261 / mean - 1)
  }

  @Test func equalLoadsAreEven() {
    let balance = Balance(of: [7, 7, 7])
    #expect(balance.cv == 0 && balance.gini == 0 && balance.jain == 1 && balance.maxDeviation == 0)
  }

  @Test func nothingToMeasure() {
    #expect(Balance(of: []).gini == nil)
    #expect(Balance(of: [0, 0]).cv == nil)
  }

  @Test func valuesThatAreNotFiniteAreLeftOutAndCounted() {
    let balance = Balance(of: [1, .nan, 3, .infinity])
    #expect(balance.count == 2 && balance.omitted == 2 && balance.mean == 2)
    #expect(balance.maxOverMean == 1.5)
    #expect(Balance(of: [.nan]).cv == nil)
  }
}
