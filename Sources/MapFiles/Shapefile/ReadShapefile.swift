import Foundation
public import Georeference
import Planar

/// Reads a shapefile: the .shp file and, where they are, the .dbf, .cpg and .prj beside it.
///
/// Text is in the encoding that the .cpg file or the table names, if it fits; else UTF-8 or GB18030,
/// with a note. The CRS is that of the .prj file, as an EPSG code where PROJ finds one; nil without it.
/// Z and M are dropped, deleted rows left out, rings nested by direction and place; all noted. Linear.
/// - Throws: `MapFileError`.
public func readShapefile(_ path: String, crs: CRS? = nil) throws -> Layer {
  try readShapefile(ShapefileFiles(path), crs: crs)
}

func readShapefile(_ files: ShapefileFiles, crs: CRS?) throws -> Layer {
  var reader = ShapefileReader(files: files)
  return try reader.read(crs)
}

private struct ShapefileReader {
  let files: ShapefileFiles
  private var notes: [ReadNote] = []

  init(files: ShapefileFiles) { self.files = files }

  mutating func read(_ given: CRS?) throws -> Layer {
    var layer = Layer(name: layerName(ofFile: files.name), file: files.name)
    layer.crs = try given ?? declaredCRS()
    layer.features = try geometries().map { Feature(geometry: $0) }
    try addAttributes(to: &layer)
    layer.notes = notes
    return layer
  }

  private mutating func declaredCRS() throws -> CRS? {
    guard let text = try files.text(".prj") else {
      notes.append(ReadNote(rule: "no-prj", message: "no .prj file says in which CRS the coordinates are"))
      return nil
    }
    let crs = CRS(text.trimmingCharacters(in: .whitespacesAndNewlines))
    guard (try? crs.described()) != nil else {
      notes.append(ReadNote(rule: "bad-prj", message: "the .prj file names no CRS that PROJ knows"))
      return nil
    }
    return crs.identified() ?? crs
  }

  private mutating func geometries() throws -> [Geometry?] {
    do {
      return try files.shapes.withBytes { bytes in
        var reader = try ShapeReader(bytes)
        var list: [Geometry?] = []
        try reader.forEachShape { geometry, oddities in
          for rule in oddities { notes.append(ReadNote(rule: rule, feature: list.count, message: message(of: rule))) }
          list.append(geometry)
        }
        if reader.hasFurtherCoordinates {
          notes.append(ReadNote(rule: "z-dropped", message: "third or measured coordinates dropped"))
        }
        return list
      }
    } catch let failure as ShapeFailure {
      throw MapFileError(
        .badData, file: files.name, place: "feature \(failure.record)", message: failure.message, remedy: failure.remedy)
    }
  }

  private mutating func addAttributes(to layer: inout Layer) throws {
    guard let file = try files.file(".dbf") else {
      notes.append(ReadNote(rule: "no-dbf", message: "no .dbf file: the features have no fields"))
      return
    }
    let codePage = try files.text(".cpg")
    try file.withBytes { bytes in
      guard let table = DBaseTable(bytes) else {
        throw MapFileError(.badData, file: file.name, message: "no dBASE table", remedy: "Export the shapefile again")
      }
      guard table.count >= layer.features.count || !table.isCutShort else {
        throw MapFileError(
          .badData, file: file.name, place: "row \(table.count)", message: "the table ends early: the file was cut short",
          remedy: "Export or copy it again")
      }
      guard table.count == layer.features.count else {
        throw MapFileError(
          .badData, file: file.name,
          message: "\(table.count) rows for \(layer.features.count) shapes: the two files do not belong together",
          remedy: "Take all files of the shapefile from one export")
      }
      fill(&layer, from: table, codePage)
    }
  }

  private mutating func fill(_ layer: inout Layer, from table: DBaseTable, _ codePage: String?) {
    let encoding = DBaseEncoding(of: table, codePageFile: codePage)
    if let note = encoding.note { notes.append(note) }
    let known = table.fields.filter { DBaseTable.isKnown($0.type) }
    for field in table.fields where !DBaseTable.isKnown(field.type) {
      let name = encoding.decode(field.rawName)
      notes.append(ReadNote(rule: "field-dropped", message: "the field \"\(name)\" is a memo or of unknown type: left out"))
    }
    for field in known { layer.fields.append(uniqueName(encoding.decode(field.rawName), among: layer.fields)) }
    var badNumbers = 0
    for row in layer.features.indices {
      layer.features[row].values = known.map { field in
        let value = table.value(row, field) { encoding.decode($0) }
        if value == nil { badNumbers += 1 }
        return value ?? .null
      }
    }
    if badNumbers > 0 {
      notes.append(ReadNote(rule: "bad-value", message: "\(badNumbers) values do not fit the type of their field: read as null"))
    }
    dropDeleted(&layer, table)
  }

  private mutating func dropDeleted(_ layer: inout Layer, _ table: DBaseTable) {
    let kept = layer.features.indices.filter { !table.isDeleted($0) }
    guard kept.count < layer.features.count else { return }
    notes.append(
      ReadNote(rule: "deleted-rows", message: "\(layer.features.count - kept.count) rows marked as deleted: left out"))
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    layer.features = kept.map { layer.features[$0] }
    notes = notes.compactMap { note in
      guard let feature = note.feature else { return note }
      return places[feature].map { ReadNote(rule: note.rule, feature: $0, message: note.message) }
    }
  }

  private func message(of rule: String) -> String {
    switch rule {
    case "null-geometry": "the geometry is null"
    case "empty-geometry": "the geometry is empty: read as null"
    case "open-ring": "a ring whose last point is not its first: closed"
    case "short-ring": "a ring of fewer than four points, which has no area"
    case "ring-direction": "no ring runs clockwise, as exteriors do in shapefiles: holes told by nesting"
    default: "a hole outside every exterior ring: read as an area"
    }
  }
}
