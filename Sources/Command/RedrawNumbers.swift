import Foundation
import MapFiles

/// Reads lines of numbers parted by blanks.
struct NumberReader {
  private let bytes: [UInt8]
  private let options: RedrawGraphFile.Options
  private let comment: UInt8?
  private var position = 0
  private(set) var lineNumber = 0

  init(_ data: Data, _ options: RedrawGraphFile.Options, comment: UInt8? = nil) {
    bytes = Array(data)
    self.options = options
    self.comment = comment
  }

  mutating func integer(_ what: String, atLeast least: Int) throws -> Int {
    let value = try line(what, atLeast: 1)[0]
    guard let whole = Int(exactly: value), whole >= least, whole < Int(Int32.max) else {
      throw options.bad("\(what) is \(value)", place: "line \(lineNumber)")
    }
    return whole
  }

  /// The numbers of the next line that is not empty.
  mutating func line(_ what: String, atLeast least: Int, keepEmpty: Bool = false) throws -> [Double] {
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 10) ?? bytes.count
      let range = position..<end
      position = end + 1
      lineNumber += 1
      if let comment, range.first.map({ bytes[$0] == comment }) == true { continue }
      let numbers = try numbers(range)
      if numbers.isEmpty, !keepEmpty { continue }
      guard numbers.count >= least else {
        throw options.bad("\(what) has \(numbers.count) numbers, not \(least)", place: "line \(lineNumber)")
      }
      return numbers
    }
    if keepEmpty, least == 0, position == bytes.count { position += 1; return [] }
    throw options.bad("the file ends before \(what)")
  }

  private func numbers(_ range: Range<Int>) throws -> [Double] {
    try bytes[range].split(whereSeparator: { $0 == 32 || $0 == 9 || $0 == 13 || $0 == 44 }).map { field in
      guard let value = decimal(field), value.isFinite else {
        throw options.bad("'\(String(decoding: field.prefix(40), as: UTF8.self))' is no number", place: "line \(lineNumber)")
      }
      return value
    }
  }
}

/// Named columns of numbers of a CSV file.
struct NumberTable {
  private var values: [[Double]]
  var count: Int { values[0].count }

  subscript(column: Int, row: Int) -> Double { values[column][row] }

  func column(_ index: Int) -> [Double] { values[index] }

  init(_ data: Data, file: String, columns: [String]) throws {
    let bytes = Array(data)
    var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func fields(_ range: Range<Int>) -> [ArraySlice<UInt8>] {
      let end = range.last.map { bytes[$0] == 13 } == true ? range.upperBound - 1 : range.upperBound
      return bytes[range.lowerBound..<end].split(separator: 44, omittingEmptySubsequences: false)
    }
    func nextLine() -> Range<Int>? {
      guard place < bytes.count else { return nil }
      let end = bytes[place...].firstIndex(of: 10) ?? bytes.count
      defer { place = end + 1 }
      return place..<end
    }
    let names = nextLine().map { fields($0).map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces) } } ?? []
    let indices = try columns.map { name in
      guard let index = names.firstIndex(of: name) else {
        throw MapFileError(.badData, file: file, field: name, message: "no such column", remedy: "Name the columns \(columns.joined(separator: ","))")
      }
      return index
    }
    values = Array(repeating: [], count: columns.count)
    var number = 1
    while let line = nextLine() {
      number += 1
      if line.isEmpty || (line.count == 1 && bytes[line.lowerBound] == 13) { continue }
      let cells = fields(line)
      for (column, index) in indices.enumerated() {
        guard index < cells.count, let value = decimal(cells[index]), value.isFinite else {
          throw MapFileError(.badData, file: file, place: "line \(number)", field: columns[column], message: "no number")
        }
        values[column].append(value)
      }
    }
    guard count > 0 || columns.count == 3 else { throw MapFileError(.badData, file: file, message: "no rows") }
  }
}

/// Short plain decimals exactly by integer arithmetic, all others by `Double(_:)`.
func decimal(_ field: ArraySlice<UInt8>) -> Double? {
  var (digits, decimals, seen) = (0, -1, 0)
  for byte in field {
    switch byte {
    case 48...57 where seen < 15:
      digits = digits * 10 + Int(byte - 48)
      seen += 1
      if decimals >= 0 { decimals += 1 }
    case 46 where decimals < 0: decimals = 0
    default: return Double(String(decoding: field, as: UTF8.self).trimmingCharacters(in: .whitespaces))
    }
  }
  guard seen > 0 else { return nil }
  return Double(digits) / powersOfTen[max(0, decimals)]
}

private let powersOfTen: [Double] = (0...15).map { pow(10, Double($0)) }
