import Foundation
internal import PlanModel
internal import Planar
internal import Workload

/// `report.json`: figures, settings and sources of a plan. `timings` apart, the same input gives the
/// same bytes.
public struct PlanReport: Sendable, Codable {
  public struct Input: Sendable, Codable {
    var file: String
    var role: String
    var sha256: String
    var layer: String
    var crs: String
    /// `file`, `scenario` or `assumed`.
    var crsFrom: String
    var features: Int
    /// Which features of the file were read; nil for all.
    var `where`: String?
    /// Roles whose field was recognised by its name: role to field.
    var recognised: [String: String]
    /// Roles whose field the scenario names.
    var mapped: [String: String]
  }

  public struct CRSFigures: Sendable, Codable {
    var working: String
    var name: String
    /// Whether the scenario states it.
    var stated: Bool
    var output = "OGC:CRS84"
    var note = "EPSG:4490 and EPSG:4326/CRS84 are taken as the same; they agree below a metre"
  }

  public struct Totals: Sendable, Codable {
    var `in`: Int?
    var out: Int
    var unplaced: Int?
    var unrounded: Double?
    var rounding: String
    var grids: Int
    var communities: Int
    var buildings: Int
    var estimated: Bool
  }

  /// How well a table of addresses fits a layer.
  public struct AddressJoinFigures: Sendable, Codable {
    var file: String
    var rows: Int
    var matched: Int
    var households: Int
    var matchedHouseholds: Int
    /// Of the rows.
    var rate: Double

    init(_ match: AddressMatch) {
      (file, rows, matched, rate) = (match.file, match.rows, match.matched, match.rate.rounded(to: 6))
      (households, matchedHouseholds) = (Int(match.households.rounded()), Int(match.matchedHouseholds.rounded()))
    }
  }

  public struct Balance: Sendable, Codable {
    var workload: Figures?
    var cv: Double?
    var gini: Double?
    var jain: Double?
    var maxOverMean: Double?
    var maxDeviation: Double?
    var min: Double?
    var max: Double?
    var mean: Double

    /// Of households over grids; the same of workload under `workload`.
    init(of plan: Plan) {
      let households = Workload.Balance(of: plan.grids.map { Double($0.households) })
      (cv, gini, jain) = (households.cv, households.gini, households.jain)
      (maxOverMean, maxDeviation) = (households.maxOverMean, households.maxDeviation)
      (min, max, mean) = (households.min, households.max, households.mean)
      workload = Figures(Workload.Balance(of: plan.grids.map(\.workloadMinutes)))
    }

    public struct Figures: Sendable, Codable {
      var cv: Double?
      var gini: Double?
      var jain: Double?
      var maxOverMean: Double?
      var maxDeviation: Double?

      init(_ balance: Workload.Balance) {
        (cv, gini, jain) = (balance.cv, balance.gini, balance.jain)
        (maxOverMean, maxDeviation) = (balance.maxOverMean, balance.maxDeviation)
      }
    }
  }

  public struct CertificateLine: Sendable, Codable {
    var kind: String
    var blocking: Bool
    var parent: String?
    var message: String
    var message_zh: String
  }

  /// How the plan stands to that of today, and what its goals came to.
  public struct Redraw: Sendable, Codable {
    struct Goal: Sendable, Codable {
      var goal: String
      var value: Double
      /// No plan within the bounds and the limit on what moves is below it.
      var bound: Double?
    }

    var moved: Int?
    var movedShare: Double?
    var goals: [Goal]

    mutating func hideMoves() { (moved, movedShare) = (nil, nil) }

    init?(_ figures: RedrawFigures?) {
      guard let figures, figures.moved != nil || !figures.reached.isEmpty else { return nil }
      moved = figures.moved
      movedShare = figures.movedShare?.rounded(to: 6)
      goals = figures.reached.map {
        Goal(goal: $0.goal.rawValue, value: $0.value.rounded(to: 6), bound: $0.bound?.rounded(to: 6))
      }
    }
  }

  public struct Settings: Sendable, Codable {
    var from: String
    var min: Int
    var ideal: Int
    var max: Int
    var count: String
    var oversize: String
    var effort: String
    var minCount: Int
    /// Whether a grid of today has bounds; those that are drawn always have.
    var bounded: Bool
    /// What is the same in all grids: `households` or `workload`.
    var balance: String
    /// Hours a year of a grid, where work is balanced.
    var hours: WorkBounds?
    var micro: HouseholdBounds?
    var kinds: [String: HouseholdBounds]
    /// `posts` that look after a grid, or what its `workload` asks for.
    var workersFrom: String
    /// How the way between stops is reckoned: a plan must be reckoned again after every edit, from what
    /// stands in it; `gridplan balance` measures rounds along streets.
    var travel = "square-root law"
    var services: [Service]
    /// Whether the services are the program's own profile, not the scenario's.
    var servicesAssumed: Bool
    var workload: WorkloadConstants
  }

  /// From grids to their workload to new grids, until the two agree.
  public struct Loop: Sendable, Codable {
    public struct Turn: Sendable, Codable {
      /// Of the grids' minutes a year.
      var cv: Double?
      var gini: Double?
      var maxDeviation: Double?
      /// Households in another grid than the turn before.
      var moved: Int
      /// The largest relative error of the work that was foretold for a grid.
      var largestError: Double
      /// Hours by which grids miss the bounds, in all.
      var missedHours: Double
      /// Households by which grids miss the scenario's bounds, in all.
      var missedHouseholds: Int
    }

    /// Whether the work foretold agreed within 1 %, and at most 0.5 % of the households still moved.
    var converged: Bool
    /// The grids balanced by households first, then each turn.
    var turns: [Turn]
  }

  /// What `gridplan edit` did since the plan was drawn.
  public struct Edits: Sendable, Codable {
    var done: Int
    var undone: Int
    var locked: [String]
    var last: String?
  }

  var version = gridplanVersion
  var name: String
  var published: Bool
  var feasible: Bool
  var seed: Int
  var crs: CRSFigures
  var inputs: [Input]
  var settings: Settings
  var totals: Totals
  var balance: Balance
  /// What the cameras see; absent where there are none.
  public internal(set) var coverage: CoverageFigures?
  /// Nil where no goals are stated and there is no plan of today.
  var redraw: Redraw?
  var problems: [String: Int]
  /// Tables of households joined by address; nil where there are none.
  var addressJoins: [AddressJoinFigures]?
  var certificates: [CertificateLine]
  var loop: Loop?
  var edits: Edits?
  var timings: [String: Double]

  /// The report as JSON text, keys in alphabetical order.
  public var json: String { encoded([.prettyPrinted]) + "\n" }

  /// The same in one line, without a line end.
  public var jsonLine: String { encoded([]) }

  private func encoded(_ formatting: JSONEncoder.OutputFormatting) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }
}
