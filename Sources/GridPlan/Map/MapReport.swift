import Foundation

/// What a map tells of a plan's `report.json`.
struct MapReport: Decodable {
  struct Reference: Decodable {
    var working: String
    var name: String?
  }

  struct Totals: Decodable {
    var out: Int
    var unplaced: Int?
    var grids: Int
    var communities: Int
    var estimated: Bool
  }

  struct Balance: Decodable {
    struct Work: Decodable {
      var gini: Double?
      var maxOverMean: Double?
    }

    var cv: Double?
    var min: Double?
    var max: Double?
    var mean: Double
    var workload: Work?
  }

  struct Settings: Decodable {
    var minCount: Int?
    var servicesAssumed: Bool?
  }

  struct Input: Decodable { var role: String }

  struct Certificate: Decodable {
    var blocking: Bool
    var message: String
    var message_zh: String
  }

  var name: String
  var published: Bool
  var crs: Reference
  var totals: Totals
  var balance: Balance
  var settings: Settings
  var inputs: [Input]
  var certificates: [Certificate]

  /// Whether posts were given, so that the workers of a grid are a fact and not a need.
  var hasPosts: Bool { inputs.contains { $0.role == LayerKind.workers.rawValue } }

  init(_ report: PlanReport) throws { self = try Self(json: Data(report.jsonLine.utf8)) }

  init(json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }
}
