import Planar

/// The division of the ground among buildings: a label for each corner of each triangle.
///
/// Labels are the numbers of the buildings that stand for units, then those of open ground. Land
/// that no building covers is *free*; free ground is divided on the edges between corners of
/// different labels, where the vertices that the labels came from are equally far.
struct Division: ~Copyable {
  /// A corner where two buildings touch: the border leaves from it through the triangle.
  static let neutral: Int32 = -2
  static let none: Int32 = -1

  var mesh: Mesh
  let edges: EdgeTable
  let ground: Ground
  /// For each region its building unit; -1 for open ground.
  let owner: [Int32]
  /// For each region its face if it is free, else -1.
  let freeFace: [Int32]
  /// For each region whether its building gives its label to the free ground around it.
  let isSource: [Bool]
  let face: [Int32]
  /// The label at each half-edge's origin inside its triangle; of free triangles only.
  var corner: [Int32] = []
  /// The vertex of a building that each corner's label came from; -1 for none.
  var source: [Int32] = []
  /// Whether a building, or the edge of a compound, has a corner or a wall at each vertex.
  var isWall: [Bool] = []
  /// The first label after those of buildings.
  let firstOpenLabel: Int32
  /// For each face the rank of the streets around it where it is a strip that was divided, else -1.
  var stripRank: [Int32]
  /// What each piece of open ground is, by label from `firstOpenLabel`.
  var openGround: [OpenGround] = []

  init(
    _ survey: consuming Survey, _ ground: Ground, _ homes: BuildingHomes, _ faces: Faces,
    buildingCount: Int
  ) {
    edges = survey.edges
    self.ground = ground
    owner = homes.owner
    face = faces.ofRegion
    let regions = survey.cover.indices
    let (owner, face) = (owner, face)
    freeFace = regions.map { ground.isLand($0) && owner[$0] < 0 ? face[$0] : -1 }
    isSource = regions.map { region in
      owner[region] >= 0
        && ground.buildings[region].contains { building in
          let home = homes.homeRegion[building]
          return home >= 0 && face[Int(home)] == face[region]
        }
    }
    stripRank = Array(repeating: -1, count: survey.cover.count)
    firstOpenLabel = Int32(buildingCount)
    mesh = survey.takeMesh()
  }

  func region(_ h: Int32) -> Int { Int(mesh.region[h / 3]) }

  func isFree(_ h: Int32) -> Bool { freeFace[region(h)] >= 0 }

  /// Whether free ground goes on across the half-edge `h` of a free triangle.
  func isPassable(_ h: Int32) -> Bool {
    let g = mesh.twin[h]
    return g >= 0 && freeFace[region(g)] == freeFace[region(h)]
  }

  /// The labels along the half-edge `h` inside its triangle, near its origin and near its end.
  ///
  /// Water inside a parent has the label `water`; what lies outside all parents has none.
  func labels(along h: Int32, water: Int32) -> (near: Int32, far: Int32) {
    let region = region(h)
    guard freeFace[region] >= 0 else {
      let label = owner[region] >= 0 ? owner[region] : ground.parent[region] >= 0 ? water : Self.none
      return (label, label)
    }
    let (near, far) = (corner[Int(h)], corner[Int(next(h))])
    return (near == Self.neutral ? far : near, far == Self.neutral ? near : far)
  }
}

extension Division {
  private func isCompoundEdge(_ h: Int32) -> Bool {
    mesh.twin[h] >= 0 && ground.compound[region(h)] != ground.compound[region(mesh.twin[h])]
  }
}

/// Ground without a building.
struct OpenGround {
  var measure = RegionMeasure()
  var region: Int32
}

extension Division {
  /// Divides streets, borders and walls that face free ground where they are long for how near
  /// the ground's other side is.
  mutating func refine(_ frame: GridFrame) {
    let (freeFace, owner) = (freeFace, owner)
    let (wall, line) = (12 * frame.scale, 6 * frame.scale)
    mesh.refine { mesh, h in
      let g = mesh.twin[h]
      let (left, right) = (Int(mesh.region[h / 3]), Int(mesh.region[g / 3]))
      let isWall = owner[left] >= 0 || owner[right] >= 0
      for (side, region) in [(h, left), (g, right)] where freeFace[region] >= 0 {
        let (a, b) = (mesh.points[mesh.origin[side]], mesh.points[mesh.destination(side)])
        let square = Double(squaredDistance(a, b))
        let least = isWall ? wall : line
        guard square > least * least else { continue }
        // The height over the edge is twice the area by its length.
        let height = Double(turn(a, b, mesh.points[mesh.apex(side)])) / square.squareRoot()
        if square.squareRoot() > (isWall ? 1.5 : 0.8) * height { return true }
      }
      return false
    }
    isWall = Array(repeating: false, count: mesh.vertexCount)
    for h in 0..<Int32(mesh.origin.count) where self.owner[region(h)] >= 0 || isCompoundEdge(h) {
      isWall[Int(mesh.origin[h])] = true
    }
  }
}
