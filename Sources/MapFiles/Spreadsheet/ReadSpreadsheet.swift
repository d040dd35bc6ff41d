public import Georeference

/// Reads a sheet of an Excel workbook (.xlsx) as a table: what `readCSV` gives for the same table as CSV.
///
/// The first row that holds more than one cell names the columns; a title above it is passed over with a
/// note. Texts are as Excel shows them but for formats: numbers with all their digits, dates and times in
/// ISO 8601, `true` and `false`, formulas by the value they had when saved. Noted: errors such as #N/A,
/// formulas without a value, merged cells (only the first has the value), rows hidden by a filter.
/// - Parameters:
///   - file: the workbook.
///   - sheet: the sheet's name; the first that is not hidden where nil.
///   - geometry: as of `readCSV(_:geometry:crs:)`.
///   - crs: as of `readCSV(_:geometry:crs:)`.
/// - Throws: `MapFileError`.
public func readSpreadsheet(
  _ file: MappedFile, sheet: String? = nil, geometry: CSVGeometry? = nil, crs: CRS? = nil
) throws -> Layer {
  let table = try SpreadsheetTable(file, sheet: sheet)
  var layer = try readCSV(table.blocks(), geometry: geometry, crs: crs)
  layer.name = table.sheet
  layer.notes = table.notes + layer.notes
  return layer
}

/// The names of the sheets of a workbook.
public func sheetsOfSpreadsheet(_ file: MappedFile) throws -> [String] { try Workbook(file).sheetNames }

/// A sheet of a workbook, to be read as a table of text.
public struct SpreadsheetTable {
  /// The sheet's name.
  public let sheet: String
  public let notes: [ReadNote]
  private let content: MappedFile

  /// - Throws: `MapFileError`.
  public init(_ file: MappedFile, sheet name: String? = nil) throws {
    let workbook = try Workbook(file)
    let sheet = try workbook.sheet(name)
    self.sheet = sheet.name
    let place = "\(file.name), sheet \(sheet.name)"
    let text = SheetText(file: place)
    let rows = try SheetRows(workbook, file: place) { try text.add($0) }
    try workbook.archive.parse(workbook.member(of: sheet), rows)
    let others = name == nil && workbook.sheets.count > 1 ? workbook.sheetNames.filter { $0 != sheet.name } : []
    content = try text.content()
    notes = Self.notes(rows, text, sheet.name, others)
  }

  /// The table, to be read block by block.
  public func blocks() throws -> CSVBlocks { try CSVBlocks(ByteStream(content), dialect: CSVDialect()) }

  private static func notes(_ rows: SheetRows, _ text: SheetText, _ sheet: String, _ others: [String]) -> [ReadNote] {
    var notes: [ReadNote] = []
    func note(_ rule: String, _ count: Int, _ message: String) {
      if count > 0 { notes.append(ReadNote(rule: rule, message: message)) }
    }
    note(
      "several-layers", others.count, "sheet \(sheet) read; the workbook also has: \(others.joined(separator: ", "))")
    note("title-row", text.titleRows, "\(text.titleRows) rows above the names of the columns: left out")
    note("error-cell", rows.errors, "\(rows.errors) cells show an error such as #N/A: read as empty")
    note(
      "formula-without-value", rows.formulasWithoutValue,
      "\(rows.formulasWithoutValue) formulas were saved without a value: read as empty; save the file in Excel")
    note("merged-cells", rows.mergedCells, "\(rows.mergedCells) groups of merged cells: only the first cell of each has the value")
    note("hidden-rows", rows.hiddenRows, "\(rows.hiddenRows) rows hidden by a filter or by hand: read as well")
    note("beyond-columns", text.cellsBeyond, "\(text.cellsBeyond) cells right of the named columns: left out")
    note("long-integer", rows.longNumbers, "\(rows.longNumbers) numbers have more than 15 digits, of which Excel keeps 15; write codes as text")
    return notes
  }
}

/// A sheet's rows as a table of text (RFC 4180).
private final class SheetText {
  private let file: String
  private var writer = ByteWriter(capacity: 1 << 16)
  /// How many columns the header names; nil before it.
  private var width: Int?
  /// Rows of one cell only, which are titles if a header follows.
  private var titles: [SheetRows.Row] = []
  private(set) var titleRows = 0
  private(set) var cellsBeyond = 0
  /// Commas for cells that are not there, which a small file may ask for by the billion.
  private var emptyCells = 0
  private var fullCells = 0

  private static let mostTitles = 10

  init(file: String) { self.file = file }

  func add(_ row: SheetRows.Row) throws {
    guard let last = row.last else { return }
    if width != nil { return try write(row) }
    if row.count == 1 {
      titles.append(row)
      if titles.count > Self.mostTitles { try endTitles() }
    } else {
      titleRows = titles.count
      width = last.column + 1
      try write(row)
    }
  }

  /// What seemed to be titles was a table of one column.
  private func endTitles() throws {
    guard width == nil, let name = titles.first else { return }
    width = name[0].column + 1
    for row in titles { try write(row) }
  }

  private func write(_ row: SheetRows.Row) throws {
    var commas = 0
    for cell in row {
      guard cell.column < width ?? 0 else {
        cellsBeyond += 1
        continue
      }
      emptyCells += max(0, cell.column - commas - 1)
      while commas < cell.column {
        writer.write(byte: UInt8(ascii: ","))
        commas += 1
      }
      writer.writeCSV(cell.text)
      fullCells += 1
    }
    writer.write(byte: UInt8(ascii: "\n"))
    try requireDense()
  }

  private func requireDense() throws {
    guard emptyCells > 1_000_000 + 100 * fullCells else { return }
    throw MapFileError(
      .badData, file: file, message: "the cells lie so far apart that this is no table",
      remedy: "Copy the table into a sheet of its own")
  }

  /// The text as a file in memory.
  func content() throws -> MappedFile {
    try endTitles()
    let builder = ByteBuilder(capacity: writer.count)
    writer.withBytes { builder.append(UnsafeRawBufferPointer($0)) }
    return builder.file(named: file)
  }
}
