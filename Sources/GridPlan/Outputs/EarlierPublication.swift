internal import Assignment
internal import Checks
import Foundation
internal import Georeference
internal import MapFiles
internal import Planar

/// A plan of the same place that is published already: its grids, and which of its figures can be read.
struct EarlierPublication {
  /// How messages call it.
  let path: String
  /// A row of `levels.csv`, the grids among them.
  struct Row {
    var level: String
    var code: String
    var parent: String?
    /// What it says; nil for a figure that was left out.
    var households: Int?
    var events: Int?
  }

  let rows: [Row]
  /// The rows of the grids, in the order of the index.
  private let gridRows: [Int]
  private let index: AreaIndex

  /// - Parameter working: the CRS in which homes will be looked up.
  /// - Throws: `MapFileError` where the folder holds no published plan.
  init(_ path: String, working: CRS) throws {
    self.path = path
    guard let plan = WrittenPlan(path) else {
      throw MapFileError(.missing, file: path, message: "no published plan is here", remedy: "Name the folder that `gridplan plan --publish` wrote")
    }
    guard plan.report?.published == true else {
      throw MapFileError(
        .badData, file: path, message: "this is an exact plan, which never leaves the office",
        remedy: "Name the folder that `gridplan plan --publish` wrote")
    }
    let grids = try readLayer((plan.folder as NSString).appendingPathComponent("grids.geojson")).transformed(to: working)
    let levels = try? readLayer((plan.folder as NSString).appendingPathComponent("levels.csv"))
    var rows = Self.rows(of: grids, level: { _ in "grid" })
    let gridCount = rows.count
    rows += levels.map { table in
      let level = table.index(of: "level")
      return Self.rows(of: table, level: { table.text(level, of: $0) ?? "" })
        .filter { $0.level != "grid" }
    } ?? []
    self.rows = rows
    gridRows = Array(0..<gridCount)
    index = AreaIndex(
      grids.features.enumerated().map { Area(code: rows[$0].code, polygons: $1.geometry?.polygons ?? []) })
  }

  private static func rows(of layer: Layer, level: (Int) -> String) -> [Row] {
    let (code, parent) = (layer.index(of: "code"), layer.index(of: "parent"))
    let (households, events) = (layer.index(of: "households"), layer.index(of: "events"))
    return layer.features.indices.map { row in
      func count(_ column: Int?) -> Int? { column.flatMap { layer.features[row].values[$0].asNumber }.map { Int($0) } }
      return Row(
        level: level(row), code: layer.text(code, of: row) ?? "", parent: layer.text(parent, of: row),
        households: count(households), events: count(events))
    }
  }

  /// For each place the row of the grid that it lies in; nil outside of all.
  func grids(at places: [Point]) -> [Int?] {
    index.locate(places).map { $0 < 0 ? nil : gridRows[Int($0)] }
  }

  /// The plan as an attacker has it, with the counts that `pieces` give its grids: what lies in none of
  /// them is a row of its own, which nobody published.
  func published(
    _ pieces: [CommonPiece], _ figure: (Row) -> Int?
  ) throws -> PublishedPlan {
    let total = rows.indices.last { rows[$0].level == "total" }
    var position: [String: Int] = [:]
    for index in rows.indices where rows[index].level != "grid" && rows[index].level != "total" { position[rows[index].code] = index }
    let parents = rows.indices.map { row -> Int? in
      row == total ? nil : rows[row].parent.flatMap { position[$0] }.flatMap { $0 == row ? nil : $0 } ?? total
    }
    var counts = [Int](repeating: 0, count: rows.count + 1)
    for piece in pieces {
      var row: Int? = piece.theirs
      while let next = row {
        counts[next] += piece.count
        row = next < rows.count ? parents[next] : nil
      }
    }
    var cells = rows.indices.map { CountTable.Cell("\(rows[$0].level) \(rows[$0].code)", count: counts[$0], parent: parents[$0]) }
    cells.append(.init("outside", count: counts[rows.count]))
    return PublishedPlan(try CountTable(cells), isPublished: rows.map { figure($0) != nil } + [false])
  }

  /// How many of its published figures differ from what the homes of today give.
  func differing(_ plan: PublishedPlan, _ figure: (Row) -> Int?) -> Int {
    rows.indices.count { row in figure(rows[row]).map { $0 != plan.table.cells[row].count } ?? false }
  }
}
