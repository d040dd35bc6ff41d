/// Default styles of the layers of `plan.gpkg`, in QGIS's QML (read by QGIS 3).
enum PlanStyles {
  /// The style of a layer by its name; nil where QGIS's own default will do.
  static func qml(for layer: String) -> String? {
    switch layer {
    case "grids": document(type: "fill", graduatedGrids, labels: labels(field: "code"))
    case "microgrids":
      document(type: "fill", single("fill", fill(color: "0,0,0,0", outline: "120,120,120,255", width: 0.2)))
    case "communities":
      document(type: "fill", single("fill", fill(color: "0,0,0,0", outline: "60,60,60,255", width: 0.9)))
    case "buildings":
      document(type: "fill", single("fill", fill(color: "178,178,178,255", outline: "130,130,130,255", width: 0.1)))
    case "plan_units":
      document(type: "fill", single("fill", fill(color: "0,0,0,0", outline: "150,150,150,140", width: 0.1)))
    case "barriers":
      document(type: "fill", single("fill", fill(color: "166,206,227,255", outline: "120,170,200,255", width: 0.1)))
    case "problems": document(type: "marker", single("marker", marker(color: "213,94,0,255", size: 2.4)))
    case "views":
      document(type: "fill", single("fill", fill(color: "0,114,178,60", outline: "0,114,178,120", width: 0.1)))
    case "cameras": document(type: "marker", single("marker", marker(color: "0,114,178,255", size: 1.8)))
    case "events": document(type: "marker", single("marker", marker(color: "204,121,167,255", size: 1.2)))
    default: nil
    }
  }

  /// Five classes of deviation from the mean, purple below and orange above (safe for colour-blind eyes).
  private static let classes: [(lower: Double, upper: Double, color: String)] = [
    (-1, -0.2, "154,127,184,200"), (-0.2, -0.1, "213,200,227,200"), (-0.1, 0.1, "247,247,247,200"),
    (0.1, 0.2, "253,184,99,200"), (0.2, 1000, "179,88,6,200"),
  ]

  private static var graduatedGrids: String {
    let ranges = classes.enumerated().map { index, range in
      #"<range lower="\#(range.lower)" upper="\#(range.upper)" symbol="\#(index)" label="\#(percent(range.lower)) – \#(percent(range.upper))" render="true"/>"#
    }
    let symbols = classes.enumerated().map { index, range in
      symbol("fill", name: index, fill(color: range.color, outline: "90,90,90,255", width: 0.3))
    }
    return #"<renderer-v2 type="graduatedSymbol" attr="deviation" graduatedMethod="GraduatedColor" symbollevels="0">"#
      + "<ranges>\(ranges.joined())</ranges><symbols>\(symbols.joined())</symbols></renderer-v2>"
  }

  private static func percent(_ share: Double) -> String {
    share >= 1000 ? "…" : "\(Int((share * 100).rounded())) %"
  }

  private static func single(_ type: String, _ layer: String) -> String {
    #"<renderer-v2 type="singleSymbol" symbollevels="0"><symbols>\#(symbol(type, name: 0, layer))</symbols></renderer-v2>"#
  }

  private static func symbol(_ type: String, name: Int, _ layer: String) -> String {
    #"<symbol type="\#(type)" name="\#(name)" alpha="1" clip_to_extent="1">\#(layer)</symbol>"#
  }

  private static func fill(color: String, outline: String, width: Double) -> String {
    properties(
      "SimpleFill",
      [("color", color), ("outline_color", outline), ("outline_style", "solid"), ("outline_width", "\(width)"),
       ("outline_width_unit", "MM"), ("style", "solid")])
  }

  private static func marker(color: String, size: Double) -> String {
    properties(
      "SimpleMarker",
      [("color", color), ("name", "circle"), ("outline_color", "255,255,255,255"), ("outline_width", "0.2"),
       ("size", "\(size)"), ("size_unit", "MM")])
  }

  private static func properties(_ layerClass: String, _ values: [(String, String)]) -> String {
    let props = values.map { #"<prop k="\#($0)" v="\#($1)"/>"# }.joined()
    return #"<layer class="\#(layerClass)" enabled="1" locked="0" pass="0">\#(props)</layer>"#
  }

  private static func labels(field: String) -> String {
    #"<labeling type="simple"><settings><text-style fieldName="right(&quot;\#(field)&quot;, 3)" isExpression="1" "#
      + #"fontSize="8" textColor="40,40,40,255"><text-buffer bufferDraw="1" bufferSize="0.7" "#
      + #"bufferColor="255,255,255,200"/></text-style></settings></labeling>"#
  }

  private static func document(type: String, _ renderer: String, labels: String = "") -> String {
    let geometry = type == "fill" ? 2 : 0
    return #"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.22.0" "#
      + #"styleCategories="Symbology|Labeling" labelsEnabled="\#(labels.isEmpty ? 0 : 1)">\#(renderer)\#(labels)"#
      + "<layerGeometryType>\(geometry)</layerGeometryType></qgis>"
  }
}
