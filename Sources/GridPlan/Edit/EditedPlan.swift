import Foundation
internal import Fabric
internal import Georeference
internal import Planar
internal import Redraw

/// A plan that was read back from its folder, to be edited.
struct EditedPlan {
  let folder: String
  var plan: Plan
  var ground: PlanGround
  var register: CodeRegister
  var history: [EditRecord]
  let report: PlanReport
  let crs: CRSDescription
  let divisionNames: [String: String]
  /// The further weights of the scenario.
  let weightNames: [String]
  /// The grid of today that each grid continues; nil without a plan of today.
  var continues: [String: String]?
  /// Posts of each grid, where the plan's workers are posts.
  var posts: [String: Double]?
  /// What the cameras were found to see, as it was written.
  let audit: CoverageLayers?
  /// All units that have ground in a grid, by the borders that hold grids together.
  let graph: UnitGraph

  init(
    folder: String, plan: Plan, ground: PlanGround, register: CodeRegister, history: [EditRecord], report: PlanReport,
    crs: CRSDescription, divisionNames: [String: String], weightNames: [String], continues: [String: String]?,
    posts: [String: Double]?, audit: CoverageLayers?
  ) throws {
    self.folder = folder
    self.plan = plan
    self.ground = ground
    self.register = register
    self.history = history
    self.report = report
    self.crs = crs
    self.divisionNames = divisionNames
    self.weightNames = weightNames
    self.continues = continues
    self.posts = posts
    self.audit = audit
    graph = try ground.graph(Array(0..<ground.count))
  }

  /// The codes, of before and after, whose units are others in another state of the plan.
  func changedCodes(_ other: EditedPlan) -> Set<String> {
    let changed = ground.grid.indices.filter { ground.grid[$0] != other.ground.grid[$0] }
    return Set(changed.flatMap { [ground.grid[$0], other.ground.grid[$0]] }.compactMap { $0 })
  }

  /// Whether the plan has a page, which is then drawn anew.
  var hasPage: Bool { FileManager.default.fileExists(atPath: (folder as NSString).appendingPathComponent("map.html")) }

  /// Units of a grid.
  func units(of code: String) -> [Int] { ground.grid.indices.filter { ground.grid[$0] == code } }

  /// - Throws: `EditError` where no grid has the code now.
  func requireGrid(_ code: String) throws -> CodeRegister.Entry {
    if let entry = register[code], entry.isInUse { return entry }
    if register[code] != nil { throw EditError(.unknown, "\(folder): the code \(code) is gone; no grid has it now") }
    let known = register.entries.filter(\.isInUse).map(\.code)
    let hint = nearestName(to: code, among: known).map { ". Did you mean \($0)?" } ?? ""
    throw EditError(.unknown, "\(folder): no grid has the code \(code)\(hint)")
  }

  func requireUnlocked(_ code: String) throws {
    guard register[code]?.isLocked == true else { return }
    throw EditError(.refused, "the grid \(code) is locked; --unlock \(code) first")
  }
}
