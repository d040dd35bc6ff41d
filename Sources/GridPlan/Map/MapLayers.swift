import Foundation
internal import Georeference
internal import MapFiles
internal import MapPage
internal import Planar

/// A plan's layers as they are written, and what is drawn beneath and above them.
struct MapLayers {
  /// By their names: `grids`, `buildings`, `units`, `communities`, `barriers`, `cameras`, `events`, `problems`.
  var layers: [String: Layer]
  /// Nil where the folder is no plan's.
  var report: MapReport?
  /// In the working CRS.
  var streets: [MapStreet] = []
  var keyPlaces: [MarkLayer.Mark] = []
  var posts: [PostLoad] = []
  var dropped: [Phrase] = []

  init(_ layers: [Layer], report: MapReport?) {
    self.layers = Dictionary(layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.report = report
  }

  subscript(_ name: String) -> Layer? { layers[name].flatMap { $0.features.isEmpty ? nil : $0 } }
}

extension Layer {
  /// The rows of `coverage.geojson` about grids.
  var gridsAlone: Layer {
    var result = self
    let kinds = texts("feature")
    result.features = zip(features, kinds).filter { $1 == "grid" }.map(\.0)
    return result
  }

  /// The texts of a field; nil where a feature has none.
  func texts(_ field: String) -> [String?] {
    guard let index = index(of: field) else { return features.map { _ in nil } }
    return features.map { $0.values[index].asText }
  }

  /// The numbers of a field; nil where a feature has none.
  func numbers(_ field: String) -> [Double?] {
    guard let index = index(of: field) else { return features.map { _ in nil } }
    return features.map { $0.values[index].asNumber }
  }
}
