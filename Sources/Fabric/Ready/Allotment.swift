import Planar

/// Which unit each triangle of a survey belongs to, while ready units are put in order.
struct Allotment: ~Copyable {
  let survey: Survey
  let units: [ReadyUnit]
  let frame: GridFrame
  let settings: FabricSettings
  /// The unit of each triangle; -1 for none. Wide overlaps are numbered after the units.
  private var owner: [Int32]
  private var problems: [FabricProblem] = []
  /// The units that cover each wide overlap.
  private var overlaps: [[Int]] = []
  /// For each region what it measures.
  private let regions: [RegionMeasure]

  init(_ survey: consuming Survey, units: [ReadyUnit], _ frame: GridFrame, _ settings: FabricSettings) {
    regions = survey.measures(frame)
    owner = Array(repeating: -1, count: survey.mesh.triangleCount)
    self.survey = survey
    self.units = units
    self.frame = frame
    self.settings = settings
  }

  private var count: Int { units.count + overlaps.count }

  /// Gives the ground of several units to the smallest of them, where the overlap is no wider than
  /// the settings say.
  mutating func settleOverlaps() {
    let covers = survey.cover.map { $0.filter { $0.kind == .unit }.map(\.number) }
    var areas = [Double](repeating: 0, count: units.count)
    for (region, cover) in covers.enumerated() {
      for unit in cover { areas[unit] += regions[region].area }
    }
    var winner = [Int32](repeating: -1, count: covers.count)
    for (region, cover) in covers.enumerated() {
      let smallest = cover.min { (areas[$0], $0) < (areas[$1], $1) } ?? -1
      let isSettled = cover.count < 2 || regions[region].meanWidth <= settings.settledOverlapWidth
      winner[region] = Int32(isSettled ? smallest : number(ofOverlap: cover))
      if cover.count > 1 { list(.overlap, regions[region], subjects: cover, winner: isSettled ? smallest : nil) }
    }
    for triangle in owner.indices { owner[triangle] = winner[Int(survey.mesh.region[triangle])] }
  }

  /// The number that stands for ground which these units keep in common.
  private mutating func number(ofOverlap cover: [Int]) -> Int {
    if let known = overlaps.firstIndex(of: cover) { return units.count + known }
    overlaps.append(cover)
    return count - 1
  }

  private mutating func list(
    _ kind: FabricProblem.Kind, _ measure: RegionMeasure, subjects: [Int], winner: Int? = nil
  ) {
    guard measure.area > settings.listedArea else { return }
    let isNarrow = measure.meanWidth <= settings.sliverWidth
    var problem = FabricProblem(isNarrow ? .sliver : kind, subjects: subjects, place: measure.place, measure: measure.area)
    problem.isGap = kind == .gap
    problem.winner = winner
    problems.append(problem)
  }

  /// Gives gaps between units that are too narrow to be meant to the units beside them.
  mutating func fillSlivers() {
    for gap in gaps() {
      list(.gap, gap.measure, subjects: gap.neighbours)
      if gap.measure.meanWidth <= settings.sliverWidth { share(gap.triangles) }
    }
  }

  private struct Gap {
    var triangles: [Int32]
    var neighbours: [Int]
    var measure: RegionMeasure
  }

  /// The pieces of ground without unit that units enclose.
  private func gaps() -> [Gap] {
    var isSeen = [Bool](repeating: false, count: owner.count)
    var gaps: [Gap] = []
    for seed in owner.indices where owner[seed] < 0 && !isSeen[seed] {
      var gap = Gap(triangles: [Int32(seed)], neighbours: [], measure: RegionMeasure())
      isSeen[seed] = true
      var next = 0
      while next < gap.triangles.count {
        let triangle = gap.triangles[next]
        next += 1
        gap.measure.add(survey.mesh, triangle, frame)
        for h in triangle * 3..<triangle * 3 + 3 {
          let g = survey.mesh.twin[h]
          guard g >= 0 else { continue }
          let other = Int(g / 3)
          if owner[other] >= 0 {
            gap.neighbours.append(Int(owner[other]))
            gap.measure.perimeter += survey.mesh.length(h, frame)
          } else if !isSeen[other] {
            isSeen[other] = true
            gap.triangles.append(Int32(other))
          }
        }
      }
      gap.neighbours = Set(gap.neighbours).sorted()
      if !gap.triangles.contains(survey.mesh.outerTriangle) { gaps.append(gap) }
    }
    return gaps
  }

  /// Gives each triangle to the unit along its longest side, from the borders inwards.
  private mutating func share(_ triangles: [Int32]) {
    var open = triangles
    while !open.isEmpty {
      let given = open.map { triangle in (triangle, unitAlongLongestSide(of: triangle)) }
      for (triangle, unit) in given { owner[Int(triangle)] = unit }
      let rest = open.filter { owner[Int($0)] < 0 }
      if rest.count == open.count { return }
      open = rest
    }
  }

  private func unitAlongLongestSide(of triangle: Int32) -> Int32 {
    var best: (length: Double, unit: Int32) = (0, -1)
    for h in triangle * 3..<triangle * 3 + 3 {
      let g = survey.mesh.twin[h]
      guard g >= 0, owner[Int(g / 3)] >= 0 else { continue }
      let length = survey.mesh.length(h, frame)
      if length > best.length { best = (length, owner[Int(g / 3)]) }
    }
    return best.unit
  }

  /// The fabric, with parents found and all problems listed.
  consuming func fabric() -> Fabric {
    let parents = parents()
    let (arcs, nodeCount) = tracedArcs(of: segments(parents.map(\.number)))
    let values = (0..<count).map { number in
      var unit = FabricUnit(parent: parents[number].number)
      if number >= units.count { unit.covers = overlaps[number - units.count] }
      return unit
    }
    var fabric = Fabric(arcs, nodeCount: nodeCount, units: values, in: frame.halved)
    fabric.findInteriorPoints {
      $0 < units.count ? interiorPoint(of: units[$0].polygons) ?? units[$0].polygons.first?.exterior.points.first : nil
    }
    listUnits(fabric, parents)
    fabric.problems = problems.inOrder
    return fabric
  }

  private mutating func listUnits(_ fabric: Fabric, _ parents: [(number: Int?, outside: Double)]) {
    let haveParents = survey.cover.contains { $0.contains { $0.kind == .parent } }
    for (number, unit) in fabric.units.prefix(units.count).enumerated() {
      if unit.polygons.isEmpty, !overlaps.contains(where: { $0.contains(number) }) {
        let given = units[number].polygons.reduce(0) { $0 + $1.area }
        problems.append(
          FabricProblem(.vanished, subjects: [number], place: unit.interiorPoint, measure: given))
      } else if haveParents, parents[number].number == nil {
        problems.append(
          FabricProblem(.outsideParent, subjects: [number], place: unit.interiorPoint, measure: unit.area))
      } else if haveParents, parents[number].outside > settings.crossingArea {
        problems.append(
          FabricProblem(
            .crossesParent, subjects: [number], place: unit.interiorPoint,
            measure: parents[number].outside))
      }
    }
  }

  /// The parent of each unit and how much of the unit lies outside it.
  private func parents() -> [(number: Int?, outside: Double)] {
    var shares: [[Int: Double]] = Array(repeating: [:], count: count)
    var total = [Double](repeating: 0, count: count)
    for triangle in owner.indices where owner[triangle] >= 0 {
      let unit = Int(owner[triangle])
      let area = frame.area(twice: survey.mesh.twiceArea(Int32(triangle)))
      total[unit] += area
      for feature in survey.cover[Int(survey.mesh.region[triangle])] where feature.kind == .parent {
        shares[unit][feature.number, default: 0] += area
      }
    }
    return (0..<count).map { unit in
      let largest = shares[unit].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      let number = (unit < units.count ? units[unit].parent : nil) ?? largest
      return (number, total[unit] - (number.flatMap { shares[unit][$0] } ?? 0))
    }
  }

  /// The borders between triangles of different units.
  private func segments(_ parents: [Int?]) -> [BorderSegment] {
    var segments: [BorderSegment] = []
    for h in 0..<Int32(survey.mesh.origin.count) {
      let g = survey.mesh.twin[h]
      guard g > h else { continue }
      let (left, right) = (owner[Int(h / 3)], owner[Int(g / 3)])
      guard left != right else { continue }
      let isParents = left < 0 || right < 0 || parents[Int(left)] != parents[Int(right)]
      segments.append(
        BorderSegment(
          a: survey.mesh.points[survey.mesh.origin[h]].doubled,
          b: survey.mesh.points[survey.mesh.destination(h)].doubled,
          left: left, right: right, borderClass: isParents ? .parent : .open))
    }
    return segments
  }
}
