import Parallel

/// Makes groups keep their bounds that still miss them: the neighbourhood of each is annealed anew
/// with misses priced high, so that weight flows between neighbours until some group has room for it.
/// Neighbourhoods grow with every round.
struct Repair {
  let piece: Piece
  let groups: Int
  let limits: Limits
  let cost: ShapeCost
  let scale: Scale
  let seed: UInt64
  var movableWeight = Int.max
  var movedPrice = 1.0

  /// A search that need not succeed gives up early.
  var isTrial = false

  private var sizes: [Int] { isTrial ? [6, 8, 12] : [6, 6, 8, 10, 12, 16, 20, 26, 34, 44] }

  func repaired(_ labels: [Int32]) -> [Int32] {
    var labels = labels
    for round in sizes.indices {
      let misses = misses(labels)
      guard misses.contains(where: { $0 > 0 }) else { break }
      let chosen = neighbourhoods(labels, misses, size: sizes[round])
      let regions = chosen.map { Regions(piece, labels, of: $0, groups: groups) }
      let before = labels
      let spare = movableWeight < .max ? max(0, movableWeight - piece.movedWeight(labels)) / max(1, regions.count) : .max
      let results = parallelMap(count: regions.count) { index in
        regions[index].improved(0, before) { part, k, own in
          annealed(part, k, own, round, spare, SplitMix(seed: seed &+ UInt64(round), stream: index))
        }
      }
      for (region, own) in zip(regions, results) { region.write(0, own, into: &labels) }
    }
    return labels
  }

  /// The groups as they are, or what a search from them or from a new start makes of them, whichever
  /// misses least.
  private func annealed(
    _ part: Piece, _ k: Int, _ own: [Int32], _ round: Int, _ spare: Int, _ random: SplitMix
  ) -> [Int32] {
    let districts = Districts(part, groups: k, labels: own, limits: limits)
    let miss = districts.miss
    if round > 0 {
      let found = searched(part, k, own, round, spare < .max ? districts.movedWeight + spare : .max, random)
      return found.miss < miss ? found.labels : own
    }
    var (cost, random) = (cost, random)
    cost.evenness = scale.step / (scale.weight * Double(max(1, limits.max - limits.min)))
    var annealing = scale.annealing(from: 0.4, to: 1)
    annealing.steps = 100 * part.count
    annealing.movableWeight = spare < .max ? districts.movedWeight + spare : .max
    annealing.missPrice.start = annealing.missPrice.end
    annealing.run(districts, &cost, &random)
    return districts.miss < miss ? districts.labels : own
  }

  private func searched(
    _ part: Piece, _ k: Int, _ own: [Int32], _ round: Int, _ movable: Int, _ random: SplitMix
  ) -> SmallSearch<ShapeCost>.Found {
    var random = random
    let isFixed = movable < .max || part.isLocked.contains(true)
    let search = SmallSearch(
      piece: part, groups: k, limits: limits, cost: cost, seed: random.next(), movableWeight: movable, movedPrice: movedPrice,
      starts: isTrial ? 1 : 2, stepsOfStart: max(20_000, (isTrial ? 100 : 400) * part.count), heat: isFixed ? 0.4 : 1)
    return search.best(from: isFixed || round % 2 == 0 ? own : nil)
  }

  private func misses(_ labels: [Int32]) -> [Int] {
    let districts = Districts(piece, groups: groups, labels: labels, limits: limits)
    return (0..<groups).map { districts.missOfGroup($0) }
  }

  /// Around each group that misses a bound, worst first, its nearest `size` groups, none shared.
  private func neighbourhoods(_ labels: [Int32], _ misses: [Int], size: Int) -> [[Int32]] {
    let adjacency = groupAdjacency(labels)
    var owner = [Int](repeating: -1, count: groups)
    var found: [[Int32]] = []
    for centre in (0..<groups).filter({ misses[$0] > 0 }).sorted(by: { (-misses[$0], $0) < (-misses[$1], $1) }) {
      guard owner[centre] < 0 else { continue }
      owner[centre] = centre
      var around = [Int32(centre)]
      var head = 0
      while head < around.count, around.count < size {
        for other in adjacency[Int(around[head])] where owner[Int(other)] < 0 && around.count < size {
          owner[Int(other)] = centre
          around.append(other)
        }
        head += 1
      }
      if around.count > 1 { found.append(around.sorted()) }
    }
    return found
  }

  private func groupAdjacency(_ labels: [Int32]) -> [[Int32]] {
    var lists = [[Int32]](repeating: [], count: groups)
    for node in 0..<piece.count {
      for entry in piece.row(node) where piece.holds[entry] {
        let (a, b) = (labels[node], labels[Int(piece.neighbours[entry])])
        if a != b, !lists[Int(a)].contains(b) { lists[Int(a)].append(b) }
      }
    }
    return lists
  }
}
