import Foundation
import MapFiles

/// `measure read FILE` · `measure write FILE OUT`: prints one JSON line with the seconds of each phase.
@main
struct Measure {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { fatalError("measure read FILE | measure write FILE OUT") }
    var phases: [(String, Double)] = []
    func timed<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Value {
      let start = ContinuousClock.now
      let value = try body()
      let time = (ContinuousClock.now - start).components
      phases.append((name, Double(time.seconds) + Double(time.attoseconds) / 1e18))
      return value
    }
    let layer = try timed("read") { try readGeoJSON(arguments[2]) }
    if arguments[1] == "write" { try timed("write") { try writeGeoJSON(layer, to: arguments[3]) } }
    var figures = ["features": layer.features.count, "notes": layer.notes.count]
    figures["vertices"] = layer.features.reduce(0) { sum, feature in
      sum + (feature.geometry?.polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.points.count } } ?? 0)
    }
    let all = phases.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    print("{\"phases\":{\(all)},\"figures\":\(figures)}")
  }
}
