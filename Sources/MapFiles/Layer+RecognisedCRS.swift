import Georeference
import Planar

extension Layer {
  /// The layer with the CRS that its numbers tell where its file names none: an easting with a zone
  /// prefix belongs to one CGCS2000 zone. Noted, never silent. Degrees may be of any datum, and
  /// eastings without prefix of any zone: of those nothing is assumed.
  public func recognisingCRS() -> Layer {
    guard crs == nil, let zone = zoneOfEastings else { return self }
    var result = self
    result.crs = zone
    result.notes.append(
      ReadNote(
        rule: "assumed-crs",
        message: "the file names no reference system; its eastings tell \(zone) (CGCS2000, zone \(Int(extent.center.x / 1_000_000)))"))
    return result
  }

  /// The zone whose prefix all eastings have, with northings as in China.
  private var zoneOfEastings: CRS? {
    let box = extent
    guard !box.isEmpty, let zone = WorkingCRS.zoneOfPrefixedEasting(box.min.x),
      zone == WorkingCRS.zoneOfPrefixedEasting(box.max.x), box.min.y > 0, box.max.y < 6_500_000
    else { return nil }
    return zone
  }

  /// What to do about a layer that names no reference system, as far as its numbers tell.
  public var crsAdvice: String {
    let box = extent
    let degrees = Box(min: Point(x: -180, y: -90), max: Point(x: 180, y: 90))
    if box.isEmpty || degrees.contains(box.min) && degrees.contains(box.max) {
      return "Its numbers are degrees: state EPSG:4490 (CGCS2000), EPSG:4326 (WGS 84), GCJ-02 or BD-09"
    }
    if let zone = zoneOfEastings { return "Its eastings tell \(zone): state it" }
    let isGauss = (100_000...900_000).contains(box.center.x) && (1_500_000...6_500_000).contains(box.center.y)
    return isGauss
      ? "Its eastings have no zone prefix, so the zone cannot be told: state the CGCS2000 zone by its central meridian L, of 3° EPSG:4534 + (L - 75) / 3 (117° E is EPSG:4548), of 6° EPSG:4502 + (L - 75) / 6"
      : "State it, such as EPSG:4549"
  }

  /// The box around all coordinates that are finite.
  private var extent: Box {
    features.reduce(into: Box.empty) { box, feature in
      feature.geometry?.forEachCoordinate { if $0.isFinite { box.extend(to: $0) } }
    }
  }
}
