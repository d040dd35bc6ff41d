import Foundation
import Planar

/// A cell of the lattice: between the column lines i and i+1 and the row lines j and j+1.
struct Cell: Hashable {
  var i: Int
  var j: Int
}

/// The bent net of streets that the town stands on.
///
/// Column lines run south to north, row lines west to east. Column 0 is the street on the west bank
/// of the river, column 1 the middle of the river (no street), column 2 the east bank. Lines have
/// spacings, classes and gaps of their own by index, so a larger town of one seed has the same net.
struct Lattice {
  let seed: UInt64
  let settings: Settings
  private let columns: Spaced
  private let rows: Spaced
  private let warp: Warp

  /// The middle of the town before bending.
  let center: Point

  init(_ request: TownRequest, _ settings: Settings) {
    seed = request.seed
    self.settings = settings
    let radius = (Double(request.households) / settings.density / .pi).squareRoot()
    let half = Int(3 * radius / min(settings.columnSpacing.lowerBound, settings.rowSpacing.lowerBound)) + 8
    let halfBand = settings.halfBand
    columns = Spaced(half: half, seed: request.seed, .columns, settings.columnSpacing) { index in
      index == 0 || index == 1 ? halfBand : nil
    }
    rows = Spaced(half: half, seed: request.seed, .rows, settings.rowSpacing) { _ in nil }
    warp = Warp(seed: request.seed, scale: settings.columnSpacing.lowerBound / 170)
    center = Point(x: -0.15 * radius, y: rows.position(0) + 0.2 * settings.rowSpacing.lowerBound)
  }

  /// Cells that may belong to the town, without those of the river.
  var landCells: [Cell] {
    rows.indices.dropLast().flatMap { j in
      columns.indices.dropLast().compactMap { i in Lattice.isRiver(column: i) ? nil : Cell(i: i, j: j) }
    }
  }

  /// The place of the crossing of column i and row j, in metres.
  func node(_ i: Int, _ j: Int) -> Point {
    let flat = Point(x: columns.position(i), y: rows.position(j))
    let bent = warp(flat)
    guard !(0...2).contains(i) else { return bent }
    var random = SplitMix64(seed: seed, .jitter, i, j)
    let jitter = settings.jitter
    return bent + Point(x: random.number(in: -jitter...jitter), y: random.number(in: -jitter...jitter))
  }

  /// The middle of a cell before bending.
  func flatCenter(_ cell: Cell) -> Point {
    Point(
      x: (columns.position(cell.i) + columns.position(cell.i + 1)) / 2,
      y: (rows.position(cell.j) + rows.position(cell.j + 1)) / 2)
  }

  /// Metres before bending from the middle of the town to that of a cell, without the width of the
  /// river; a town is a little wider than high.
  func distance(_ cell: Cell) -> Double {
    var d = flatCenter(cell) - center
    if cell.i > 1 { d.x -= 2 * settings.halfBand }
    return (d.x * d.x + 1.25 * d.y * d.y).squareRoot()
  }

  /// South-west, south-east, north-east, north-west.
  func corners(_ cell: Cell) -> [Point] {
    [node(cell.i, cell.j), node(cell.i + 1, cell.j), node(cell.i + 1, cell.j + 1), node(cell.i, cell.j + 1)]
  }

  static func isRiver(column i: Int) -> Bool { i == 0 || i == 1 }

  func columnClass(_ i: Int) -> StreetClass {
    let steps = i <= 0 ? -i : max(0, i - 2)
    return [.secondary, .residential, .tertiary, .primary, .residential][steps % 5]
  }

  func rowClass(_ j: Int) -> StreetClass {
    [.primary, .residential, .secondary, .tertiary][((j % 4) + 4) % 4]
  }

  /// The class of the street along a side, or nil where there is none.
  func street(_ side: Side) -> StreetClass? {
    switch side.kind {
    case .column: side.i == 1 || isLeftOut(side) ? nil : columnClass(side.i)
    case .row:
      Lattice.isRiver(column: side.i)
        ? (crossing(row: side.j) == nil ? nil : rowClass(side.j))
        : (isLeftOut(side) ? nil : rowClass(side.j))
    }
  }

  /// How the street along row j crosses the river.
  func crossing(row j: Int) -> Crossing? {
    switch rowClass(j) {
    case .primary: .bridge
    case .secondary: ((j % 12) + 12) % 12 == 6 ? .tunnel : ((j % 12) + 12) % 12 == 2 ? .bridge : nil
    default: nil
    }
  }

  enum Crossing { case bridge, tunnel }

  /// A stretch of a line from one crossing to the next: along column i northward from row j, or
  /// along row j eastward from column i.
  struct Side: Hashable {
    enum Kind: Int { case column, row }
    var kind: Kind
    var i: Int
    var j: Int
  }

  /// The cells that make one block with `cell`, itself first.
  func block(of cell: Cell) -> [Cell] {
    let (i, j) = (cell.i, cell.j)
    var cells = [cell]
    if isLeftOut(Side(kind: .column, i: i, j: j)) { cells.append(Cell(i: i - 1, j: j)) }
    if isLeftOut(Side(kind: .column, i: i + 1, j: j)) { cells.append(Cell(i: i + 1, j: j)) }
    if isLeftOut(Side(kind: .row, i: i, j: j)) { cells.append(Cell(i: i, j: j - 1)) }
    if isLeftOut(Side(kind: .row, i: i, j: j + 1)) { cells.append(Cell(i: i, j: j + 1)) }
    return cells
  }

  /// Whether a minor street is missing between the two cells of a side. Every cell has one at most.
  private func isLeftOut(_ side: Side) -> Bool {
    switch side.kind {
    case .column:
      return side.i % 2 == 0 && !(0...2).contains(side.i) && isMinor(columnClass(side.i)) && draws(side)
    case .row:
      guard side.j % 2 == 0 ? false : isMinor(rowClass(side.j)), !Lattice.isRiver(column: side.i) else {
        return false
      }
      let mergedEastWest = [side.j, side.j - 1].contains { j in
        [side.i, side.i + 1].contains { isLeftOut(Side(kind: .column, i: $0, j: j)) }
      }
      return !mergedEastWest && draws(side)
    }
  }

  private func isMinor(_ street: StreetClass) -> Bool { street == .residential || street == .tertiary }

  private func draws(_ side: Side) -> Bool {
    var random = SplitMix64(seed: seed, .merge, side.i * 2 + side.kind.rawValue, side.j)
    return random.chance(settings.mergedShare)
  }
}

/// Positions of lines by index, from -half to half.
private struct Spaced {
  private let half: Int
  private let positions: [Double]

  init(
    half: Int, seed: UInt64, _ purpose: SplitMix64.Purpose, _ range: ClosedRange<Double>,
    fixed: (Int) -> Double?
  ) {
    func spacing(after index: Int) -> Double {
      var random = SplitMix64(seed: seed, purpose, index)
      return fixed(index) ?? random.number(in: range)
    }
    var positions = [Double](repeating: 0, count: 2 * half + 1)
    for index in 0..<half { positions[half + index + 1] = positions[half + index] + spacing(after: index) }
    for index in (-half..<0).reversed() {
      positions[half + index] = positions[half + index + 1] - spacing(after: index)
    }
    self.half = half
    self.positions = positions
  }

  var indices: ClosedRange<Int> { -half...half }

  func position(_ index: Int) -> Double { positions[index + half] }
}

/// A smooth bend of the plane: a turn and a few long waves, too gentle to fold it.
private struct Warp {
  private struct Wave {
    var direction: Point
    var push: Point
    var phase: Double
  }
  private var turn: Point
  private var waves: [Wave] = []

  init(seed: UInt64, scale: Double) {
    var random = SplitMix64(seed: seed, .warp)
    let angle = random.number(in: 4...14) * (random.chance(0.5) ? 1 : -1) * .pi / 180
    turn = Point(x: cos(angle), y: sin(angle))
    for (length, slope) in [(5_200.0, 0.2), (3_100, 0.15), (1_700, 0.08), (900, 0.03)] {
      for alongX in [true, false] {
        let heading = (alongX ? 0 : .pi / 2) + random.number(in: -0.5...0.5)
        let wave = 2 * .pi / (length * scale * random.number(in: 0.8...1.25))
        let height = slope / wave * random.number(in: 0.6...1)
        waves.append(
          Wave(
            direction: Point(x: cos(heading) * wave, y: sin(heading) * wave),
            // Across its own direction, so that streets bend rather than crowd.
            push: Point(x: -sin(heading) * height, y: cos(heading) * height),
            phase: random.number(in: 0...(2 * .pi))))
      }
    }
  }

  func callAsFunction(_ p: Point) -> Point {
    var q = p
    for wave in waves {
      q = q + wave.push * sin(wave.direction.x * p.x + wave.direction.y * p.y + wave.phase)
    }
    return Point(x: turn.x * q.x - turn.y * q.y, y: turn.y * q.x + turn.x * q.y)
  }
}
