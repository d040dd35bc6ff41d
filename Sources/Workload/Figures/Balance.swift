/// How evenly a load is spread over its bearers.
///
/// Every measure is nil where there are no values, or where their mean is not positive. Values that
/// are not finite are left out and counted in `omitted`.
public struct Balance: Sendable, Hashable {
  public var count: Int
  /// How many values were left out because they are not finite.
  public var omitted: Int
  public var mean: Double
  public var min: Double
  public var max: Double
  /// Coefficient of variation σ/μ, with the σ of the population.
  public var cv: Double?
  /// Gini coefficient Σ|xi−xj| / (2n²μ): 0 for equal loads, towards 1 where one bears all.
  public var gini: Double?
  /// Jain's index (Σx)² / (nΣx²) = 1/(1+CV²): 1 for equal loads, 1/n where one bears all
  /// (Jain, Chiu and Hawe 1984).
  public var jain: Double?
  public var maxOverMean: Double?
  /// The largest relative deviation from the mean, max|x/μ − 1|.
  public var maxDeviation: Double?

  /// - Parameter values: loads of 0 or more, in any order and unit. O(n log n).
  public init(of values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    count = sorted.count
    omitted = values.count - sorted.count
    let n = Double(sorted.count)
    mean = sorted.isEmpty ? 0 : sorted.reduce(0, +) / n
    min = sorted.first ?? 0
    max = sorted.last ?? 0
    guard mean > 0, mean.isFinite else { return }
    let mu = mean
    let squares = sorted.reduce(0) { $0 + ($1 / mu - 1) * ($1 / mu - 1) } / n
    cv = squares.squareRoot()
    jain = 1 / (1 + squares)
    // Σ|xi−xj| over all ordered pairs is 2·Σ (2i − n − 1)·x(i) for sorted values.
    let weighted = sorted.enumerated().reduce(0) { $0 + (2 * Double($1.offset) - n + 1) * ($1.element / mu) }
    gini = Swift.max(0, weighted / (n * n))
    maxOverMean = max / mu
    maxDeviation = Swift.max(max / mu - 1, 1 - min / mu)
  }
}
