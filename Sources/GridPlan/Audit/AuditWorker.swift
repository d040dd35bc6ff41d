import Foundation

/// Audits districts one after the other, as standard input asks for them, a JSON object a line each
/// way. A batch has one for each core, so that a district can neither stop the others nor keep
/// their memory.
public enum AuditWorker {
  struct Order: Codable {
    var name: String
    var file: String
    var path: String
  }

  struct Answer: Codable {
    var row: String
    var isOK: Bool
    var seconds: Double
    var peakMegabytes: Double
  }

  /// Ends with standard input.
  public static func run(dropsPersonalColumns: Bool) {
    // A terminal tells all of the program to stop; whoever gave the orders decides.
    signal(SIGINT, SIG_IGN)
    while let line = readLine() {
      guard let order = try? JSONDecoder().decode(Order.self, from: Data(line.utf8)) else { continue }
      let answer = answer(to: order, dropsPersonalColumns)
      // Nobody reads any more: the batch is gone.
      guard let bytes = try? JSONEncoder().encode(answer),
        (try? FileHandle.standardOutput.write(contentsOf: bytes + Data("\n".utf8))) != nil
      else { return }
    }
  }

  static func answer(to order: Order, _ dropsPersonalColumns: Bool) -> Answer {
    let start = Date()
    let row = row(for: order, dropsPersonalColumns)
    return Answer(
      row: row.json, isOK: row.status == .ok, seconds: Date().timeIntervalSince(start).rounded(to: 3),
      peakMegabytes: peakMegabytes())
  }

  private static func row(for order: Order, _ dropsPersonalColumns: Bool) -> AuditRow {
    do {
      return try DistrictAudit.row(
        name: order.name, scenario: order.path, dropsPersonalColumns: dropsPersonalColumns)
    } catch {
      // The same words wherever the list lies.
      return AuditRow(scenario: order.name, error: "\(error)".replacingOccurrences(of: order.path, with: order.file))
    }
  }

  private static func peakMegabytes() -> Double {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return (Double(usage.ru_maxrss) / 1_048_576).rounded(to: 1)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return (Double(usage.ru_maxrss) / 1024).rounded(to: 1)
    #endif
  }
}
