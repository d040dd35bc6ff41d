internal import Fabric
internal import Georeference
internal import Planar
internal import Topology

/// The areas of groups of units, in metres and as they are printed.
///
/// Where rounding to printed digits would fold a ring, all borders are noded anew on that lattice.
struct GroupOutlines {
  struct Outline {
    var group: Int
    var polygons: [Polygon]
    /// In degrees on the lattice of printed digits; nil where rounding point by point will do.
    var printed: [Polygon]?
    /// m², m
    var area: Double
    var perimeter: Double
  }

  private let fabric: Fabric
  private let toDegrees: Transformation
  private var lattice: Fabric?

  init(_ fabric: Fabric, toDegrees: Transformation) {
    self.fabric = fabric
    self.toDegrees = toDegrees
  }

  /// - Parameter group: the group of each unit; negative for none.
  mutating func outlines(of group: [Int]) throws -> [Outline] {
    var outlines = fabric.dissolve(group).map {
      Outline(group: $0.group, polygons: $0.polygons, area: $0.area, perimeter: $0.perimeter)
    }
    if lattice == nil, try !outlines.allSatisfy({ try isValidWhenPrinted($0.polygons) }) {
      lattice = try fabric.rounded(decimals: 7) { try toDegrees($0) }
    }
    guard let lattice else { return outlines }
    let printed = Dictionary(lattice.dissolve(group).map { ($0.group, $0.polygons) }, uniquingKeysWith: { first, _ in first })
    for index in outlines.indices { outlines[index].printed = printed[outlines[index].group] }
    return outlines
  }

  private func isValidWhenPrinted(_ polygons: [Polygon]) throws -> Bool {
    isValid(try toDegrees(.area(of: polygons)).printed.polygons)
  }
}

extension PlannedGrid {
  init(_ outline: GroupOutlines.Outline, code: String, name: String? = nil, parent: String, kind: String) {
    self.init(
      code: code, name: name, parent: parent, kind: kind, polygons: outline.polygons, printed: outline.printed,
      households: 0, buildings: 0, area: outline.area, perimeter: outline.perimeter)
  }
}
