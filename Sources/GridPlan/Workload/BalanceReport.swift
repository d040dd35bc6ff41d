import Foundation
internal import PlanModel
internal import Workload

/// A balance in figures; `report.json` of `gridplan balance`.
public struct BalanceReport: Sendable, Encodable {
  public struct Settings: Sendable, Encodable {
    var services: [Service]
    /// Whether the services are the program's own profile, not the scenario's.
    var servicesAssumed: Bool
    var workload: WorkloadConstants
    var units = "minutes a year; metres; hours; loads relative to a post's hours"
    var period: String
    var onlyKnown: Bool
    var slack: Double
  }

  public struct Work: Sendable, Encodable {
    var hours: Double
    var serviceHours: Double
    var roundHours: Double
    var setupHours: Double
    var byService: [String: Double]
    var bySkill: [String: Double]
    var postsNeeded: Double
    var postsNeededBySkill: [String: Double]
    var estimated: Bool
  }

  public struct Measures: Sendable, Encodable {
    var count: Int
    var mean: Double
    var min: Double
    var max: Double
    var cv: Double?
    var gini: Double?
    var jain: Double?
    var maxOverMean: Double?
    var maxDeviation: Double?

    init(_ values: [Double]) {
      let balance = Workload.Balance(of: values)
      (count, mean, min, max) = (balance.count, balance.mean, balance.min, balance.max)
      (cv, gini, jain) = (balance.cv, balance.gini, balance.jain)
      (maxOverMean, maxDeviation) = (balance.maxOverMean, balance.maxDeviation)
    }
  }

  public struct Travel: Sendable, Encodable {
    /// `streets`, or `square-root law`.
    var method: String
    var streetKilometres: Double
    var roundKilometres: Double
    /// All rounds against their bounds.
    var roundGap: Double?
    var gridsMeasured: Int
    var unconnectedPairs: Int
    /// Grids with too many stops to measure, which the law stands for.
    var gridsTooLarge: Int
  }

  public struct Staff: Sendable, Encodable {
    public struct Short: Sendable, Encodable {
      var grid: String
      var skill: String
      var hours: Double
      var withoutPost: Bool
    }

    var posts: Int
    var fullPosts: Double
    var largestLoad: Double
    var leastPossible: Double
    var gap: Double
    var heuristic: Bool
    var feasible: Bool
    var changedHours: Double
    var wayHours: Double
    var loads: Measures
    var short: [Short]
  }

  public struct Span: Sendable, Encodable {
    var code: String
    var name: String?
    var grids: Int
    var hours: Double
    var postsNeeded: Double
    var posts: Int
    var supervisors: Int
    var postsPerSupervisor: Double?
  }

  public struct Assumption: Sendable, Encodable {
    var assumption: String
    var value: Double
    var tenthLower: Double
    var tenthHigher: Double
  }

  public struct Events: Sendable, Encodable {
    var all: EventFigures
    var undated: Int
    var stray: Int
    var gridsRising: [String]
    var gridsFalling: [String]
  }

  public struct Warning: Sendable, Encodable {
    var key: String
    var message: String
    var message_zh: String
  }

  var version = gridplanVersion
  var name: String
  var published: Bool
  var grids: Int
  var settings: Settings
  var work: Work
  var travel: Travel
  var balance: [String: Measures]
  var today: Staff?
  var staffing: Staff?
  var spanOfControl: [Span]
  var sensitivity: [Assumption]
  var events: Events?
  var warnings: [Warning]
  var timings: [String: Double]

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
