/// The expected length in metres of a shortest round of `stops` places scattered over an area, as
/// the crow flies.
///
/// 0.7124·√(nA) for many stops (Beardwood, Halton and Hammersley 1959) and more for few: the factor
/// 1 + 0.9/√n meets the known ratio L/√(nA) = 0.7765 at n = 100 and 0.7313 at n = 1,000 within 0.2 %.
/// Below 10 stops, where no such law holds, the mean of a million exact rounds in a square
/// (`Benchmarks/workload/small_rounds.py`; standard error 0.0005 or less).
public func roundLength(stops: Int, squareMetres: Double) -> Double {
  guard stops > 1, squareMetres > 0 else { return 0 }
  if stops < shortRounds.count { return shortRounds[stops] * squareMetres.squareRoot() }
  let n = Double(stops)
  return 0.7124 * (1 + 0.9 / n.squareRoot()) * (n * squareMetres).squareRoot()
}

/// Mean length of the shortest round of n uniform places in a unit square, n = 0…10.
private let shortRounds = [0, 0, 1.0433, 1.5640, 1.8904, 2.1259, 2.3151, 2.4743, 2.6170, 2.7480, 2.8689]

/// The mean way between two random places in a square, as the crow flies:
/// (2 + √2 + 5 ln(1 + √2))/15 = 0.5214 of its side.
public func meanWay(squareMetres: Double) -> Double {
  squareMetres > 0 ? 0.521_405_433_164_720_7 * squareMetres.squareRoot() : 0
}
