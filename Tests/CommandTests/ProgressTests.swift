import Foundation
import Testing

/// What a command tells while it works, and how it ends when it is told to.
@Suite struct ProgressTests {
  private func grids(_ place: Scratch) throws -> String {
    try place.file("grids.geojson", PlanCommandTests.town(counts: [1, 2, 3]).replacingOccurrences(of: #""id""#, with: #""code""#)).path
  }

  /// Runs a shell command on a terminal of its own (`script` of util-linux) and returns what it shows.
  private func onTerminal(_ command: String, environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", command, "/dev/null"]
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm", "NO_COLOR": ""]) { $1 }.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static let hasTerminal = FileManager.default.fileExists(atPath: "/usr/bin/script")

  @Test(.enabled(if: hasTerminal)) func aSlowCommandShowsThatItWorksAndWipesIt() throws {
    let place = try Scratch()
    let command = "(sleep 2; echo id,lon,lat) | \(Program.path) assign --grids \(try grids(place)) -o \(place.path)/out.csv"
    let shown = try onTerminal(command)
    #expect(shown.contains("gridplan assign …"), "\(shown)")
    #expect(shown.contains("\r\u{1B}[K"))
    #expect(try !onTerminal(command + " --quiet").contains("…"))
  }

  @Test func aPipeGetsNothingUnlessAsked() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 100, 100]))
    try place.file("scenario.yaml", "name: t\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 250, ideal: 300, max: 350}}\n")
    #expect(try Program.run(["plan", place.path, "-o", place.path + "/a", "--map", "none"]).errors.isEmpty)
    let verbose = try Program.run(["plan", place.path, "-o", place.path + "/a", "--map", "none", "--verbose"])
    #expect(verbose.errors.contains("reading layers: "))
    #expect(verbose.errors.contains("writing the plan: "))
  }

  /// Whoever ends the program while it writes finds no half written file.
  @Test(arguments: [SIGINT, SIGTERM]) func anEndAskedForLeavesNothing(signal: Int32) throws {
    let place = try Scratch()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["assign", "--grids", try grids(place), "-o", place.path + "/out.csv"]
    let input = Pipe()
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(Data("id,lon,lat\n".utf8))
    let lines = Data(String(repeating: "1,121.0005,31.0005\n", count: 50_000).utf8)
    func parts() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".part") }
    }
    for _ in 0..<300 where try parts().isEmpty {
      input.fileHandleForWriting.write(lines)
      usleep(20_000)
    }
    #expect(try !parts().isEmpty, "the output was never begun")
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationStatus == 128 + signal)
    #expect(process.terminationReason == .exit)
    #expect(try parts().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/out.csv"))
  }

  @Test func aPlanIsShownInATerminal() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [100, 100, 100, 90, 110, 95, 105, 100, 100]))
    try place.file("scenario.yaml", "name: Nine\nlayers: {units: {file: units.geojson}}\ngrids: {households: {min: 250, ideal: 300, max: 350}}\noutput: {folder: out}\n")
    _ = try Program.run(["plan", place.path, "--map", "none"])
    let shown = try Program.run(["show", place.path + "/out", "--measure", "households", "--width", "40"])
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.contains("Nine\n3 grids, 900 households"))
    #expect(!shown.output.contains("\u{1B}"))
    #expect(shown.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    guard Self.hasTerminal else { return }
    let command = "\(Program.path) show \(place.path)/out"
    #expect(try onTerminal(command).contains("\u{1B}[38;2;"))
    #expect(try !onTerminal(command, environment: ["NO_COLOR": "1"]).contains("\u{1B}[38"))
  }
}
