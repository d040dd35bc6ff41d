public import MapFiles
import Parallel
import Planar

/// Looks at the values of a table as they go by, to refuse it.
public protocol TableInspector: Sendable {
  /// Columns whose values matter only where they have 15 bytes or more.
  func needsOnlyLongValues(at column: Int) -> Bool
  mutating func observe(_ field: CSVField, at column: Int)
  /// - Throws: where the values seen so far refuse the table.
  func check() throws
}

/// Assigns the points of a table to grids, block by block, on all cores, in bounded memory.
public struct TableAssignment: Sendable {
  public var placer: PointPlacer
  /// The columns of the coordinates.
  public var x: Int
  public var y: Int
  /// The column of the identifier; rows are numbered from 1 where nil.
  public var id: Int?
  /// Columns passed on before the column `grid`; `id` alone where nil.
  public var keptColumns: [Int]?
  public var inspector: (any TableInspector)?
  private let columnCount: Int
  private let codes: CodeTexts

  /// - Parameters:
  ///   - placer: finds the grid of a point.
  ///   - x: the column of longitude or easting.
  ///   - y: the column of latitude or northing.
  ///   - id: the column of the identifier; rows are numbered where nil.
  ///   - columns: how many columns the table has.
  public init(placer: PointPlacer, x: Int, y: Int, id: Int?, columns: Int) {
    self.placer = placer
    columnCount = columns
    codes = CodeTexts(placer.grids.codes)
    self.x = x
    self.y = y
    self.id = id
  }

  /// Reads the table to its end and writes a row for each of its rows, in order.
  ///
  /// Output: `id,grid`, the grid empty where there is none. Strays: `id,reason,grid,distance_m,row`, the
  /// nearest grid and how far it is, the row counted from 1 at the header.
  /// - Throws: `MapFileError`, what the inspector throws, `AssignmentError`.
  public func run(_ table: CSVBlocks, to output: OutputFile, strays: OutputFile?) throws -> AssignmentCounts {
    try output.write(header(table))
    if let strays { try strays.write("id,reason,grid,distance_m,row\n") }
    var counts = AssignmentCounts()
    // Without an identifier rows are numbered, which only one thread at a time can do.
    let rows = RowCounter()
    let listsStrays = strays != nil
    let (dialect, file) = (table.dialect, table.name)
    try runInOrder(threads: id == nil ? 1 : threadCount) {
      try table.next()
    } work: { block in
      try assign(block, dialect, file: file, rows, listsStrays: listsStrays)
    } commit: { result in
      try output.write(result.output)
      if let strays { try strays.write(result.strayRows(from: counts.total)) }
      counts += result.counts
      if let failure = result.failure { throw failure.error(file: table.name, rowsBefore: counts.total) }
    }
    guard counts.isComplete else { throw AssignmentError(counts: counts) }
    return counts
  }

  private func header(_ table: CSVBlocks) -> String {
    var writer = ByteWriter()
    for name in keptColumns.map({ $0.map { table.header[$0] } }) ?? ["id"] {
      writer.writeCSV(name)
      writer.write(byte: comma)
    }
    writer.write("grid\n")
    return writer.text
  }
}

let comma = UInt8(ascii: ",")

/// Counts rows where one thread does all the work. Unchecked because no other thread is there.
private final class RowCounter: @unchecked Sendable {
  var value = 0
}

// MARK: - One block

/// What became of one block of rows.
private struct BlockResult: Sendable {
  var output: ByteBlock
  var strays: [Stray]
  var counts: AssignmentCounts
  /// The table is broken after the block's rows.
  var failure: RowFailure?

  /// Rows of the list of strays; `rowsBefore` data rows come before the block.
  func strayRows(from rowsBefore: Int) -> String {
    var writer = ByteWriter()
    for stray in strays {
      writer.write(stray.text)
      writer.write(byte: comma)
      writer.write(rowsBefore + stray.row + 2)
      writer.write("\n")
    }
    return writer.text
  }
}

private struct Stray: Sendable {
  /// Position in the block.
  var row: Int
  var text: String
}

private struct RowFailure: Sendable {
  var failure: CSVFailure

  func error(file: String, rowsBefore: Int) -> MapFileError {
    csvError(failure, file: file, place: "row \(rowsBefore + 2)")
  }
}

/// The rows of a block as they are needed: places, states and the fields to be written.
private struct BlockRows {
  var points: [Point] = []
  var states: [PointState] = []
  /// Fields to write, row by row.
  var fields: [CSVField] = []
  var failure: RowFailure?

  init(capacity: Int, fieldsPerRow: Int) {
    points.reserveCapacity(capacity)
    states.reserveCapacity(capacity)
    fields.reserveCapacity(capacity * fieldsPerRow)
  }

  @inline(__always)
  mutating func append(_ x: CSVCoordinate, _ y: CSVCoordinate) {
    if case .number(let x) = x, case .number(let y) = y {
      points.append(Point(x: x, y: y))
      states.append(.placed)
    } else {
      points.append(Point(x: .nan, y: .nan))
      states.append(x == .bad || y == .bad ? .bad : .missing)
    }
  }
}

extension TableAssignment {
  private func assign(
    _ block: CSVBlock, _ dialect: CSVDialect, file: String, _ counter: RowCounter, listsStrays: Bool
  ) throws -> BlockResult {
    try block.withBytes { bytes in
      var rows = try read(bytes, dialect)
      if block.number == 0 { try placer.checkPlausible(rows.points, file: file) }
      placer.transform(&rows.points, &rows.states)
      let found = placer.find(rows.points)
      let form = RowForm(
        startRow: id == nil ? counter.value : nil, hasComma: dialect.delimiter != comma, listsStrays: listsStrays)
      var result = write(rows, found, form)
      result.counts.written = block.hasQuotes ? found.count : result.output.newlineCount
      if id == nil { counter.value += found.count }
      return result
    }
  }

  private var written: [Int] { keptColumns ?? id.map { [$0] } ?? [] }

  private func read(_ bytes: Bytes, _ dialect: CSVDialect) throws -> BlockRows {
    let written = written
    let columns = columnCount
    var watch = Watch(inspector, columns: (0..<columns).filter { $0 != x && $0 != y })
    // A row of a million bytes or so is rarely shorter than 24.
    var rows = BlockRows(capacity: bytes.count / 24, fieldsPerRow: written.count)
    var scanner = CSVScanner(bytes, dialect)
    withUnsafeTemporaryAllocation(of: CSVField.self, capacity: columns) { fields in
      while true {
        do throws(CSVFailure) {
          guard try scanner.next(fields) else { break }
        } catch {
          rows.failure = RowFailure(failure: error)
          break
        }
        rows.append(coordinate(fields[x]), coordinate(fields[y]))
        for column in written { rows.fields.append(fields[column]) }
        watch.row(fields)
      }
    }
    try watch.inspector?.check()
    return rows
  }

  /// How rows are written.
  private struct RowForm {
    /// The number of the first row where rows are numbered.
    var startRow: Int?
    /// Whether fields without quotes may hold a comma, since another delimiter parts them.
    var hasComma: Bool
    var listsStrays: Bool
  }

  private func write(_ rows: BlockRows, _ found: [AreaIndex.Found], _ form: RowForm) -> BlockResult {
    var writer = ByteWriter(capacity: found.count * 32)
    var counts = AssignmentCounts()
    var strays: [Stray] = []
    let perRow = written.count
    for i in found.indices {
      if let startRow = form.startRow, keptColumns == nil {
        writer.write(startRow + i + 1)
        writer.write(byte: comma)
      }
      for field in i * perRow..<(i + 1) * perRow {
        writer.writeCSV(rows.fields[field], hasComma: form.hasComma)
        writer.write(byte: comma)
      }
      if found[i].area >= 0 { codes.write(Int(found[i].area), to: &writer) }
      writer.write(byte: UInt8(ascii: "\n"))
      counts.count(rows.states[i], found[i])
      if found[i].area < 0 && form.listsStrays { strays.append(stray(i, rows, form)) }
    }
    return BlockResult(output: writer.finish(), strays: strays, counts: counts, failure: rows.failure)
  }

  private func stray(_ row: Int, _ rows: BlockRows, _ form: RowForm) -> Stray {
    var writer = ByteWriter(capacity: 64)
    if let startRow = form.startRow {
      writer.write(startRow + row + 1)
    } else if let position = written.firstIndex(where: { $0 == id }) {
      writer.writeCSV(rows.fields[row * written.count + position], hasComma: form.hasComma)
    }
    writer.write(byte: comma)
    writer.write(rows.states[row].reason)
    writer.write(byte: comma)
    let nearest = rows.states[row] == .placed ? placer.nearest(to: rows.points[row]) : nil
    if let nearest { writer.writeCSV(nearest.code) }
    writer.write(byte: comma)
    if let nearest { writer.write(nearest.metres, decimals: 2) }
    return Stray(row: row, text: writer.text)
  }
}

/// The codes as they stand in a table, one after the other.
private struct CodeTexts: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  init(_ codes: [String]) {
    for code in codes {
      var writer = ByteWriter(capacity: 64)
      writer.writeCSV(code)
      writer.withBytes { bytes += $0 }
      starts.append(bytes.count)
    }
  }

  @inline(__always)
  func write(_ area: Int, to writer: inout ByteWriter) {
    bytes.withUnsafeBufferPointer {
      writer.write(UnsafeBufferPointer(rebasing: $0[starts[area]..<starts[area + 1]]))
    }
  }
}

/// Passes to an inspector what it asks for: long values of all columns, and any value of some columns in
/// the first rows.
private struct Watch {
  private static let firstRows = 2_000
  private(set) var inspector: (any TableInspector)?
  private var columns: [Int] = []
  /// Columns of which any value matters.
  private var wordy: [Int] = []
  private var rowsLeft = 0

  init(_ inspector: (any TableInspector)?, columns: [Int]) {
    guard let inspector else { return }
    self.inspector = inspector
    self.columns = columns
    wordy = columns.filter { !inspector.needsOnlyLongValues(at: $0) }
    rowsLeft = wordy.isEmpty ? 0 : Self.firstRows
  }

  @inline(__always)
  mutating func row(_ fields: UnsafeMutableBufferPointer<CSVField>) {
    for column in columns where fields[column].count >= 15 { observe(fields[column], column) }
    guard rowsLeft > 0 else { return }
    rowsLeft -= 1
    for column in wordy where fields[column].count < 15 { observe(fields[column], column) }
  }

  @inline(never)
  private mutating func observe(_ field: CSVField, _ column: Int) { inspector?.observe(field, at: column) }
}

extension ByteBlock {
  fileprivate var newlineCount: Int {
    var count = 0
    for byte in buffer where byte == UInt8(ascii: "\n") { count &+= 1 }
    return count
  }
}
