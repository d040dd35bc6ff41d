import Foundation

/// What an audit found of one district: a line of `audit.jsonl`.
///
/// Shares are from 0 to 1, lengths in metres, areas in square metres, work in hours a year. A figure
/// that does not apply is absent. Nothing in it depends on when, where or how fast it was computed.
public struct AuditRow: Sendable, Codable {
  public enum Status: String, Sendable, Codable { case ok, failed }

  public struct Totals: Sendable, Codable {
    var households: Int
    var placed: Int
    var unplaced: Int
    var grids: Int
    var communities: Int
    var buildings: Int
    var estimated: Bool
  }

  /// What `gridplan check` finds in the layers: their number by severity, and by rule.
  public struct Checks: Sendable, Codable {
    var errors: Int
    var warnings: Int
    var rules: [String: Int]
  }

  /// Households of the grids.
  public struct Balance: Sendable, Codable {
    var cv: Double?
    var gini: Double?
    var jain: Double?
    var maxOverMean: Double?
    var maxDeviation: Double?
    var min: Double?
    var max: Double?
    var mean: Double
    /// Grids outside their bounds.
    var outOfBounds: Int
  }

  /// Work of the grids.
  public struct Work: Sendable, Codable {
    var hours: Double
    var postsNeeded: Double
    var cv: Double?
    var gini: Double?
    var maxOverMean: Double?
    var servicesAssumed: Bool
  }

  /// Work of the posts that there are, as well spread as can be.
  public struct Staffing: Sendable, Codable {
    var posts: Int
    var feasible: Bool
    var largestLoad: Double
    var leastPossible: Double
    /// Needs of a grid and skill that nobody has hours for.
    var short: Int
  }

  public struct Cameras: Sendable, Codable {
    var count: Int
    var used: Int
    var strict: Int
    /// Share of all, by their own word or the profile's.
    var inService: Double?
    var networked: Double?
    /// Grids without a camera.
    var gridsWithout: Int
  }

  /// Places of which a share is covered; the lenient reading where not said otherwise.
  public struct Covered: Sendable, Codable {
    var covered: Double?
    var coveredStrict: Double?
    /// By cameras in service, and by networked ones.
    var inService: Double?
    var networked: Double?
    /// Number of places, metres of road, or square metres.
    var of: Double
  }

  /// Places that cameras reach and may not: to check on site.
  public struct Reach: Sendable, Codable {
    var cameras: Int
    var places: Int
    var placesOfUnknownUse: Int
  }

  public struct Redundancy: Sendable, Codable {
    var cameras: Int
    var smallestSetFound: Int
    var smallestSetAtLeast: Int
  }

  /// The scenario as the list names it.
  public var scenario: String
  public var name: String?
  public var status: Status
  /// Why a district failed.
  public var error: String?
  public var version = gridplanVersion
  /// An audit is exact, for the office.
  public var published = false
  public var crs: String?
  public var feasible: Bool?
  public var totals: Totals?
  public var checks: Checks?
  /// What reading, drawing and assigning noted, by rule.
  public var problems: [String: Int]?
  public var balance: Balance?
  public var workload: Work?
  public var staffing: Staffing?
  public var cameras: Cameras?
  public var keyPlaces: Covered?
  public var crossings: Covered?
  public var roads: Covered?
  public var openSpace: Covered?
  public var grids: Covered?
  public var reach: [String: Reach]?
  public var redundancy: Redundancy?

  init(scenario: String, status: Status) {
    self.scenario = scenario
    self.status = status
  }

  /// A district that could not be audited.
  public init(scenario: String, error: String) {
    self.init(scenario: scenario, status: .failed)
    self.error = error
  }

  /// The row as JSON in one line, keys in order, without a line end.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }
}
