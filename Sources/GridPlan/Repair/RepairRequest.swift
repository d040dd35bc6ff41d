public import Georeference

/// What is repaired in a layer, and how far.
public struct RepairRequest: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Areas that tile: borders are shared, gaps and overlaps closed.
    case grids
    /// The same, where wide gaps are ordinary.
    case units
    /// Footprints: each is made valid by itself.
    case buildings
  }

  public var kind = Kind.grids
  /// Vertices of different features, and vertices and borders, this near in metres become one.
  public var snap = 0.05
  /// Gaps and overlaps up to this mean width (2 · area / perimeter) in metres are closed.
  public var tolerance = 0.5
  /// The CRS of the result; that of the layer where nil.
  public var target: CRS?
  /// Decimals to which the result is rounded and valid; nil where it is stored in full.
  public var decimals: Int?
  /// The projected CRS to work in; chosen to fit the layer where nil.
  public var workingCRS: CRS?
  public var allowsBallpark = false

  public init() {}
}
