import Planar

/// A community (社区 or 村): its place in the hierarchy of codes and its cells.
struct Community {
  /// 6 digits, 9 digits, 12 digits: county, street or town, community.
  var county: String
  var street: String
  var code: String
  var name: String
  var streetName: String
  var cells: [Cell]
}

/// Parts the town into communities of whole blocks, each on one bank of the river, nested in
/// streets and counties.
struct Divisions {
  /// A block and the strip of river next to it.
  private struct Block {
    var cells: [Cell]
    var weight: Int
    var place: Cell
  }

  /// - Parameter households: of each cell of `cells`.
  /// - Returns: communities in the order of their codes.
  static func communities(
    cells: [Cell], households: [Int], strips: Set<Cell>, lattice: Lattice, profile: TownProfile
  ) -> [Community] {
    let blocks = blocks(cells, households, strips, lattice)
    let total = max(1, households.reduce(0, +))
    let count = max(2, Int((Double(total) / Double(lattice.settings.householdsPerCommunity)).rounded()))
    let banks = [blocks.filter { $0.place.i < 1 }, blocks.filter { $0.place.i > 1 }].filter { !$0.isEmpty }
    let isSmall = count < 24
    var groups: [[[Block]]] = []  // streets, communities, blocks
    for bank in banks {
      let weight = bank.reduce(0) { $0 + $1.weight }
      let communities = max(1, Int((Double(count) * Double(weight) / Double(total)).rounded()))
      let streets = isSmall ? 1 : max(1, Int((Double(communities) / 9).rounded()))
      for street in split(bank, into: streets) {
        let share = Double(street.reduce(0) { $0 + $1.weight }) / Double(max(1, weight))
        groups.append(split(street, into: max(1, Int((Double(communities) * share).rounded()))))
      }
    }
    if isSmall { groups = [groups.flatMap { $0 }] }
    let connected = connect(groups.map { $0.map { $0.flatMap(\.cells) } })
    return coded(connected, lattice, profile)
  }

  private static func blocks(
    _ cells: [Cell], _ households: [Int], _ strips: Set<Cell>, _ lattice: Lattice
  ) -> [Block] {
    let weights = Dictionary(uniqueKeysWithValues: zip(cells, households))
    var seen: Set<Cell> = []
    return cells.compactMap { first in
      guard !seen.contains(first) else { return nil }
      var members = lattice.block(of: first).filter { weights[$0] != nil }
      seen.formUnion(members)
      let weight = members.reduce(0) { $0 + weights[$1]! }
      members += members.flatMap { cell in
        [Cell(i: cell.i + 1, j: cell.j), Cell(i: cell.i - 1, j: cell.j)].filter {
          strips.contains($0) && ($0.i == 0) == (cell.i < 0)
        }
      }
      return Block(cells: members, weight: weight, place: first)
    }
  }

  /// Cuts blocks into `count` parts of nearly equal weight by straight cuts, again and again
  /// across the longer way. O(n log² n).
  private static func split(_ blocks: [Block], into count: Int) -> [[Block]] {
    guard count > 1, blocks.count > 1 else { return [blocks] }
    let columns = blocks.map(\.place.i)
    let rows = blocks.map(\.place.j)
    let isWide = columns.max()! - columns.min()! >= rows.max()! - rows.min()!
    let sorted = blocks.sorted {
      let (a, b) = ($0.place, $1.place)
      return isWide ? (a.i, a.j) < (b.i, b.j) : (a.j, a.i) < (b.j, b.i)
    }
    let goal = Double(sorted.reduce(0) { $0 + $1.weight }) * Double(count / 2) / Double(count)
    var sum = 0.0
    var cut = 0
    while cut < sorted.count - 1, sum + Double(sorted[cut].weight) / 2 < goal {
      sum += Double(sorted[cut].weight)
      cut += 1
    }
    cut = max(1, cut)
    return split(Array(sorted[..<cut]), into: count / 2) + split(Array(sorted[cut...]), into: count - count / 2)
  }

  /// Gives every piece that hangs off its community to a neighbour on the same bank.
  private static func connect(_ streets: [[[Cell]]]) -> [[[Cell]]] {
    var owner: [Cell: (Int, Int)] = [:]
    var result = streets
    for s in streets.indices {
      for c in streets[s].indices { for cell in streets[s][c] { owner[cell] = (s, c) } }
    }
    for s in streets.indices {
      for c in streets[s].indices {
        let pieces = pieces(of: result[s][c])
        guard pieces.count > 1 else { continue }
        let kept = pieces.indices.max { (pieces[$0].count, -$0) < (pieces[$1].count, -$1) }!
        for (index, piece) in pieces.enumerated() where index != kept {
          let around = piece.flatMap(neighbors).compactMap { owner[$0] }.filter { $0 != (s, c) }
          guard let home = around.first else { continue }
          for cell in piece { owner[cell] = home }
          result[home.0][home.1] += piece
          let gone = Set(piece)
          result[s][c].removeAll { gone.contains($0) }
        }
      }
    }
    return result
  }

  private static func neighbors(_ cell: Cell) -> [Cell] {
    [
      // Never across the middle of the river.
      cell.i == 1 ? nil : Cell(i: cell.i - 1, j: cell.j), cell.i == 0 ? nil : Cell(i: cell.i + 1, j: cell.j),
      Cell(i: cell.i, j: cell.j - 1), Cell(i: cell.i, j: cell.j + 1),
    ].compactMap { $0 }
  }

  private static func pieces(of cells: [Cell]) -> [[Cell]] {
    var left = Set(cells)
    var pieces: [[Cell]] = []
    for start in cells where left.remove(start) != nil {
      var piece = [start]
      var next = 0
      while next < piece.count {
        for cell in neighbors(piece[next]) where left.remove(cell) != nil { piece.append(cell) }
        next += 1
      }
      pieces.append(piece)
    }
    return pieces
  }
}

/// The numbering of communities and their names.
extension Divisions {
  /// No county of China has a code that begins with 99.
  static let fictitiousPrefecture = "9901"

  private static func coded(_ streets: [[[Cell]]], _ lattice: Lattice, _ profile: TownProfile) -> [Community] {
    let streets = streets.filter { !$0.isEmpty }
    let perCounty = 16
    var result: [Community] = []
    let ordered = inReadingOrder(streets.map { street in (street, street.flatMap { $0 }) }, lattice)
    for (s, street) in ordered.enumerated() {
      let county = fictitiousPrefecture + padded(s / perCounty + 1, 2)
      // Statistical codes: 001… for streets (街道), 100… for towns (镇); 001… for communities, 200… for villages.
      let streetCode = county + padded(s % perCounty + (profile == .urban ? 1 : 100), 3)
      let streetName = "示范" + Names.word(s + 7) + (profile == .urban ? "街道" : "镇")
      let members = inReadingOrder(street.filter { !$0.isEmpty }.map { ($0, $0) }, lattice)
      for (c, cells) in members.enumerated() {
        let number = profile == .urban ? c + 1 : c + 200
        result.append(
          Community(
            county: county, street: streetCode, code: streetCode + padded(number, 3),
            name: "示范" + Names.word(result.count) + (profile == .urban ? "社区" : "村"),
            streetName: streetName, cells: cells))
      }
    }
    return result
  }

  /// North to south in bands, west to east within a band.
  private static func inReadingOrder<T>(_ items: [(T, [Cell])], _ lattice: Lattice) -> [T] {
    let places = items.map { item in mean(of: item.1.map { lattice.flatCenter($0) }) }
    let band = 2 * lattice.settings.rowSpacing.upperBound
    func key(_ k: Int) -> (Double, Double, Int) { (-(places[k].y / band).rounded(.down), places[k].x, k) }
    return items.indices.sorted { key($0) < key($1) }.map { items[$0].0 }
  }
}

/// `number` with leading zeros to `digits` digits.
func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
