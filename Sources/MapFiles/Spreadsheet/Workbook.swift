/// An Excel workbook (ECMA-376, SpreadsheetML): its sheets, texts and formats, in a zip archive.
struct Workbook {
  struct Sheet {
    var name: String
    var isHidden: Bool
    fileprivate var relation: String
  }

  let archive: ZipArchive
  private(set) var sheets: [Sheet] = []
  /// Whether days are counted from 1904, as on old Macintoshes.
  private(set) var countsFrom1904 = false
  private var targets: [String: (type: String, path: String)] = [:]
  private var folder = ""

  /// - Throws: `MapFileError`, also where the archive holds no workbook.
  init(_ file: MappedFile) throws { try self.init(ZipArchive(file)) }

  init(_ archive: ZipArchive) throws {
    self.archive = archive
    let main = try Self.mainPart(archive)
    folder = main.path.split(separator: "/").dropLast().joined(separator: "/")
    let list = SheetList()
    try archive.parse(main, list)
    sheets = list.sheets
    countsFrom1904 = list.countsFrom1904
    targets = try relations(of: main)
    guard !sheets.isEmpty else {
      throw MapFileError(.badData, file: archive.name, message: "the workbook has no sheet", remedy: "Save it again in Excel")
    }
  }

  /// Whether an archive is a package of Office with the parts of a workbook.
  static func isWorkbook(_ file: MappedFile) -> Bool {
    guard let archive = try? ZipArchive(file) else { return false }
    return archive.member("[Content_Types].xml") != nil && archive.members.contains { $0.name.hasPrefix("workbook.") }
  }

  private static func mainPart(_ archive: ZipArchive) throws -> ZipArchive.Member {
    if let usual = archive.member("xl/workbook.xml") { return usual }
    if let root = archive.member("_rels/.rels") {
      let relations = RelationList()
      try archive.parse(root, relations)
      let main = relations.targets.values.first { $0.type.hasSuffix("/officeDocument") }
      if let main, let member = archive.member(trimmedOfSlash(main.path)) { return member }
    }
    throw MapFileError(
      .badData, file: archive.name, message: "the archive holds no Excel workbook (.xlsx)",
      remedy: archive.member("xl/workbook.bin") == nil
        ? "Save the table as .xlsx or CSV UTF-8" : "It is a binary workbook (.xlsb): save it as .xlsx or CSV UTF-8")
  }

  private func relations(of main: ZipArchive.Member) throws -> [String: (type: String, path: String)] {
    let relations = RelationList()
    let path = (folder.isEmpty ? "" : folder + "/") + "_rels/\(main.name).rels"
    if let member = archive.member(path) { try archive.parse(member, relations) }
    return relations.targets
  }

  var sheetNames: [String] { sheets.map(\.name) }

  /// The sheet called `name`; the first that is not hidden where nil.
  func sheet(_ name: String?) throws -> Sheet {
    guard let name else { return sheets.first { !$0.isHidden } ?? sheets[0] }
    let found = sheets.first { $0.name == name } ?? sheets.first { $0.name.lowercased() == name.lowercased() }
    if let found { return found }
    throw MapFileError(
      .missing, file: archive.name, message: "there is no sheet \"\(name)\"",
      remedy: "The workbook has: " + sheetNames.joined(separator: ", "))
  }

  func member(of sheet: Sheet) throws -> ZipArchive.Member {
    let target = targets[sheet.relation]
    if let target, target.type.hasSuffix("/chartsheet") {
      throw MapFileError(
        .badData, file: archive.name, message: "the sheet \"\(sheet.name)\" is a chart", remedy: "Name a sheet of cells")
    }
    guard let target, let member = archive.member(resolved(target.path)) else {
      throw MapFileError(
        .badData, file: archive.name, message: "the content of the sheet \"\(sheet.name)\" is missing",
        remedy: "The file is damaged: save it again in Excel")
    }
    return member
  }

  /// Texts that cells share.
  func sharedStrings() throws -> [String] {
    guard let member = part("/sharedStrings") else { return [] }
    let list = SharedStrings()
    try archive.parse(member, list)
    return list.strings
  }

  /// What the number formats of cells say of dates, by the cells' styles.
  func dateStyles() throws -> [DateStyle] {
    guard let member = part("/styles") else { return [] }
    let list = StyleList()
    try archive.parse(member, list)
    return list.dateStyles
  }

  private func part(_ type: String) -> ZipArchive.Member? {
    targets.values.filter { $0.type.hasSuffix(type) }.map(\.path).min().flatMap { archive.member(resolved($0)) }
  }

  private func resolved(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? trimmedOfSlash(path) : folder + "/" + path
  }
}

private func trimmedOfSlash(_ path: String) -> String { path.hasPrefix("/") ? String(path.dropFirst()) : path }

extension ZipArchive {
  func parse(_ member: Member, _ handler: any XMLHandler) throws {
    let reader = XMLReader(handler, file: place(of: member))
    try forEachPiece(of: member) { try reader.read($0) }
    try reader.finish()
  }
}

/// The sheets in `workbook.xml`.
private final class SheetList: XMLHandler {
  var sheets: [Workbook.Sheet] = []
  var countsFrom1904 = false

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "sheet", let title = attributes["name"], let relation = attributes["id"] {
      sheets.append(Workbook.Sheet(name: title, isHidden: (attributes["state"] ?? "visible") != "visible", relation: relation))
    } else if name == "workbookPr" {
      countsFrom1904 = ["1", "true"].contains(attributes["date1904"])
    }
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Parts and their kinds, by the ids that other parts call them.
private final class RelationList: XMLHandler {
  var targets: [String: (type: String, path: String)] = [:]

  func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", let id = attributes["Id"], let path = attributes["Target"] else { return }
    targets[id] = (attributes["Type"] ?? "", path)
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Texts in `sharedStrings.xml`: those of all runs, without readings in another script.
private final class SharedStrings: XMLHandler {
  var strings: [String] = []
  private var current = CellText()

  func start(_ name: String, _ attributes: XMLAttributes) { current.start(name) }

  func end(_ name: String) {
    current.end(name)
    if name == "si" { strings.append(current.take()) }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) { current.append(bytes) }
}

/// The number formats of the styles in `styles.xml`.
private final class StyleList: XMLHandler {
  private var codes: [Int: String] = [:]
  private var formats: [Int] = []
  private var isInCells = false

  var dateStyles: [DateStyle] { formats.map { DateStyle(format: $0, code: codes[$0]) } }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "numFmt": if let id = attributes["numFmtId"].flatMap(Int.init) { codes[id] = attributes["formatCode"] }
    case "cellXfs": isInCells = true
    case "xf": if isInCells { formats.append(attributes["numFmtId"].flatMap(Int.init) ?? 0) }
    default: break
    }
  }

  func end(_ name: String) { if name == "cellXfs" { isInCells = false } }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Text in runs (`t` elements), outside readings (`rPh`).
struct CellText {
  private var bytes: [UInt8] = []
  private var isText = false
  private var isReading = false

  mutating func start(_ name: String) {
    if name == "t" { isText = !isReading } else if name == "rPh" { isReading = true }
  }

  mutating func end(_ name: String) {
    if name == "t" { isText = false } else if name == "rPh" { isReading = false }
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) { if isText { bytes += piece } }

  /// The text, with characters that XML cannot hold (`_x000D_`) as they are.
  mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "_")) else { return text }
    return text.replacing(#/_x([0-9A-Fa-f]{4})_/#) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.0)
    }
  }
}
