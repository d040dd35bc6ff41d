public import PlanModel
public import Planar

/// What a map shows: shapes in a plane of metres (a projected CRS), and the words around them.
///
/// One scene makes every kind of map: the page, the picture, the overview on a terminal.
public struct MapScene: Sendable {
  /// Whether the figures are the office's own or those that may leave it.
  public enum Scope: String, Sendable { case published, `internal` }

  /// A figure of the whole plan.
  public struct Headline: Sendable {
    public var label: Phrase
    public var value: Phrase

    public init(_ label: Phrase, _ value: Phrase) {
      self.label = label
      self.value = value
    }
  }

  public var title: String
  public var subtitle: Phrase
  public var language: Language
  public var scope = Scope.published
  /// The day that the map carries, as 2026-11-24.
  public var date = ""
  /// The name of the CRS that the shapes are in.
  public var crs = ""
  /// What a reader must know: estimates, reference systems, suppression.
  public var notes: [Phrase] = []
  public var headlines: [Headline] = []

  public var plan = GridSheet()
  /// The plan of before, where two are compared.
  public var before: GridSheet?
  public var communities: [MapArea] = []
  public var water: [Polygon] = []
  public var streets: [MapStreet] = []
  public var buildings: [MapBuilding] = []
  public var overlays: [OverlayLayer] = []
  public var marks: [MarkLayer] = []
  public var problems: [ProblemMark] = []
  public var posts: [PostLoad] = []
  /// Longitudes and latitudes of nine places: south-west to north-east of `extent`, row by row.
  public var degrees: [Point] = []

  public init(title: String, subtitle: Phrase = Phrase(verbatim: ""), language: Language = .english) {
    self.title = title
    self.subtitle = subtitle
    self.language = language
  }

  /// The box around grids and communities, or around all else where there are none; never without
  /// width or height.
  public var extent: Box {
    var box = Box.empty
    for area in plan.grids + (before?.grids ?? []) + communities { box.formUnion(area.box) }
    if box.isEmpty {
      for area in overlays.flatMap(\.areas) { box.formUnion(area.box) }
      for building in buildings { box.formUnion(building.box) }
      for mark in marks.joined() { box.extend(to: mark.point) }
    }
    return box.isEmpty ? Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)) : box.expanded(by: 0.5)
  }
}

extension MapScene {
  /// The nine places of `extent` whose longitudes and latitudes belong into `degrees`.
  public var degreePlaces: [Point] {
    let box = extent
    return [box.min.y, box.center.y, box.max.y].flatMap { y in
      [box.min.x, box.center.x, box.max.x].map { Point(x: $0, y: y) }
    }
  }
}

/// An area with a code: a grid, a community, a view.
public struct MapArea: Sendable {
  public var code: String
  public var name: String?
  /// The code of the area above.
  public var parent: String?
  public var polygons: [Polygon]

  public init(code: String, name: String? = nil, parent: String? = nil, polygons: [Polygon]) {
    self.code = code
    self.name = name
    self.parent = parent
    self.polygons = polygons
  }

  public var box: Box { polygons.reduce(into: .empty) { $0.formUnion($1.box) } }

  /// What stands on the map: the last three digits of a long code, else the code itself.
  public var label: String {
    let isNumber = code.utf8.count > 4 && code.utf8.allSatisfy { (48...57).contains($0) }
    return isNumber ? String(code.suffix(3)) : code
  }
}

/// A street's line.
public struct MapStreet: Sendable {
  public var points: [Point]
  /// Drawn width in metres.
  public var width: Double
  /// 0 for a path to 4 for a motorway.
  public var rank: Int

  public init(points: [Point], width: Double, rank: Int = 1) {
    self.points = points
    self.width = width
    self.rank = rank
  }
}

/// A footprint, or a point where the layer has no footprint.
public struct MapBuilding: Sendable {
  public var id: String
  /// The position of its grid in the plan's sheet.
  public var grid: Int?
  /// Nil where it is not to be told.
  public var households: Int?
  public var polygons: [Polygon]
  public var point: Point?

  public init(id: String, grid: Int?, households: Int?, polygons: [Polygon], point: Point? = nil) {
    self.id = id
    self.grid = grid
    self.households = households
    self.polygons = polygons
    self.point = point
  }

  public var box: Box {
    polygons.reduce(into: point.map { Box(around: [$0]) } ?? .empty) { $0.formUnion($1.box) }
  }
}

/// Areas of one kind that lie over the grids: views of cameras, ready units, pieces that changed hands.
public struct OverlayLayer: Sendable {
  public var key: String
  public var title: Phrase
  public var color: String
  /// 0 for outlines alone, 1 for areas that hide what is below.
  public var opacity: Double
  public var isShown: Bool
  public var areas: [MapArea]

  public init(
    key: String, title: Phrase, color: String, opacity: Double, isShown: Bool = true, areas: [MapArea]
  ) {
    self.key = key
    self.title = title
    self.color = color
    self.opacity = opacity
    self.isShown = isShown
    self.areas = areas
  }
}

/// Points of one kind: cameras, events, key places.
public struct MarkLayer: Sendable, Sequence {
  public struct Mark: Sendable {
    public var id: String
    public var point: Point
    /// What else is to be said of it.
    public var note: Phrase?

    public init(id: String, point: Point, note: Phrase? = nil) {
      self.id = id
      self.point = point
      self.note = note
    }
  }

  public var key: String
  public var title: Phrase
  public var color: String
  public var isShown: Bool
  public var marks: [Mark]

  public init(key: String, title: Phrase, color: String, isShown: Bool = false, marks: [Mark]) {
    self.key = key
    self.title = title
    self.color = color
    self.isShown = isShown
    self.marks = marks
  }

  public func makeIterator() -> IndexingIterator<[Mark]> { marks.makeIterator() }
}

/// Something listed about the plan, with its place.
public struct ProblemMark: Sendable {
  public var rule: String
  /// `info`, `warning` or `error`.
  public var severity: String
  public var code: String?
  public var feature: String?
  public var point: Point?
  public var message: Phrase

  public init(
    rule: String, severity: String, code: String? = nil, feature: String? = nil, point: Point?, message: Phrase
  ) {
    self.rule = rule
    self.severity = severity
    self.code = code
    self.feature = feature
    self.point = point
    self.message = message
  }
}

/// What a post carries; never a person.
public struct PostLoad: Sendable {
  public var id: String
  public var minutes: Double
  /// Minutes over the post's own minutes.
  public var load: Double?

  public init(id: String, minutes: Double, load: Double?) {
    self.id = id
    self.minutes = minutes
    self.load = load
  }
}
