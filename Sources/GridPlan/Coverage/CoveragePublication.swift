internal import MapFiles

/// What of an audit may leave the office: how much is covered, and how many homes a camera reaches
/// in bands. No views, no uncovered ground and no single place, which would show where nobody
/// looks; no findings about single homes, which would tell where people live.
extension CoverageLayers {
  var published: CoverageLayers {
    CoverageLayers(cameras: publishedCameras, views: nil, coverage: publishedCoverage)
  }

  private static let openFields = [
    "id", "status", "azimuth", "fov", "range_m", "near_m", "area_m2", "arc_tolerance_m", "grid", "strict", "assumed",
    "kind", "in_service", "networked", "operator_class", "homes_seen", "forbidden_seen", "sensitive_seen",
    "private_seen",
  ]

  private var publishedCameras: Layer {
    let kept = Self.openFields.compactMap { name in cameras.index(of: name).map { (name, $0) } }
    var layer = cameras
    layer.fields = kept.map(\.0)
    for index in layer.features.indices {
      let values = cameras.features[index].values
      layer.features[index].values = kept.map { name, column in
        name.hasSuffix("_seen") ? Self.band(values[column]) : values[column]
      }
    }
    return layer
  }

  private var publishedCoverage: Layer {
    let kept = coverage.fields.indices.filter { !CoverageAudit.tallyFields.contains(coverage.fields[$0]) }
    var layer = coverage
    layer.fields = kept.map { coverage.fields[$0] }
    if let kind = coverage.index(of: "feature") {
      layer.features.removeAll { $0.values[kind] != .string("grid") }
    }
    for index in layer.features.indices {
      let values = layer.features[index].values
      layer.features[index].values = kept.map { values[$0] }
    }
    return layer
  }

  /// A count as a band.
  private static func band(_ value: FieldValue) -> FieldValue {
    guard case .integer(let count) = value else { return value }
    return .string(count == 0 ? "0" : count < 10 ? "1-9" : "10+")
  }
}

extension CoverageFigures {
  /// The figures without counts of places reached below `minCount`.
  func published(minCount: Int) -> CoverageFigures {
    var result = self
    func hiding(_ concerns: [String: Reach.Concern]) -> [String: Reach.Concern] {
      concerns.mapValues { concern in
        var concern = concern
        if concern.places.map({ $0 < minCount }) == true { concern.places = nil }
        if concern.placesOfUnknownUse.map({ $0 < minCount }) == true { concern.placesOfUnknownUse = nil }
        return concern
      }
    }
    result.reach.lenient = hiding(reach.lenient)
    result.reach.strict = hiding(reach.strict)
    // Of few places in a community, a figure tells which are not in view.
    for index in result.parents?.indices ?? 0..<0 {
      (result.parents![index].keyPlaces, result.parents![index].crossings) = (nil, nil)
    }
    result.notes = []
    return result
  }
}
