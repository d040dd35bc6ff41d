import Foundation
import Testing

/// Households that a table knows by their address alone, joined to the buildings of a scenario.
@Suite struct AddressTableTests {
  private let addresses = [
    "朝阳路1号院1号楼", "朝阳路1号院2号楼", "朝阳路1号院3号楼", "朝阳路2号院1号楼", "朝阳路2号院2号楼", "双桥路5号院1号楼", "双桥路5号院2号楼",
    "双桥路7号院1号楼", "双桥路7号院1号楼",
  ]

  private func plan(_ table: [String], address: String = "address: 地址", encoding: String.Encoding = .utf8) throws -> (Scratch, Program.Outcome) {
    let place = try Scratch()
    var town = PlanCommandTests.town(counts: [Int](repeating: 0, count: addresses.count))
    for (index, text) in addresses.enumerated() {
      town = town.replacingOccurrences(of: "\"id\":\"u\(index)\",\"户数\":0", with: "\"id\":\"u\(index)\",\"地址\":\"\(text)\"")
    }
    try place.file("units.geojson", town)
    let text = (["地址;户数"] + table).joined(separator: "\n") + "\n"
    try #require(text.data(using: encoding)).write(to: place.folder.appendingPathComponent("households.csv"))
    try place.file(
      "scenario.yaml",
      """
      name: Addresses
      layers:
        units: {file: units.geojson, id: id, counts: {file: households.csv, \(address), households: 户数}}
      grids: {households: {min: 100, ideal: 200, max: 400}}
      output: {folder: out}

      """)
    return (place, try Program.run(["plan", place.path]))
  }

  private let table = [
    "北京市朝阳区朝阳路１号院１号楼2单元301;60", "朝阳路1号院1号楼;40", "朝阳路1号院二号楼;100", "朝阳路1号院3幢;100", "朝阳路2号院1号楼;100",
    "朝阳路2号院2号楼;100", "双桥路5号院1号楼;100", "双桥路5号院2号楼;100", "双桥路7号院1号楼;30", "双桥路9号院1号楼;7", "朝阳?1号院1号楼;2", ";5",
  ]

  /// GB18030, semicolons and full-width digits, as tables come from offices.
  @Test func nobodyIsLost() throws {
    let (place, outcome) = try plan(table, encoding: String.Encoding(rawValue: 0x8000_0632))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("700 placed of 744, 44 unplaced"), "\(outcome.output)")
    #expect(outcome.output.contains("8 of 12 rows of households.csv matched (66.7 %), 700 of 744 households"), "\(outcome.output)")
    let report = try place.json("out/report.json")
    let join = try #require((report["addressJoins"] as? [[String: Any]])?.first)
    #expect(join["rows"] as? Int == 12 && join["matched"] as? Int == 8 && join["matchedHouseholds"] as? Int == 700)
    let listed = try #require(try place.json("out/problems.geojson")["features"] as? [[String: Any]])
    let lost = listed.compactMap { $0["properties"] as? [String: Any] }.filter { $0["rule"] as? String == "unplaced" }
    #expect(lost.compactMap { $0["measure"] as? Double }.reduce(0, +) == 44)
    let reasons = lost.compactMap { $0["message"] as? String }
    for words in ["several features of", "no feature of units.geojson has this address", "has lost a character"] {
      #expect(reasons.contains { $0.contains(words) }, "\(words)")
    }
  }

  @Test func oneKeyOrTheOther() throws {
    for keys in ["id: 地址, address: 地址", "layer: a"] {
      let (_, outcome) = try plan(table, address: keys)
      #expect(outcome.status == 65 && outcome.errors.contains("expected either `id` or `address`"), "\(outcome.errors)")
    }
    let (_, absent) = try plan(table, address: "address: 门牌")
    #expect(absent.status == 66 && absent.errors.contains("门牌") && absent.errors.contains("households.csv"), "\(absent.errors)")
  }

  @Test func personalColumnsOfTheTableAreRefused() throws {
    let place = try Scratch()
    try place.file("units.geojson", PlanCommandTests.town(counts: [Int](repeating: 0, count: 9)))
    try place.file("counts.csv", "id,n,户主姓名\n" + (0..<9).map { "u\($0),100,欧阳建国\n" }.joined())
    let scenario = "name: P\nlayers: {units: {file: units.geojson, counts: {file: counts.csv, id: id, households: n}}}\ngrids: {households: {min: 100, max: 300}}\noutput: {folder: out}\n"
    try place.file("scenario.yaml", scenario)
    let refused = try Program.run(["plan", place.path])
    #expect(refused.status == 65 && refused.errors.contains("户主姓名") && !refused.errors.contains("欧阳"), "\(refused.errors)")
    try place.file("scenario.yaml", "dropPersonalColumns: true\n" + scenario)
    let dropped = try Program.run(["plan", place.path])
    #expect(dropped.status == 0 && dropped.output.contains("900 placed of 900"), "\(dropped.errors)")
  }
}
