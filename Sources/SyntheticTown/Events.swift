import Planar

/// Something reported at a place: a full bin, a broken lamp. Minutes since the year 2024 began.
struct TownEvent {
  var place: Point
  var category: String
  var source: String
  var reported: Int
  /// Nil while it is open.
  var closed: Int?
}

extension TownPlan {
  static let eventCategories: [(String, Double)] = [
    ("waste", 26), ("parking", 20), ("facility", 16), ("street-light", 9), ("road-surface", 8), ("noise", 7),
    ("fire-hazard", 6), ("water-leak", 5), ("stray-animal", 3),
  ]

  /// One event for ten households, in order of time: most near homes, some in the street, a few on
  /// crossings, where borders meet.
  func events() -> [TownEvent] {
    var random = SplitMix64(seed: request.seed, .events)
    let corners = crossings().map(\.place)
    var events = (0..<request.households / 10).map { _ in
      let reported = random.index(below: 366 * 24 * 60)
      let lasting = Int(random.pick(weighted: [(90.0, 3), (600, 4), (2_880, 2), (14_400, 1)]) * random.number(in: 0.3...1.7))
      return TownEvent(
        place: eventPlace(corners, &random), category: random.pick(weighted: TownPlan.eventCategories),
        source: random.pick(["patrol", "patrol", "hotline", "report"]), reported: reported,
        closed: random.chance(0.03) ? nil : reported + lasting)
    }
    events.sort { ($0.reported, $0.place.x, $0.place.y) < ($1.reported, $1.place.x, $1.place.y) }
    return events
  }

  private func eventPlace(_ corners: [Point], _ random: inout SplitMix64) -> Point {
    if random.chance(0.04), !corners.isEmpty { return random.pick(corners) }
    if random.chance(0.25) {
      let ring = mesh.points(random.pick(mesh.faces).ring)
      let k = random.index(below: ring.count)
      return ring[k] + (ring[(k + 1) % ring.count] - ring[k]) * random.fraction()
    }
    let corner = random.pick(random.pick(buildings).corners)
    return corner + Point(x: random.number(in: -9...9), y: random.number(in: -9...9))
  }

  /// ISO 8601 with China's offset; `minutes` since the year 2024 began there.
  static func timestamp(_ minutes: Int) -> String {
    var day = minutes / 1_440
    var year = 2024
    func isLeap(_ y: Int) -> Bool { y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) }
    while day >= (isLeap(year) ? 366 : 365) {
      day -= isLeap(year) ? 366 : 365
      year += 1
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while day >= lengths[month] {
      day -= lengths[month]
      month += 1
    }
    let clock = padded(minutes % 1_440 / 60, 2) + ":" + padded(minutes % 60, 2)
    return "\(year)-\(padded(month + 1, 2))-\(padded(day + 1, 2))T\(clock):00+08:00"
  }
}
