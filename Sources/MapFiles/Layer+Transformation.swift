public import Georeference
import Parallel
import Planar

extension Layer {
  /// The layer with its coordinates in another CRS, computed on all cores.
  ///
  /// A layer of which the CRS is unknown cannot be transformed.
  /// - Parameters:
  ///   - target: the system of the coordinates that come out.
  ///   - allowBallpark: whether a transformation that ignores the difference of datums will do.
  /// - Throws: `MapFileError` naming the feature that has no place in `target`; `GeoreferenceError`
  ///   where there is no transformation.
  public func transformed(to target: CRS, allowBallpark: Bool = false) throws -> Layer {
    guard let crs else {
      throw MapFileError(
        .badData, file: file, message: "the file does not say in which CRS its coordinates are",
        remedy: crsAdvice + ", with --from-crs, or crs of the layer in the scenario")
    }
    let transformation = try Transformation(from: crs, to: target, allowBallpark: allowBallpark)
    var result = self
    result.crs = target
    guard !transformation.isIdentity else { return result }
    let parts = chunks(of: features.count, parts: max(1, features.count / 256))
    let moved = try parallelMap(count: features.isEmpty ? 0 : parts.count) { part in
      try parts[part].map { try geometry(at: $0, by: transformation) }
    }
    for (index, geometry) in moved.joined().enumerated() { result.features[index].geometry = geometry }
    return result
  }

  private func geometry(at index: Int, by transformation: Transformation) throws -> Geometry? {
    do {
      return try features[index].geometry.map { try transformation($0) }
    } catch let error as GeoreferenceError {
      throw MapFileError(
        .badData, file: file, place: "feature \(index)", message: error.message, remedy: error.remedy)
    }
  }
}
