import Foundation
internal import Georeference
internal import MapPage
internal import Planar
public import PlanModel

/// A map of a plan, a comparison or an audit, ready to be drawn in any form.
public struct PlanMap: Sendable {
  var scene: MapScene

  init(_ scene: MapScene) {
    self.scene = scene
    self.scene.date = Self.day
  }

  /// Why pages cannot be drawn, and what to do about it; nil where they can.
  static var leafletProblem: String? {
    do {
      _ = try Leaflet.found()
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Writes one HTML file that opens without a network.
  /// - Throws: `MapFileError` where Leaflet is missing.
  public func page(_ language: Language = .english) throws -> [String] {
    try HTMLPage(scene.in(language), leaflet: .found()).parts()
  }

  /// The map as an SVG picture.
  ///
  /// - Parameters:
  ///   - language: of the words.
  ///   - measure: the figure that colours the grids; the first where nil.
  ///   - width: pixels
  public func svg(_ language: Language = .english, measure: String? = nil, width: Double = 1200) -> String {
    SVGMap(scene.in(language), measure: measure, width: width).text()
  }

  /// The keys of the figures that can colour the map.
  public var measures: [String] { scene.plan.measures.map(\.key) }

  /// The day of `SOURCE_DATE_EPOCH` (UTC); none without it, so that the same plan has the same bytes.
  private static var day: String {
    guard let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init) else { return "" }
    return String(ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: epoch)).prefix(10))
  }
}

extension MapScene {
  fileprivate func `in`(_ language: Language) -> MapScene {
    var scene = self
    scene.language = language
    return scene
  }
}
