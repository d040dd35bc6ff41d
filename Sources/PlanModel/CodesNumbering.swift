public import Planar

/// Codes for new grids, which continue the code of their parent.
public enum GridNumbering {
  /// The order in which grids are numbered: from north to south in bands, in each band from west
  /// to east (the standard's "west to east, north to south").
  ///
  /// A band begins at the northernmost grid not yet numbered and holds every grid whose position
  /// lies less than half the median height of all grids farther south. Grids at the same x in a
  /// band go from north to south, those at the same place in the order given. Deterministic; the
  /// same for any order of distinct positions. O(n log n).
  /// - Parameters:
  ///   - positions: a point inside each grid.
  ///   - heights: the extent of each grid from south to north, in the same units.
  /// - Returns: the numbers of the grids in the order of numbering.
  public static func order(of positions: [Point], heights: [Double]) -> [Int] {
    let band = median(heights) / 2
    let fromNorth = positions.indices.sorted { a, b in
      (-positions[a].y, positions[a].x, a) < (-positions[b].y, positions[b].x, b)
    }
    var order: [Int] = []
    var start = 0
    while start < fromNorth.count {
      let top = positions[fromNorth[start]].y
      let end = fromNorth[start...].firstIndex { top - positions[$0].y >= band && top != positions[$0].y }
      let members = fromNorth[start..<(end ?? fromNorth.count)]
      order += members.sorted { a, b in
        (positions[a].x, -positions[a].y, a) < (positions[b].x, -positions[b].y, b)
      }
      start = end ?? fromNorth.count
    }
    return order
  }

  /// `count` codes in numbering order that continue `parent` by a serial number of `width` digits.
  ///
  /// Numbers go on after the greatest one in `used`, so that a code that was ever used is not used
  /// again; only when they run out are numbers taken that `used` lacks, from the lowest.
  /// - Parameters:
  ///   - count: how many codes.
  ///   - parent: the code that they continue.
  ///   - used: all codes in use and retired, of any parent.
  ///   - width: digits of the serial number.
  /// - Throws: `CodeProblem.exhausted` where fewer than `count` are left.
  public static func codes(
    _ count: Int, parent: String, used: Set<String> = [], width: Int = 3
  ) throws(CodeProblem) -> [String] {
    let limit = (0..<width).reduce(1) { product, _ in product * 10 } - 1
    let taken = Set(used.compactMap { serial(of: $0, under: parent, width: width) })
    let last = taken.max() ?? 0
    let fresh = last < limit ? Array((last + 1)...limit) : []
    let gaps = count > fresh.count ? (1..<max(last, 1)).filter { !taken.contains($0) } : []
    let serials = (fresh + gaps).prefix(count)
    guard serials.count == count else { throw .exhausted(parent: parent) }
    return serials.map { serial in
      let digits = String(serial)
      return parent + String(repeating: "0", count: width - digits.count) + digits
    }
  }

  private static func serial(of code: String, under parent: String, width: Int) -> Int? {
    guard code.hasPrefix(parent) else { return nil }
    let rest = code.dropFirst(parent.count)
    return rest.utf8.count == width ? Int(rest) : nil
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
