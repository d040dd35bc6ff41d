public import MapFiles
import Georeference
import Planar
import PlanModel

/// Everything that is wrong with `layer` or suspicious in it, ordered by rule, then by feature.
///
/// Areas and distances are measured in metres in `options.workingCRS`, or a projected CRS that fits
/// the layer.
/// - Parameters:
///   - layer: what is checked.
///   - parents: the areas that the features lie in (communities of grids), by which codes and borders are
///     checked.
///   - buildings: footprints that the features may not cut.
///   - barriers: areas that belong to no feature, such as water.
///   - options: kind of layer, fields and tolerances.
/// - Throws: `GeoreferenceError` where a reference system is not known, `MapFileError` where a code
///   field that was asked for is missing.
/// O(n log n) in vertices for a layer of good quality.
public func check(
  _ layer: Layer, parents: Layer? = nil, buildings: Layer? = nil, barriers: Layer? = nil,
  options: CheckOptions = CheckOptions()
) throws -> [Finding] {
  var check = try LayerCheck(layer, options)
  if options.kind == .codes {
    check.checkColumns()
    check.checkCodes()
    check.checkCodeList()
    return check.findings()
  }
  check.checkNotes()
  check.checkColumns()
  check.checkShapes()
  check.checkCodes()
  check.checkNames()
  try check.checkNeighbours(hasParents: parents != nil, barriers: barriers)
  if let parents { try check.checkParents(parents, barriers: barriers) }
  if let buildings { try check.checkBuildings(buildings) }
  return check.findings()
}

/// A check under way.
struct LayerCheck {
  /// A finding whose place is still in working metres.
  struct Draft {
    var rule: CheckRule
    var severity: Finding.Severity
    var feature: Int?
    var other: Int?
    var code: String?
    var measure: Double?
    var unit: String?
    var place: Point?
    var message: String
  }

  let options: CheckOptions
  let frame: MeasuringFrame
  let checked: CheckedLayer
  let crs: CRS?
  var drafts: [Draft] = []

  var layer: Layer { checked.layer }
  var language: Language { options.language }

  init(_ layer: Layer, _ options: CheckOptions) throws {
    self.options = options
    try LayerCheck.requireField(options.codeField, of: layer)
    let axes = AxisReading(of: layer)
    let layer = axes.isSwapped ? layer.swappingAxes() : layer
    crs = axes.crs
    let working = axes.crs == nil ? nil : try options.workingCRS.map { try $0.measuring().crs } ?? axes.workingCRS(of: layer)
    frame = MeasuringFrame(workingCRS: working)
    let transformation = try working.flatMap { target in
      try axes.crs.map { try Transformation(from: $0, to: target) }
    }
    checked = try CheckedLayer(layer, codeField: options.codeField, transformation: transformation)
    report(axes)
  }

  static func requireField(_ field: String?, of layer: Layer) throws(MapFileError) {
    guard let field, layer.index(of: field) == nil else { return }
    throw MapFileError(
      .missing, file: layer.file, field: field, message: "the layer has no such field",
      remedy: "It has: \(layer.fields.joined(separator: ", "))")
  }

  /// Another layer in the same working metres.
  func sibling(_ other: Layer, codeField: String? = nil) throws -> CheckedLayer {
    try LayerCheck.requireField(codeField, of: other)
    guard let working = frame.workingCRS else {
      return try CheckedLayer(other, codeField: codeField, transformation: nil)
    }
    let axes = AxisReading(of: other)
    let transformation = try Transformation(from: axes.crs ?? working, to: working)
    return try CheckedLayer(
      axes.isSwapped ? other.swappingAxes() : other, codeField: codeField, transformation: transformation)
  }

  mutating func add(
    _ rule: CheckRule, _ severity: Finding.Severity, feature: Int? = nil, other: Int? = nil,
    measure: Double? = nil, unit: String? = nil, at place: Point? = nil, _ message: String
  ) {
    drafts.append(
      Draft(
        rule: rule, severity: severity, feature: feature, other: other,
        code: feature.flatMap(checked.code), measure: measure, unit: unit, place: place, message: message))
  }

  /// The findings in their order, places in degrees.
  func findings() -> [Finding] {
    let unknown = Point(x: .nan, y: .nan)
    let isPlaced = drafts.contains { $0.place != nil }
    let places = isPlaced ? frame.degrees(drafts.map { $0.place ?? unknown }) : drafts.map { _ in nil }
    let order = drafts.indices.sorted { a, b in
      let (p, q) = (drafts[a], drafts[b])
      if p.rule != q.rule { return p.rule < q.rule }
      return (p.feature ?? -1, p.other ?? -1, a) < (q.feature ?? -1, q.other ?? -1, b)
    }
    return order.map { index in
      let draft = drafts[index]
      let place = draft.place == nil ? nil : places[index].flatMap { $0.isFinite ? $0 : nil }
      return Finding(
        rule: draft.rule, severity: draft.severity, file: layer.file, feature: draft.feature,
        other: draft.other, code: draft.code, measure: draft.measure, unit: draft.unit, place: place,
        message: draft.message)
    }
  }
}
