public import Planar

/// A named piece of the plane: a grid, a community, a district.
///
/// Several areas may carry one code; a point in any of them belongs to the first in input order.
public struct Area: Sendable {
  public var code: String
  /// Parts of the area, each with its holes; a point in any of them, border included, is in the area.
  public var polygons: [Polygon]

  public init(code: String, polygons: [Polygon]) {
    self.code = code
    self.polygons = polygons
  }
}

/// Whether code `a` comes before code `b`: as text, byte by byte in UTF-8, a prefix first.
///
/// So `"10"` comes before `"9"`, and `"320508001"` before `"3205080010"`. The order of codes of equal
/// length is the order of their digits; no locale has a say.
public func codePrecedes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// Positions of `areas` from the lowest code to the highest; equal codes in input order.
func codeOrder(of areas: [Area]) -> [Int] {
  areas.indices.sorted { i, j in
    if codePrecedes(areas[i].code, areas[j].code) { return true }
    if codePrecedes(areas[j].code, areas[i].code) { return false }
    return i < j
  }
}
