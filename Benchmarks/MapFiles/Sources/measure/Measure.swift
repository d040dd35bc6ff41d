import Foundation
import MapFiles

/// `measure read FILE` · `measure all FILE OUT.geojson OUT.gpkg`: prints a JSON line with the wall
/// seconds of each phase.
@main
struct Measure {
  private var phases: [(name: String, seconds: Double)] = []

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { fatalError("measure read FILE | measure all FILE OUT.geojson OUT.gpkg") }
    var measure = Measure()
    let layer = try measure.timed("read") { try readLayer(arguments[1]) }
    if arguments[0] == "all" {
      try measure.timed("write") { try writeGeoJSON(layer, to: arguments[2]) }
      try measure.timed("gpkg write") { _ = try writeGeoPackage([layer], to: arguments[3]) }
      _ = try measure.timed("gpkg read") { try readLayer(arguments[3]) }
    }
    measure.report(features: layer.features.count)
  }

  private mutating func timed<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Value {
    let start = ContinuousClock.now
    let value = try body()
    phases.append((name, (ContinuousClock.now - start) / .seconds(1)))
    return value
  }

  private func report(features: Int) {
    let all = phases.map { "\"\($0.name)\":\($0.seconds)" }.joined(separator: ",")
    print("{\"phases\":{\(all)},\"figures\":{\"features\":\(features)}}")
  }
}
