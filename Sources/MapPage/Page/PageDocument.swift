import Planar

/// The scene as the page's script reads it.
///
/// Areas that share borders are packed in one `ArcTable`; everything that is many and small in
/// `TileSet`s, whose text stands apart.
struct PageDocument: Encodable {
  struct Sheet: Encodable {
    var title: String
    var codes: [String]
    var labels: [String]
    var names: [String?]
    var parents: [String?]
    var columns: [Column]
    var measures: [MapMeasure]
    /// Where among the areas its grids begin.
    var first: Int
    /// Two numbers a grid: a place inside for its label, in steps.
    var anchors: [Int]
  }

  struct Column: Encodable {
    var key: String
    var title: Phrase
    var unit: Phrase
    var decimals: Int
    var isShare: Bool
    var words: [Phrase]?
    var values: [Double?]
  }

  struct Layer: Encodable {
    var key: String
    var title: Phrase
    /// `building`, `street`, `mark`, `overlay` or `water`.
    var kind: String
    var color: String?
    var opacity: Double?
    var isShown: Bool
    var count: Int
    /// How many numbers each item carries.
    var numbers: Int
    var hasNames: Bool
    var tiles: [TileSet.Tile]
  }

  struct Community: Encodable {
    var code: String
    var name: String?
  }

  struct Problem: Encodable {
    var rule: String
    var severity: String
    var code: String?
    var feature: String?
    var at: [Int]?
    var message: Phrase
  }

  struct Post: Encodable {
    var id: String
    var minutes: Double
    var load: Double?
  }

  struct Headline: Encodable {
    var label: Phrase
    var value: Phrase
  }

  var title: String
  var subtitle: Phrase
  var language: String
  var scope: String
  var date: String
  var crs: String
  var notes: [Phrase]
  var headlines: [Headline]
  /// Metres of a step, and the scene's width and height in steps.
  var step: Double
  var size: [Int]
  var degrees: [[Double]]
  var sheets: [Sheet]
  var communities: [Community]
  /// Where among the areas the communities begin.
  var firstCommunity: Int
  var arcs: String
  var areas: String
  var layers: [Layer]
  var problems: [Problem]
  var posts: [Post]
  var unknown: MapMeasure.Class
}

/// Packs a scene.
struct PagePacker {
  let scene: MapScene
  let lattice: PageLattice
  let size: PageLattice.Place
  /// The text of each layer's tiles, by its key.
  private(set) var texts: [(key: String, text: String)] = []
  private var layers: [PageDocument.Layer] = []

  /// Steps of 0.1 m, coarser where the scene is large, so that a page stays small.
  init(_ scene: MapScene) {
    self.scene = scene
    let step = scene.buildings.count > 100_000 ? 0.25 : 0.1
    lattice = PageLattice(step: step, origin: scene.extent.min)
    size = lattice(scene.extent.max)
  }

  mutating func document() -> PageDocument {
    packLayers()
    let sheets = [scene.plan] + (scene.before.map { [$0] } ?? [])
    let areas = sheets.flatMap(\.grids) + scene.communities
    var arcs = ArcTable(areas.map(\.polygons), on: lattice)
    simplify(&arcs)
    return PageDocument(
      title: scene.title, subtitle: scene.subtitle, language: scene.language.rawValue, scope: scene.scope.rawValue,
      date: scene.date, crs: scene.crs, notes: scene.notes,
      headlines: scene.headlines.map { .init(label: $0.label, value: $0.value) },
      step: lattice.step, size: [size.x, size.y],
      degrees: scene.degrees.map { [rounded($0.x, 7), rounded($0.y, 7)] },
      sheets: sheets.indices.map { sheet(sheets[$0], first: $0 == 0 ? 0 : sheets[0].grids.count) },
      communities: scene.communities.map { .init(code: $0.code, name: $0.name) },
      firstCommunity: areas.count - scene.communities.count,
      arcs: arcs.packedArcs, areas: arcs.packedAreas, layers: layers,
      problems: scene.problems.map(problem),
      posts: scene.posts.map { .init(id: $0.id, minutes: rounded($0.minutes, 1), load: $0.load.map { rounded($0, 4) }) },
      unknown: .init(upper: 0, color: MapMeasure.unknownColor, label: MapMeasure.unknownLabel))
  }

  /// To a step, and to more only where the borders would make the page heavy.
  private func simplify(_ arcs: inout ArcTable) {
    var tolerance = 0.8
    arcs.simplify(tolerance)
    while arcs.size > 800_000, tolerance * lattice.step < 2 {
      tolerance *= 2
      arcs.simplify(tolerance)
    }
  }

  private func sheet(_ sheet: GridSheet, first: Int) -> PageDocument.Sheet {
    let anchors = sheet.grids.flatMap { grid -> [Int] in
      let place = lattice(grid.labelPoint ?? grid.box.center)
      return [place.x, place.y]
    }
    return PageDocument.Sheet(
      title: sheet.title, codes: sheet.grids.map(\.code), labels: sheet.grids.map(\.label),
      names: sheet.grids.map(\.name), parents: sheet.grids.map(\.parent), columns: sheet.columns.map(column),
      measures: sheet.measures, first: first, anchors: anchors)
  }

  private func column(_ column: FigureColumn) -> PageDocument.Column {
    var words: [Phrase]?
    if case .choice(let phrases) = column.kind { words = phrases }
    var isShare = false
    if case .share = column.kind { isShare = true }
    let decimals = isShare ? 4 : column.decimals
    return PageDocument.Column(
      key: column.key, title: column.title, unit: column.unit, decimals: column.decimals, isShare: isShare,
      words: words, values: column.numbers.map { $0.map { rounded($0, decimals) } })
  }

  private func problem(_ problem: ProblemMark) -> PageDocument.Problem {
    let place = problem.point.map { lattice($0) }
    return PageDocument.Problem(
      rule: problem.rule, severity: problem.severity, code: problem.code, feature: problem.feature,
      at: place.map { [$0.x, $0.y] }, message: problem.message)
  }

  // MARK: Layers

  private mutating func packLayers() {
    add("water", Phrase("Water and barriers", "水系与屏障"), kind: "water", items: scene.water.map { areaItem([$0]) })
    let streets = scene.streets.sorted { $0.rank > $1.rank }
    for (key, title, ranks) in [
      ("roads", Phrase("Main roads", "主要道路"), 2...9), ("lanes", Phrase("Streets and lanes", "支路与小路"), 0...1),
    ] {
      let items = streets.filter { ranks.contains($0.rank) }.map { street in
        TileSet.Item(paths: [lattice(path: street.points)], numbers: [Int((street.width * 10).rounded()), street.rank])
      }
      add(key, title, kind: "street", numbers: 2, items: items.filter { $0.paths[0].count > 1 })
    }
    add(
      "buildings", Phrase("Buildings", "建筑"), kind: "building", numbers: 2, hasNames: true,
      items: scene.buildings.map(buildingItem))
    for overlay in scene.overlays {
      add(
        overlay.key, overlay.title, kind: "overlay", color: overlay.color, opacity: overlay.opacity,
        isShown: overlay.isShown, hasNames: true,
        items: overlay.areas.map { area in
          var item = areaItem(area.polygons)
          item.name = area.code
          return item
        })
    }
    for marks in scene.marks {
      add(
        marks.key, marks.title, kind: "mark", color: marks.color, isShown: marks.isShown, hasNames: true,
        items: marks.marks.map { .init(paths: [[lattice($0.point)]], numbers: [], name: $0.id) })
    }
  }

  private mutating func add(
    _ key: String, _ title: Phrase, kind: String, color: String? = nil, opacity: Double? = nil, isShown: Bool = true, numbers: Int = 0,
    hasNames: Bool = false, items: [TileSet.Item]
  ) {
    let tiles = TileSet(items.filter { !$0.paths.isEmpty }, side: max(size.x, size.y), hasNames: hasNames)
    guard !tiles.tiles.isEmpty else { return }
    texts.append((key, tiles.text))
    layers.append(
      PageDocument.Layer(
        key: key, title: title, kind: kind, color: color, opacity: opacity, isShown: isShown, count: items.count,
        numbers: numbers, hasNames: hasNames, tiles: tiles.tiles))
  }

  private func areaItem(_ polygons: [Polygon]) -> TileSet.Item {
    TileSet.Item(paths: polygons.flatMap(\.rings).compactMap { lattice(ring: $0.points) }, numbers: [])
  }

  /// A footprint, or one place; its grid from 1 and its households from 1, 0 where unknown.
  private func buildingItem(_ building: MapBuilding) -> TileSet.Item {
    var item = areaItem(building.polygons)
    if item.paths.isEmpty, let point = building.point { item.paths = [[lattice(point)]] }
    item.numbers = [building.grid.map { $0 + 1 } ?? 0, building.households.map { $0 + 1 } ?? 0]
    item.name = building.id
    return item
  }
}

private func rounded(_ value: Double, _ decimals: Int) -> Double {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  return (value * scale).rounded() / scale
}
