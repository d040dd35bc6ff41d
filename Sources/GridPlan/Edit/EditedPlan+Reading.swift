internal import Fabric
import Foundation
internal import Georeference
internal import MapFiles
internal import Planar
internal import Redraw

extension EditedPlan {
  /// Reads a plan with all that its edits need.
  ///
  /// - Parameter path: the plan's folder, or its `plan.gpkg` or `grids.geojson`.
  /// - Throws: `EditError` for what is no plan that can be edited; `MapFileError`.
  init(contentsOf path: String) throws {
    guard let written = WrittenPlan(path) else {
      throw EditError(.unknown, "\(path): no plan. Name the folder that `gridplan plan` wrote")
    }
    let reader = try EditedPlanReader(written.folder)
    self = try reader.plan()
  }
}

private struct EditedPlanReader {
  let folder: String
  let report: PlanReport
  let crs: CRSDescription
  private let toWorking: Transformation
  private let names: [String]
  private var package: String { (folder as NSString).appendingPathComponent("plan.gpkg") }

  init(_ folder: String) throws {
    self.folder = folder
    let place = (folder as NSString).appendingPathComponent("report.json")
    guard let data = FileManager.default.contents(atPath: place) else {
      throw EditError(.unknown, "\(place): not there. Plan again, or name another folder")
    }
    do {
      report = try JSONDecoder().decode(PlanReport.self, from: data)
    } catch {
      throw EditError(.unknown, "\(place): not the report of a plan of this version. Plan again with `gridplan plan`")
    }
    guard !report.published else {
      throw EditError(.refused, "\(folder): a published plan has no exact counts to edit by. Edit the working plan, then publish it")
    }
    crs = try CRS(report.crs.working).described()
    toWorking = try Transformation(from: .crs84, to: crs.crs, allowBallpark: true)
    names = try layerNames((folder as NSString).appendingPathComponent("plan.gpkg"))
  }

  func plan() throws -> EditedPlan {
    guard names.contains("plan_units") else {
      throw EditError(
        .refused,
        "\(package): no layer plan_units: the grids were taken as they are, not drawn from units. Draw them with `grids: {from: draw}`")
    }
    let grids = try table("grids")
    let communities = try table("communities")
    var plan = Plan(
      name: report.name, grids: [],
      communities: try communities.rows.map { row in
        PlannedCommunity(
          code: communities.text("code", row) ?? "", name: communities.text("name", row),
          polygons: try working(communities.polygons(row)), printed: communities.polygons(row))
      },
      buildings: [], units: [], cameras: [], events: [], barriers: try barriers(), problems: try problems(),
      certificates: report.certificates.map {
        PlanCertificate(kind: $0.kind, isBlocking: $0.blocking, parent: $0.parent, english: $0.message, chinese: $0.message_zh)
      },
      totals: PlanTotals(
        incoming: report.totals.in ?? report.totals.out, placed: report.totals.out, unplaced: report.totals.unplaced ?? 0,
        unrounded: report.totals.unrounded ?? 0),
      bounds: report.settings.bounded
        ? HouseholdBounds(min: report.settings.min, ideal: report.settings.ideal, max: report.settings.max) : nil,
      isEstimated: report.totals.estimated)
    var unitOfHome: [Int?] = []
    plan.buildings = try homes("buildings", &unitOfHome)
    if plan.buildings.isEmpty { plan.units = try homes("units", &unitOfHome) }
    plan.cameras = try points("cameras")
    plan.events = try points("events")
    let units = try table("plan_units")
    let weightNames = units.layer.fields.filter { $0.hasPrefix("weight_") }.map { String($0.dropFirst("weight_".count)) }
    return try EditedPlan(
      folder: folder, plan: plan, ground: try ground(units, weightNames, plan, unitOfHome), register: try register(),
      history: try history(), report: report, crs: crs, divisionNames: try divisionNames(), weightNames: weightNames,
      continues: grids.layer.index(of: "continues") == nil ? nil : continues(grids),
      posts: report.settings.workersFrom == "posts" ? posts(grids) : nil, audit: try audit())
  }

  // MARK: Layers

  /// A layer of the package; empty where it has none of this name.
  private func table(_ name: String) throws -> WrittenTable {
    guard names.contains(name) else { return WrittenTable(Layer(name: name)) }
    return WrittenTable(try readLayer(package, layer: name))
  }

  private func working(_ polygons: [Polygon]) throws -> [Polygon] {
    polygons.isEmpty ? [] : try toWorking(.area(of: polygons)).polygons
  }

  private func homes(_ name: String, _ unitOfHome: inout [Int?]) throws -> [PlacedBuilding] {
    let table = try table(name)
    unitOfHome = table.rows.map { row in table.whole("unit", row).map { $0 - 1 } }
    return try table.rows.map { row in
      PlacedBuilding(
        id: table.text("id", row) ?? "", grid: table.text("grid", row), households: table.whole("households", row) ?? 0,
        status: table.text("status", row).flatMap { PlacedBuilding.Status(rawValue: $0) } ?? .placed,
        polygons: try working(table.polygons(row)),
        point: try table.layer.features[row].geometry?.points.first.map { try toWorking($0) })
    }
  }

  private func points(_ name: String) throws -> [PlacedFeature] {
    let table = try table(name)
    return try table.rows.map { row in
      PlacedFeature(
        id: table.text("id", row) ?? "", grid: table.text("grid", row),
        point: try table.layer.features[row].geometry?.points.first.map { try toWorking($0) })
    }
  }

  private func audit() throws -> CoverageLayers? {
    guard report.coverage != nil, names.contains("coverage") else { return nil }
    return CoverageLayers(
      cameras: try table("cameras").layer, views: names.contains("views") ? try table("views").layer : nil,
      coverage: try table("coverage").layer)
  }

  private func barriers() throws -> [Polygon] {
    let table = try table("barriers")
    return try table.rows.flatMap { try working(table.polygons($0)) }
  }

  private func problems() throws -> [PlanProblem] {
    let table = try table("problems")
    return try table.rows.map { row in
      PlanProblem(
        table.text("rule", row) ?? "", table.text("severity", row).flatMap { PlanProblem.Severity(rawValue: $0) } ?? .warning,
        file: table.text("file", row) ?? "", feature: table.text("feature", row), code: table.text("code", row),
        measure: table.number("measure", row), unit: table.text("unit", row),
        place: try table.layer.features[row].geometry?.points.first.map { try toWorking($0) },
        table.text("message", row) ?? "", table.text("message_zh", row) ?? "")
    }
  }

  private func posts(_ grids: WrittenTable) -> [String: Double] {
    Dictionary(
      grids.rows.map { (grids.text("code", $0) ?? "", grids.number("workers", $0) ?? 0) }, uniquingKeysWith: +)
  }

  private func divisionNames() throws -> [String: String] {
    let levels = WrittenTable(try readLayer((folder as NSString).appendingPathComponent("levels.csv")))
    let above = levels.rows.filter { !["grid", "microgrid", "community", "total"].contains(levels.text("level", $0) ?? "") }
    return Dictionary(
      above.compactMap { row in levels.text("name", row).map { (levels.text("code", row) ?? "", $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Ground

  private func continues(_ grids: WrittenTable) -> [String: String] {
    Dictionary(
      grids.rows.compactMap { row in grids.text("continues", row).map { (grids.text("code", row) ?? "", $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func ground(
    _ table: WrittenTable, _ weightNames: [String], _ plan: Plan, _ unitOfHome: [Int?]
  ) throws -> PlanGround {
    let parents = Dictionary(plan.communities.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let units = table.rows.map { row in
      FabricUnit(
        polygons: table.polygons(row), parent: nil,
        interiorPoint: Point(x: table.number("x", row) ?? 0, y: table.number("y", row) ?? 0))
    }
    return PlanGround(
      fabric: try Fabric(reassembling: units, adjacency: []), edges: try edges(),
      parent: table.rows.map { row in table.text("parent", row).flatMap { parents[$0] } },
      identifiers: table.rows.map { table.text("id", $0) }, names: table.rows.map { table.text("name", $0) ?? "" },
      households: table.rows.map { table.whole("households", $0) ?? 0 },
      buildings: table.rows.map { table.whole("buildings", $0) ?? 0 },
      weights: weightNames.map { name in table.rows.map { table.number("weight_" + name, $0) ?? 0 } }, grid: table.rows.map { table.text("grid", $0) },
      micro: table.rows.map { table.text("micro", $0) }, today: table.rows.map { table.text("today", $0) },
      compound: table.rows.map { table.text("compound", $0) },
      together: table.rows.map { table.whole("together", $0).map { $0 - 1 } }, places: table.rows.map { table.whole("places", $0) ?? 0 },
      streetMetres: table.rows.map { table.number("street_m", $0) ?? 0 }, unitOfHome: unitOfHome)
  }

  private func edges() throws -> [UnitGraph.Edge] {
    let table = try table("plan_unit_borders")
    return try table.rows.map { row in
      guard let a = table.whole("a", row), let b = table.whole("b", row), let border = table.number("border_m", row) else {
        throw MapFileError(
          .badData, file: package, place: "plan_unit_borders, row \(row + 1)", message: "no border",
          remedy: "Plan again with `gridplan plan`")
      }
      return UnitGraph.Edge(
        a - 1, b - 1, border: border, crossing: table.number("crossing_m", row).map { .cost($0) } ?? .open,
        isLink: table.flag("link", row))
    }
  }

  private func register() throws -> CodeRegister {
    let table = try table("plan_codes")
    return CodeRegister(
      table.rows.map { row in
        CodeRegister.Entry(
          code: table.text("code", row) ?? "", isInUse: table.text("state", row) == "in use",
          parent: table.text("parent", row) ?? "", name: table.text("name", row), kind: table.text("kind", row) ?? "grid",
          isLocked: table.flag("locked", row), edit: table.whole("edit", row) ?? 0)
      })
  }

  private func history() throws -> [EditRecord] {
    let table = try table("plan_edits")
    func read<Value: Decodable>(_ field: String, _ row: Int, _ empty: Value) throws -> Value {
      guard let text = table.text(field, row) else { return empty }
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
    return try table.rows.map { row in
      EditRecord(
        number: table.whole("number", row) ?? row + 1, line: table.text("edit", row) ?? "",
        state: table.text("state", row).flatMap { EditRecord.State(rawValue: $0) } ?? .done,
        grids: try read("grids", row, []), micro: try read("micro", row, []), locked: try read("locked", row, []),
        unlocked: try read("unlocked", row, []), posts: try read("posts", row, [:]),
        continues: try read("continues", row, nil))
    }
  }
}

extension PlanGround {
  init(
    fabric: Fabric, edges: [UnitGraph.Edge], parent: [Int?], identifiers: [String?], names: [String], households: [Int], buildings: [Int],
    weights: [[Double]], grid: [String?], micro: [String?], today: [String?], compound: [String?], together: [Int?], places: [Int], streetMetres: [Double], unitOfHome: [Int?]
  ) {
    self.fabric = fabric
    self.parent = parent
    self.identifiers = identifiers
    self.names = names
    self.households = households
    self.buildings = buildings
    self.grid = grid
    self.micro = micro
    self.compound = compound
    self.together = together
    self.today = today
    self.weights = weights
    self.edges = edges
    self.places = places
    self.streetMetres = streetMetres
    self.unitOfHome = unitOfHome
  }
}
