import Foundation

/// Writes a layer in a format that GDAL writes: as a GeoPackage that `ogr2ogr` converts.
///
/// Files that belong together, as those of a shapefile, appear together. A shapefile gets field names of at most
/// ten bytes and one kind of geometry, as its format asks; notes say what GDAL changed.
/// - Returns: what GDAL said.
/// - Throws: `MapFileError`, which says how to get GDAL where it is missing.
public func writeThroughGDAL(_ layer: Layer, to path: String, as driver: GDALDriver) throws -> [ReadNote] {
  guard path != "-" else {
    throw MapFileError(.cannotWrite, file: "standard output", message: "GDAL writes files only", remedy: "Name a file")
  }
  let folder = try PrivateFolder()
  let made = (path as NSString).lastPathComponent
  // A place that cannot be written is refused before the work begins.
  _ = try StagedFiles().temporaryPath(for: path)
  var notes = try writeGeoPackage([layer], to: folder.file("source.gpkg"), promotesToMulti: driver == .shapefile)
  try FileManager.default.createDirectory(atPath: folder.file("made"), withIntermediateDirectories: false)
  let arguments = ["-f", driver.rawValue] + options(driver, layer, made) + [folder.file("made/\(made)"), folder.file("source.gpkg")]
  let outcome = try GDAL.convert.run(arguments, environment: GDAL.environment(folder))
  guard outcome.status == 0 else { throw GDAL.failure(outcome, driver, .cannotWrite, path) }
  try move(from: folder.file("made"), beside: path)
  notes.append(ReadNote(rule: "written-by-gdal", message: "written as \(driver.title) by \(try GDAL.version())"))
  return notes + GDAL.lines(outcome.errors).map { ReadNote(rule: "gdal-says", message: $0) }
}

/// Options of `ogr2ogr` that make the file the same at any time, and readable in Chinese.
private func options(_ driver: GDALDriver, _ layer: Layer, _ file: String) -> [String] {
  let name = driver == .shapefile ? (file as NSString).deletingPathExtension : layer.name
  let always = ["-nln", name.isEmpty ? "layer" : name]
  guard driver == .shapefile else { return always }
  return always + ["-lco", "ENCODING=UTF-8", "-lco", "DBF_DATE_LAST_UPDATE=\(GeoPackageSchema.timestamp.prefix(10))"]
}

/// Puts all files of a folder beside `path`, together.
private func move(from folder: String, beside path: String) throws {
  let target = (path as NSString).deletingLastPathComponent
  let stage = StagedFiles()
  for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
    let content = try MappedFile(folder + "/" + name)
    try content.withBytes { try stage.write($0.buffer, to: (target as NSString).appendingPathComponent(name)) }
  }
  try stage.commit()
}
