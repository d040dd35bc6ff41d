import Foundation
import MapFiles

/// `report.json` of a reconciliation: what was joined by which rule.
struct ReconcileReport: Encodable {
  struct Source: Encodable {
    var file: String
    var layer: String
    var crs: String?
    var rows: Int
    var joined: Int
    var code: String?
    var name: String?
    var address: String?
    var parent: String?
    var value: String?
    var valueTotal: Double?
    var valueJoined: Double?
  }

  struct Shift: Encodable {
    var suspect: String
    var east_m: Double
    var north_m: Double
    var formulaEast_m: Double
    var formulaNorth_m: Double
    var pairs: Int
  }

  var a: Source
  var b: Source
  var joinedBy: [String: Int]
  var rules: [String]
  var conflicts: [String: Int]
  var leftoversOfA: [String: Int]
  var leftoversOfB: [String: Int]
  var suspectedGCJ02: Shift?

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension Reconciliation {
  var report: ReconcileReport {
    func counts(_ names: [String]) -> [String: Int] { Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +) }
    return ReconcileReport(
      a: .init(a, totals.rowsOfA, totals.joinedOfA, totals.value?.ofA, totals.value?.joinedOfA),
      b: .init(b, totals.rowsOfB, totals.joinedOfB, totals.value?.ofB, totals.value?.joinedOfB),
      joinedBy: counts(links.map(\.basis.rawValue)), rules: rules.isEmpty ? ["A"] : rules.map(\.description),
      conflicts: counts(conflicts.map(\.kind.rawValue)), leftoversOfA: counts(leftoversOfA.map(\.reason.name)),
      leftoversOfB: counts(leftoversOfB.map(\.reason.name)), suspectedGCJ02: shift.map(ReconcileReport.Shift.init))
  }
}

extension ReconcileReport.Source {
  fileprivate init(_ source: Source, _ rows: Int, _ joined: Int, _ total: Double?, _ valueJoined: Double?) {
    func field(_ column: Int?) -> String? { column.map { source.layer.fields[$0] } }
    let fields = source.fields
    self.init(
      file: source.layer.file, layer: source.layer.name, crs: source.layer.crs?.definition, rows: rows, joined: joined,
      code: field(fields.code), name: field(fields.name), address: field(fields.address), parent: field(fields.parent),
      value: field(fields.value), valueTotal: total, valueJoined: valueJoined)
  }
}

extension ReconcileReport.Shift {
  fileprivate init(_ shift: ShiftSuspicion) {
    func metres(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    self.init(
      suspect: shift.suspectIsA ? "A" : "B", east_m: metres(shift.measured.x), north_m: metres(shift.measured.y),
      formulaEast_m: metres(shift.expected.x), formulaNorth_m: metres(shift.expected.y), pairs: shift.pairs)
  }
}
