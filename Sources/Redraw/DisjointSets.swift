/// Union by halved paths; the smaller number is the root.
struct DisjointSets {
  private var parent: [Int32]

  init(count: Int) { parent = Array(0..<Int32(count)) }

  mutating func root(_ element: Int) -> Int {
    var element = element
    while Int(parent[element]) != element {
      parent[element] = parent[Int(parent[element])]
      element = Int(parent[element])
    }
    return element
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (p, q) = (root(a), root(b))
    parent[max(p, q)] = Int32(min(p, q))
  }
}
