internal import MapFiles

/// Which field of a layer has which role: as the scenario says, else by the usual names.
struct FieldMapping {
  var columns: [FieldRole: Int] = [:]
  var recognised: [FieldRole] = []

  /// - Throws: `MapFileError` for a field that the scenario names and the layer does not have; a
  ///   layer without features may have none.
  init(kind: LayerKind, source: LayerSource, layer: Layer) throws {
    let fields = layer.fields
    for role in FieldRole.allCases {
      if let name = source.fields[role] {
        guard let index = fields.firstIndex(of: name) else {
          if layer.features.isEmpty { continue }
          throw MapFileError.noField(name, of: Layer(name: "", fields: fields), file: source.file)
        }
        columns[role] = index
      } else if kind.roles.contains(role) || role == .address && source.counts?.address != nil, let index = usualField(for: role, in: fields) {
        columns[role] = index
        recognised.append(role)
      }
    }
  }

  private func usualField(for role: FieldRole, in fields: [String]) -> Int? {
    for name in role.usualNames {
      if let index = fields.firstIndex(where: { $0.lowercased() == name }) { return index }
    }
    return nil
  }
}

extension LayerKind {
  /// Roles that are looked for in a layer of this kind when the scenario doesn't map them.
  var roles: Set<FieldRole> {
    switch self {
    case .communities: [.code, .name, .parent, .population, .dwellings, .households]
    case .buildings:
      [.id, .name, .households, .dwellings, .population, .floors, .floorArea, .height, .use, .community]
    case .units: [.id, .name, .parent, .households, .dwellings, .population]
    case .streets: [.name, .streetClass, .tunnel, .bridge, .level]
    case .water, .barriers: [.name, .kind, .streetClass, .tunnel, .bridge, .level]
    case .compounds, .bridges: [.id, .name]
    case .specials: [.code, .name, .kind, .households]
    case .grids, .divisions: [.code, .name, .parent]
    case .cameras:
      [.id, .azimuth, .fieldOfView, .range, .height, .tilt, .type, .inService, .networked, .operatorClass]
    case .events: [.id, .category, .reported, .closed]
    case .workers: [.id, .grid, .hours, .skill, .base]
    case .usedCodes: [.code]
    case .keyPlaces, .openSpace, .sensitivePlaces: [.id, .name, .kind]
    }
  }
}
