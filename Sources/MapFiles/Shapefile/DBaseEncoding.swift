/// The encoding of a table's text, and how it was found.
struct DBaseEncoding {
  /// A name that iconv knows.
  var name: String
  var note: ReadNote?

  /// What the .cpg file says, else the table's language byte, else UTF-8 where all text is, else GB18030.
  ///
  /// An encoding that does not fit the text is not believed.
  init(of table: DBaseTable, codePageFile: String?) {
    let texts = table.sampleTexts
    func fits(_ name: String) -> Bool { texts.allSatisfy { text($0, in: name) != nil } }
    let isASCII = texts.allSatisfy { $0.allSatisfy { $0 < 0x80 } }
    let declared = codePageFile.flatMap(Self.name(ofCodePage:)) ?? Self.name(ofLanguage: table.language)
    if let declared, isASCII || fits(declared) {
      self.init(name: declared)
    } else if isASCII {
      self.init(name: "UTF-8")
    } else {
      let name = ["UTF-8", "GB18030", "BIG5"].first(where: fits) ?? "ISO-8859-1"
      let reason = declared.map { "the text is not \($0), as the file says" } ?? "no .cpg file names the encoding"
      self.init(name: name, note: ReadNote(rule: "encoding-guessed", message: "\(reason): read as \(name)"))
    }
  }

  private init(name: String, note: ReadNote? = nil) {
    self.name = name
    self.note = note
  }

  /// The text of bytes; broken ends (names and values cut after so many bytes) are left out.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    for cut in 0...min(3, bytes.count) {
      if let found = text(UnsafeBufferPointer(rebasing: bytes.dropLast(cut)), in: name) { return found }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func name(ofCodePage content: String) -> String? {
    let word = content.uppercased().filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
    let digits = String(word.filter(\.isNumber))
    switch true {
    case word.contains("UTF"), digits == "65001": return "UTF-8"
    case word.contains("GB"), digits == "936", digits == "54936": return "GB18030"
    case word.contains("BIG"), digits == "950": return "BIG5"
    case digits.hasPrefix("8859"): return "ISO-8859-\(digits.dropFirst(4))"
    case (1250...1258).contains(Int(digits) ?? 0): return "CP\(digits)"
    default: return isKnownEncoding(word) ? word : nil
    }
  }

  private static func name(ofLanguage byte: UInt8) -> String? {
    switch byte {
    case 0x4D, 0x7A: "GB18030"
    case 0x4F, 0x78: "BIG5"
    case 0x03, 0x58, 0x59: "CP1252"
    case 0x01: "CP437"
    case 0x02: "CP850"
    default: nil
    }
  }
}

extension DBaseTable {
  /// Names of fields and texts in which an encoding must show.
  fileprivate var sampleTexts: [UnsafeBufferPointer<UInt8>] {
    var texts = fields.map(\.rawName).filter { $0.count < 10 }
    for field in fields where field.type == UInt8(ascii: "C") {
      for row in 0..<min(count, 5000) {
        let cell = cell(row, field)
        // A full cell may be cut in the middle of a character.
        if cell[max(cell.count - 1, 0)] == 0x20 || cell[max(cell.count - 1, 0)] == 0 { texts.append(cell.buffer) }
      }
    }
    return texts
  }
}
