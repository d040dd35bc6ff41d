/// An order of nodes with few open nodes at any time.
struct NodeOrder {
  private let piece: Piece
  private(set) var best: [Int] = []

  init(_ piece: Piece) {
    self.piece = piece
    var least = Double.infinity
    for start in 0..<piece.count {
      let (order, price) = grown(from: start)
      if price < least { (least, best) = (price, order) }
    }
  }

  /// Adds the node that leaves the fewest open, again and again.
  private func grown(from start: Int) -> ([Int], Double) {
    var waiting = (0..<piece.count).map { Set(piece.row($0).map { Int(piece.neighbours[$0]) }) }
    var isDone = [Bool](repeating: false, count: piece.count)
    var order: [Int] = []
    var open: Set<Int> = []
    var price = 0.0
    func add(_ node: Int) {
      isDone[node] = true
      order.append(node)
      for other in piece.row(node).map({ Int(piece.neighbours[$0]) }) {
        waiting[other].remove(node)
        if isDone[other], waiting[other].isEmpty { open.remove(other) }
      }
      if !waiting[node].isEmpty { open.insert(node) }
      var size = 1.0
      for _ in open { size *= 2 }
      price += size
    }
    add(start)
    while order.count < piece.count {
      let near = Set(open.flatMap { waiting[$0] })
      func closing(_ node: Int) -> Int {
        piece.row(node).reduce(0) { sum, entry in
          let other = Int(piece.neighbours[entry])
          return sum + (isDone[other] && waiting[other].count == 1 ? 1 : 0)
        } - (waiting[node].isEmpty ? 0 : 1)
      }
      let next = near.min { (-closing($0), waiting[$0].count, $0) < (-closing($1), waiting[$1].count, $1) }
      add(next ?? isDone.firstIndex(of: false)!)
    }
    return (order, price)
  }
}
