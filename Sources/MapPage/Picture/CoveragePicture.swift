public import PlanModel
public import Planar

/// What cameras see and reach, as shapes in a plane of metres.
public struct CoverageScene: Sendable {
  public struct Place: Sendable {
    /// Empty for a point.
    public var polygons: [Polygon]
    public var point: Point?
    public var isCovered: Bool

    public init(polygons: [Polygon], point: Point?, isCovered: Bool) {
      (self.polygons, self.point, self.isCovered) = (polygons, point, isCovered)
    }
  }

  public struct Eye: Sendable {
    public var point: Point
    public var isUsed: Bool

    public init(point: Point, isUsed: Bool) { (self.point, self.isUsed) = (point, isUsed) }
  }

  public var title: String
  public var subtitle: String
  public var language: Language
  public var buildings: [[Polygon]] = []
  /// Positions in `buildings` of those that a camera reaches and that are, or may be, homes or sensitive.
  public var reached: Set<Int> = []
  public var roads: [[Point]] = []
  public var views: [[Polygon]] = []
  public var places: [Place] = []
  public var cameras: [Eye] = []

  public init(title: String, subtitle: String, language: Language = .english) {
    (self.title, self.subtitle, self.language) = (title, subtitle, language)
  }

  /// The box around views, places and cameras.
  var extent: Box {
    var box = (views + places.map(\.polygons)).joined().reduce(into: Box.empty) { $0.formUnion($1.box) }
    for point in cameras.map(\.point) + places.compactMap(\.point) { box.extend(to: point) }
    let margin = max(10, 0.02 * max(box.width, box.height))
    return box.isEmpty ? Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)) : box.expanded(by: margin)
  }
}

/// Draws an audit of cameras as SVG 1.1. The same scene gives the same bytes. O(vertices).
public struct CoveragePicture {
  private let scene: CoverageScene
  private var canvas: SVGCanvas

  private static let reach = ##"fill="#d55e00" fill-opacity="0.85" stroke="none""##
  private static let building = ##"fill="#b8b2a8" stroke="none""##
  private static let view = ##"fill="#0072b2" fill-opacity="0.16" stroke="#0072b2" stroke-opacity="0.35" stroke-width="0.5""##
  private static let covered = ##"fill="#009e73" stroke="#ffffff" stroke-width="0.8""##
  private static let uncovered = ##"fill="#ffffff" stroke="#cc3311" stroke-width="1.6""##
  private static let used = ##"fill="#003f66" stroke="none""##
  private static let unused = ##"fill="none" stroke="#777777" stroke-width="1""##

  /// - Parameters:
  ///   - scene: what is drawn.
  ///   - width: in pixels; the height follows from the scene.
  public init(_ scene: CoverageScene, width: Double = 1200) {
    self.scene = scene
    canvas = SVGCanvas(MapFrame(scene.extent, width: width, footer: 110))
  }

  /// The picture as text.
  public func text() -> String {
    var picture = self
    picture.drawGround()
    picture.drawFindings()
    picture.drawFurniture()
    return picture.canvas.document(title: scene.title)
  }

  private mutating func drawGround() {
    let extent = scene.extent
    for road in scene.roads where Box(around: road).intersects(extent) {
      canvas.line(road, ##"stroke="#e4e0d8" stroke-width="1.2""##)
    }
    canvas.path(buildings { !scene.reached.contains($0) }, Self.building)
    canvas.path(buildings { scene.reached.contains($0) }, Self.reach)
  }

  private func buildings(where isChosen: (Int) -> Bool) -> [Polygon] {
    let extent = scene.extent
    return scene.buildings.indices.filter(isChosen).flatMap { scene.buildings[$0] }.filter { $0.box.intersects(extent) }
  }

  private mutating func drawFindings() {
    for view in scene.views { canvas.path(view, Self.view) }
    for place in scene.places {
      let color = place.isCovered ? "#009e73" : "#cc3311"
      canvas.path(place.polygons, ##"fill="\##(color)" fill-opacity="0.12" stroke="\##(color)" stroke-width="1.6""##)
      if let point = place.point, place.polygons.isEmpty {
        canvas.dot(point, radius: 4, place.isCovered ? Self.covered : Self.uncovered)
      }
    }
    for camera in scene.cameras { canvas.dot(camera.point, radius: 1.8, camera.isUsed ? Self.used : Self.unused) }
  }

  private mutating func drawFurniture() {
    let frame = canvas.frame
    canvas.text(scene.title, at: Point(x: frame.margin, y: 30), size: 24, bold: true)
    canvas.text(scene.subtitle, at: Point(x: frame.margin, y: 60), size: 14)
    let top = frame.height - frame.footer + 30
    for (index, entry) in legend.enumerated() {
      let place = Point(x: frame.margin + Double(index % 3) * 270, y: top + Double(index / 3) * 28)
      if entry.isDot {
        canvas.disc(at: Point(x: place.x + 13, y: place.y), radius: 5, entry.style)
      } else {
        canvas.swatch(at: place, entry.style)
      }
      canvas.text(entry.label, at: Point(x: place.x + 34, y: place.y), size: 14)
    }
    canvas.scaleBar(right: frame.width - frame.margin - 40, y: top + 20)
    canvas.northArrow(at: Point(x: frame.width - frame.margin - 12, y: top + 4))
  }

  private var legend: [(label: String, style: String, isDot: Bool)] {
    let say = scene.language
    var entries = [
      (say("in view", "可视范围"), Self.view, false),
      (say("reached: check on site", "可及：须现场核实"), Self.reach, false),
      (say("camera", "摄像机"), Self.used, true), (say("camera that cannot be used", "不可用的摄像机"), Self.unused, true),
    ]
    guard !scene.places.isEmpty else { return entries }
    entries.insert((say("key place in view", "可见的重点部位"), Self.covered, true), at: 2)
    entries.insert((say("key place out of view", "不可见的重点部位"), Self.uncovered, true), at: 3)
    return entries
  }
}
