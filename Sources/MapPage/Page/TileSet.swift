import Planar

/// Many small shapes in runs that lie near each other: each run is decoded only when it comes into view.
struct TileSet: Sendable {
  /// A shape to be packed.
  struct Item {
    /// Rings of an area, the paths of a line, or one point.
    var paths: [[PageLattice.Place]]
    /// As many numbers as any other item of the set has.
    var numbers: [Int]
    var name: String?
  }

  /// A run: its box in steps, and where its text ends.
  struct Tile: Sendable, Encodable {
    var box: [Int]
    var count: Int
    var end: Int
  }

  static let run = 256

  private(set) var tiles: [Tile] = []
  /// The runs in base64, one after another.
  private(set) var text = ""

  /// - Parameter side: how many steps the scene is wide or high, the larger of both.
  init(_ items: [Item], side: Int, hasNames: Bool = false) {
    let order = Self.order(items, side)
    for start in stride(from: 0, to: order.count, by: Self.run) {
      let run = order[start..<min(start + Self.run, order.count)].map { items[$0] }
      text += Self.pack(run, hasNames)
      tiles.append(Tile(box: Self.box(run), count: run.count, end: text.utf8.count))
    }
  }

  /// Along the Hilbert curve, then in the order given.
  private static func order(_ items: [Item], _ side: Int) -> [Int] {
    let keys = items.indices.compactMap { index -> (UInt32, Int)? in
      guard let place = items[index].paths.first?.first else { return nil }
      func cell(_ value: Int) -> UInt32 { UInt32(min(max(value * 65535 / max(side, 1), 0), 65535)) }
      return (hilbertPosition(cell(place.x), cell(place.y)), index)
    }
    return keys.sorted { $0 < $1 }.map(\.1)
  }

  private static func box(_ items: [Item]) -> [Int] {
    var box = [Int.max, Int.max, Int.min, Int.min]
    for place in items.lazy.flatMap(\.paths).joined() {
      box = [min(box[0], place.x), min(box[1], place.y), max(box[2], place.x), max(box[3], place.y)]
    }
    return box
  }

  private static func pack(_ items: [Item], _ hasNames: Bool) -> String {
    var packed = PackedBytes()
    var last = PageLattice.Place(x: 0, y: 0)
    var name = ""
    for item in items {
      for number in item.numbers { packed.append(signed: number) }
      if hasNames {
        packed.append(item.name ?? "", after: name)
        name = item.name ?? ""
      }
      packed.append(item.paths.count)
      for path in item.paths {
        packed.append(path.count)
        for place in path {
          packed.append(signed: place.x - last.x)
          packed.append(signed: place.y - last.y)
          last = place
        }
      }
    }
    return packed.base64
  }
}
