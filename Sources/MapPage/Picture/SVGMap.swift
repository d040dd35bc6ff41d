import Planar

/// Draws a scene as SVG 1.1: the map, a legend, a scale bar and a north arrow.
///
/// The same scene gives the same bytes. O(vertices).
public struct SVGMap {
  private let scene: MapScene
  private let measure: MapMeasure?
  private let legend: [(color: String, label: String)]
  private let frame: MapFrame
  private var body = ""

  /// - Parameters:
  ///   - measure: the key of the figure that colours the grids; the scene's first where nil.
  ///   - width: in pixels; the height follows from the scene.
  public init(_ scene: MapScene, measure: String? = nil, width: Double = 1200) {
    self.scene = scene
    self.measure = scene.plan.measure(measure)
    legend = Self.legend(scene, self.measure)
    frame = MapFrame(scene.extent, width: width, footer: 66 + 26 * Double((legend.count + 2) / 3))
  }

  /// The classes, and the colour of the unknown where there is any.
  private static func legend(_ scene: MapScene, _ measure: MapMeasure?) -> [(color: String, label: String)] {
    guard let measure, let column = scene.plan.column(measure.key) else { return [] }
    let classes = measure.classes.map { ($0.color, $0.label(scene.language)) }
    let hasUnknown = column.numbers.contains { $0 == nil }
    return classes + (hasUnknown ? [(MapMeasure.unknownColor, MapMeasure.unknownLabel(scene.language))] : [])
  }

  /// The picture as text.
  public func text() -> String {
    var map = self
    map.drawLayers()
    map.drawLabels()
    map.drawFurniture()
    let size = #"width="\#(short(frame.width))" height="\#(short(frame.height))""#
    return #"<svg xmlns="http://www.w3.org/2000/svg" \#(size) viewBox="0 0 \#(short(frame.width)) \#(short(frame.height))" "#
      + #"font-family="Noto Sans, Noto Sans CJK SC, Helvetica, Arial, sans-serif" role="img">"#
      + "\n<title>\(escaped(scene.title))</title>\n"
      + ##"<rect width="100%" height="100%" fill="#ffffff"/>"## + "\n\(map.body)</svg>\n"
  }

  // MARK: Layers

  private mutating func drawLayers() {
    for (grid, color) in zip(scene.plan.grids, scene.plan.colors(by: measure)) {
      path(grid.polygons, #"fill="\#(color)" stroke="none""#)
    }
    path(scene.water, ##"fill="#a6cee3" stroke="#7fb3cf" stroke-width="0.6""##)
    for street in scene.streets {
      let width = max(0.6, min(street.width * frame.scale, 9))
      line(street.points, ##"stroke="#ffffff" stroke-width="\##(short(width))""##)
    }
    path(scene.buildings.flatMap(\.polygons), ##"fill="#9b948b" stroke="none""##)
    for layer in scene.overlays where layer.isShown {
      path(layer.areas.flatMap(\.polygons), overlayStyle(layer))
    }
    for grid in scene.plan.grids { path(grid.polygons, ##"fill="none" stroke="#4d4d4d" stroke-width="1.4""##) }
    for community in scene.communities {
      path(community.polygons, ##"fill="none" stroke="#111111" stroke-width="3" stroke-dasharray="9 4""##)
    }
    for layer in scene.marks where layer.isShown {
      for mark in layer {
        let p = frame.place(mark.point)
        body += ##"<circle cx="\##(short(p.x))" cy="\##(short(p.y))" r="2.4" fill="\##(layer.color)"/>"## + "\n"
      }
    }
  }

  private func overlayStyle(_ layer: OverlayLayer) -> String {
    let fill = layer.opacity > 0 ? #"fill="\#(layer.color)" fill-opacity="\#(short(layer.opacity))""# : #"fill="none""#
    return fill + #" stroke="\#(layer.color)" stroke-opacity="0.6" stroke-width="0.6""#
  }

  private mutating func path(_ polygons: [Polygon], _ style: String) {
    guard !polygons.isEmpty else { return }
    var data = ""
    for ring in polygons.flatMap(\.rings) {
      for (index, point) in ring.vertices.enumerated() {
        let p = frame.place(point)
        data += "\(index == 0 ? "M" : "L")\(short(p.x)) \(short(p.y))"
      }
      data += "Z"
    }
    body += #"<path d="\#(data)" fill-rule="evenodd" stroke-linejoin="round" \#(style)/>"# + "\n"
  }

  private mutating func line(_ points: [Point], _ style: String) {
    let places = points.map { frame.place($0) }.map { "\(short($0.x)),\(short($0.y))" }
    body += #"<polyline points="\#(places.joined(separator: " "))" fill="none" stroke-linecap="round" \#(style)/>"# + "\n"
  }

  // MARK: Words

  /// Codes where they fit, in a size that the grid has room for.
  private mutating func drawLabels() {
    for grid in scene.plan.grids {
      guard let point = interiorPoint(of: grid.polygons) else { continue }
      let box = grid.box
      let room = min(box.width * frame.scale / Double(max(grid.label.count, 1)) * 1.2, box.height * frame.scale / 2)
      guard room >= 7 else { continue }
      text(grid.label, at: frame.place(point), size: min(room, 20), anchor: "middle", halo: true)
    }
  }

  private mutating func text(
    _ text: String, at p: Point, size: Double, anchor: String = "start", halo: Bool = false, bold: Bool = false
  ) {
    let outline = halo ? ##" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round""## : ""
    let weight = bold ? #" font-weight="bold""# : ""
    body += #"<text x="\#(short(p.x))" y="\#(short(p.y + size * 0.35))" font-size="\#(short(size))" "#
      + ##"text-anchor="\##(anchor)" fill="#222222"\##(outline)\##(weight)>\##(escaped(text))</text>"## + "\n"
  }

  /// Title above, legend and scale bar below.
  private mutating func drawFurniture() {
    text(scene.title, at: Point(x: frame.margin, y: 30), size: 24, bold: true)
    text(scene.subtitle(scene.language), at: Point(x: frame.margin, y: 60), size: 14)
    let top = frame.height - frame.footer + 24
    drawLegend(top: top)
    drawScaleBar(right: frame.width - frame.margin - 40, y: top + 36)
    drawNorthArrow(at: Point(x: frame.width - frame.margin - 12, y: top + 20))
    text(scene.date, at: Point(x: frame.width - frame.margin, y: 30), size: 13, anchor: "end")
  }

  private mutating func drawLegend(top: Double) {
    guard let measure, let column = scene.plan.column(measure.key) else { return }
    let unit = column.unit(scene.language)
    let title = measure.title(scene.language) + (unit.isEmpty ? "" : scene.language(" (\(unit))", "（\(unit)）"))
    text(title, at: Point(x: frame.margin, y: top), size: 14, bold: true)
    for (index, entry) in legend.enumerated() {
      let x = frame.margin + Double(index % 3) * 290
      let y = top + 26 + Double(index / 3) * 26
      body += ##"<rect x="\##(short(x))" y="\##(short(y - 8))" width="26" height="16" fill="\##(entry.color)" stroke="#4d4d4d"/>"## + "\n"
      text(entry.label, at: Point(x: x + 34, y: y), size: 14)
    }
  }

  private mutating func drawScaleBar(right: Double, y: Double) {
    let metres = frame.roundLength(upTo: 180)
    let length = metres * frame.scale
    let label = metres >= 1000 ? "\(short(metres / 1000)) km" : "\(short(metres)) m"
    body += ##"<path d="M\##(short(right - length)) \##(short(y - 6))v6h\##(short(length))v-6" fill="none" stroke="#222222" stroke-width="2"/>"## + "\n"
    text(label, at: Point(x: right - length / 2, y: y - 16), size: 13, anchor: "middle")
  }

  private mutating func drawNorthArrow(at p: Point) {
    body += ##"<path d="M\##(short(p.x)) \##(short(p.y - 14))l8 24l-8 -6l-8 6z" fill="#222222"/>"## + "\n"
    text("N", at: Point(x: p.x, y: p.y + 20), size: 12, anchor: "middle")
  }
}

/// A number with two decimals at most, as SVG reads it.
private func short(_ value: Double) -> String {
  let rounded = (value * 100).rounded() / 100
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
