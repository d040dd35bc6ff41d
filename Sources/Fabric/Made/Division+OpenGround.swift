import Planar

extension Division {
  /// Gives free ground that no building reached labels of its own, a label to each piece; strips are
  /// divided, other small and narrow pieces get the label along most of their border.
  mutating func labelOpenGround(_ frame: GridFrame, _ settings: FabricSettings) {
    var pieces: [[Int32]] = []
    for seed in 0..<Int32(mesh.triangleCount)
    where isFree(3 * seed) && corner[3 * Int(seed)] == Self.none {
      pieces.append(labelPiece(from: seed, firstOpenLabel + Int32(pieces.count), frame))
    }
    let divided = divideStrips(pieces, settings)
    let order = pieces.indices.sorted {
      (openGround[$0].measure.area, $0) < (openGround[$1].measure.area, $1)
    }
    for piece in order where !divided.contains(piece) {
      guard isSmall(openGround[piece].measure, settings) else { continue }
      guard let label = neighbour(alongMostOf: pieces[piece], frame) else { continue }
      for triangle in pieces[piece] { setLabel(label, of: triangle) }
      if label >= firstOpenLabel { pieces[Int(label - firstOpenLabel)] += pieces[piece] }
    }
  }

  /// Whether a piece goes to a neighbour.
  func isSmall(_ measure: RegionMeasure, _ settings: FabricSettings) -> Bool {
    measure.area <= settings.smallestFace || measure.meanWidth <= settings.narrowestFace
  }

  private mutating func setLabel(_ label: Int32, of triangle: Int32) {
    for h in 3 * Int(triangle)..<3 * Int(triangle) + 3 { corner[h] = label }
  }

  private mutating func labelPiece(from seed: Int32, _ label: Int32, _ frame: GridFrame) -> [Int32] {
    var ground = OpenGround(region: mesh.region[seed])
    var piece = [seed]
    setLabel(label, of: seed)
    var next = 0
    while next < piece.count {
      let triangle = piece[next]
      next += 1
      ground.measure.add(mesh, triangle, frame)
      for h in 3 * triangle..<3 * triangle + 3 {
        if !isPassable(h) {
          ground.measure.perimeter += mesh.length(h, frame)
        } else if corner[Int(mesh.twin[h])] == Self.none {
          setLabel(label, of: mesh.twin[h] / 3)
          piece.append(mesh.twin[h] / 3)
        }
      }
    }
    openGround.append(ground)
    return piece
  }

  /// The label beside most of a piece's border, hard borders apart; nil where there is none.
  private func neighbour(alongMostOf piece: [Int32], _ frame: GridFrame) -> Int32? {
    var lengths: [Int32: Double] = [:]
    let own = corner[3 * Int(piece[0])]
    for triangle in piece {
      for h in 3 * triangle..<3 * triangle + 3 {
        guard !isHard(h) else { continue }
        let g = mesh.twin[h]
        let label = labels(along: g, water: Self.none).near
        if label >= 0, label != own { lengths[label, default: 0] += mesh.length(h, frame) }
      }
    }
    return lengths.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// Whether no unit may lie on both sides of an edge.
  func isHard(_ h: Int32) -> Bool {
    let g = mesh.twin[h]
    guard g >= 0 else { return true }
    let edge = mesh.constraint[h]
    if edge >= 0, edges.isBarrier[Int(edge)] { return true }
    let (a, b) = (region(h), region(g))
    return ground.parent[a] != ground.parent[b] || !ground.isLand(b)
  }
}
