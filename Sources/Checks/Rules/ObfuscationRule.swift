import Foundation
import Georeference
import MapFiles
import Planar

/// The suspicion that one of two layers is in GCJ-02 and does not say so.
///
/// Corners of the parents should lie on borders of the layer. Three shifts are tried: none, and the
/// local offset of GCJ-02 either way. Where one of the latter fits far better, it is measured by a
/// search around it, and must come out within 60 m of the formula.
struct ObfuscationSuspicion: Sendable {
  /// Which layer seems to be in GCJ-02.
  enum Suspect: Sendable { case layer, parents }

  let suspect: Suspect
  /// From the parents to the layer, in metres; the median misfit there and without a shift.
  let measured: Point
  let expected: Point
  let misfit: Double
  let misfitUnshifted: Double

  /// - Parameters:
  ///   - layer, parents: in the same working metres.
  ///   - offset: the offset of GCJ-02 at the place in these metres.
  init?(layer: [Shape], parents: [Shape], offset: Point) {
    let edges = layer.flatMap { $0.polygons.flatMap(\.rings) }.flatMap { zip($0.points, $0.points.dropFirst()) }
    let reach = Box(around: edges.lazy.map(\.0)).expanded(by: 1000)
    let corners = parents.flatMap { $0.polygons.flatMap(\.rings) }.flatMap(\.vertices).filter(reach.contains)
    let step = max(1, corners.count / 300)
    let sample = stride(from: 0, to: corners.count, by: step).map { corners[$0] }
    guard sample.count >= 8, !edges.isEmpty else { return nil }
    let index = BoxIndex(edges.map { Box(around: [$0.0, $0.1]) })
    func misfit(_ shift: Point) -> Double {
      let distances = sample.map { corner -> Double in
        let place = corner + shift
        return index.nearest(to: place, within: 300) { distance(from: place, toSegment: edges[$0].0, edges[$0].1) }?
          .distance ?? 300
      }
      return distances.sorted()[distances.count / 2]
    }
    let unshifted = misfit(Point(x: 0, y: 0))
    guard unshifted > 20 else { return nil }
    let tries = [(Suspect.layer, offset), (.parents, offset * -1)]
    let best = tries.map { ($0.0, $0.1, Self.refined(from: $0.1, misfit)) }.min { $0.2.misfit < $1.2.misfit }!
    guard best.2.misfit < unshifted / 3, best.2.shift.distance(to: best.1) < 60 else { return nil }
    (suspect, expected) = (best.0, best.1)
    (measured, self.misfit) = (best.2.shift, best.2.misfit)
    misfitUnshifted = unshifted
  }

  /// The best shift near `start`: descent on a lattice that gets finer, 32 m to 1 m.
  private static func refined(
    from start: Point, _ misfit: (Point) -> Double
  ) -> (shift: Point, misfit: Double) {
    var best = (shift: start, misfit: misfit(start))
    var step = 32.0
    while step >= 1 {
      let around = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)].map { dx, dy in
        best.shift + Point(x: Double(dx) * step, y: Double(dy) * step)
      }
      let tried = around.map { (shift: $0, misfit: misfit($0)) }.min { $0.misfit < $1.misfit }!
      if tried.misfit < best.misfit { best = tried } else { step /= 2 }
    }
    return best
  }
}

extension LayerCheck {
  mutating func checkObfuscation(against parents: CheckedLayer) throws {
    guard crs?.isObfuscated == false, parents.layer.crs?.isObfuscated != true, let working = frame.workingCRS else { return }
    let center = checked.shapes.reduce(Box.empty) { $0.union($1.box) }.center
    guard center.isFinite, let degrees = frame.degrees([center])[0], Obfuscation.area.contains(degrees) else { return }
    let moved = try Transformation(from: .crs84, to: working)(Obfuscation.gcj02(fromWGS84: degrees))
    guard
      let found = ObfuscationSuspicion(layer: checked.shapes, parents: parents.shapes, offset: moved - center)
    else { return }
    let length = found.measured.distance(to: Point(x: 0, y: 0))
    let (east, north) = (String(format: "%+.0f", found.measured.x), String(format: "%+.0f", found.measured.y))
    let (e, n) = (String(format: "%+.0f", found.expected.x), String(format: "%+.0f", found.expected.y))
    let whose =
      found.suspect == .layer
      ? language("this layer seems to be in GCJ-02", "本图层疑为 GCJ-02 坐标")
      : language("the parents seem to be in GCJ-02", "上级图层疑为 GCJ-02 坐标")
    add(
      .suspectedGCJ02, .error, measure: length, unit: "m", at: center,
      language(
        "\(whose): it lies \(east) m east and \(north) m north of its parents (formula: \(e), \(n)); without this shift the median misfit falls from \(rounded(found.misfitUnshifted)) m to \(rounded(found.misfit)) m. If so, state GCJ-02 as its reference system",
        "\(whose)：相对上级图层偏东 \(east) 米、偏北 \(north) 米（公式值 \(e)、\(n)），消除后中位偏差由 \(rounded(found.misfitUnshifted)) 米降至 \(rounded(found.misfit)) 米。如属实请指明坐标系为 GCJ-02"))
  }
}
