internal import Checks
internal import MapFiles
internal import PlanModel

/// Keeps personal data out of a plan.
enum PersonalScreening {
  /// - Throws: `PersonalDataError` where the layer has personal columns and they may not be dropped.
  static func screen(
    _ layer: Layer, file: String, kind: LayerKind, mapped: Set<String>, dropping: Bool
  ) throws -> (layer: Layer, problems: [PlanProblem]) {
    var named = layer
    named.file = file
    let (clean, dropped) = try withoutPersonalColumns(
      named, role: kind == .workers || kind == .events ? .persons : .places, mapped: mapped, drop: dropping)
    let problems = dropped.map { column in
      PlanProblem(
        "personal-column", .warning, file: file, "\(column.wording(.english)); dropped",
        "\(column.wording(.chinese))；已去除")
    }
    return (clean, problems)
  }
}
