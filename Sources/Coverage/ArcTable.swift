import Foundation
import Planar

/// The range of a sector as chords.
struct ArcTable {
  /// Unit vectors of the chords' ends, counter-clockwise, and their turns from the sector's start.
  var ends: [Point] = []
  var turns: [Double] = []
  /// Distance of the chords' ends, and of the chords, from the eye.
  var outerRadius = 0.0
  var innerRadius = 0.0
  /// Half the angle of a chord: its sine and cosine.
  private var halfSine = 0.0
  private var halfCosine = 1.0
  private var startTurn = 0.0
  private var wholeTurn = 4.0

  var chordCount: Int { ends.count - 1 }
  var halfAngle: (sine: Double, cosine: Double) { (halfSine, halfCosine) }

  /// The turn of a vector from the sector's start, held within the sector.
  func relativeTurn(_ v: Point) -> Double {
    let t = turn(v) - startTurn
    let positive = t < 0 ? t + 4 : t
    // Just before the start by rounding, or past the end.
    return positive <= wholeTurn ? positive : positive > (wholeTurn + 4) / 2 ? 0 : wholeTurn
  }

  mutating func prepare(
    _ sector: Sector, arcs: ArcRule, start: Point, startTurn: Double, wholeTurn: Double
  ) {
    let count = arcs.chordCount(fieldOfView: sector.fieldOfView, range: sector.range)
    let half = sector.fieldOfView / Double(2 * count) * .pi / 180
    self.startTurn = startTurn
    self.wholeTurn = wholeTurn
    halfSine = sin(half)
    halfCosine = cos(half)
    outerRadius = arcs.side == .inscribed ? sector.range : sector.range / halfCosine
    innerRadius = outerRadius * halfCosine
    let stepSine = 2 * halfSine * halfCosine
    let stepCosine = 1 - 2 * halfSine * halfSine
    ends.removeAll(keepingCapacity: true)
    turns.removeAll(keepingCapacity: true)
    var u = start
    for index in 0...count {
      ends.append(u)
      let t = turn(u) - startTurn
      turns.append(index == 0 ? 0 : index == count ? wholeTurn : t < 0 ? t + 4 : t)
      u = Point(x: u.x * stepCosine - u.y * stepSine, y: u.x * stepSine + u.y * stepCosine)
    }
  }

  /// The chord as a linear function of the direction, as of a `Span`.
  @inline(__always)
  func weight(of chord: Int) -> Point {
    let u = ends[chord]
    // The unit vector to the middle of the chord, over the chord's distance.
    return Point(x: u.x * halfCosine - u.y * halfSine, y: u.x * halfSine + u.y * halfCosine) * (1 / innerRadius)
  }

  /// The last chord that begins at or before `turn`.
  func chord(at turn: Double) -> Int {
    var low = 0
    var high = chordCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if turns[middle] <= turn { low = middle } else { high = middle }
    }
    return low
  }
}
