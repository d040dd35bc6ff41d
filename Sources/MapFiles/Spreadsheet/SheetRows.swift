/// Reads the cells of a sheet row by row.
final class SheetRows: XMLHandler {
  /// Cells with a value, in order of their columns from 0.
  typealias Row = [(column: Int, text: String)]

  /// Cells that show an error such as #N/A, formulas without a value, and numbers of more than 15 digits.
  private(set) var errors = 0
  private(set) var formulasWithoutValue = 0
  private(set) var longNumbers = 0
  private(set) var hiddenRows = 0
  private(set) var mergedCells = 0

  private let sharedStrings: [String]
  private let dateStyles: [DateStyle]
  private let countsFrom1904: Bool
  private let file: String
  private let takeRow: (Row) throws -> Void

  private var row: Row = []
  private var rowNumber = 0
  private var column = -1
  private var type = ""
  private var style = 0
  private var value: [UInt8] = []
  private var isValue = false
  private var hasFormula = false
  private var inlineText = CellText()

  init(_ workbook: Workbook, file: String, takeRow: @escaping (Row) throws -> Void) throws {
    sharedStrings = try workbook.sharedStrings()
    dateStyles = try workbook.dateStyles()
    countsFrom1904 = workbook.countsFrom1904
    self.file = file
    self.takeRow = takeRow
  }

  func start(_ name: String, _ attributes: XMLAttributes) throws {
    switch name {
    case "row":
      rowNumber = attributes["r"].flatMap(Int.init) ?? rowNumber + 1
      column = -1
      if ["1", "true"].contains(attributes["hidden"]) { hiddenRows += 1 }
    case "c": try startCell(attributes)
    case "v": isValue = true
    case "f": hasFormula = true
    case "mergeCell": mergedCells += 1
    default: inlineText.start(name)
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws {
    let next = try attributes["r"].map(column(of:)) ?? column + 1
    guard next > column, next < 16_384 else { throw damaged("the cells are not in order") }
    column = next
    type = attributes["t"] ?? "n"
    style = attributes["s"].flatMap(Int.init) ?? 0
    value.removeAll(keepingCapacity: true)
    hasFormula = false
  }

  func end(_ name: String) throws {
    switch name {
    case "v": isValue = false
    case "c": if let text = try cellText(), !text.isEmpty { row.append((column, text)) }
    case "row":
      try takeRow(row)
      row.removeAll(keepingCapacity: true)
    default: inlineText.end(name)
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isValue { value += bytes } else { inlineText.append(bytes) }
  }

  private func cellText() throws -> String? {
    if type == "inlineStr" { return inlineText.take() }
    let content = String(decoding: value, as: UTF8.self)
    if content.isEmpty {
      if hasFormula { formulasWithoutValue += 1 }
      return nil
    }
    switch type {
    case "s":
      guard let index = Int(content), sharedStrings.indices.contains(index) else {
        throw damaged("a cell has text \(content), and there are \(sharedStrings.count)")
      }
      return sharedStrings[index]
    case "b": return content == "1" ? "true" : "false"
    case "e":
      errors += 1
      return nil
    case "str", "d": return content
    default: return numberText(content)
    }
  }

  /// Excel writes doubles in up to 17 digits; the shortest text of the same double is what was typed.
  private func numberText(_ content: String) -> String {
    guard let number = Double(content), number.isFinite else { return content }
    if dateStyles.indices.contains(style), let date = dateStyles[style].text(of: number, countsFrom1904: countsFrom1904) {
      return date
    }
    if abs(number) >= 1e15 && number == number.rounded() { longNumbers += 1 }
    return FieldValue.number(number).asText ?? content
  }

  /// The column of a reference such as `AB12`.
  private func column(of reference: String) throws -> Int {
    var column = 0
    for byte in reference.utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF), column < 16_384 else { break }
      column = column * 26 + Int(byte & 0xDF) - 64
    }
    guard column > 0 else { throw damaged("a cell called \"\(reference)\"") }
    return column - 1
  }

  private func damaged(_ message: String) -> MapFileError {
    MapFileError(
      .badData, file: file, place: "row \(rowNumber)", message: message, remedy: "The file is damaged: save it again in Excel")
  }
}
