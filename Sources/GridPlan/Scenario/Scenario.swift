import Foundation
public import MapFiles
public import PlanModel
public import Workload

/// A scenario: which layers to read, what to do with them, and where to write.
public struct Scenario: Sendable {
  /// The file as the user wrote it.
  public var file: String
  public var name: String
  /// The working CRS, where the scenario states one.
  public var crs: String?
  public var allowBallpark: Bool
  public var dropPersonalColumns: Bool
  public var layers: [LayerKind: LayerSource]
  public var grids: GridRules
  /// Services of the scenario; empty where the default profile applies.
  public var services: [Service]
  public var workload: WorkloadConstants
  public var coverage: CoverageSettings
  /// Households below which a published count is suppressed.
  public var minCount: Int
  /// The folder for results, resolved.
  public var outputFolder: String
  /// The page that is written with the plan.
  public var map: MapChoice

  /// The path of a file that the scenario names, relative to the scenario's own place.
  public func resolve(_ path: String) -> String {
    Self.resolve(path, besides: file)
  }

  /// The path without `folder/..` in it, as a person would write it.
  static func collapsed(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) where part != "." {
      if part == "..", let last = parts.last, !last.isEmpty, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  static func resolve(_ path: String, besides file: String) -> String {
    if path.hasPrefix("/") { return path }
    let folder = (file as NSString).deletingLastPathComponent
    let joined = folder.isEmpty ? path : (folder as NSString).appendingPathComponent(path)
    return (joined as NSString).standardizingPath
  }
}

/// What a plan's page shows, if it has one.
public enum MapChoice: String, Sendable, CaseIterable {
  case none
  /// What may leave the office.
  case published
  /// Exact counts.
  case `internal`

  /// From a scenario's word; `false` is none, `true` what is usual.
  init(_ word: String?) {
    self = word == "false" ? .none : word.flatMap(Self.init(rawValue:)) ?? .published
  }
}

/// The layers that a scenario may name.
public enum LayerKind: String, Sendable, CaseIterable, Comparable {
  case communities, buildings, units, streets, water, barriers, bridges, compounds, specials, grids, cameras, events
  case workers, keyPlaces, openSpace, sensitivePlaces, divisions, usedCodes

  public static func < (a: LayerKind, b: LayerKind) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// One layer of a scenario: where it is and what its fields mean.
public struct LayerSource: Sendable {
  /// The file as the scenario writes it.
  public var file: String
  public var layer: String?
  public var crs: String?
  public var filter: FeatureFilter?
  /// Fields that the scenario names.
  public var fields: [FieldRole: String]
  public var estimate: HouseholdEstimate?
  public var counts: JoinedCounts?
}

/// Keeps features whose field has one of some values.
public struct FeatureFilter: Sendable {
  public var field: String
  public var values: [String]

  /// As a scenario writes it.
  public var text: String { field + "=" + values.joined(separator: "|") }

  /// `field=value|value`.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    field = parts[0]
    values = parts[1].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The layer with the features that pass.
  ///
  /// - Parameters:
  ///   - layer: as it was read.
  ///   - file: how errors call the layer's file.
  /// - Throws: `MapFileError` (`missing`) where the layer has no such field.
  public func applied(to layer: Layer, file: String) throws -> Layer {
    guard let column = layer.index(of: field) else { throw MapFileError.noField(field, of: layer, file: file) }
    var kept = layer
    kept.features = layer.features.filter { values.contains($0.values[column].asText ?? "") }
    return kept
  }
}

/// How households are estimated where a layer has no count.
public struct HouseholdEstimate: Sendable, Codable {
  public enum Basis: String, Sendable, Codable { case floorArea, units, population }

  public var from: Basis
  /// Square metres, dwellings or persons for one household.
  public var per: Double
  /// Metres of height for a floor where floors are not given.
  public var storey: Double?
  /// Values of `use` that are homes; all where nil.
  public var uses: [String]?
}

/// A table of counts joined to a layer by identifier or by address.
public struct JoinedCounts: Sendable, Codable {
  public var file: String
  public var layer: String?
  /// The table's field that equals the layer's id.
  public var id: String?
  /// The table's field of addresses, where it has no ids.
  public var address: String?
  public var households: String
}

/// Bounds of households in a grid.
public struct HouseholdBounds: Sendable, Codable, Hashable {
  public var min: Int
  public var ideal: Int
  public var max: Int

  public init(min: Int, ideal: Int, max: Int) {
    self.min = min
    self.ideal = ideal
    self.max = max
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    min = try values.decodeIfPresent(Int.self, forKey: .min) ?? 0
    max = try values.decodeIfPresent(Int.self, forKey: .max) ?? .max / 4
    let middle = max < .max / 4 ? (min + max) / 2 : Swift.max(min, 1)
    ideal = try values.decodeIfPresent(Int.self, forKey: .ideal) ?? middle
  }
}

/// Bounds of the work of a grid, in hours a year.
public struct WorkBounds: Sendable, Codable, Hashable {
  public var min: Double
  public var ideal: Double
  public var max: Double

  /// A quarter around `ideal`: as 300 to 500 households are around 400.
  public init(around ideal: Double) {
    (min, self.ideal, max) = ((0.75 * ideal).rounded(to: 2), ideal.rounded(to: 2), (1.25 * ideal).rounded(to: 2))
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    min = try values.decodeIfPresent(Double.self, forKey: .min) ?? 0
    max = try values.decodeIfPresent(Double.self, forKey: .max) ?? 1e9
    ideal = try values.decodeIfPresent(Double.self, forKey: .ideal) ?? (max < 1e9 ? (min + max) / 2 : Swift.max(min, 1))
  }

  /// Within these bounds those within a share of the ideal; the same where nil.
  func narrowed(to tolerance: Double?) -> WorkBounds {
    guard let tolerance else { return self }
    var result = self
    result.min = Swift.max(min, ideal * (1 - tolerance))
    result.max = Swift.min(max, ideal * (1 + tolerance))
    return result
  }
}

/// How grids are drawn.
public struct GridRules: Sendable {
  /// What is the same in all grids.
  public enum Equal: String, Sendable, Codable, CaseIterable { case households, workload }

  public enum Source: String, Sendable, Codable { case draw, existing }
  public enum Oversize: String, Sendable, Codable { case own, refuse }
  public enum Effort: String, Sendable, Codable { case low, `default`, high }

  public var source: Source
  public var households: HouseholdBounds
  /// Whether the scenario states bounds; grids of today have none otherwise.
  public var boundsAreStated: Bool
  /// The number of grids in all; nil where it is chosen.
  public var count: Int?
  public var oversize: Oversize
  public var seed: Int
  public var effort: Effort
  public var maxMoved: Double?
  public var micro: HouseholdBounds?
  /// Bounds for kinds of special grids.
  public var kinds: [String: HouseholdBounds]
  public var redraw = RedrawRules()
  public var balance = Equal.households
  /// Bounds of a grid's work where that is balanced; a quarter around the mean where nil.
  public var work: WorkBounds?

  /// Whether grids keep to bounds of households: not where work is balanced and the scenario names none.
  var boundsHouseholds: Bool { balance == .households ? source == .draw || boundsAreStated : boundsAreStated }
}

/// How the cameras of a scenario are audited; what is not stated is as `gridplan coverage` has it.
public struct CoverageSettings: Sendable, Hashable, Codable {
  /// Leaves the audit out.
  public var skip: Bool?
  /// Ground range in metres and field of view in degrees of cameras that state none.
  public var range: Double?
  public var fov: Double?
  /// Files with a camera profile and with kinds of places.
  public var profile: String?
  public var placeKinds: String?
  public var level: String?
  public var reachLevel: String?
  /// Cameras that must see a key place.
  public var k: Int?
  /// Metres.
  public var arcTolerance: Double?
  public var snap: Double?

  public init() {}
}

/// Constants of the workload, where the scenario states them.
struct StatedConstants: Sendable, Codable {
  var hoursPerYear: Double?
  var walkingSpeed: Double?
  var vehicleSpeed: Double?
  var detour: Double?
  var setupMinutes: Double?

  /// The usual constants with the stated ones in their place.
  var constants: WorkloadConstants {
    var constants = WorkloadConstants()
    constants.hoursPerYear = hoursPerYear ?? constants.hoursPerYear
    constants.walkingSpeed = walkingSpeed ?? constants.walkingSpeed
    constants.vehicleSpeed = vehicleSpeed ?? constants.vehicleSpeed
    constants.detour = detour ?? constants.detour
    constants.setupMinutes = setupMinutes ?? constants.setupMinutes
    return constants
  }
}
