internal import MapFiles
internal import Planar

/// The further weights that a scenario bounds, read from the fields of a layer.
struct FurtherWeights {
  private let layer: InputLayer
  /// The column of each weight; nil for the ground itself.
  private let columns: [Int?]

  /// - Throws: `MapFileError` for a field that the layer doesn't have.
  init(_ layer: InputLayer, _ scenario: Scenario) throws {
    self.layer = layer
    columns = try scenario.grids.redraw.weights.map { rule in
      if let column = layer.layer.index(of: rule.field) { return column }
      guard rule.isArea else { throw MapFileError.noField(rule.field, of: layer.layer, file: layer.source.file) }
      return nil
    }
  }

  /// The weights of a row; 0 where there is no value.
  ///
  /// - Throws: `MapFileError` for a value that is no number of at least 0.
  func values(of row: Int, _ area: [Polygon]) throws -> [Double] {
    try columns.map { column in
      guard let column else { return area.reduce(0) { $0 + $1.area } }
      let value = layer.layer.features[row].values[column]
      guard let text = value.asText?.trimmingSpaces, !text.isEmpty else { return 0 }
      guard let number = value.asNumber ?? Double(text), number.isFinite, number >= 0 else {
        throw MapFileError(
          .badData, file: layer.source.file, place: "feature \(layer.name(of: row))", field: layer.layer.fields[column],
          message: "expected a number of at least 0", remedy: "Correct the value")
      }
      return number
    }
  }
}

extension WeightRule {
  /// Whether it is the ground in square metres where no field has the name.
  var isArea: Bool { field == "area_m2" }
}
