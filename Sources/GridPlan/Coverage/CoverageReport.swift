import Coverage
import Foundation
import MapFiles
public import PlanModel
import Planar

/// `report.json` of a coverage audit: what was found, in which files.
@dynamicMemberLookup
public struct CoverageReport: Sendable, Encodable {
  public struct Input: Sendable, Codable {
    public var role: String
    public var file: String
    public var layer: String
    public var crs: String?
    public var features: Int
    public var sha256: String?
  }

  public var version: String
  public var seed: Int
  public var crs: String
  public var inputs: [Input]
  public var findings: CoverageFigures
  public var timings: [String: Double]

  public subscript<Value>(dynamicMember member: KeyPath<CoverageFigures, Value>) -> Value {
    findings[keyPath: member]
  }

  private enum CodingKeys: String, CodingKey { case version, seed, crs, inputs, timings }

  /// The findings stand beside the rest, not below it.
  public func encode(to encoder: any Encoder) throws {
    try findings.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(version, forKey: .version)
    try values.encode(seed, forKey: .seed)
    try values.encode(crs, forKey: .crs)
    try values.encode(inputs, forKey: .inputs)
    try values.encode(timings, forKey: .timings)
  }
}

/// The figures of a coverage audit with the definitions that they rest on; in a plan's `report.json`
/// under `coverage`.
public struct CoverageFigures: Sendable, Codable {

  public struct Settings: Sendable, Codable {
    public var range: Double?
    public var fieldOfView: Double?
    public var arcToleranceMetres: Double
    public var snapStandoffMetres: Double
    public var snapMaximumMetres: Double
    public var level: String
    public var reachLevel: String
    public var camerasPerPlace: Int
    public var areaShare: Double
    public var armLengthMetres: Double
    public var armShare: Double
    public var largestIncidenceDegrees: Double
    public var profile: CameraProfile
  }

  public struct Cameras: Sendable, Codable {
    public var count: Int
    public var status: [String: Int]
    public var strict: Int
    public var lenient: Int
    /// How many cameras took a default, by field.
    public var assumed: [String: Int]
    public var unreadableValues: Int
    public var largestSnapMetres: Double
    public var kinds: [String: Int]
    public var operatorClasses: [String: Int]
    public var inService: [String: Int]
    public var networked: [String: Int]
    /// Sum of the areas of all views, square metres, overlaps counted each time.
    public var viewAreaStrict: Double
    public var viewAreaLenient: Double
  }

  public struct Places: Sendable, Codable {
    /// Share covered, lenient and strict, all cameras.
    public var covered: Double?
    public var coveredStrict: Double?
    /// Places that cannot be looked at: points deep inside a building, areas without open ground.
    public var notAssessable: Int
    public var figures: Figures<CountFigure>
  }

  public struct Extent: Sendable, Codable {
    public var covered: Double?
    public var coveredStrict: Double?
    public var unit: String
    public var figures: Figures<DepthFigure>
  }

  public struct Parent: Sendable, Codable {
    public var code: String
    public var grids: Int
    /// Open area in view.
    public var figures: Figures<DepthFigure>
    public var keyPlaces: Figures<CountFigure>?
    public var crossings: Figures<CountFigure>?
    /// Metres.
    public var roads: Figures<DepthFigure>?
  }

  public struct Reach: Sendable, Codable {
    public struct Concern: Sendable, Codable {
      /// Cameras that reach such places, and places reached; places of unknown use apart.
      public var cameras: Int
      public var places: Int?
      public var placesOfUnknownUse: Int?
      public var wallMetres: Double
      public var groundSquareMetres: Double
    }

    public var lenient: [String: Concern]
    public var strict: [String: Concern]
    public var note: String
  }

  public struct Redundant: Sendable, Codable {
    public struct Reading: Sendable, Codable {
      public var cameras: Int
      /// Cameras each of which alone could go.
      public var redundant: Int
      public var smallestSetFound: Int
      public var smallestSetAtLeast: Int
    }

    public var strict: Reading
    public var lenient: Reading
  }

  public var settings: Settings
  public var definitions: [String: String]
  public var cameras: Cameras
  /// Square metres that at least 1, 2 and 3 cameras see.
  public var areaInView: Figures<[Double]>
  public var keyPlaces: Places?
  public var openSpace: Extent?
  public var crossings: Places?
  public var roads: Extent?
  public var grids: Extent?
  public var parents: [Parent]?
  public var reach: Reach
  public var redundancy: Redundant?
  public var notes: [String]
  public var problems: [String: Int]
}
