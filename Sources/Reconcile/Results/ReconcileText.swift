import Foundation
public import PlanModel

extension Reconciliation {
  /// What a terminal shows: how many rows were joined by what, what differs, what is left over.
  public func summary(_ language: Language) -> String {
    var lines = [headline("A", a, totals.rowsOfA, totals.joinedOfA, language), headline("B", b, totals.rowsOfB, totals.joinedOfB, language)]
    if let value = totals.value { lines.append(contentsOf: valueLines(value, language)) }
    let bases = JoinBasis.allCases.compactMap { basis in totals.byBasis[basis].map { "\(basis.rawValue) \($0)" } }
    if !bases.isEmpty { lines.append(language("joined by: ", "连接方式：") + bases.joined(separator: ", ")) }
    if let shift { lines.append(wording(of: shift, language)) }
    lines.append(conflictLine(language))
    for (side, leftovers) in [("A", leftoversOfA), ("B", leftoversOfB)] where !leftovers.isEmpty {
      lines.append(language("left over in \(side): ", "\(side) 未连接：") + reasons(of: leftovers))
    }
    return lines.joined(separator: "\n")
  }

  private func headline(_ side: String, _ source: Source, _ rows: Int, _ joined: Int, _ language: Language) -> String {
    language(
      "\(side) \(source.layer.file): \(joined) of \(rows) rows joined (\(percent(Double(joined), of: Double(rows))))",
      "\(side) \(source.layer.file)：\(rows) 行中连接 \(joined) 行（\(percent(Double(joined), of: Double(rows)))）")
  }

  private func valueLines(_ value: Totals.Value, _ language: Language) -> [String] {
    [("A", value.ofA, value.joinedOfA), ("B", value.ofB, value.joinedOfB)].compactMap { side, all, joined in
      guard let all, let joined else { return nil }
      return language(
        "\(value.field) in \(side): \(plain(joined)) of \(plain(all)) joined (\(percent(joined, of: all)))",
        "\(side) 的\(value.field)：\(plain(all)) 中连接 \(plain(joined))（\(percent(joined, of: all))）")
    }
  }

  private func conflictLine(_ language: Language) -> String {
    let kinds: [Conflict.Kind] = [.number, .text, .code, .edition, .geometry, .spelling]
    let counts = kinds.compactMap { kind -> String? in
      let count = conflicts.count { $0.kind == kind }
      return count > 0 ? "\(kind.rawValue) \(count)" : nil
    }
    return language("differences: ", "差异：") + (counts.isEmpty ? language("none", "无") : counts.joined(separator: ", "))
  }

  private func reasons(of leftovers: [Leftover]) -> String {
    let counts = Dictionary(leftovers.map { ($0.reason.name, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// The suspicion that a source is in GCJ-02, in words.
  public func wording(of shift: ShiftSuspicion, _ language: Language) -> String {
    let side = shift.suspectIsA ? "A" : "B"
    let (east, north) = (String(format: "%+.0f", shift.measured.x), String(format: "%+.0f", shift.measured.y))
    let (e, n) = (String(format: "%+.0f", shift.expected.x), String(format: "%+.0f", shift.expected.y))
    return language(
      "suspected-gcj02: \(side) lies \(east) m east and \(north) m north of the other at \(shift.pairs) equal codes or names (formula: \(e), \(n)). If so, add --crs-\(side.lowercased()) GCJ-02",
      "suspected-gcj02：按 \(shift.pairs) 对同码或同名要素，\(side) 相对另一方偏东 \(east) 米、偏北 \(north) 米（公式值 \(e)、\(n)）。如属实请加 --crs-\(side.lowercased()) GCJ-02")
  }

  private func percent(_ part: Double, of whole: Double) -> String {
    whole == 0 ? "–" : String(format: "%.1f%%", 100 * part / whole)
  }

  private func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(format: "%.1f", value)
  }
}
