import Foundation
import PlanModel
import Testing

/// Published ranges of 30 cameras with their lenses.
@Suite struct RangeTableTests {
  static let file =
    (ProcessInfo.processInfo.environment["GRIDPLAN_SHARED"]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../shared") + "/data/coverage/dori_vectors.csv"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: file))) func bothFormulasGiveTheTable() throws {
    let lines = try String(contentsOfFile: Self.file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    func column(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
    let (opening, pixels) = (try column("hfov_deg"), try column("h_pixels"))
    let (flat, arc) = (try column("calc_detect_rectilinear_m"), try column("calc_detect_arc_m"))
    #expect(lines.count == 31)
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      guard let h = cells[opening], let n = cells[pixels] else { continue }
      for (formula, expected) in [(CameraOptics.Projection.rectilinear, cells[flat]), (.arc, cells[arc])] {
        // The rectilinear formula ends at 180 degrees.
        guard let expected, h < 180 || formula == .arc else { continue }
        let range = try #require(CameraOptics.range(pixels: n, fieldOfView: h, density: 25, formula))
        // The table has one decimal.
        #expect(abs(range - expected) <= 0.05 + 1e-9, "\(line): \(formula) \(range)")
      }
    }
  }
}
