import Foundation
import MapFiles

/// `measure FILE OUT…`: reads FILE, writes each OUT and reads it back; prints a JSON line with the wall
/// and CPU seconds of each phase.
@main
struct Measure {
  private var phases: [(name: String, wall: Double, cpu: Double)] = []

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let input = arguments.first else { exit(64) }
    var measure = Measure()
    let layer = try measure.timed("read", input) { try readLayer(input) }
    for output in arguments.dropFirst() {
      try measure.timed("write", output) { try write(layer, to: output) }
      _ = try measure.timed("read", output) { try readLayer(output) }
    }
    measure.report(features: layer.features.count)
  }

  private static func write(_ layer: Layer, to path: String) throws {
    switch MapFormat(name: path) {
    case .geoPackage: try writeGeoPackage([layer], to: path)
    case .csv: try writeCSV(layer, to: path, style: CSVStyle(for: layer))
    default: try writeGeoJSON(layer, to: path)
    }
  }

  private mutating func timed<Value>(_ verb: String, _ path: String, _ body: () throws -> Value) rethrows -> Value {
    let start = ContinuousClock.now
    let cpuStart = Self.cpuSeconds
    let value = try body()
    let name = "\(verb) \(path.split(separator: ".").last ?? "")"
    phases.append((name, (ContinuousClock.now - start) / .seconds(1), Self.cpuSeconds - cpuStart))
    return value
  }

  /// Of all threads of this process.
  private static var cpuSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private func report(features: Int) {
    let all = phases.map { "\"\($0.name)\":[\($0.wall),\($0.cpu)]" }.joined(separator: ",")
    print("{\"phases\":{\(all)},\"figures\":{\"features\":\(features)}}")
  }
}
