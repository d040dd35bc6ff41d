import Georeference
import MapFiles
import Planar

/// Turns the plan of a town into layers.
struct LayerTable {
  let plan: TownPlan
  let sensitive: [SensitivePlace]
  let oddities: [Oddity]
  private let grids: [TodaysGrid]
  private let place: SeaPlace

  init(plan: TownPlan, sensitive: [SensitivePlace], oddities: [Oddity]) throws {
    self.plan = plan
    self.sensitive = sensitive
    self.oddities = oddities
    grids = plan.todaysGrids()
    place = try SeaPlace()
  }

  func layer(_ kind: TownLayer) throws -> Layer {
    switch kind {
    case .communities: try communities()
    case .buildings: try buildings()
    case .streets: try streets()
    case .water: try water()
    case .compounds: try compounds()
    case .units: try units()
    case .grids: try todaysGrids()
    case .cameras: try cameras()
    case .events: try events()
    case .workers: try workers()
    case .keyPlaces: try keyPlaces()
    case .sensitivePlaces: try sensitivePlaces()
    case .odd: try odd()
    }
  }

  private func layer<Row>(
    _ kind: TownLayer, _ fields: [String], _ rows: [Row], geometry: (Row) -> Geometry,
    values: (Int, Row) -> [FieldValue]
  ) throws -> Layer {
    let geometries = try place.degrees(rows.map(geometry))
    let features = rows.indices.map {
      Feature(geometry: geometries[$0], values: values($0, rows[$0]))
    }
    return Layer(name: kind.rawValue, crs: .crs84, fields: fields, features: features)
  }

  private func area(_ corners: [Point]) -> Geometry { .polygon(Polygon(exterior: Ring(corners))) }

  private func communities() throws -> Layer {
    var faces = [[Int]](repeating: [], count: plan.communities.count)
    for face in plan.mesh.faces.indices { faces[plan.communityOfFace[face]].append(face) }
    return try layer(
      .communities, ["code", "name", "street_code", "street_name"], Array(plan.communities.indices),
      geometry: { .area(of: plan.mesh.outline(of: faces[$0])) },
      values: { _, index in
        let community = plan.communities[index]
        return [community.code, community.name, community.street, community.streetName].map(FieldValue.string)
      })
  }

  private func buildingID(_ index: Int) -> FieldValue { .string("B" + padded(index + 1, 7)) }

  private func compoundID(_ compound: Compound) -> FieldValue { .string("C" + padded(compound.number, 6)) }

  private func buildings() throws -> Layer {
    try layer(
      .buildings, ["id", "use", "floors", "height", "households", "compound"], plan.buildings,
      geometry: { area($0.corners) },
      values: { index, building in
        [
          buildingID(index), .string(building.use.rawValue), .integer(building.floors),
          .integer(building.floors * (building.use == .residential ? 3 : 4)), .integer(building.households),
          compoundID(plan.compounds[building.face]),
        ]
      })
  }

  private func streets() throws -> Layer {
    try layer(
      .streets, ["id", "name", "highway", "railway", "bridge", "tunnel", "layer", "lanes"], plan.streets(),
      geometry: { .lineString($0.points) },
      values: { index, street in
        [
          .string("S" + padded(index + 1, 5)), .text(street.name), .text(street.highway), .text(street.railway),
          .text(street.isBridge ? "yes" : nil), .text(street.isTunnel ? "yes" : nil), .integer(street.layer),
          street.lanes.map(FieldValue.integer) ?? .null,
        ]
      })
  }

  private func water() throws -> Layer {
    try layer(
      .water, ["id", "name", "kind"], plan.water(), geometry: { .polygon($0.area) },
      values: { index, water in [.string("W" + padded(index + 1, 5)), .string(water.name), .string(water.kind)] })
  }

  private func compounds() throws -> Layer {
    let compounds = plan.compounds.filter { $0.use != .fields && !$0.fence.isEmpty }
      .sorted { $0.number < $1.number }
    return try layer(
      .compounds, ["id", "name", "kind", "community"], compounds, geometry: { area($0.fence.corners) },
      values: { _, compound in
        [
          compoundID(compound), .string(plan.name(of: compound)), .string(compound.use.compoundKind),
          .string(plan.communities[compound.community].code),
        ]
      })
  }

  /// Ready units: every face of the town with its count, so that units tile the communities.
  private func units() throws -> Layer {
    let faces = plan.mesh.faces.indices.sorted { (plan.communityOfFace[$0], $0) < (plan.communityOfFace[$1], $1) }
    return try layer(
      .units, ["id", "households", "community"], faces,
      geometry: { area(plan.mesh.points(plan.mesh.faces[$0].ring)) },
      values: { index, face in
        [
          .string("U" + padded(index + 1, 6)), .integer(plan.householdsOfFace[face]),
          .string(plan.communities[plan.communityOfFace[face]].code),
        ]
      })
  }

  private func todaysGrids() throws -> Layer {
    try layer(
      .grids, ["code", "name", "community"], grids, geometry: { .area(of: plan.mesh.outline(of: $0.faces)) },
      values: { _, grid in
        [.string(grid.code), .string(grid.name), .string(plan.communities[grid.community].code)]
      })
  }

  private func cameras() throws -> Layer {
    try layer(
      .cameras, ["id", "kind", "azimuth", "fov", "range", "height", "inService", "networked"], plan.cameras(),
      geometry: { .point($0.place) },
      values: { index, camera in
        [
          .string("CAM" + padded(index + 1, 6)), .string(camera.kind), .decimal(camera.azimuth),
          .decimal(camera.fov), .decimal(camera.range), .decimal(camera.height),
          camera.isInService.map(FieldValue.bool) ?? .null, .bool(camera.isNetworked),
        ]
      })
  }

  private func events() throws -> Layer {
    try layer(
      .events, ["id", "category", "source", "reported", "closed"], plan.events(), geometry: { .point($0.place) },
      values: { index, event in
        [
          .string("E" + padded(index + 1, 7)), .string(event.category), .string(event.source),
          .string(TownPlan.timestamp(event.reported)), .text(event.closed.map(TownPlan.timestamp)),
        ]
      })
  }

  private func workers() throws -> Layer {
    try layer(
      .workers, ["id", "community", "grid", "hours", "skills", "staffed"], plan.posts(grids),
      geometry: { .point($0.base) },
      values: { _, post in
        [
          .string(post.id), .string(plan.communities[post.community].code), .string(post.grid),
          .integer(post.hoursPerWeek), .string(post.skills.joined(separator: ";")), .bool(post.isStaffed),
        ]
      })
  }

  private func keyPlaces() throws -> Layer {
    try layer(
      .keyPlaces, ["id", "name", "kind"], plan.keyPlaces(), geometry: { .point($0.place) },
      values: { index, key in [.string("K" + padded(index + 1, 5)), .string(key.name), .string(key.kind)] })
  }

  private func sensitivePlaces() throws -> Layer {
    try layer(
      .sensitivePlaces, ["id", "name", "kind", "building"], sensitive,
      geometry: { area(plan.buildings[$0.building].corners) },
      values: { index, place in
        [.string("N" + padded(index + 1, 5)), .string(place.name), .string(place.kind), buildingID(place.building)]
      })
  }

  private func odd() throws -> Layer {
    try layer(
      .odd, ["building", "oddity"], oddities,
      geometry: { .point(mean(of: plan.buildings[$0.building].corners)) },
      values: { _, oddity in [buildingID(oddity.building), .string(oddity.kind.rawValue)] })
  }
}

extension FieldValue {
  fileprivate static func text(_ text: String?) -> FieldValue { text.map(FieldValue.string) ?? .null }

  fileprivate static func decimal(_ number: Double?) -> FieldValue {
    number.map { $0 == $0.rounded() ? .integer(Int($0)) : .number($0) } ?? .null
  }
}
