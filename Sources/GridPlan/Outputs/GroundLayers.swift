internal import Fabric
internal import Foundation
internal import Georeference
internal import MapFiles
internal import Planar

/// The layers of `plan.gpkg` that edits work on. For the office only.
///
/// `plan_units` holds the units in metres of the working CRS, to the last bit, so that grids that are
/// put together from them again have the borders that they had.
struct GroundLayers {
  static let unitFields = [
    "unit", "id", "name", "grid", "micro", "parent", "compound", "undivided", "households", "buildings", "places",
    "street_m", "x", "y",
  ]
  static let borderFields = ["a", "b", "class", "rank", "length_m"]
  static let codeFields = ["code", "state", "parent", "name", "kind", "locked", "edit"]
  static let editFields = ["number", "edit", "state", "households", "grids", "micro", "locked", "unlocked", "posts"]

  let plan: Plan
  let working: CRS

  /// All of them; none where the plan has no units.
  var all: [Layer] {
    guard let ground = plan.ground else { return [] }
    return [units(ground), borders(ground.fabric), codes, edits]
  }

  private func units(_ ground: PlanGround) -> Layer {
    Layer(
      name: "plan_units", crs: working, fields: Self.unitFields,
      features: ground.fabric.units.enumerated().map { index, unit in
        Feature(
          geometry: unit.polygons.isEmpty ? nil : .area(of: unit.polygons),
          values: [
            .integer(index + 1), .text(ground.identifiers[index]), .string(ground.names[index]), .text(ground.grid[index]),
            .text(ground.micro[index]), .text(ground.parent[index].map { plan.communities[$0].code }), .text(ground.compound[index]),
            .bool(ground.isUndivided[index]), .integer(ground.households[index]), .integer(ground.buildings[index]),
            .integer(ground.places[index]), .number(ground.streetMetres[index]), .number(unit.interiorPoint.x),
            .number(unit.interiorPoint.y),
          ])
      })
  }

  /// A row for each class of border along each pair of neighbours.
  private func borders(_ fabric: Fabric) -> Layer {
    Layer(
      name: "plan_unit_borders", fields: Self.borderFields,
      features: fabric.adjacency.flatMap { pair in
        pair.parts.map { part in
          Feature(
            geometry: nil,
            values: [
              .integer(pair.a + 1), .integer(pair.b + 1), .string(part.borderClass.name),
              part.borderClass.rank.map { .integer($0) } ?? .null, .number(part.length),
            ])
        }
      })
  }

  private var codes: Layer {
    Layer(
      name: "plan_codes", fields: Self.codeFields,
      features: (plan.register?.entries ?? []).map { entry in
        Feature(
          geometry: nil,
          values: [
            .string(entry.code), .string(entry.isInUse ? "in use" : "gone"), .string(entry.parent), .text(entry.name),
            .string(entry.kind), .bool(entry.isLocked), .integer(entry.edit),
          ])
      })
  }

  private var edits: Layer {
    Layer(
      name: "plan_edits", fields: Self.editFields,
      features: plan.history.map { record in
        Feature(
          geometry: nil,
          values: [
            .integer(record.number), .string(record.line), .string(record.state.rawValue), .integer(record.households),
            .string(Self.json(record.grids)), .string(Self.json(record.micro)), .string(Self.json(record.locked)),
            .string(Self.json(record.unlocked)), .string(Self.json(record.posts)),
          ])
      })
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: (try? encoder.encode(value)) ?? Data("[]".utf8), as: UTF8.self)
  }

  /// `codes.csv`: for each edit where the households of each code went.
  static func codeTable(_ history: [EditRecord]) -> Layer {
    Layer(
      name: "codes", fields: ["number", "edit", "state", "old_code", "new_code", "households"],
      features: history.flatMap { record in
        record.grids.map { flow in
          Feature(
            geometry: nil,
            values: [
              .integer(record.number), .string(record.line), .string(record.state.rawValue), .string(flow.from),
              .string(flow.to), .integer(flow.households),
            ])
        }
      })
  }
}

extension BorderClass {
  /// The name by which a file knows it.
  var name: String {
    switch self {
    case .open: "open"
    case .compound: "compound"
    case .street: "street"
    case .barrier: "barrier"
    case .parent: "parent"
    }
  }

  var rank: Int? { if case .street(let rank) = self { rank } else { nil } }

  init?(name: String, rank: Int?) {
    switch name {
    case "open": self = .open
    case "compound": self = .compound
    case "street": self = .street(rank: rank ?? 1)
    case "barrier": self = .barrier
    case "parent": self = .parent
    default: return nil
    }
  }
}
