import CExpat
import Foundation

/// What happens in an XML document, in order. Names are without their prefix.
protocol XMLHandler: AnyObject {
  func start(_ name: String, _ attributes: XMLAttributes) throws
  func end(_ name: String) throws
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The attributes of an element, by their names without prefix.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  subscript(_ name: StaticString) -> String? {
    guard var pair = pairs else { return nil }
    while let key = pair[0], let value = pair[1] {
      if localName(key).elementsEqual(name) { return String(cString: value) }
      pair += 2
    }
    return nil
  }
}

/// Reads an XML document piece by piece with expat, which reads no other file and bounds entities.
///
/// A document type is refused: no format read here has one, and entities are all that it could bring.
final class XMLReader {
  private let parser: XML_Parser
  private let file: String
  private let handler: any XMLHandler
  private var failure: (any Error)?

  init(_ handler: any XMLHandler, file: String) {
    self.handler = handler
    self.file = file
    parser = XML_ParserCreate(nil)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { reader(of: $0).start($1!, XMLAttributes(pairs: $2)) }, { reader(of: $0).end($1!) })
    XML_SetCharacterDataHandler(
      parser, { context, start, count in
        start!.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
          reader(of: context).handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
        }
      })
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in reader(of: context).refuseDocumentType() }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads the next piece.
  func read(_ piece: UnsafeRawBufferPointer) throws { try read(piece, isLast: false) }

  /// Ends the document.
  func finish() throws { try read(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }

  private func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws {
    let start = piece.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = XML_Parse(parser, start, Int32(piece.count), isLast ? 1 : 0)
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      throw error(String(cString: XML_ErrorString(XML_GetErrorCode(parser))))
    }
  }

  private func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    stopping { try handler.start(string(name), attributes) }
  }

  private func end(_ name: UnsafePointer<CChar>) { stopping { try handler.end(string(name)) } }

  private func refuseDocumentType() { stopping { throw error("a document type is not expected here") } }

  private func stopping(_ body: () throws -> Void) {
    guard failure == nil else { return }
    do { try body() } catch {
      failure = error
      XML_StopParser(parser, 0)
    }
  }

  private func string(_ name: UnsafePointer<CChar>) -> String {
    String(decoding: localName(name), as: UTF8.self)
  }

  private func error(_ message: String) -> MapFileError {
    MapFileError(
      .badData, file: file, place: "line \(XML_GetCurrentLineNumber(parser)), byte \(XML_GetCurrentByteIndex(parser))",
      message: "expat says: \(message)", remedy: "The file is damaged: save it again")
  }
}

private func reader(of context: UnsafeMutableRawPointer?) -> XMLReader {
  Unmanaged<XMLReader>.fromOpaque(context!).takeUnretainedValue()
}

/// What follows the prefix of a name.
private func localName(_ name: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
  var start = name
  var end = name
  while end.pointee != 0 {
    if end.pointee == 0x3A { start = end + 1 }
    end += 1
  }
  return UnsafeRawBufferPointer(start: start, count: end - start).bindMemory(to: UInt8.self)
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func elementsEqual(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && memcmp(baseAddress!, text.utf8Start, count) == 0
  }
}
