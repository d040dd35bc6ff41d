internal import MapFiles
internal import Planar

/// A layer of a plan on disk, whose fields are read by their names.
struct WrittenTable {
  let layer: Layer
  private let columns: [String: Int]

  init(_ layer: Layer) {
    self.layer = layer
    columns = Dictionary(layer.fields.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var rows: Range<Int> { layer.features.indices }

  func value(_ field: String, _ row: Int) -> FieldValue { columns[field].map { layer.features[row].values[$0] } ?? .null }

  func text(_ field: String, _ row: Int) -> String? { value(field, row).asText }

  func number(_ field: String, _ row: Int) -> Double? { value(field, row).asNumber }

  func whole(_ field: String, _ row: Int) -> Int? { number(field, row).map { Int($0) } }

  func flag(_ field: String, _ row: Int) -> Bool {
    switch value(field, row) {
    case .bool(let value): value
    case .integer(let value): value != 0
    default: false
    }
  }

  func polygons(_ row: Int) -> [Polygon] { layer.features[row].geometry?.polygons ?? [] }
}
