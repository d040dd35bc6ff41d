internal import PlanModel
internal import Workload

/// Compares two plans: who moved, what changed hands, and whether it became fairer.
public enum Comparer {
  /// - Throws: errors of input with file, feature, field and remedy; `CompareError`.
  public static func compare(
    _ request: CompareRequest, progress: any PlanProgress = SilentProgress()
  ) throws -> CompareOutcome {
    var clock = StepClock(progress: progress)
    var work = try clock.step("read", "reading plans", "读取方案") { try Comparison(request) }
    try clock.step("compare", "comparing", "对比") { try work.compare() }
    return CompareOutcome(work, timings: clock.timings)
  }
}

/// A comparison in the making.
struct Comparison {
  let request: CompareRequest
  private(set) var before: ComparedSide
  private(set) var after: ComparedSide
  let homes: CommonHomes?
  let minCount: Int
  private(set) var pairs: GridPairs!
  private(set) var changes: [GridChange] = []
  private(set) var borders: BorderChanges!
  /// Where the minutes of grids come from: `written`, or `reckoned`; nil without households.
  private(set) var workloadFrom: String?
  /// What the two sides don't share, in words.
  private(set) var notes: [(english: String, chinese: String)] = []

  init(_ request: CompareRequest) throws {
    self.request = request
    let drops = request.dropsPersonalColumns
    // The plan of after tells the CRS, where it is a plan; else that of before.
    let crs = request.crs ?? WrittenPlan(request.after)?.report?.crs?.working ?? WrittenPlan(request.before)?.report?.crs?.working
    after = try ComparedSide(request.after, code: request.afterCode, crs: crs, dropsPersonalColumns: drops)
    before = try ComparedSide(
      request.before, code: request.beforeCode, crs: after.crs.crs.definition, dropsPersonalColumns: drops)
    homes = CommonHomes(before, after, layer: try Self.layer(request, crs: after.crs.crs.definition))
    let stated = [after, before].compactMap(\.report?.settings?.minCount).first
    minCount = request.minCount ?? stated ?? 10
  }

  /// The homes of the layer that the request names.
  private static func layer(_ request: CompareRequest, crs: String) throws -> ComparedHomes? {
    guard let file = request.unitsFile ?? request.buildingsFile else { return nil }
    let kind: LayerKind = request.unitsFile == nil ? .buildings : .units
    var scenario = try Scenario(text: "{layers: {}, grids: {from: existing}}", file: file)
    scenario.crs = crs
    scenario.dropPersonalColumns = request.dropsPersonalColumns
    scenario.layers[kind] = LayerSource(file: file, fields: request.weight.map { [.households: $0] } ?? [:]).fromHere()
    return ComparedHomes(try InputReader.read(scenario), positions: [:])
  }

  mutating func compare() throws {
    countHouseholds()
    try reckonWorkload()
    pairs = try GridPairs(before.grids, after.grids, homes, tolerance: request.tolerance)
    changes = pairs.changes(before.grids, after.grids, hasHouseholds: homes != nil)
    borders = BorderChanges(before.grids, after.grids, tolerance: request.tolerance)
    noteOddities()
  }

  /// Households of the homes in each grid, where its plan doesn't state them or a layer was named.
  private mutating func countHouseholds() {
    guard let homes else { return }
    func sums(_ count: Int, _ side: KeyPath<CommonHomes.Home, Int?>) -> [Int] {
      homes.homes.reduce(into: Array(repeating: 0, count: count)) { sums, home in
        if let grid = home[keyPath: side] { sums[grid] += home.households }
      }
    }
    let (old, new) = (sums(before.grids.count, \.before), sums(after.grids.count, \.after))
    let isGiven = homes.source == .layer
    for grid in old.indices where isGiven || before.grids[grid].households == nil { before.grids[grid].households = old[grid] }
    for grid in new.indices where isGiven || after.grids[grid].households == nil { after.grids[grid].households = new[grid] }
  }

  /// Minutes as both plans state them; else reckoned by the same services from households, doors
  /// and ground.
  private mutating func reckonWorkload() throws {
    let isWritten = (before.grids + after.grids).allSatisfy { $0.workload != nil }
    if isWritten, request.servicesFile == nil, homes?.source != .layer {
      workloadFrom = "written"
      if before.services != after.services || before.constants != after.constants {
        notes.append((
          "the two plans reckon their workload with other services or constants; --services SCENARIO takes the same for both",
          "两个方案的服务项目或参数不同；可用 --services 统一"))
      }
      return
    }
    guard let homes else { return }
    let scenario = try request.servicesFile.map { try Scenario(contentsOf: $0) }
    let services = scenario.map { $0.services.isEmpty ? defaultServices : $0.services } ?? after.services
    let constants = scenario?.workload ?? after.constants
    workloadFrom = "reckoned"
    before.reckon(homes, \.before, services, constants)
    after.reckon(homes, \.after, services, constants)
  }

  private mutating func noteOddities() {
    let reused = self.reused
    if !reused.isEmpty {
      notes.append((
        "\(reused.count) codes now stand for other ground than before (\(reused.prefix(3).joined(separator: ", "))\(reused.count > 3 ? ", …" : "")): a code should not be reused",
        "\(reused.count) 个编码现在代表不同的网格（\(reused.prefix(3).joined(separator: "、"))）：编码不应重复使用"))
    }
    let small = smallPieces
    if !small.isEmpty {
      notes.append((
        "\(small.count) \(small.count == 1 ? "piece has" : "pieces have") fewer than \(minCount) households (\(small.reduce(0) { $0 + $1.households }) in all): publishing both plans would tell them by subtraction",
        "\(small.count) 处差异少于 \(minCount) 户（共 \(small.reduce(0) { $0 + $1.households }) 户）：两个方案同时公布可由相减得出"))
    }
  }

  /// Codes that stand on both sides for grids that don't continue each other.
  var reused: [String] {
    let old = Dictionary(before.grids.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    return after.grids.indices.compactMap { b in
      guard let a = old[after.grids[b].code], pairs.continued[a] != b else { return nil }
      return after.grids[b].code
    }
  }

  /// Pieces in common whose households are few: they are what subtraction gives.
  var smallPieces: [GridPair] {
    guard minCount > 1 else { return [] }
    return pairs.pairs.filter { (1..<minCount).contains($0.households) }
  }

  /// Pieces that are in another grid than before, most households first.
  var moved: [GridPair] {
    pairs.pairs.filter { pairs.isMoved($0) && ($0.households > 0 || !$0.polygons.isEmpty) }
      .enumerated().sorted { ($1.element.households, $0.offset) < ($0.element.households, $1.offset) }.map(\.element)
  }
}

extension ComparedSide {
  /// Minutes of each grid by the law, from the homes on one side.
  fileprivate mutating func reckon(
    _ homes: CommonHomes, _ side: KeyPath<CommonHomes.Home, Int?>, _ services: [Service], _ constants: WorkloadConstants
  ) {
    var demands = grids.map { GridDemand(code: $0.code, households: $0.households ?? 0, hectares: $0.area / 10_000) }
    for home in homes.homes {
      guard let grid = home[keyPath: side] else { continue }
      demands[grid].buildings += homes.areBuildings ? 1 : 0
      demands[grid].stops += home.households > 0 ? 1 : 0
    }
    for (grid, load) in workload(of: demands, services: services, constants: constants).enumerated() {
      grids[grid].workload = load.totalMinutes
    }
  }
}
