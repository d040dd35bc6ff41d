import Foundation

/// A comparison in figures; `compare.json`.
public struct CompareReport: Sendable, Encodable {
  public struct Side: Sendable, Encodable {
    var path: String
    var name: String
    var grids: Int
    var households: Int?
    /// Minutes a year.
    var workloadMinutes: Double?
  }

  public struct Weight: Sendable, Encodable {
    /// Where households come from: `layer`, `after` or `before`.
    var from: String
    var file: String?
    var households: Int
    /// Homes that both plans know by identifier and place; others go by the grid that they lie in.
    var matchedById: Int
    /// Households of homes that only one of the plans has.
    var onlyBefore: Int
    var onlyAfter: Int
  }

  public struct Moved: Sendable, Encodable {
    /// Households whose grid is not continued by the grid that they are in now.
    var households: Int?
    /// Of all that are in a grid on both sides.
    var share: Double?
    var area_m2: Double
    var areaShare: Double?
    var pieces: Int
    /// Households that were in no grid, and that are in none now.
    var entered: Int?
    var left: Int?
    /// Ground that only thin differences of line give to another grid.
    var slivers_m2: Double
  }

  public struct Codes: Sendable, Encodable {
    public struct Row: Sendable, Encodable {
      var old: String?
      var new: String?
      var status: String
      var mostly: String?
    }

    var kept: Int
    var renamed: Int
    var gone: Int
    var new: Int
    /// Codes that stand for other ground than before.
    var reused: [String]
    var table: [Row]
  }

  public struct Borders: Sendable, Encodable {
    var before_m: Double
    var after_m: Double
    var kept_m: Double
    var gone_m: Double
    var new_m: Double
    var tolerance_m: Double
  }

  public struct Fairness: Sendable, Encodable {
    var households: BalanceReport.Measures?
    var workload: BalanceReport.Measures?
  }

  public struct SmallDifferences: Sendable, Encodable {
    var minimum: Int
    var pieces: Int
    var households: Int
  }

  public struct Note: Sendable, Encodable {
    var message: String
    var message_zh: String
  }

  var version = gridplanVersion
  var published = false
  var before: Side
  var after: Side
  var crs: String
  var weight: Weight?
  var moved: Moved
  var codes: Codes
  var borders: Borders
  var balance: [String: Fairness]
  /// `written` in the plans, or `reckoned` here by the same services for both.
  var workloadFrom: String?
  var smallDifferences: SmallDifferences
  var notes: [Note]
  var problems: [String: Int]
  var timings: [String: Double]

  public var json: String { encoded([.prettyPrinted]) + "\n" }
  /// The same in one line, without a line end.
  public var jsonLine: String { encoded([]) }

  private func encoded(_ formatting: JSONEncoder.OutputFormatting) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }
}

extension CompareReport {
  init(_ work: Comparison, timings: [String: Double]) {
    before = Side(work.before)
    after = Side(work.after)
    crs = work.after.crs.crs.definition
    weight = Weight(work)
    moved = Moved(work)
    codes = Codes(work)
    borders = Borders(work.borders, work.request.tolerance)
    balance = ["before": Fairness(work.before.grids), "after": Fairness(work.after.grids)]
    workloadFrom = work.workloadFrom
    let small = work.smallPieces
    smallDifferences = SmallDifferences(
      minimum: work.minCount, pieces: small.count, households: small.reduce(0) { $0 + $1.households })
    notes = work.notes.map { Note(message: $0.english, message_zh: $0.chinese) }
    problems = Dictionary((work.before.problems + work.after.problems).map { ($0.rule, 1) }, uniquingKeysWith: +)
    self.timings = timings
  }
}

extension CompareReport.Side {
  init(_ side: ComparedSide) {
    (path, name, grids) = (side.path, side.name, side.grids.count)
    households = Self.sum(side.grids.map(\.households))
    workloadMinutes = Self.sum(side.grids.map(\.workload))?.rounded(to: 1)
  }

  private static func sum<Value: Numeric>(_ values: [Value?]) -> Value? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}

extension CompareReport.Weight {
  init?(_ work: Comparison) {
    guard let homes = work.homes else { return nil }
    from = homes.source.rawValue
    file = work.request.unitsFile ?? work.request.buildingsFile
    households = homes.homes.reduce(0) { $0 + $1.households }
    matchedById = homes.matched
    (onlyBefore, onlyAfter) = (homes.onlyBefore, homes.onlyAfter)
  }
}

extension CompareReport.Moved {
  init(_ work: Comparison) {
    let (all, moved) = (work.pairs.pairs, work.moved)
    func households(_ pairs: [GridPair]) -> Int? { work.homes == nil ? nil : pairs.reduce(0) { $0 + $1.households } }
    let between = moved.filter { $0.before != nil && $0.after != nil }
    let common = all.filter { $0.before != nil && $0.after != nil }
    let (count, of) = (households(between), households(common) ?? 0)
    self.households = count
    share = count.map { of > 0 ? (Double($0) / Double(of)).rounded(to: 6) : 0 }
    func area(_ pairs: [GridPair]) -> Double { pairs.reduce(0) { $0 + $1.polygons.reduce(0) { $0 + $1.area } } }
    area_m2 = area(moved).rounded(to: 1)
    let ground = work.before.grids.reduce(0) { $0 + $1.area }
    areaShare = ground > 0 ? (area(moved) / ground).rounded(to: 6) : nil
    pieces = moved.count
    entered = households(moved.filter { $0.before == nil })
    left = households(moved.filter { $0.after == nil })
    slivers_m2 = work.pairs.sliverArea.rounded(to: 1)
  }
}

extension CompareReport.Codes {
  init(_ work: Comparison) {
    func count(_ status: GridChange.Status) -> Int { work.changes.count { $0.status == status } }
    (kept, renamed, gone, new) = (count(.kept), count(.renamed), count(.gone), count(.new))
    reused = work.reused
    table = work.changes.map { Row(old: $0.before?.code, new: $0.after?.code, status: $0.status.rawValue, mostly: $0.mostly) }
  }
}

extension CompareReport.Borders {
  init(_ borders: BorderChanges, _ tolerance: Double) {
    before_m = borders.before.rounded(to: 1)
    after_m = borders.after.rounded(to: 1)
    kept_m = borders.kept.rounded(to: 1)
    gone_m = borders.gone.rounded(to: 1)
    new_m = borders.new.rounded(to: 1)
    tolerance_m = tolerance
  }
}

extension CompareReport.Fairness {
  init(_ grids: [ComparedGrid]) {
    func measures(_ values: [Double?]) -> BalanceReport.Measures? {
      values.contains { $0 != nil } ? BalanceReport.Measures(values.map { $0 ?? 0 }) : nil
    }
    households = measures(grids.map { $0.households.map(Double.init) })
    workload = measures(grids.map(\.workload))
  }
}
