internal import Georeference
internal import MapFiles
internal import PlanModel
internal import Planar

extension CoverageInput {
  /// The layers of a plan with the grids that it has, in its working CRS; nil without cameras or
  /// without footprints, which hide what is behind them.
  init?(_ inputs: PlanInputs, _ plan: Plan) {
    func layer(_ kind: LayerKind) -> ProjectedLayer? { inputs.layers.first { $0.kind == kind }?.forCoverage }
    guard let cameras = layer(.cameras), var buildings = layer(.buildings) else { return nil }
    buildings.markInhabited(inputs.buildings)
    self.init(crs: inputs.workingCRS.crs, cameras: cameras, buildings: buildings)
    keyPlaces = layer(.keyPlaces)
    roads = layer(.streets)
    openSpace = layer(.openSpace)
    sensitivePlaces = layer(.sensitivePlaces)
    grids = ProjectedLayer(plan.grids)
    cameraGrids = plan.cameras.map(\.grid)
  }
}

extension ProjectedLayer {
  fileprivate init(_ grids: [PlannedGrid]) {
    let features = grids.map {
      Feature(geometry: nil, values: [.string($0.code), $0.parent.isEmpty ? .null : .string($0.parent)])
    }
    self.init(
      layer: Layer(name: "grids", fields: ["code", "parent"], features: features),
      geometries: grids.map { .area(of: $0.polygons) }, idField: "code")
  }

  /// Notes for each building whether households live in it; how many is not passed on.
  fileprivate mutating func markInhabited(_ homes: [Building]) {
    guard homes.count == layer.features.count else { return }
    if let counts = layer.index(of: ReachAudit.householdsField) { layer.fields[counts] += " (not read)" }
    layer.fields.append(ReachAudit.inhabitedField)
    for index in homes.indices { layer.features[index].values.append(.bool(homes[index].households > 0)) }
  }
}

extension InputLayer {
  /// The layer under the field names that audits know, where the scenario maps fields of its own.
  fileprivate var forCoverage: ProjectedLayer {
    var renamed = layer
    for role in FieldRole.allCases where !recognised.contains(role) {
      guard let column = columns[role], let name = role.coverageName(in: kind) else { continue }
      for other in renamed.fields.indices where other != column && renamed.fields[other].lowercased() == name {
        renamed.fields[other] += " (not mapped)"
      }
      renamed.fields[column] = name
    }
    let idField = columns[.id].map { renamed.fields[$0] }
    return ProjectedLayer(layer: renamed, geometries: layer.features.map(\.geometry), idField: idField)
  }
}

extension FieldRole {
  /// The name under which an audit looks a role up first; nil for roles that it has no use for.
  fileprivate func coverageName(in kind: LayerKind) -> String? {
    switch kind {
    case .cameras: cameraField.flatMap { Camera.fieldNames[$0]?.first }
    case .streets: [.streetClass: "highway", .tunnel: "tunnel", .level: "layer"][self]
    case .buildings: self == .use ? "use" : nil
    case .keyPlaces, .sensitivePlaces, .openSpace: self == .kind ? "kind" : nil
    default: nil
    }
  }

  private var cameraField: CameraField? {
    switch self {
    case .azimuth: .azimuth
    case .fieldOfView: .fieldOfView
    case .range: .range
    case .height: .height
    case .tilt: .tilt
    case .type: .kind
    case .inService: .inService
    case .networked: .networked
    case .operatorClass: .operatorClass
    default: nil
    }
  }
}
