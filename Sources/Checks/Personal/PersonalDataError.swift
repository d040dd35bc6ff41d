public import MapFiles
public import PlanModel

/// A layer was refused because it holds personal data. Exit status 65.
public struct PersonalDataError: Error, Sendable, CustomStringConvertible {
  public var file: String
  public var layer: String
  /// The columns for which it is refused.
  public var columns: [PersonalColumn]

  public init(file: String, layer: String, columns: [PersonalColumn]) {
    self.file = file
    self.layer = layer
    self.columns = columns
  }

  public func wording(_ language: Language) -> String {
    let head = layer.isEmpty ? file : "\(file): " + language("layer \"\(layer)\"", "图层“\(layer)”")
    let list = columns.map { $0.wording(language) }.joined(separator: language("; ", "；"))
    let remedy = language(
      "A plan of places needs no personal data: remove it, or read the layer without it: --drop-personal-columns",
      "规划不需要个人信息：请删除这些列，或加 --drop-personal-columns 跳过它们")
    return "\(head): \(list). \(remedy)"
  }

  public var description: String { wording(.english) }
}

/// `layer` without its personal columns, and what was taken out.
///
/// Words that describe a place are always dropped and listed; anything else that is personal
/// refuses the layer, unless `drop` is set.
/// - Throws: `PersonalDataError` naming file, layer, columns and why, never a value.
public func withoutPersonalColumns(
  _ layer: Layer, role: LayerRole, mapped: Set<String> = [], drop: Bool
) throws(PersonalDataError) -> (layer: Layer, dropped: [PersonalColumn]) {
  let found = personalColumns(in: layer, role: role, mapped: mapped)
  let refused = found.filter(\.isRefused)
  guard drop || refused.isEmpty else {
    throw PersonalDataError(file: layer.file, layer: layer.name, columns: refused)
  }
  return found.isEmpty ? (layer, []) : (layer.dropping(found), found)
}

extension Layer {
  /// The layer without these columns. A column inside an object takes the whole object with it,
  /// one among foreign members all foreign members.
  func dropping(_ columns: [PersonalColumn]) -> Layer {
    let names = Set(columns.map(\.field))
    let roots = Set(columns.map { $0.field.split(separator: ".").first.map(String.init) ?? $0.field })
    let kept = fields.indices.filter { index in
      !names.contains(fields[index]) && !(roots.contains(fields[index]) && hasObjects(at: index))
    }
    var result = self
    result.fields = kept.map { fields[$0] }
    let known = Set(fields)
    let dropsIds = names.contains("id") && !known.contains("id")
    let dropsForeign = columns.contains { column in
      !known.contains(column.field) && column.field != "id"
        && !known.contains { column.field.hasPrefix($0 + ".") }
    }
    for index in features.indices {
      let values = features[index].values
      result.features[index].values = kept.compactMap { $0 < values.count ? values[$0] : nil }
      if dropsIds || names.contains("id") && hasPersonalId { result.features[index].id = .missing }
      if dropsForeign { result.features[index].foreignMembers = nil }
    }
    return result
  }

  private func hasObjects(at index: Int) -> Bool {
    features.contains { if index < $0.values.count, case .json = $0.values[index] { true } else { false } }
  }

  /// Whether the features' own ids are identity numbers.
  private var hasPersonalId: Bool {
    features.contains { $0.id.asText.map { CitizenNumber.isValid($0) } == true }
  }
}

extension LayerRole {
  /// The role that a layer of unknown use seems to have: places where most features are lines or
  /// areas, or where tags of map features stand beside points; else persons, which is stricter.
  public init(inferredFrom layer: Layer) {
    let shapes = layer.features.lazy.filter { $0.geometry != nil }
    let drawn = shapes.filter { feature in
      feature.geometry.map { !$0.polygons.isEmpty || !$0.lines.isEmpty } ?? false
    }
    let isDrawn = 2 * drawn.count > shapes.count
    let isTagged = layer.fields.contains { Self.placeTags.contains($0.lowercased()) }
    self = isDrawn || isTagged ? .places : .persons
  }

  private static let placeTags: Set<String> = [
    "osm_id", "osm_type", "@id", "amenity", "shop", "highway", "man_made", "landuse", "leisure", "tourism",
    "natural", "railway", "waterway", "camera:type", "surveillance", "public_transport", "poi",
  ]
}
