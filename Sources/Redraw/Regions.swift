/// Sets of neighbouring groups, each worked on apart.
struct Regions: Sendable {
  private let piece: Piece
  /// Groups of each region, and nodes of each region, increasing.
  private let groups: [[Int32]]
  private let nodes: [[Int32]]

  var count: Int { groups.count }

  /// Regions of about `size` groups, by bisecting the groups' centres along axes turned by `angle`.
  init(_ piece: Piece, _ labels: [Int32], groups k: Int, size: Int, angle: Double) {
    self.piece = piece
    let regionCount = max(1, (k + size / 2) / size)
    let region = Self.centres(piece, labels, k).bisected(into: regionCount, turnedBy: angle)
    var groups = [[Int32]](repeating: [], count: regionCount)
    for group in 0..<k { groups[Int(region[group])].append(Int32(group)) }
    var nodes = [[Int32]](repeating: [], count: regionCount)
    for node in 0..<piece.count { nodes[Int(region[Int(labels[node])])].append(Int32(node)) }
    self.groups = groups
    self.nodes = nodes
  }

  /// The region of exactly these groups.
  init(_ piece: Piece, _ labels: [Int32], of chosen: [Int32], groups k: Int) {
    self.piece = piece
    var isChosen = [Bool](repeating: false, count: k)
    for group in chosen { isChosen[Int(group)] = true }
    groups = [chosen]
    nodes = [(0..<Int32(piece.count)).filter { isChosen[Int(labels[Int($0)])] }]
  }

  private static func centres(_ piece: Piece, _ labels: [Int32], _ k: Int) -> Piece {
    var centres = Piece.empty(moreWeights: 0)
    centres.weights = Array(repeating: 1, count: k)
    centres.x = Array(repeating: 0, count: k)
    centres.y = centres.x
    var sizes = [Double](repeating: 0, count: k)
    for node in 0..<piece.count {
      let group = Int(labels[node])
      centres.x[group] += piece.x[node]
      centres.y[group] += piece.y[node]
      sizes[group] += 1
    }
    for group in 0..<k where sizes[group] > 0 {
      centres.x[group] /= sizes[group]
      centres.y[group] /= sizes[group]
    }
    return centres
  }

  /// New labels for a region's nodes: `body` gets its piece, its number of groups and its labels,
  /// renumbered from 0.
  func improved(_ index: Int, _ labels: [Int32], _ body: (Piece, Int, [Int32]) -> [Int32]) -> [Int32] {
    let own = groups[index]
    var number = [Int32](repeating: -1, count: Int(own.max() ?? -1) + 1)
    for (place, group) in own.enumerated() { number[Int(group)] = Int32(place) }
    var scratch = [Int32](repeating: -1, count: piece.count)
    var part = piece.induced(by: nodes[index], scratch: &scratch)
    for node in 0..<part.count where part.home[node] >= 0 {
      let home = Int(part.home[node])
      part.home[node] = home < number.count && number[home] >= 0 ? number[home] : Int32(own.count)
    }
    return body(part, own.count, nodes[index].map { number[Int(labels[Int($0)])] })
  }

  /// Writes a region's new labels back.
  func write(_ index: Int, _ own: [Int32], into labels: inout [Int32]) {
    for (place, node) in nodes[index].enumerated() { labels[Int(node)] = groups[index][Int(own[place])] }
  }
}
