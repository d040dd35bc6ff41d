import Planar

/// Draws a scene as SVG 1.1: the map, a legend, a scale bar and a north arrow.
///
/// The same scene gives the same bytes. O(vertices).
public struct SVGMap {
  private let scene: MapScene
  private let measure: MapMeasure?
  private let legend: [(color: String, label: String)]
  private var canvas: SVGCanvas

  /// - Parameters:
  ///   - scene: what is drawn.
  ///   - measure: the key of the figure that colours the grids; the scene's first where nil.
  ///   - width: in pixels; the height follows from the scene.
  public init(_ scene: MapScene, measure: String? = nil, width: Double = 1200) {
    self.scene = scene
    self.measure = scene.plan.measure(measure)
    legend = Self.legend(scene, self.measure)
    canvas = SVGCanvas(MapFrame(scene.extent, width: width, footer: 66 + 26 * Double((legend.count + 2) / 3)))
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
    return map.canvas.document(title: scene.title)
  }

  // MARK: Layers

  private mutating func drawLayers() {
    for (grid, color) in zip(scene.plan.grids, scene.plan.colors(by: measure)) {
      canvas.path(grid.polygons, #"fill="\#(color)" stroke="none""#)
    }
    canvas.path(scene.water, ##"fill="#a6cee3" stroke="#7fb3cf" stroke-width="0.6""##)
    for street in scene.streets {
      let width = max(0.6, min(street.width * canvas.frame.scale, 9))
      canvas.line(street.points, ##"stroke="#ffffff" stroke-width="\##(short(width))""##)
    }
    canvas.path(scene.buildings.flatMap(\.polygons), ##"fill="#9b948b" stroke="none""##)
    for layer in scene.overlays where layer.isShown {
      canvas.path(layer.areas.flatMap(\.polygons), overlayStyle(layer))
    }
    for grid in scene.plan.grids { canvas.path(grid.polygons, ##"fill="none" stroke="#4d4d4d" stroke-width="1.4""##) }
    for community in scene.communities {
      canvas.path(community.polygons, ##"fill="none" stroke="#111111" stroke-width="3" stroke-dasharray="9 4""##)
    }
    for layer in scene.marks where layer.isShown {
      for mark in layer {
        canvas.dot(mark.point, radius: 2.4, #"fill="\#(layer.color)""#)
      }
    }
  }

  private func overlayStyle(_ layer: OverlayLayer) -> String {
    let fill = layer.opacity > 0 ? #"fill="\#(layer.color)" fill-opacity="\#(short(layer.opacity))""# : #"fill="none""#
    return fill + #" stroke="\#(layer.color)" stroke-opacity="0.6" stroke-width="0.6""#
  }

  // MARK: Words

  /// Codes where they fit, in a size that the grid has room for.
  private mutating func drawLabels() {
    for grid in scene.plan.grids {
      guard let point = grid.labelPoint else { continue }
      let box = grid.box
      let room = min(box.width * canvas.frame.scale / Double(max(grid.label.count, 1)) * 1.2, box.height * canvas.frame.scale / 2)
      guard room >= 7 else { continue }
      canvas.text(grid.label, at: canvas.frame.place(point), size: min(room, 20), anchor: "middle", halo: true)
    }
  }

  /// Title above, legend and scale bar below.
  private mutating func drawFurniture() {
    canvas.text(scene.title, at: Point(x: canvas.frame.margin, y: 30), size: 24, bold: true)
    canvas.text(scene.subtitle(scene.language), at: Point(x: canvas.frame.margin, y: 60), size: 14)
    let top = canvas.frame.height - canvas.frame.footer + 24
    drawLegend(top: top)
    canvas.scaleBar(right: canvas.frame.width - canvas.frame.margin - 40, y: top + 36)
    canvas.northArrow(at: Point(x: canvas.frame.width - canvas.frame.margin - 12, y: top + 20))
    canvas.text(scene.date, at: Point(x: canvas.frame.width - canvas.frame.margin, y: 30), size: 13, anchor: "end")
  }

  private mutating func drawLegend(top: Double) {
    guard let measure, let column = scene.plan.column(measure.key) else { return }
    let unit = column.unit(scene.language)
    let title = measure.title(scene.language) + (unit.isEmpty ? "" : scene.language(" (\(unit))", "（\(unit)）"))
    canvas.text(title, at: Point(x: canvas.frame.margin, y: top), size: 14, bold: true)
    for (index, entry) in legend.enumerated() {
      let x = canvas.frame.margin + Double(index % 3) * 290
      let y = top + 26 + Double(index / 3) * 26
      canvas.swatch(at: Point(x: x, y: y), ##"fill="\##(entry.color)" stroke="#4d4d4d""##)
      canvas.text(entry.label, at: Point(x: x + 34, y: y), size: 14)
    }
  }
}
