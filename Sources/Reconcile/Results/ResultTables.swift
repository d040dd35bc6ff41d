import Foundation
public import MapFiles
import PlanModel

// The tables that a reconciliation writes. Rows of sources are numbered from 0 as in `check`.
extension Reconciliation {
  /// `a,b,label_a,label_b,by,score,overlap,distance_m`
  public var matchesTable: Layer {
    table("matches", ["a", "b", "label_a", "label_b", "by", "score", "overlap", "distance_m"], links) { link in
      [
        .integer(link.a), .integer(link.b), .string(a.label(of: link.a)), .string(b.label(of: link.b)),
        .string(link.basis.rawValue), decimal(link.score, 3), decimal(link.overlap, 3), decimal(link.distance, 1),
      ]
    }
  }

  /// `a,b,label,field_a,field_b,kind,value_a,value_b,difference,relative,winner,kept`
  public var conflictsTable: Layer {
    let fields = [
      "a", "b", "label", "field_a", "field_b", "kind", "value_a", "value_b", "difference", "relative", "winner", "kept",
    ]
    return table("conflicts", fields, conflicts) { conflict in
      [
        .integer(conflict.a), .integer(conflict.b), .string(a.label(of: conflict.a)), .string(conflict.field.a),
        .string(conflict.field.b), .string(conflict.kind.rawValue), .string(conflict.valueOfA),
        .string(conflict.valueOfB), decimal(conflict.difference, 3), decimal(conflict.relative, 4),
        .string(conflict.winnerIsA ? "A" : "B"), .string(conflict.winnerIsA ? conflict.valueOfA : conflict.valueOfB),
      ]
    }
  }

  /// `source,row,label,value,reason,other,label_other,measure`
  public var leftoversTable: Layer {
    let rows = leftoversOfA.map { (true, $0) } + leftoversOfB.map { (false, $0) }
    let fields = ["source", "row", "label", "value", "reason", "other", "label_other", "measure"]
    return table("leftovers", fields, rows) { isA, leftover in
      let (source, opposite) = isA ? (a, b) : (b, a)
      let (other, measure) = leftover.reason.evidence
      return [
        .string(isA ? "A" : "B"), .integer(leftover.row), .string(source.label(of: leftover.row)),
        decimal(source.value(of: leftover.row), 3), .string(leftover.reason.name), other.map { .integer($0) } ?? .null,
        other.map { .string(opposite.label(of: $0)) } ?? .null, decimal(measure, 3),
      ]
    }
  }

  private func table<Row>(
    _ name: String, _ fields: [String], _ rows: [Row], _ values: (Row) -> [FieldValue]
  ) -> Layer {
    Layer(name: name, fields: fields, features: rows.map { Feature(geometry: nil, values: values($0)) })
  }
}

private func decimal(_ value: Double?, _ places: Int) -> FieldValue {
  guard let value, value.isFinite else { return .null }
  let scale = pow(10.0, Double(places))
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? .integer(Int(rounded)) : .number(rounded)
}

extension LeftoverReason {
  /// The row of the other source that the reason names, and its measure: metres or a share.
  fileprivate var evidence: (other: Int?, measure: Double?) {
    switch self {
    case .contradicted(_, let other, let distance): (other, distance)
    case .overlapTooSmall(let other, let overlap): (other, overlap)
    case .partOf(let other, let share): (other, share)
    default: (nil, nil)
    }
  }
}
