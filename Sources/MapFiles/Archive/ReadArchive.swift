import Foundation
import Georeference

/// The layers of the maps and tables in a zip archive.
struct ArchivedLayers {
  private let archive: ZipArchive

  init(_ file: MappedFile) throws { archive = try ZipArchive(file) }

  /// Files in the archive that hold layers, maps before tables.
  private var sources: [(member: ZipArchive.Member, format: MapFormat)] {
    let all = archive.members.compactMap { member in
      Self.format(of: member).map { (member: member, format: $0) }
    }
    return all.filter { !$0.format.isTable } + all.filter { $0.format.isTable }
  }

  /// Nil for what systems add, what may be a text about the layers, and archives within.
  private static func format(of member: ZipArchive.Member) -> MapFormat? {
    let folders = member.path.split(separator: "/").filter { $0 != "." && $0 != ".." }
    let isHidden = folders.contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
    guard !isHidden, !member.name.lowercased().hasSuffix(".txt"), let format = MapFormat(name: member.name),
      [.geoJSON, .geoPackage, .shapefile, .csv, .spreadsheet].contains(format)
    else { return nil }
    return format
  }

  func names() throws -> [String] { try sources.flatMap { try names(in: $0.member, $0.format) } }

  private func names(in member: ZipArchive.Member, _ format: MapFormat) throws -> [String] {
    switch format {
    case .geoPackage: try withTemporaryCopy(of: member) { try layersOfGeoPackage($0) }
    case .spreadsheet: try Workbook(archive.content(member)).sheetNames
    default: [layerName(ofFile: member.name)]
    }
  }

  /// Reads the layer called `layer` (a file's name with or without its folders and extension, a layer of a
  /// GeoPackage, a sheet); where nil the first, with a note if there are others.
  func read(layer: String?, crs: CRS?) throws -> Layer {
    let sources = sources
    guard let first = sources.first else {
      throw MapFileError(
        .missing, file: archive.name, message: "the archive holds no map or table that gridplan reads",
        remedy: "It holds: " + archive.members.prefix(10).map(\.path).joined(separator: ", "))
    }
    guard let layer else { return try noted(read(first.member, first.format, nil, crs), others: sources.dropFirst()) }
    let named = sources.first { member, _ in
      [member.path, member.name, layerName(ofFile: member.name)].contains { $0.lowercased() == layer.lowercased() }
    }
    if let named { return try read(named.member, named.format, nil, crs) }
    for (member, format) in sources where format.hasLayers {
      let inner = try names(in: member, format)
      if inner.contains(where: { $0.lowercased() == layer.lowercased() }) { return try read(member, format, layer, crs) }
    }
    throw MapFileError(
      .missing, file: archive.name, message: "there is no layer \"\(layer)\"",
      remedy: "The archive has: " + (try names().joined(separator: ", ")))
  }

  private func noted(_ layer: Layer, others: ArraySlice<(member: ZipArchive.Member, format: MapFormat)>) -> Layer {
    guard !others.isEmpty else { return layer }
    var result = layer
    let names = others.map { layerName(ofFile: $0.member.name) }.joined(separator: ", ")
    result.notes.insert(
      ReadNote(rule: "several-layers", message: "layer \(layer.name) read; the archive also has: \(names)"), at: 0)
    return result
  }

  private func read(_ member: ZipArchive.Member, _ format: MapFormat, _ layer: String?, _ crs: CRS?) throws -> Layer {
    switch format {
    case .geoPackage: return try withTemporaryCopy(of: member) { try readGeoPackage($0, layer: layer, crs: crs) }
    case .shapefile: return try readShapefile(ShapefileFiles(member, of: archive), crs: crs)
    case .csv: return try readCSV(CSVBlocks(ByteStream(archive.content(member))), crs: crs)
    case .spreadsheet: return try readSpreadsheet(archive.content(member), sheet: layer, crs: crs)
    default: return try readGeoJSON(archive.content(member), crs: crs)
    }
  }

  /// SQLite reads files only: the copy is called as gridplan likes, and gone when `body` returns.
  private func withTemporaryCopy<Value>(of member: ZipArchive.Member, _ body: (String) throws -> Value) throws -> Value {
    let copy = try TemporaryFile(archive.content(member))
    do {
      let value = try body(copy.path)
      guard var layer = value as? Layer else { return value }
      layer.file = archive.place(of: member)
      return layer as! Value
    } catch var error as MapFileError {
      error.file = archive.place(of: member)
      throw error
    }
  }
}

extension MapFormat {
  fileprivate var isTable: Bool { self == .csv || self == .spreadsheet }
  fileprivate var hasLayers: Bool { self == .geoPackage || self == .spreadsheet }
}
