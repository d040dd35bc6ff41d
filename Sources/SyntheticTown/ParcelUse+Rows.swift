import Planar

extension ParcelUse {
  /// The rows of buildings of a unit of such a parcel, by turns from the south.
  func rows(_ random: inout SplitMix64) -> Rows {
    switch self {
    case .slabs:
      Rows(
        use: .residential, length: 30...56, depth: 11...13, floors: 5...7, gap: 8...13, rowGap: 9,
        rowGapPerFloor: 2, shapes: [.rectangle, .rectangle, .stepped])
    case .midrise:
      Rows(
        use: .residential, length: 34...50, depth: 13...15, floors: 9...12, gap: 11...16, rowGap: 10,
        rowGapPerFloor: 1.6, shapes: [.stepped, .rectangle])
    case .towers:
      Rows(
        use: .residential, length: 25...31, depth: 18...22, floors: 15...26, gap: 17...24, rowGap: 20,
        rowGapPerFloor: 0.4, shapes: [.cross])
    case .villas:
      Rows(use: .residential, length: 10...15, depth: 10...13, floors: 2...3, gap: 6...9, rowGap: 12, shapes: [.angle, .rectangle])
    case .village:
      Rows(
        use: .residential, length: 10...15, depth: 9...12, floors: 2...3, gap: 3...7, rowGap: 8,
        shapes: [.rectangle, .rectangle, .angle], skipped: 0.14)
    case .school:
      Rows(use: .school, length: 36...66, depth: 26...34, floors: 4...5, gap: 18...24, rowGap: 24, shapes: [.court, .angle], limit: 2, from: 0.45)
    case .hospital:
      Rows(use: .hospital, length: 34...62, depth: 18...24, floors: 5...14, gap: 16...22, rowGap: 18, shapes: [.rectangle, .angle])
    case .market:
      Rows(use: .market, length: 34...64, depth: 34...46, floors: 1...2, gap: 14...18, rowGap: 18, limit: 1)
    case .commercial:
      Rows(use: .commercial, length: 26...68, depth: 30...42, floors: 4...9, gap: 14...20, rowGap: 18, shapes: [.rectangle, .cross], skipped: 0.1)
    case .offices:
      Rows(use: .commercial, length: 30...46, depth: 20...26, floors: 8...24, gap: 16...24, rowGap: 20, skipped: 0.1)
    case .publicService:
      Rows(use: .publicUse, length: 34...60, depth: 14...18, floors: 3...6, gap: 16...22, rowGap: 26, shapes: [.court, .rectangle])
    case .industry:
      Rows(use: .industrial, length: 36...72, depth: 24...32, floors: 1...2, gap: 12...18, rowGap: 14)
    case .park:
      Rows(use: .publicUse, length: 8...11, depth: 6...8, floors: 1...1, gap: 30...50, rowGap: 40, limit: 2, from: random.number(in: 0.05...0.7))
    case .fields:
      Rows(use: .publicUse, length: 6...9, depth: 5...6, floors: 1...1, gap: 60...90, rowGap: 60, skipped: 0.6, limit: 1, from: random.number(in: 0.1...0.8))
    }
  }

  /// Shops along a street at the foot of a residential area.
  static let shops = Rows(
    use: .commercial, length: 18...34, depth: 8...10, floors: 1...2, gap: 2...5, rowGap: 9, limit: .max)

  static let kindergarten = Rows(
    use: .school, length: 26...36, depth: 16...22, floors: 2...3, gap: 20...30, rowGap: 16, shapes: [.angle], skipped: 0, limit: 1)

  static let villageHall = Rows(
    use: .publicUse, length: 22...30, depth: 10...13, floors: 2...2, gap: 20...30, rowGap: 12, skipped: 0, limit: 1)

  static let dormitory = Rows(
    use: .publicUse, length: 34...44, depth: 12...13, floors: 4...6, gap: 20...30, rowGap: 12, skipped: 0, limit: 1)
}
