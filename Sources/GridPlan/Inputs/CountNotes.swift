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
    for left in counts.unmatched {
      let whole = Int(left.households.rounded())
      let (why, whyChinese) = reason(left, layer)
      inputs.householdsWithoutPlace += whole
      inputs.unroundedHouseholds += left.households
      note(
        PlanProblem(
          "unplaced", .error, file: layer.source.counts?.file ?? layer.source.file, feature: left.key,
          measure: Double(whole), unit: "households",
          "\(whole) households have no place: \(why)", "\(whole) 户无法落位：\(whyChinese)"))
    }
  }

  private func reason(_ left: UnmatchedCount, _ layer: InputLayer) -> (String, String) {
    let file = layer.source.file
    guard layer.source.counts?.address != nil else {
      return ("no feature of \(file) has this id", "\(file) 中没有该标识")
    }
    return switch left.reason {
    case .repeats: ("several features of \(file) have this address", "\(file) 中有多个要素为该地址")
    case .lostCharacter: ("the address has lost a character", "地址中有丢失的字符")
    default: ("no feature of \(file) has this address", "\(file) 中没有该地址")
    }
  }

  /// How well a table of addresses fits the layer.
  mutating func listJoin(_ counts: HouseholdCounts, of layer: InputLayer) {
    guard let match = counts.match else { return }
    inputs.addressJoins.append(match)
    let (rate, all) = (percent(match.rate), Int(match.households.rounded()))
    let placed = Int(match.matchedHouseholds.rounded())
    note(
      PlanProblem(
        "joined-by-address", .info, file: match.file, measure: match.rate, unit: "share",
        "\(match.matched) of \(match.rows) rows (\(rate)), with \(placed) of \(all) households, found their place in \(layer.source.file) by address; \(match.matched - match.whole) by the end of the address",
        "\(match.rows) 行中 \(match.matched) 行（\(rate)）按地址与 \(layer.source.file) 匹配，\(all) 户中 \(placed) 户；其中 \(match.matched - match.whole) 行按地址末段匹配"))
  }

  private func names(_ rows: [Int], _ layer: InputLayer) -> String {
    let shown = rows.prefix(5).map(layer.name).joined(separator: ", ")
    return rows.count > 5 ? shown + ", …" : shown
  }
}
