/// Dijkstra's search over the junctions of a network, with arrays kept between searches.
///
/// O((V + E) log V) for all junctions; a search that ends at its targets looks at the ball around
/// the source only.
struct ShortestPaths {
  private let network: StreetNetwork
  private(set) var distance: [Double]
  private var touched: [Int32] = []
  private var isTarget: [Bool]
  private var heap = JunctionHeap()

  init(_ network: StreetNetwork) {
    self.network = network
    distance = Array(repeating: .infinity, count: network.junctions.count)
    isTarget = Array(repeating: false, count: network.junctions.count)
  }

  /// Finds `distance` from `stop` (on its street) to every junction, or to at least `targets`.
  mutating func search(from stop: StreetStop, targets: [Int32]? = nil) {
    let edge = network.edges[Int(stop.edge)]
    search(from: [(edge.from, stop.along), (edge.to, edge.length - stop.along)], targets: targets)
  }

  mutating func search(from sources: [(junction: Int32, distance: Double)], targets: [Int32]? = nil) {
    reset()
    for (junction, start) in sources { reach(junction, start) }
    var open = mark(targets)
    while let (reached, junction) = heap.pop() {
      guard reached <= distance[Int(junction)] else { continue }
      if isTarget[Int(junction)] {
        isTarget[Int(junction)] = false
        open -= 1
        if open == 0 { break }
      }
      for number in network.incident[Int(network.first[Int(junction)])..<Int(network.first[Int(junction) + 1])] {
        let edge = network.edges[Int(number)]
        reach(edge.end(opposite: junction), reached + edge.length)
      }
    }
    for target in targets ?? [] { isTarget[Int(target)] = false }
  }

  /// Marks targets and counts them, each once; -1 where all junctions are wanted.
  private mutating func mark(_ targets: [Int32]?) -> Int {
    guard let targets else { return -1 }
    var open = 0
    for target in targets where !isTarget[Int(target)] {
      isTarget[Int(target)] = true
      open += 1
    }
    return open
  }

  private mutating func reach(_ junction: Int32, _ length: Double) {
    guard length < distance[Int(junction)] else { return }
    if distance[Int(junction)] == .infinity { touched.append(junction) }
    distance[Int(junction)] = length
    heap.push(length, junction)
  }

  private mutating func reset() {
    for junction in touched { distance[Int(junction)] = .infinity }
    touched.removeAll(keepingCapacity: true)
    heap.removeAll()
  }

  /// The way from the last search's source to `stop`, to its place on the street.
  func distance(to stop: StreetStop) -> Double {
    let edge = network.edges[Int(stop.edge)]
    return min(
      distance[Int(edge.from)] + stop.along, distance[Int(edge.to)] + edge.length - stop.along)
  }
}

/// A binary heap of junctions by distance, then number.
struct JunctionHeap {
  private var items: [(Double, Int32)] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func push(_ key: Double, _ junction: Int32) {
    items.append((key, junction))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child] < items[parent] else { break }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> (Double, Int32)? {
    guard let top = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return top }
    items[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      var least = parent
      if left < items.count, items[left] < items[least] { least = left }
      if left + 1 < items.count, items[left + 1] < items[least] { least = left + 1 }
      guard least != parent else { return top }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
