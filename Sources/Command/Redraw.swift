import ArgumentParser
import Foundation
import GridPlan
import Redraw

/// `gridplan redraw`: cuts a graph of units into connected groups within bounds.
struct RedrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redraw",
    abstract: "Draws grids of ready units, or groups of a bare graph, within hard bounds.",
    discussion: """
      --units takes a layer of areas, groups them into grids that hang together and balance a field, and \
      writes the grids as GeoJSON. Plans come better in the order of --objective: by default evenness where \
      no bounds are given, then few moved against --existing, then shape. Invalid rings are repaired, islands \
      linked or left apart, and all of it listed (--problems).

      --graph takes a bare graph: .json {k, L, U, pop, edges, lonlat or xy, border?, weights?}; .dat in the \
      2DU format; .graph in the METIS format with --parts and --tolerance; or a folder with units.csv \
      (id,x,y,households) and edges.csv (i,j,border_m) with --parts. Prints one JSON object.

      Exit status 2: a bound cannot be met, and why in one line.

      Examples:
        gridplan redraw --units blocks.geojson --weight pop --grids 17 --tolerance 0.005 -o grids.geojson
        gridplan redraw --units blocks.geojson --weight dwellings --grids 9 --existing districts.geojson \
          --max-moved 0.05 --objective deviation:0.005,moved,compactness -o grids.geojson
        gridplan redraw --graph town.json --objective cut-edges --effort high --prove
      """)

  @OptionGroup(title: "Units") var units: RedrawUnitOptions

  @Option(help: ArgumentHelp("The graph to cut into groups.", valueName: "file"))
  var graph: String?

  @Option(help: ArgumentHelp(
    "cut-edges, moment-of-inertia, p-median, perimeter or compactness; for units a list that may begin with deviation, moved, crossed, such as deviation:0.02,moved,compactness."))
  var objective: String?

  @Flag(help: "p-median: weigh each distance by the unit's weight.")
  var weighted = false

  @Option(help: "low, default or high.")
  var effort: RedrawEffortName = .default

  @Option(help: "The seed of the search.")
  var seed: UInt64 = 1

  @Option(help: "How many groups.")
  var parts: Int?

  @Option(help: "Groups keep within this share of their mean weight.")
  var tolerance: Double?

  @Flag(help: "Prove a lower bound of the objective.")
  var prove = false

  @Option(help: "Stop proving after so many seconds.")
  var timeLimit: Double = 600

  @Flag(help: "Units: print the report as JSON in one line instead of the summary.")
  var json = false

  func validate() throws {
    guard (graph == nil) != (units.units == nil) else { throw ValidationError("give --units FILE or --graph FILE") }
    if let parts, parts < 1 { throw ValidationError("--parts must be at least 1") }
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) { throw ValidationError("--tolerance must not be negative") }
    guard timeLimit >= 0 else { throw ValidationError("--time-limit must not be negative") }
    if let graph, let objective, RedrawObjectiveName(rawValue: objective) == nil {
      let names = RedrawObjectiveName.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--objective \(objective) of \(graph): give one of \(names)")
    }
    if units.units != nil {
      guard !prove else { throw ValidationError("--prove works on --graph") }
      if tolerance != nil, units.grids == nil { throw ValidationError("--tolerance is around a mean: give --grids") }
      _ = try request()
    }
  }

  private func request() throws -> UnitRedrawRequest {
    try units.request(
      objective: objective, effort: GridRules.Effort(rawValue: effort.rawValue) ?? .default,
      seed: Int(clamping: seed), tolerance: tolerance)
  }

  func run() throws {
    if let graph { try cut(graph) } else { try units.run(try request(), json: json) }
  }

  /// Cuts a bare graph.
  private func cut(_ graph: String) throws {
    let clock = ContinuousClock()
    let started = clock.now
    let file = try RedrawGraphFile(path: graph, parts: parts, tolerance: tolerance)
    var problem = file.problem
    problem.objective = objective.flatMap(RedrawObjectiveName.init)?.objective(weighted: weighted) ?? file.objective
    problem.effort = effort.effort
    problem.seed = seed
    let read = clock.now
    let plan = try problem.solved()
    let solved = clock.now
    let proof = prove ? problem.proof(of: plan, within: timeLimit) : nil
    var output = RedrawOutput(proof?.plan ?? plan, seed: seed)
    output.bound = proof?.bound
    output.seconds = ["read": (read - started).seconds, "partition": (solved - read).seconds]
    if prove { output.seconds["prove"] = (clock.now - solved).seconds }
    print(try output.text())
    if !plan.isFeasible { throw ExitStatus.unmet.code }
  }
}

enum RedrawObjectiveName: String, CaseIterable, ExpressibleByArgument {
  case cutEdges = "cut-edges"
  case momentOfInertia = "moment-of-inertia"
  case pMedian = "p-median"
  case perimeter, compactness

  func objective(weighted: Bool) -> RedrawProblem.Objective {
    switch self {
    case .cutEdges: .cutEdges
    case .momentOfInertia: .momentOfInertia
    case .pMedian: .pMedian(weighted: weighted)
    case .perimeter: .perimeter
    case .compactness: .compactness
    }
  }
}

enum RedrawEffortName: String, CaseIterable, ExpressibleByArgument {
  case low, `default`, high

  var effort: RedrawProblem.Effort {
    switch self {
    case .low: .low
    case .default: .default
    case .high: .high
    }
  }
}

extension Duration {
  /// In seconds, to the microsecond.
  fileprivate var seconds: Double {
    let (whole, parts) = components
    return Double(whole) + (Double(parts) / 1e12).rounded() / 1e6
  }
}

/// What the command prints.
struct RedrawOutput: Encodable {
  var assignment: [Int]
  var objective: Double
  var bound: Double?
  var feasible: Bool
  var certificate: String?
  var seed: UInt64
  var seconds: [String: Double] = [:]

  init(_ plan: RedrawPlan, seed: UInt64) {
    assignment = plan.groups
    objective = plan.objective
    feasible = plan.isFeasible
    let reasons = plan.certificates.filter(\.isBlocking).map(\.english)
    certificate = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    self.seed = seed
  }

  private var gap: Double? {
    // Sums of distances are proven but for rounding.
    bound.map { bound in
      let gap = (objective - bound) / max(abs(objective), 1e-12)
      return gap < 1e-8 ? 0 : gap
    }
  }

  private enum Key: String, CodingKey { case assignment, objective, bound, gap, feasible, certificate, seed, seconds }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(assignment, forKey: .assignment)
    try values.encode(objective, forKey: .objective)
    try values.encode(bound, forKey: .bound)
    try values.encode(gap, forKey: .gap)
    try values.encode(feasible, forKey: .feasible)
    try values.encode(certificate, forKey: .certificate)
    try values.encode(seed, forKey: .seed)
    try values.encode(seconds, forKey: .seconds)
  }

  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
