public import Georeference

/// Reads a layer from a file of any format that is known, told by its content, else its extension.
///
/// - Parameters:
///   - path: the file; `-` for standard input.
///   - layer: the layer's name in a file of several; the only or first one where nil.
///   - crs: the system of the coordinates, where the caller knows better than the file.
/// - Throws: `MapFileError`.
public func readLayer(_ path: String, layer: String? = nil, crs: CRS? = nil) throws -> Layer {
  let file = try MappedFile(path)
  switch MapFormat(of: file) {
  case .geoJSON: return try readGeoJSON(file, crs: crs)
  case .none:
    throw MapFileError(
      .badData, file: path, message: "the format is not known",
      remedy: "gridplan reads GeoJSON, GeoJSON sequences, GeoPackage, Shapefile and CSV")
  }
}

/// The formats that layers come in.
public enum MapFormat: Sendable {
  case geoJSON

  /// The format that a file's first bytes tell, else its name.
  init?(of file: MappedFile) {
    self = .geoJSON
  }
}
