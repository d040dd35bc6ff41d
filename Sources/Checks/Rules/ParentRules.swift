import MapFiles
import Parallel
import Planar
import PlanModel
import Topology

extension LayerCheck {
  /// The rules that compare the layer with the areas it lies in.
  mutating func checkParents(_ parents: Layer, barriers: Layer?) throws {
    let parents = try sibling(parents, codeField: options.parentCodeField)
    try checkObfuscation(against: parents)
    let home = homes(in: parents)
    let nest = checkNesting(in: parents, home)
    checkNamedParents(parents, home)
    try checkOutside(parents, home, nest)
    guard options.kind == .grids else { return }
    try checkGaps(in: parents, barriers: barriers.map { try sibling($0) })
  }

  /// For each shape the parent that holds its interior point; nil where none does.
  private func homes(in parents: CheckedLayer) -> [Int?] {
    let shapes = checked.shapes
    return parallelMap(count: shapes.count) { number -> Int? in
      guard let place = interiorPoint(of: shapes[number].polygons) else { return nil }
      return parents.index.items(at: place).first { parents.shapes[$0].locate(place) != .outside }
    }
  }

  /// Checks that codes continue those of the parents.
  /// - Returns: for each shape the parent that its code names, where one does.
  private mutating func checkNesting(in parents: CheckedLayer, _ home: [Int?]) -> [Int?] {
    var byCode: [String: Int] = [:]
    for (number, shape) in parents.shapes.enumerated() {
      if let code = parents.code(of: shape.feature) { byCode[shortened(code)] = byCode[shortened(code)] ?? number }
    }
    let named = checked.shapes.map { shape in checked.code(of: shape.feature).flatMap { parent(of: $0, byCode) } }
    guard checked.codeIndex != nil, !byCode.isEmpty else { return named }
    guard named.contains(where: { $0 != nil }) else {
      add(
        .codeParent, .warning,
        language(
          "no code continues the code of a parent; the two layers seem to be coded apart",
          "没有编码与上级编码衔接；两个图层似乎采用不同的编码体系"))
      return named
    }
    for (number, shape) in checked.shapes.enumerated() {
      guard let code = checked.code(of: shape.feature) else { continue }
      let lies = home[number].map { parents.name(of: parents.shapes[$0].feature) }
      if let name = named[number], home[number] == nil || home[number] == name { continue }
      let own = named[number].map { parents.name(of: parents.shapes[$0].feature) }
      let where_ = lies.map { language("it lies in \($0)", "位于 \($0)") } ?? language("it lies in no parent", "不在任何上级范围内")
      let says = own.map { language("continues \($0)", "衔接 \($0)") } ?? language("continues no parent's", "不衔接任何上级编码")
      add(
        .codeParent, .error, feature: shape.feature, at: shape.polygons.first?.exterior.points.first,
        language("code \(code) \(says), but \(where_)", "编码 \(code) \(says)，但\(where_)"))
    }
    return named
  }

  private func shortened(_ code: String) -> String { (try? DivisionCode(code).digits) ?? code }

  /// The parent with the longest code that `code` continues.
  private func parent(of code: String, _ byCode: [String: Int]) -> Int? {
    var prefix = code.dropLast()
    while !prefix.isEmpty {
      if let found = byCode[String(prefix)] { return found }
      prefix.removeLast()
    }
    return nil
  }

  /// The parts of shapes outside their parents: the one that the code names, else the one they lie in.
  private mutating func checkOutside(_ parents: CheckedLayer, _ home: [Int?], _ named: [Int?]) throws {
    let shapes = checked.shapes
    let options = options
    let outside = parallelMap(count: shapes.count) { number -> (area: Double, place: Point?)? in
      guard let parent = named[number] ?? home[number] else {
        return (shapes[number].area, shapes[number].polygons.first?.exterior.points.first)
      }
      guard let all = try? remainder(shapes[number].polygons, parents.shapes[parent].polygons) else { return nil }
      let rest = all.filter { !Self.isRounding($0, along: parents.shapes[parent], options) }
      let area = rest.reduce(0) { $0 + $1.area }
      guard area > options.areaTolerance else { return nil }
      return (area, rest.max { $0.area < $1.area }.flatMap { interiorPoint(of: [$0]) })
    }
    for (number, found) in outside.enumerated() {
      guard let found else { continue }
      let name = checked.name(of: shapes[number].feature)
      let parent = (named[number] ?? home[number]).map { parents.name(of: parents.shapes[$0].feature) }
      add(
        .outsideParent, .error, feature: shapes[number].feature, measure: found.area, unit: "m2", at: found.place,
        parent.map { parent in
          language(
            "\(rounded(found.area)) m² of \(name) lie outside its parent \(parent)",
            "\(name) 有 \(rounded(found.area)) 平方米超出上级 \(parent) 的范围")
        } ?? language("\(name) lies in no parent", "\(name) 不在任何上级范围内"))
    }
  }

  /// Whether a piece is what rounding to seven decimals of a degree leaves along a parent's border: a
  /// vertex on a straight border is up to 8 mm off it once it is printed.
  private static func isRounding(_ piece: Polygon, along parent: Shape, _ options: CheckOptions) -> Bool {
    guard 2 * piece.area / piece.perimeter <= options.printedPrecision else { return false }
    return piece.exterior.vertices.allSatisfy { vertex in
      parent.polygons.contains { $0.distanceToBoundary(from: vertex) <= options.printedPrecision }
    }
  }

  /// The parts of each parent that no shape covers.
  private mutating func checkGaps(in parents: CheckedLayer, barriers: CheckedLayer?) throws {
    let checked = checked
    let uncovered = parallelMap(count: parents.shapes.count) { number -> [Polygon] in
      let parent = parents.shapes[number]
      let cover = checked.polygons(meeting: parent.box) + (barriers?.polygons(meeting: parent.box) ?? [])
      guard !cover.isEmpty else { return [] }
      return (try? remainder(parent.polygons, union(cover))) ?? (try? remainder(parent.polygons, union(cover, grid: 1e-4))) ?? []
    }
    for (number, pieces) in uncovered.enumerated() {
      let parent = parents.shapes[number]
      for piece in pieces where piece.area > options.areaTolerance && !Self.isRounding(piece, along: parent, options) {
        report(gap: piece, at: nil, in: parents.name(of: parent.feature))
      }
    }
  }
}
