import Georeference
import MapFiles
import Planar

/// What the numbers of a layer say about its reference system.
struct AxisReading {
  /// The reference system to go by; nil where coordinates can only count as metres.
  let crs: CRS?
  /// The system that the layer states.
  let stated: CRS?
  let isSwapped: Bool
  /// Coordinates too large for the degrees that are stated.
  let isMetresCalledDegrees: Bool
  /// Coordinates so small that metres must be degrees.
  let isDegreesCalledMetres: Bool
  let box: Box
  /// Nil for degrees, and for systems that PROJ does not know.
  private let description: CRSDescription?

  init(of layer: Layer) {
    box = layer.features.reduce(Box.empty) { box, feature in
      var box = box
      feature.geometry?.forEachCoordinate { if $0.isFinite { box.extend(to: $0) } }
      return box
    }
    stated = layer.crs
    description = layer.crs.flatMap { Self.degrees.contains($0) ? nil : try? $0.described() }
    let isGeographic = layer.crs.map(Self.degrees.contains) ?? true || description?.isGeographic == true
    let fits = abs(box.min.x) <= 180 && abs(box.max.x) <= 180 && abs(box.min.y) <= 90 && abs(box.max.y) <= 90
    let fitsSwapped = abs(box.min.y) <= 180 && abs(box.max.y) <= 180 && abs(box.min.x) <= 90 && abs(box.max.x) <= 90
    let isEmpty = box.isEmpty
    let looksSwapped = Self.chinaSwapped.contains(box.min) && Self.chinaSwapped.contains(box.max)
    isSwapped = !isEmpty && isGeographic && (looksSwapped || !fits && fitsSwapped)
    isMetresCalledDegrees = !isEmpty && isGeographic && !fits && !fitsSwapped
    isDegreesCalledMetres = !isEmpty && !isGeographic && fits && (box.width + box.height) < 20
    if isMetresCalledDegrees {
      crs = nil
    } else if isDegreesCalledMetres {
      crs = .crs84
    } else {
      crs = layer.crs ?? .crs84
    }
  }

  /// Latitude as x and longitude as y, in China; a place in the Arctic has no communities.
  private static let chinaSwapped = Box(min: Point(x: 17, y: 90.0001), max: Point(x: 54, y: 136))

  /// Systems known to be degrees without a look into PROJ's database, which takes some 30 ms.
  private static let degrees: Set<CRS> = [.crs84, .cgcs2000, .gcj02, .bd09, CRS("EPSG:4326")]

  /// A projected CRS that fits the layer: its own where that can measure.
  func workingCRS(of layer: Layer) throws -> CRS? {
    guard let crs, !box.isEmpty else { return nil }
    if crs == stated, let description, description.isFitToMeasure, description.metresPerUnit == 1 { return crs }
    let center = layer.features.lazy.compactMap { $0.geometry?.firstCoordinate }.first { $0.isFinite }
    let place = try Transformation(from: crs, to: .crs84, allowBallpark: true)(center ?? box.center)
    return WorkingCRS.fitting(Box(around: [place]))
  }
}

extension Layer {
  /// The layer with x and y of every coordinate exchanged.
  func swappingAxes() -> Layer {
    var result = self
    for index in features.indices {
      result.features[index].geometry = features[index].geometry.map { geometry in
        geometry.mapCoordinates { $0.map { Point(x: $0.y, y: $0.x) } }
      }
    }
    return result
  }
}

extension LayerCheck {
  mutating func report(_ axes: AxisReading) {
    if axes.isSwapped {
      add(
        .swappedAxes, .error,
        language(
          "longitude and latitude are swapped: x runs from \(rounded(axes.box.min.x)) to \(rounded(axes.box.max.x)), y from \(rounded(axes.box.min.y)) to \(rounded(axes.box.max.y)). Write longitude first; the rest was checked with the axes exchanged",
          "经纬度颠倒：x 为 \(rounded(axes.box.min.x))–\(rounded(axes.box.max.x))，y 为 \(rounded(axes.box.min.y))–\(rounded(axes.box.max.y))。应经度在前；其余检查已按交换后的坐标进行"))
    }
    if axes.isMetresCalledDegrees {
      let zone = WorkingCRS.zoneOfPrefixedEasting(axes.box.center.x).map { " (\($0))" } ?? ""
      let (x, y) = (rounded(axes.box.max.x), rounded(axes.box.max.y))
      add(
        .degreesSuspect, .error,
        axes.stated.map { stated in
          language(
            "coordinates up to \(x), \(y) are no degrees, though the layer says \(stated); they look like metres\(zone). State the reference system; the rest was checked as metres",
            "坐标达 \(x)、\(y)，不是度，但图层声明为 \(stated)；应为米\(zone)。请指明坐标系；其余检查按米进行")
        } ?? language(
          "the file names no reference system, and coordinates up to \(x), \(y) are no degrees. \(layer.crsAdvice), with --crs; the rest was checked as metres",
          "文件未注明坐标系，坐标达 \(x)、\(y)，不是度。请用 --crs 指明；其余检查按米进行"))
    }
    if axes.isDegreesCalledMetres, let stated = axes.stated {
      add(
        .degreesSuspect, .error,
        language(
          "coordinates are all within ±180 and ±90, though the layer says \(stated), which is in metres; they look like degrees. The rest was checked as longitude and latitude",
          "坐标都在 ±180、±90 之内，但图层声明为以米为单位的 \(stated)；应为经纬度。其余检查按经纬度进行"))
    }
  }
}
