import Planar
import Testing

@Suite struct OrientationTests {
  /// Points a few units in the last place off a line: naive arithmetic gets many of them wrong.
  @Test func agreesWithExactArithmeticNearALine() {
    let ulp = 0.5.ulp
    for i in 0..<64 {
      for j in 0..<64 {
        let p = Point(x: 0.5 + Double(i) * ulp, y: 0.5 + Double(j) * ulp)
        let expected: Orientation = j > i ? .counterClockwise : j < i ? .clockwise : .collinear
        #expect(orientation(Point(x: 12, y: 12), Point(x: 24, y: 24), p) == expected)
      }
    }
  }

  @Test func turnsAreAntisymmetric() {
    let a = Point(x: 0.1, y: 0.3)
    let b = Point(x: 7.7, y: -2.2)
    let c = Point(x: 3.3, y: 9.1)
    #expect(orientation(a, b, c) == .counterClockwise)
    #expect(orientation(b, a, c) == .clockwise)
    #expect(orientation(a, b, a) == .collinear)
  }
}
