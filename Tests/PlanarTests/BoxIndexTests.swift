import Planar
import Testing

@Suite struct BoxIndexTests {
  /// A fixed sequence of numbers in [0, 1) (Numerical Recipes' quick generator).
  struct Numbers {
    var state: UInt32
    mutating func next() -> Double {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Double(state >> 8) / Double(1 << 24)
    }
    mutating func point(_ extent: Double) -> Point { Point(x: next() * extent, y: next() * extent) }
    mutating func box(_ extent: Double, _ side: Double) -> Box {
      let corner = point(extent)
      return Box(min: corner, max: corner + Point(x: next() * side, y: next() * side))
    }
  }

  @Test(arguments: [0, 1, 2, 8, 9, 64, 65, 700])
  func answersAsBruteForce(count: Int) {
    var numbers = Numbers(state: UInt32(count + 1))
    let boxes = (0..<count).map { _ in numbers.box(100, 6) }
    let index = BoxIndex(boxes)
    for _ in 0..<50 {
      let window = numbers.box(100, 20)
      #expect(index.items(meeting: window) == boxes.indices.filter { boxes[$0].intersects(window) })
      let point = numbers.point(100)
      let nearest = index.nearest(to: point) { boxes[$0].distance(to: point) }
      let distances = boxes.map { $0.distance(to: point) }
      #expect(nearest?.distance == distances.min())
      #expect(nearest?.item == distances.min().flatMap { distances.firstIndex(of: $0) })
    }
  }

  @Test func anEmptyBoxIsNeverFound() {
    let index = BoxIndex([.empty, Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1)), .empty])
    #expect(index.items(at: Point(x: 0.5, y: 0.5)) == [1])
    #expect(index.nearest(to: Point(x: 9, y: 9), within: 2) { _ in 9 } == nil)
  }

  @Test func theHilbertCurveStepsFromCellToCell() {
    let side: UInt32 = 64
    var cells = [(x: UInt32, y: UInt32)?](repeating: nil, count: Int(side * side))
    for x in 0..<side { for y in 0..<side { cells[Int(hilbertPosition(x, y))] = (x, y) } }
    for (a, b) in zip(cells, cells.dropFirst()) {
      guard let a, let b else {
        Issue.record("a position is missing")
        return
      }
      #expect(abs(Int(a.x) - Int(b.x)) + abs(Int(a.y) - Int(b.y)) == 1)
    }
  }
}
