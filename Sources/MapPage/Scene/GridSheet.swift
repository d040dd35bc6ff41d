/// Grids with their figures: one plan.
public struct GridSheet: Sendable {
  public var title: String
  public var grids: [MapArea]
  /// As many values in each as there are grids.
  public var columns: [FigureColumn]
  /// The figures that can colour the map, the one to begin with first.
  public var measures: [MapMeasure]

  public init(
    title: String = "", grids: [MapArea] = [], columns: [FigureColumn] = [], measures: [MapMeasure] = []
  ) {
    self.title = title
    self.grids = grids
    self.columns = columns
    self.measures = measures
  }

  public func column(_ key: String) -> FigureColumn? { columns.first { $0.key == key } }

  /// The measure called `key`; the first where it is nil.
  public func measure(_ key: String?) -> MapMeasure? {
    key.map { key in measures.first { $0.key == key } } ?? measures.first
  }

  /// The colour of each grid by a measure.
  public func colors(by measure: MapMeasure?) -> [String] {
    guard let measure, let column = column(measure.key) else { return grids.map { _ in MapMeasure.unknownColor } }
    return column.numbers.map(measure.color)
  }
}

/// One figure of every grid.
public struct FigureColumn: Sendable {
  public enum Kind: Sendable {
    case number
    /// A difference as a share, to be shown in per cent with its sign.
    case share
    /// The position of one of some words.
    case choice([Phrase])
  }

  public var key: String
  public var title: Phrase
  public var unit: Phrase
  public var kind: Kind
  public var decimals: Int
  /// Nil where a figure is unknown or not to be told.
  public var numbers: [Double?]

  public init(
    _ key: String, _ title: Phrase, unit: Phrase = Phrase(verbatim: ""), kind: Kind = .number, decimals: Int = 0,
    _ numbers: [Double?]
  ) {
    self.key = key
    self.title = title
    self.unit = unit
    self.kind = kind
    self.decimals = decimals
    self.numbers = numbers
  }

  /// Whether any grid has the figure, and not all have zero.
  public var isTelling: Bool { numbers.contains { $0 != nil && $0 != 0 } }
}
