import Planar

/// Noded chains as a mesh whose constraints know which areas begin and end at them.
struct Survey: ~Copyable {
  var mesh: Mesh
  let edges: EdgeTable
  /// For each region of the mesh the features that cover it, ascending; region 0 is outside all.
  private(set) var cover: [[Feature]] = []

  static func of(_ chains: [Chain]) throws(FabricError) -> Survey {
    var noded = snapRounded(chains)
    for _ in 0..<8 {
      if let survey = try? Survey(noded: noded) { return survey }
      // Rounding a crossing can, rarely, make a new one.
      noded = snapRounded(noded)
    }
    throw FabricError(
      kind: .unexpected, subject: "linework", message: "lines still cross after noding")
  }

  private init(noded chains: [Chain]) throws(ConstraintConflict) {
    var table = VertexTable(expecting: chains.reduce(0) { $0 + $1.points.count })
    for chain in chains { for point in chain.points { _ = table.number(of: point) } }
    table.renumber { $0.alongHilbertCurve }
    edges = EdgeTable(chains, numbered: table)
    mesh = try Survey.mesh(of: edges, table.points, margin: 1000)
    flood()
  }

  private static func mesh(
    of edges: EdgeTable, _ points: [GridPoint], margin: Int32
  ) throws(ConstraintConflict) -> Mesh {
    let low = GridPoint(
      x: (points.map(\.x).min() ?? 0) - margin, y: (points.map(\.y).min() ?? 0) - margin)
    let high = GridPoint(
      x: (points.map(\.x).max() ?? 0) + margin, y: (points.map(\.y).max() ?? 0) + margin)
    var mesh = Mesh(around: low, high, expecting: points.count)
    let corners = Int32(mesh.vertexCount)
    for point in points { _ = mesh.insert(point) }
    for (number, edge) in edges.ends.enumerated() {
      try mesh.constrain(from: edge.a + corners, to: edge.b + corners, number: Int32(number))
    }
    return mesh
  }

  /// The mesh alone.
  consuming func takeMesh() -> Mesh { mesh }

  /// Numbers the regions between constraints and finds what covers each, from outside inwards.
  private mutating func flood() {
    var seeds: [(triangle: Int32, from: Int32, edge: Int32)] = [(mesh.outerTriangle, -1, -1)]
    var stack: [Int32] = []
    while let seed = seeds.popLast() {
      guard mesh.region[seed.triangle] < 0 else { continue }
      let region = Int32(cover.count)
      cover.append(
        seed.from < 0 ? [] : toggled(cover[Int(seed.from)], edges.features(of: seed.edge)))
      mesh.region[seed.triangle] = region
      stack.append(seed.triangle)
      while let triangle = stack.popLast() {
        for h in triangle * 3..<triangle * 3 + 3 {
          let g = mesh.twin[h]
          guard g >= 0, mesh.region[g / 3] < 0 else { continue }
          if mesh.constraint[h] >= 0 {
            seeds.append((g / 3, region, mesh.constraint[h]))
          } else {
            mesh.region[g / 3] = region
            stack.append(g / 3)
          }
        }
      }
    }
  }
}

extension [GridPoint] {
  /// The points in an order in which each is near the one before, whatever order they are in now.
  fileprivate var alongHilbertCurve: [GridPoint] {
    guard var low = first else { return [] }
    var high = low
    for point in self {
      low = GridPoint(x: Swift.min(low.x, point.x), y: Swift.min(low.y, point.y))
      high = GridPoint(x: Swift.max(high.x, point.x), y: Swift.max(high.y, point.y))
    }
    let extent = UInt64(Swift.max(Int64(high.x) - Int64(low.x), Int64(high.y) - Int64(low.y), 1))
    let places = map { point -> (curve: UInt32, point: UInt64) in
      let x = UInt64(Int64(point.x) - Int64(low.x)) * 65535 / extent
      let y = UInt64(Int64(point.y) - Int64(low.y)) * 65535 / extent
      return (hilbertPosition(UInt32(x), UInt32(y)), point.key)
    }
    return places.sorted { ($0.curve, $0.point) < ($1.curve, $1.point) }.map { GridPoint(key: $0.point) }
  }
}

/// The features in exactly one of two ascending lists, ascending.
private func toggled(_ a: [Feature], _ b: ArraySlice<Feature>) -> [Feature] {
  var result: [Feature] = []
  var (i, j) = (a.startIndex, b.startIndex)
  while i < a.endIndex, j < b.endIndex {
    if a[i] < b[j] {
      result.append(a[i])
      i += 1
    } else if b[j] < a[i] {
      result.append(b[j])
      j += 1
    } else {
      i += 1
      j += 1
    }
  }
  return result + a[i...] + b[j...]
}
