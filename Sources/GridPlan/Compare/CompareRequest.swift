/// Which two plans to compare, and by what.
public struct CompareRequest: Sendable {
  /// The plan of before: a plan's folder, its `grids.geojson` or `plan.gpkg`, or a layer of grids.
  public var before: String
  /// The plan of after, likewise.
  public var after: String
  /// The fields with the codes, where the layers don't call them by a usual name.
  public var beforeCode: String?
  public var afterCode: String?
  /// A layer of areas or points that carry the households, instead of those of the plans.
  public var unitsFile: String?
  public var buildingsFile: String?
  /// The field of that layer with the number of households.
  public var weight: String?
  /// A scenario whose services and constants count on both sides, instead of the workload as written.
  public var servicesFile: String?
  /// The CRS to measure in; that of the plans where nil.
  public var crs: String?
  /// Differences of fewer households are warned of; the plan's own number, else 10, where nil.
  public var minCount: Int?
  /// Borders within this distance (m) are one line, and thinner pieces are slivers.
  public var tolerance = 1.0
  public var dropsPersonalColumns = false

  public init(before: String, after: String) {
    self.before = before
    self.after = after
  }
}

/// Plans that cannot be compared.
public struct CompareError: Error, Sendable, CustomStringConvertible {
  public var description: String
}
