public import Georeference
public import PlanModel

/// What the features of a checked layer are.
public enum LayerKind: String, Sendable, CaseIterable {
  /// Areas that tile their parents without gaps and overlaps, each in one part.
  case grids
  /// Footprints: no gaps are looked for, several parts are ordinary.
  case buildings
  /// Areas to make grids of; streets between them are ordinary.
  case units
  /// A list of codes without geometry.
  case codes
}

/// How a layer is checked.
public struct CheckOptions: Sendable {
  public var kind = LayerKind.grids
  /// The field with the codes; recognised by its name where nil.
  public var codeField: String?
  /// The field of the parents with their codes; recognised by its name where nil.
  public var parentCodeField: String?
  /// The list of codes that those of the layer belong to.
  public var codesTable: CodeTable?
  /// What became of the codes of an older edition.
  public var editions: CodeEditions?
  /// The projected CRS to measure in; chosen to fit the layer where nil.
  public var workingCRS: CRS?
  public var language = Language.english
  /// Smallest area in m² that counts as gap, overlap or outside the parent.
  public var areaTolerance = 0.01
  /// Area in m² of a building that may lie outside its grid.
  public var cutTolerance = 0.05
  /// Largest distance in m between borders that are taken to be the same border.
  public var borderTolerance = 1.0

  /// How far in m a printed vertex may be from the straight border that it lies on: half a unit of the
  /// seventh decimal of a degree each way, in both layers.
  public var printedPrecision = 0.016

  public init() {}
}

/// The recognition of code fields.
public enum CodeField {
  /// Names of code fields, the likeliest first.
  public static let usual = [
    "code", "grid_code", "gridcode", "网格编号", "网格编码", "网格代码", "单元网格编码", "编码", "编号", "代码", "区划代码",
    "xzqdm", "grid", "code12", "sqdm", "wgbh", "dm", "bm",
  ]

  /// The position of the code field: the one named, or the first usual one.
  public static func index(in fields: [String], asked: String?) -> Int? {
    if let asked { return fields.firstIndex(of: asked) }
    let lower = fields.map { $0.lowercased() }
    return usual.lazy.compactMap { lower.firstIndex(of: $0) }.first
  }
}
