import Planar
import PlanModel

/// Draws a scene with characters: two points one above the other in each, in colours or in shades.
public struct TextMap {
  private let scene: MapScene
  private let measure: MapMeasure?
  private let hasColors: Bool

  /// - Parameters:
  ///   - scene: what is drawn.
  ///   - measure: the key of the figure that colours the grids; the scene's first where nil.
  ///   - hasColors: whether the terminal shows colours.
  public init(_ scene: MapScene, measure: String?, hasColors: Bool) {
    self.scene = scene
    self.measure = scene.plan.measure(measure)
    self.hasColors = hasColors
  }

  /// The map, `width` characters wide, then its legend; without a line end on the last line.
  public func lines(width: Int) -> [String] {
    rows(width: width) + [""] + legend
  }

  // MARK: Map

  /// Points at the middles of square cells, two rows of them a line.
  private func rows(width: Int) -> [String] {
    let extent = scene.extent
    let most = 26.0 * 2
    let cell = max(extent.width / Double(width), extent.height / most)
    let columns = max(1, Int((extent.width / cell).rounded(.up)))
    let rows = max(1, Int((extent.height / cell / 2).rounded(.up)))
    let classes = self.classes
    let index = BoxIndex(scene.plan.grids.map(\.box))
    func value(_ column: Int, _ row: Int) -> Int? {
      let point = Point(x: extent.min.x + (Double(column) + 0.5) * cell, y: extent.max.y - (Double(row) + 0.5) * cell)
      return index.items(at: point).first { grid in
        scene.plan.grids[grid].polygons.contains { $0.locate(point) != .outside }
      }.map { classes[$0] }
    }
    return (0..<rows).map { row in
      line((0..<columns).map { (value($0, 2 * row), value($0, 2 * row + 1)) })
    }
  }

  /// The class of each grid; -1 for the unknown.
  private var classes: [Int] {
    guard let measure, let column = scene.plan.column(measure.key) else { return scene.plan.grids.map { _ in -1 } }
    return column.numbers.map { value in
      value.flatMap { value in measure.classes.firstIndex { value <= $0.upper } } ?? -1
    }
  }

  private func line(_ cells: [(upper: Int?, lower: Int?)]) -> String {
    guard hasColors else { return trimmed(cells.map { shade($0.upper ?? $0.lower) }.joined()) }
    var text = ""
    for cell in cells {
      switch cell {
      case (nil, nil): text += "\u{1B}[0m "
      case (let upper?, nil): text += "\u{1B}[0m" + foreground(upper) + "▀"
      case (nil, let lower?): text += "\u{1B}[0m" + foreground(lower) + "▄"
      case (let upper?, let lower?): text += foreground(upper) + background(lower) + "▀"
      }
    }
    return text + "\u{1B}[0m"
  }

  private func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  // MARK: Legend

  private var legend: [String] {
    guard let measure, let column = scene.plan.column(measure.key) else { return [] }
    let unit = column.unit(scene.language)
    let title = measure.title(scene.language) + (unit.isEmpty ? "" : " (\(unit))")
    let classes = self.classes
    var rows = measure.classes.indices.map { ($0, measure.classes[$0].label(scene.language)) }
    if classes.contains(-1) { rows.append((-1, MapMeasure.unknownLabel(scene.language))) }
    return [title] + rows.map { number, label in
      let count = classes.filter { $0 == number }.count
      return "  \(swatch(number)) \(label): \(count)"
    }
  }

  private func swatch(_ number: Int) -> String {
    hasColors ? foreground(number) + "██\u{1B}[0m" : shade(number) + shade(number)
  }

  private func shade(_ number: Int?) -> String {
    guard let number else { return " " }
    return number < 0 ? "?" : ["·", "-", "+", "x", "#", "%", "@", "&"][number % 8]
  }

  // MARK: Colours

  private func foreground(_ number: Int) -> String { "\u{1B}[38;2;\(parts(number))m" }
  private func background(_ number: Int) -> String { "\u{1B}[48;2;\(parts(number))m" }

  /// A class's colour as red;green;blue.
  private func parts(_ number: Int) -> String {
    let color = number < 0 ? MapMeasure.unknownColor : measure?.classes[number].color ?? MapMeasure.unknownColor
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    return "\(value >> 16);\(value >> 8 & 255);\(value & 255)"
  }
}
