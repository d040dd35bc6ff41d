import Assignment
import Foundation
import MapFiles
import PlanModel

/// What `assign` says in one line when it is done.
struct AssignSummary {
  var counts: AssignmentCounts
  var grids: GridLayer
  var seconds: Double

  func print(_ language: Language) {
    for note in grids.notes { write("\(note.rule): \(note.message)") }
    write(text(language))
  }

  private func text(_ language: Language) -> String {
    var parts = [
      language("\(counts.total) points", "\(counts.total) 个点"),
      language("\(counts.assigned) in \(grids.index.count) grids", "\(counts.assigned) 个落入 \(grids.index.count) 个网格"),
      language("\(counts.outside) outside every grid", "\(counts.outside) 个在所有网格之外"),
    ]
    if counts.shared > 0 {
      parts.append(language("\(counts.shared) where grids overlap", "\(counts.shared) 个位于网格重叠处"))
    }
    if counts.withoutCoordinates > 0 {
      parts.append(language("\(counts.withoutCoordinates) without coordinates", "\(counts.withoutCoordinates) 个无坐标"))
    }
    if counts.badCoordinates > 0 {
      parts.append(language("\(counts.badCoordinates) with bad coordinates", "\(counts.badCoordinates) 个坐标无效"))
    }
    parts.append(String(format: language("%.2f s", "%.2f 秒"), seconds))
    return parts.joined(separator: language(", ", "，"))
  }

  private func write(_ line: String) {
    FileHandle.standardError.write(Data("gridplan: \(line)\n".utf8))
  }
}
