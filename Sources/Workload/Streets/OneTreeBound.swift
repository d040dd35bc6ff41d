/// The bound of Held and Karp: the shortest spanning tree with one more link, under prices for places
/// that push every place towards two links.
///
/// Subgradient ascent of a fixed number of steps, O(n²) each; in practice within about 1 % of the
/// shortest round.
struct OneTreeBound {
  private let ways: UnsafeBufferPointer<Double>
  private let count: Int
  private var price: [Double]
  private var degree: [Int]
  private var near: [Double]
  private var link: [Int]
  private var isIn: [Bool]

  init(_ ways: UnsafeBufferPointer<Double>, count: Int) {
    self.ways = ways
    self.count = count
    price = Array(repeating: 0, count: count)
    degree = Array(repeating: 0, count: count)
    near = price
    link = degree
    isIn = Array(repeating: false, count: count)
  }

  /// The best bound found; `upper` is the length of a known round, which sets the size of the steps.
  mutating func best(upper: Double) -> Double {
    var best = 0.0
    var scale = 1.0
    var sinceBetter = 0
    for _ in 0..<steps {
      let bound = oneTree()
      sinceBetter += 1
      if bound > best * (1 + 1e-6) {
        best = bound
        sinceBetter = 0
      }
      let norm = degree.reduce(0) { $0 + ($1 - 2) * ($1 - 2) }
      if norm == 0 || best >= upper { break }
      if sinceBetter == 8 {
        scale /= 2
        sinceBetter = 0
      }
      let stride = scale * max(upper - bound, 1e-3 * upper) / Double(norm)
      for place in 0..<count { price[place] += stride * Double(degree[place] - 2) }
    }
    return best
  }

  private var steps: Int { count <= 200 ? 60 : count <= 800 ? 40 : 25 }

  /// The length of the shortest 1-tree under the prices, less the prices; fills `degree`.
  private mutating func oneTree() -> Double {
    for place in 0..<count {
      degree[place] = 0
      near[place] = .infinity
      isIn[place] = false
    }
    var total = 0.0
    var place = 1
    for _ in 2..<count {
      isIn[place] = true
      let chosen = spread(from: place)
      total += near[chosen]
      degree[chosen] += 1
      degree[link[chosen]] += 1
      place = chosen
    }
    return total + closingLinks() - 2 * price.reduce(0, +)
  }

  /// Updates the ways into the tree after `place` joined it; returns the nearest place outside.
  private mutating func spread(from place: Int) -> Int {
    let row = place * count
    var chosen = -1
    var least = Double.infinity
    for other in 1..<count where !isIn[other] {
      let way = ways[row + other] + price[place] + price[other]
      if way < near[other] {
        near[other] = way
        link[other] = place
      }
      if near[other] < least {
        least = near[other]
        chosen = other
      }
    }
    return chosen
  }

  /// Place 0 is joined by its two shortest links.
  private mutating func closingLinks() -> Double {
    var (first, second) = (-1, -1)
    func way(_ place: Int) -> Double { place < 0 ? .infinity : ways[place] + price[0] + price[place] }
    for place in 1..<count {
      if way(place) < way(first) {
        (first, second) = (place, first)
      } else if way(place) < way(second) {
        second = place
      }
    }
    for place in [first, second] { degree[place] += 1 }
    degree[0] = 2
    return way(first) + way(second)
  }
}
