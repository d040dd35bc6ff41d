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
    "unit", "id", "name", "grid", "micro", "parent", "today", "compound", "together", "households", "buildings",
    "places", "street_m", "x", "y",
  ]
  static let borderFields = ["a", "b", "border_m", "crossing_m", "link"]
  static let codeFields = ["code", "state", "parent", "name", "kind", "locked", "edit"]
  static let editFields = ["number", "edit", "state", "households", "grids", "micro", "locked", "unlocked", "posts", "continues"]

  let plan: Plan
  let working: CRS
  /// The further weights of the scenario; each has a field `weight_…`.
  let weightNames: [String]

  /// All of them; none where the plan has no units.
  var all: [Layer] {
    guard let ground = plan.ground else { return [] }
    return [units(ground), borders(ground), codes, edits]
  }

  private func units(_ ground: PlanGround) -> Layer {
    Layer(
      name: "plan_units", crs: working, fields: Self.unitFields + weightNames.map { "weight_" + $0 },
      features: ground.fabric.units.enumerated().map { index, unit in
        Feature(
          geometry: unit.polygons.isEmpty ? nil : .area(of: unit.polygons),
          values: [
            .integer(index + 1), .text(ground.identifiers[index]), .string(ground.names[index]), .text(ground.grid[index]),
            .text(ground.micro[index]), .text(ground.parent[index].map { plan.communities[$0].code }),
            .text(ground.today[index]), .text(ground.compound[index]),
            ground.together[index].map { .integer($0 + 1) } ?? .null, .integer(ground.households[index]),
            .integer(ground.buildings[index]), .integer(ground.places[index]), .number(ground.streetMetres[index]),
            .number(unit.interiorPoint.x), .number(unit.interiorPoint.y),
          ] + ground.weights.map { .number($0[index]) })
      })
  }

  /// A row for each two units that hang together: by how many metres of border, what it costs to cross
  /// what lies between, and whether they are linked beside that.
  private func borders(_ ground: PlanGround) -> Layer {
    Layer(
      name: "plan_unit_borders", fields: Self.borderFields,
      features: ground.edges.map { edge in
        let cost: FieldValue = if case .cost(let metres) = edge.crossing { .number(metres) } else { .null }
        return Feature(
          geometry: nil,
          values: [.integer(edge.a + 1), .integer(edge.b + 1), .number(edge.border), cost, .bool(edge.isLink)])
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
            record.continues.map { .string(Self.json($0)) } ?? .null,
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
