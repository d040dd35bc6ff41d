internal import MapFiles

/// Totals of one unit of one level: a grid, a community, a street, a county…
public struct LevelTotals: Sendable, Hashable {
  public var level: String
  public var code: String
  public var name: String?
  public var parent: String?
  public var grids = 0
  public var households = 0
  public var buildings = 0
  public var area = 0.0
  public var workloadMinutes = 0.0
  public var workers = 0.0
  public var cameras = 0
  public var events = 0
  public var isEstimated = false

  fileprivate mutating func add(_ grid: PlannedGrid) {
    grids += 1
    households += grid.households
    buildings += grid.buildings
    area += grid.area
    workloadMinutes += grid.workloadMinutes
    workers += grid.workers
    cameras += grid.cameras
    events += grid.events
    isEstimated = isEstimated || grid.isEstimated
  }
}

extension LevelTotals {
  fileprivate init(microGrid: PlannedGrid) {
    self.init(level: "microgrid", code: microGrid.code, name: microGrid.name, parent: microGrid.parent)
    add(microGrid)
    grids = 0
  }
}

extension Plan {
  /// The same totals for every grid, community, street, county, city and province, and for all.
  ///
  /// Levels above the community are the leading digits of its 12-digit code (9, 6, 4, 2); a code
  /// of another shape has none. Rows stand level by level, in the order of codes.
  /// - Parameters:
  ///   - names: of levels by code.
  ///   - withMicroGrids: whether micro-grids are a level, below the grid; levels above are sums of grids.
  public func levels(names: [String: String] = [:], withMicroGrids: Bool = true) -> [LevelTotals] {
    var rows: [[String: LevelTotals]] = Array(repeating: [:], count: Self.levelNames.count)
    let communityNames = Dictionary(communities.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    func add(_ grid: PlannedGrid, _ level: Int, _ code: String, _ name: String?, _ parent: String?) {
      let empty = LevelTotals(level: Self.levelNames[level], code: code, name: name, parent: parent)
      rows[level][code, default: empty].add(grid)
    }
    for grid in grids {
      let above = Self.codesAbove(grid.parent)
      add(grid, 0, grid.code, grid.name, grid.parent)
      if !grid.parent.isEmpty {
        add(grid, 1, grid.parent, communityNames[grid.parent] ?? nil, above.first?.code ?? "")
      }
      for (index, division) in above.enumerated() {
        let parent = index + 1 < above.count ? above[index + 1].code : ""
        add(grid, division.level, division.code, names[division.code], parent)
      }
      add(grid, Self.levelNames.count - 1, "", name, nil)
    }
    let micro = withMicroGrids ? microGrids : []
    return micro.map(LevelTotals.init(microGrid:)) + rows.flatMap { $0.values.sorted { $0.code < $1.code } }
  }

  private static let levelNames = ["grid", "community", "street", "county", "city", "province", "total"]

  private static func codesAbove(_ community: String) -> [(level: Int, code: String)] {
    guard community.utf8.count == 12, community.utf8.allSatisfy({ (48...57).contains($0) }) else { return [] }
    return [(2, 9), (3, 6), (4, 4), (5, 2)].map { ($0.0, String(community.prefix($0.1))) }
  }

  /// `levels.csv` as a table, the whole of it or what may be published.
  func levelsLayer(names: [String: String], _ publication: Publication? = nil) -> Layer {
    let fields = [
      "level", "code", "name", "parent", "grids", "households", "buildings", "area_m2", "workload_min",
      "workers", "cameras", "events", "estimated",
    ]
    let rows = publication?.rows ?? levels(names: names)
    return Layer(
      name: "levels", fields: fields + (publication == nil ? [] : ["suppressed"]),
      features: rows.enumerated().map { index, row in
        guard let publication else {
          return Feature(geometry: nil, values: row.values(hidesHouseholds: false, hidesEvents: false))
        }
        let hides = (households: publication.hidesHouseholds(index), events: publication.hidesEvents(index))
        return Feature(
          geometry: nil,
          values: row.values(hidesHouseholds: hides.households, hidesEvents: hides.events)
            + [.bool(hides.households || hides.events)])
      })
  }
}
