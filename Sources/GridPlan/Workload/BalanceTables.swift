internal import Checks
internal import MapFiles
internal import PlanModel
internal import Workload

/// The tables that a balance writes.
struct BalanceTables {
  let work: BalanceWork
  let isPublished: Bool
  private var grids: [PlannedGrid] { work.ground.plan.grids }

  /// A row for each grid: what is served, minutes by service, posts.
  func workload() throws -> Layer {
    let fields = [
      "code", "name", "parent", "setting", "households", "buildings", "stops", "places", "street_m", "area_m2",
      "events_per_year", "closed_share", "median_hours_to_close", "peak_hour", "event_trend_per_year",
    ] + work.services.map { "service_\($0.name)_min" } + [
      "round_min", "base_min", "setup_min", "total_min", "workers_needed", "posts", "deviation", "round_m", "round_gap",
      "travel_from", "short_h", "estimated", "suppressed",
    ]
    let rows = BalanceGridRows(work)
    let hidden = try hiddenCounts()
    return Layer(
      name: "workload", fields: fields,
      features: grids.indices.map { Feature(geometry: nil, values: rows.values($0, hidden: hidden[$0])) })
  }

  /// Which grids' counts of households, and of events, are left out of what is published.
  private func hiddenCounts() throws -> [(households: Bool, events: Bool)] {
    zip(try hidden(grids.map(\.households)), try hidden(grids.map(\.events))).map { ($0, $1) }
  }

  /// Which of the grids' counts are left out: the small ones, and those that would tell them by
  /// subtraction from the total.
  private func hidden(_ counts: [Int]) throws -> [Bool] {
    guard isPublished else { return counts.map { _ in false } }
    let cells = counts.enumerated().map { CountTable.Cell(grids[$0].code, count: $1, parent: 0) }
    let table = try CountTable([CountTable.Cell("total", count: counts.reduce(0, +))] + cells)
    let found = suppression(of: table, minimum: work.scenario.minCount)
    return counts.indices.map { found.isSuppressed($0 + 1) }
  }

  /// A row for each post and grid: minutes by service.
  func workers() -> Layer {
    let fields = ["post", "skills", "hours_per_year", "load", "grid", "today"]
      + work.services.map { "service_\($0.name)_min" } + ["setup_min", "way_min", "total_min"]
    guard let problem = work.problem, let staffing = work.staffing else { return Layer(name: "workers", fields: fields) }
    let features = staffing.byService(work.loads).map { share in
      let post = problem.posts[share.post]
      let head: [FieldValue] = [
        .string(post.id), .string(post.skills.joined(separator: ";")), .number((post.minutes / 60).rounded(to: 1)),
        .number((staffing.postMinutes[share.post] / post.minutes).rounded(to: 4)), .string(grids[share.grid].code),
        .bool(share.isKnown),
      ]
      let tail = share.minutes + [share.setupMinutes, share.wayMinutes, share.total]
      return Feature(geometry: nil, values: head + tail.map { .number($0.rounded(to: 2)) })
    }
    return Layer(name: "workers", fields: fields, features: features)
  }

  /// A row for each period and grid; small counts are left out of what is published, with their ranks
  /// and with the changes from and to them.
  func periods() throws -> Layer {
    let fields = ["period", "complete", "grid", "count", "minutes", "change", "rank", "suppressed"]
    let width = grids.count
    var features: [Feature] = []
    var hiddenBefore = Array(repeating: false, count: width)
    for start in stride(from: 0, to: work.periods.count, by: max(1, width)) {
      let rows = work.periods[start..<(start + width)]
      let hidden = try hidden(rows.map { Int($0.count.rounded()) })
      for (grid, row) in rows.enumerated() {
        let isChangeHidden = hidden[grid] || hiddenBefore[grid]
        features.append(Feature(geometry: nil, values: values(row, hidden[grid], isChangeHidden: isChangeHidden)))
      }
      hiddenBefore = hidden
    }
    return Layer(name: "periods", fields: fields, features: features)
  }

  private func values(_ row: AppraisalRow, _ isHidden: Bool, isChangeHidden: Bool) -> [FieldValue] {
    let change = isChangeHidden ? nil : row.change
    return [
      .string(row.period.label), .bool(row.isComplete), .string(grids[row.grid].code),
      isHidden ? .null : .number(row.count), isHidden ? .null : .number(row.minutes.rounded(to: 1)),
      change.map { .number($0.rounded(to: 4)) } ?? .null, isHidden ? .null : .integer(row.rank), .bool(isHidden),
    ]
  }
}

/// The rows of `workload.csv`.
struct BalanceGridRows {
  private let work: BalanceWork
  private let events: [EventFigures]?
  private let baseMinutes: [Double]
  private let posts: [Double]
  private let shortHours: [Double]
  private let mean: Double

  init(_ work: BalanceWork) {
    self.work = work
    let count = work.loads.count
    events = work.ground.events.isEmpty ? nil : eventFigures(work.ground.events, grids: count).byGrid
    var base = work.loads.map(\.baseMinutes)
    var posts = Array(repeating: 0.0, count: count)
    var short = posts
    if let staffing = work.staffing, let problem = work.problem {
      for share in staffing.shares {
        base[share.grid] += share.wayMinutes
        posts[share.grid] += (share.minutes + share.wayMinutes) / problem.posts[share.post].minutes
      }
      for shortage in staffing.shortages { short[shortage.grid] += shortage.hours }
    }
    (baseMinutes, self.posts, shortHours) = (base, posts, short)
    let total = work.loads.indices.reduce(0) { $0 + work.loads[$1].totalMinutes - work.loads[$1].baseMinutes + base[$1] }
    mean = total / Double(max(1, count))
  }

  func values(_ grid: Int, hidden: (households: Bool, events: Bool)) -> [FieldValue] {
    describing(grid, hidden) + minutes(grid, isHidden: hidden.households || hidden.events)
      + [
        .number((shortHours[grid]).rounded(to: 2)), .bool(work.ground.plan.isEstimated),
        .bool(hidden.households || hidden.events),
      ]
  }

  private func describing(_ index: Int, _ hidden: (households: Bool, events: Bool)) -> [FieldValue] {
    let (grid, demand) = (work.ground.plan.grids[index], work.ground.demands[index])
    let figures = hidden.events ? nil : events?[index]
    func number(_ value: Double?, _ decimals: Int) -> FieldValue { value.map { .number($0.rounded(to: decimals)) } ?? .null }
    return [
      .string(grid.code), grid.name.map { .string($0) } ?? .null, .string(grid.parent),
      .string(work.loads[index].setting.rawValue), hidden.households ? .null : .integer(grid.households),
      .integer(grid.buildings), .integer(demand.stops), .integer(demand.places),
      .number(demand.streetMetres.rounded(to: 1)), .number(grid.area.rounded(to: 2)),
      hidden.events ? .null : .number(demand.events.rounded(to: 2)), number(figures?.closedShare, 4),
      number(figures?.medianHoursToClose, 2), figures?.peakHour.map { .integer($0) } ?? .null,
      number(figures?.trend?.yearlyChange, 4),
    ]
  }

  /// Minutes would tell the counts that are left out.
  private func minutes(_ grid: Int, isHidden: Bool) -> [FieldValue] {
    let load = work.loads[grid]
    let measured = work.measured.isEmpty ? nil : work.measured[grid]
    let total = load.totalMinutes - load.baseMinutes + baseMinutes[grid]
    let rounds = load.services.reduce(0) { $0 + $1.roundMinutes }
    let figures = load.serviceMinutes + [rounds, baseMinutes[grid], load.setupMinutes, total]
    let isMeasured = measured?.ways.doorRound != nil || measured?.ways.placeRound != nil
    let rest: [FieldValue] = [
      .number((total / (60 * work.constants.hoursPerYear)).rounded(to: 3)), .number(posts[grid].rounded(to: 3)),
      .number((mean > 0 ? total / mean - 1 : 0).rounded(to: 4)),
      isMeasured ? .number(measured!.length.rounded(to: 1)) : .null,
      isMeasured ? .number(measured!.gap.rounded(to: 4)) : .null, .string(isMeasured ? "streets" : "law"),
    ]
    if isHidden { return (figures.map { _ in FieldValue.null }) + [.null, .null, .null, .null, .null, rest[5]] }
    return figures.map { .number($0.rounded(to: 1)) } + rest
  }
}
