internal import Checks
import Foundation
internal import MapFiles

/// What of a plan may leave the office: small counts left out, also where totals would give them away.
struct Publication {
  /// The level rows, in the order of `Plan.levels`.
  let rows: [LevelTotals]
  private let households: Suppression
  private let events: Suppression
  private let gridRow: [String: Int]
  /// What the protection against an earlier publication came to.
  private(set) var subtraction: SubtractionFigures?

  /// - Parameters:
  ///   - minCount: counts from 1 to below this are left out.
  ///   - earlier: a publication that could be subtracted from this one.
  init(_ plan: Plan, names: [String: String], minCount: Int, against earlier: EarlierPublication? = nil) throws {
    let rows = plan.levels(names: names, withMicroGrids: false)
    self.rows = rows
    let parents = Self.parents(of: rows)
    let gridRow = Dictionary(
      rows.indices.filter { rows[$0].level == "grid" }.map { (rows[$0].code, $0) },
      uniquingKeysWith: { first, _ in first })
    self.gridRow = gridRow
    let ofHouseholds = try Self.table(rows, parents) { $0.households }
    let ofEvents = try Self.table(rows, parents) { $0.events }
    guard let earlier else {
      households = suppression(of: ofHouseholds, minimum: minCount)
      events = suppression(of: ofEvents, minimum: minCount)
      return
    }
    let homes = Self.pieces(plan.householdCarriers(gridRow), earlier)
    let incidents = Self.pieces(plan.eventCarriers(gridRow), earlier)
    let knownHomes = try earlier.published(homes, \.households)
    let knownEvents = try earlier.published(incidents, \.events)
    households = try suppression(of: ofHouseholds, minimum: minCount, against: knownHomes, pieces: homes)
    events = try suppression(of: ofEvents, minimum: minCount, against: knownEvents, pieces: incidents)
    subtraction = SubtractionFigures(
      earlier: earlier.path, hidden: (households.reasons + events.reasons).count { $0 == .difference },
      exposed: households.exposed.count + events.exposed.count,
      differing: earlier.differing(knownHomes, \.households) + earlier.differing(knownEvents, \.events))
  }

  func hidesHouseholds(_ row: Int) -> Bool { households.isSuppressed(row) }
  func hidesEvents(_ row: Int) -> Bool { events.isSuppressed(row) }
  func hidesHouseholds(ofGrid code: String) -> Bool { gridRow[code].map(hidesHouseholds) ?? true }
  func hidesEvents(ofGrid code: String) -> Bool { gridRow[code].map(hidesEvents) ?? true }

  /// Whether any grid's households are left out.
  var hidesAny: Bool { gridRow.values.contains(where: hidesHouseholds) }

  private static func table(
    _ rows: [LevelTotals], _ parents: [Int?], _ count: (LevelTotals) -> Int
  ) throws -> CountTable {
    try CountTable(
      rows.indices.map { .init("\(rows[$0].level) \(rows[$0].code)", count: count(rows[$0]), parent: parents[$0]) })
  }

  /// The row above each: the one whose code its parent is, else the total.
  private static func parents(of rows: [LevelTotals]) -> [Int?] {
    let total = rows.indices.last
    var position: [String: Int] = [:]
    for index in rows.indices where rows[index].level != "grid" && rows[index].level != "total" {
      position[rows[index].code] = index
    }
    return rows.indices.map { index in
      if index == total { return nil }
      return rows[index].parent.flatMap { position[$0] } ?? total
    }
  }
}

extension PlanLayers {
  /// The grids as they may be published: figures that rest on a small count are null.
  func published(grids working: Layer, _ publication: Publication) -> Layer {
    // Further sums and moves would tell small counts apart.
    let layer = working.without(Set(weightNames + ["moved_in", "moved_out"]))
    var result = layer
    result.fields.append("suppressed")
    let fromHouseholds = ["households", "deviation", "workload_min", "workers"].compactMap(layer.index)
    let events = layer.index(of: "events")
    for (index, grid) in plan.grids.enumerated() {
      let hidden = publication.hidesHouseholds(ofGrid: grid.code)
      let hidesEvents = publication.hidesEvents(ofGrid: grid.code)
      if hidden { for field in fromHouseholds { result.features[index].values[field] = .null } }
      if hidesEvents, let events {
        result.features[index].values[events] = .null
        if let workload = layer.index(of: "workload_min") { result.features[index].values[workload] = .null }
        if let workers = layer.index(of: "workers") { result.features[index].values[workers] = .null }
      }
      result.features[index].values.append(.bool(hidden || hidesEvents))
    }
    return result
  }

  /// Buildings or units without counts.
  func published(homes layer: Layer) -> Layer { layer.without(["households", "unit"]) }

  /// Problems without those that tell a count of households.
  func published(problems layer: Layer) -> Layer {
    var result = layer
    guard let unit = layer.index(of: "unit") else { return layer }
    result.features.removeAll { $0.values[unit] == .string("households") || $0.tellsCertificate(layer) }
    return result
  }
}

extension Layer {
  /// The layer without some fields.
  func without(_ names: Set<String>) -> Layer {
    let kept = fields.indices.filter { !names.contains(fields[$0]) }
    var result = self
    result.fields = kept.map { fields[$0] }
    for index in features.indices { result.features[index].values = kept.map { features[index].values[$0] } }
    return result
  }
}

extension Feature {
  /// Certificates speak of counts in words.
  fileprivate func tellsCertificate(_ layer: Layer) -> Bool {
    guard let rule = layer.index(of: "rule"), case .string(let name) = values[rule] else { return true }
    return PlanCertificate.kinds.contains(name)
  }
}

extension LevelTotals {
  /// A row of `levels.csv`; with a publication, what rests on a small count is left empty.
  func values(hidesHouseholds: Bool, hidesEvents: Bool) -> [FieldValue] {
    let hidesWork = hidesHouseholds || hidesEvents
    return [
      .string(level), .string(code), .text(name), .text(parent), .integer(grids),
      hidesHouseholds ? .null : .integer(households), .integer(buildings), .number(area.rounded(to: 2)),
      hidesWork ? .null : .number(workloadMinutes.rounded(to: 1)),
      hidesWork ? .null : .number(workers.rounded(to: 2)), .integer(cameras),
      hidesEvents ? .null : .integer(events), .bool(isEstimated),
    ]
  }
}
