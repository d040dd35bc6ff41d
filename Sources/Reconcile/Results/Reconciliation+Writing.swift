import Foundation
import MapFiles
public import PlanModel

extension Reconciliation {
  /// Writes the tables (UTF-8 with a byte-order mark, as Excel wants it), the merged layer and
  /// `report.json` into `folder`: all files, or none.
  ///
  /// - Returns: the names of the files.
  /// - Throws: `MapFileError` (`cannotWrite`).
  public func write(to folder: String, language: Language = .english) throws -> [String] {
    try makeFolder(folder)
    let stage = StagedFiles()
    var names: [String] = []
    func path(_ name: String) -> String {
      names.append(name)
      return (folder as NSString).appendingPathComponent(name)
    }
    let style = CSVStyle(byteOrderMark: true)
    for table in [matchesTable, conflictsTable, leftoversTable] {
      try writeCSV(table, to: path("\(table.name).csv"), in: stage, style: style)
    }
    if merged.features.contains(where: { $0.geometry != nil }) {
      try writeGeoJSON(try merged.transformed(to: .crs84, allowBallpark: true), to: path("merged.geojson"), in: stage)
    } else {
      try writeCSV(merged, to: path("merged.csv"), in: stage, style: style)
    }
    try stage.write(report.json, to: path("report.json"))
    try stage.commit()
    return names
  }
}
