/// Lists what was not as it should be with the counts of a layer that carries households.
extension InputReader {
  mutating func list(_ counts: HouseholdCounts, of layer: InputLayer) {
    listMissing(counts, layer)
    listRounded(counts, layer)
    listUnmatched(counts, layer)
  }

  private mutating func listMissing(_ counts: HouseholdCounts, _ layer: InputLayer) {
    guard let first = counts.missing.first else { return }
    let count = counts.missing.count
    note(
      PlanProblem(
        "missing-count", file: layer.source.file, feature: layer.name(of: first), measure: Double(count), unit: "features",
        place: layer.layer.features[first].geometry?.firstCoordinate,
        "\(count) features have no number of households and count as 0: \(names(counts.missing, layer))",
        "\(count) 个要素没有户数，按 0 户处理：\(names(counts.missing, layer))"))
  }

  private mutating func listRounded(_ counts: HouseholdCounts, _ layer: InputLayer) {
    guard let first = counts.rounded.first else { return }
    let sum = counts.values.reduce(0, +)
    note(
      PlanProblem(
        "rounded-count", .info, file: layer.source.file, feature: layer.name(of: first),
        measure: Double(sum) - counts.unrounded, unit: "households",
        place: layer.layer.features[first].geometry?.firstCoordinate,
        "\(counts.rounded.count) counts are no whole numbers; rounded, they sum to \(sum) instead of \(counts.unrounded.rounded(to: 2))",
        "\(counts.rounded.count) 个户数不是整数；取整后合计 \(sum)，取整前为 \(counts.unrounded.rounded(to: 2))"))
  }

  /// Households whose building is missing from the map count as taken in and unplaced.
  private mutating func listUnmatched(_ counts: HouseholdCounts, _ layer: InputLayer) {
    for (id, households) in counts.unmatched {
      let whole = Int(households.rounded())
      inputs.householdsWithoutPlace += whole
      inputs.unroundedHouseholds += households
      note(
        PlanProblem(
          "unplaced", .error, file: layer.source.counts?.file ?? layer.source.file, feature: id,
          measure: Double(whole), unit: "households",
          "\(whole) households have no place: no feature of \(layer.source.file) has this id",
          "\(whole) 户无法落位：\(layer.source.file) 中没有该标识"))
    }
  }

  private func names(_ rows: [Int], _ layer: InputLayer) -> String {
    let shown = rows.prefix(5).map(layer.name).joined(separator: ", ")
    return rows.count > 5 ? shown + ", …" : shown
  }
}
