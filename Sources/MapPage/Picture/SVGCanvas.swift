import Planar

/// A page of SVG 1.1 that shapes and words in metres are drawn on: north up, a title above, room for a
/// legend below.
struct SVGCanvas {
  let frame: MapFrame
  private(set) var body = ""

  init(_ frame: MapFrame) { self.frame = frame }

  /// The whole file.
  func document(title: String) -> String {
    let size = #"width="\#(short(frame.width))" height="\#(short(frame.height))""#
    return #"<svg xmlns="http://www.w3.org/2000/svg" \#(size) viewBox="0 0 \#(short(frame.width)) \#(short(frame.height))" "#
      + #"font-family="Noto Sans, Noto Sans CJK SC, Helvetica, Arial, sans-serif" role="img">"#
      + "\n<title>\(escaped(title))</title>\n"
      + ##"<rect width="100%" height="100%" fill="#ffffff"/>"## + "\n\(body)</svg>\n"
  }

  mutating func path(_ polygons: [Polygon], _ style: String) {
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

  mutating func line(_ points: [Point], _ style: String) {
    let places = points.map { frame.place($0) }.map { "\(short($0.x)),\(short($0.y))" }
    body += #"<polyline points="\#(places.joined(separator: " "))" fill="none" stroke-linecap="round" \#(style)/>"# + "\n"
  }

  mutating func dot(_ point: Point, radius: Double, _ style: String) {
    disc(at: frame.place(point), radius: radius, style)
  }

  // MARK: In pixels

  mutating func disc(at p: Point, radius: Double, _ style: String) {
    body += #"<circle cx="\#(short(p.x))" cy="\#(short(p.y))" r="\#(short(radius))" \#(style)/>"# + "\n"
  }

  /// A coloured box of a legend.
  mutating func swatch(at p: Point, _ style: String) {
    body += #"<rect x="\#(short(p.x))" y="\#(short(p.y - 8))" width="26" height="16" \#(style)/>"# + "\n"
  }

  mutating func text(
    _ text: String, at p: Point, size: Double, anchor: String = "start", halo: Bool = false, bold: Bool = false
  ) {
    let outline = halo ? ##" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round""## : ""
    let weight = bold ? #" font-weight="bold""# : ""
    body += #"<text x="\#(short(p.x))" y="\#(short(p.y + size * 0.35))" font-size="\#(short(size))" "#
      + ##"text-anchor="\##(anchor)" fill="#222222"\##(outline)\##(weight)>\##(escaped(text))</text>"## + "\n"
  }

  mutating func scaleBar(right: Double, y: Double) {
    let metres = frame.roundLength(upTo: 180)
    let length = metres * frame.scale
    let label = metres >= 1000 ? "\(short(metres / 1000)) km" : "\(short(metres)) m"
    body += ##"<path d="M\##(short(right - length)) \##(short(y - 6))v6h\##(short(length))v-6" fill="none" stroke="#222222" stroke-width="2"/>"## + "\n"
    text(label, at: Point(x: right - length / 2, y: y - 16), size: 13, anchor: "middle")
  }

  mutating func northArrow(at p: Point) {
    body += ##"<path d="M\##(short(p.x)) \##(short(p.y - 14))l8 24l-8 -6l-8 6z" fill="#222222"/>"## + "\n"
    text("N", at: Point(x: p.x, y: p.y + 20), size: 12, anchor: "middle")
  }
}

/// A number with two decimals at most, as SVG reads it.
func short(_ value: Double) -> String {
  let rounded = (value * 100).rounded() / 100
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
