import Planar
import Testing

@Suite struct LocationTests {
  let frame = Polygon(
    exterior: Ring([Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 4, y: 4), Point(x: 0, y: 4)]),
    holes: [Ring([Point(x: 1, y: 1), Point(x: 1, y: 3), Point(x: 3, y: 3), Point(x: 3, y: 1)])])

  @Test func everyLatticePointIsPlaced() {
    for i in -2...10 {
      for j in -2...10 {
        let x = Double(i) / 2
        let y = Double(j) / 2
        let outer = max(abs(x - 2), abs(y - 2))
        let expected: Location =
          outer > 2 ? .outside : outer == 2 ? .boundary : outer > 1 ? .inside : outer == 1 ? .boundary : .outside
        #expect(frame.locate(Point(x: x, y: y)) == expected, "at \(x), \(y)")
      }
    }
  }

  @Test func measuresTakeHolesOff() {
    #expect(frame.area == 12)
    #expect(frame.perimeter == 24)
    #expect(frame.centroid == Point(x: 2, y: 2))
  }
}
