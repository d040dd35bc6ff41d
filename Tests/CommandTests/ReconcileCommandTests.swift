import Foundation
import Testing

@Suite struct ReconcileCommandTests {
  private static let buildings = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"id":"b1","地址":"海淀区二里庄北里3号楼","households":5},"geometry":{"type":"Polygon","coordinates":[[[116.3,39.9],[116.301,39.9],[116.301,39.901],[116.3,39.901],[116.3,39.9]]]}},
    {"type":"Feature","properties":{"id":"b2","地址":"二里庄北里5号楼","households":40},"geometry":{"type":"Polygon","coordinates":[[[116.302,39.9],[116.303,39.9],[116.303,39.901],[116.302,39.901],[116.302,39.9]]]}}
    ]}
    """

  @Test func aTableOfAddressesIsJoinedToBuildings() throws {
    let place = try Scratch()
    try place.file("table.csv", "地址,户数\n海淀区二里莊北里三號樓1单元101,1\n二里庄北里３幢2单元201,2\n二里庄北里5栋,40\n没有这条路9号,7\n")
    try place.file("buildings.geojson", Self.buildings)
    let outcome = try Program.run(
      ["reconcile", "table.csv", "buildings.geojson", "--by", "address", "--value", "户数=households", "--prefer", "larger", "-o", "out"],
      folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("A table.csv: 3 of 4 rows joined (75.0%)"), "\(outcome.output)")
    #expect(outcome.output.contains("户数 in A: 43 of 50 joined (86.0%)"), "\(outcome.output)")
    let matches = try place.text("out/matches.csv").split(separator: "\n")
    #expect(matches.count == 4 && matches[0].hasSuffix("a,b,label_a,label_b,by,score,overlap,distance_m"))
    #expect(matches[1].hasSuffix(",b1,address,1,,") && matches[2].hasSuffix(",b1,address,0.9,,"), "\(matches)")
    let conflicts = try place.text("out/conflicts.csv").split(separator: "\n")
    #expect(conflicts.filter { $0.contains(",number,") }.map(String.init) == ["0,0,海淀区二里莊北里三號樓1单元101,户数,households,number,3,5,2,0.6667,B,5"], "\(conflicts)")
    #expect(try place.text("out/leftovers.csv").contains("A,3,没有这条路9号,7,no-counterpart"))
    let merged = try place.text("out/merged.geojson")
    #expect(merged.contains(#""户数":5"#) && merged.contains(#""户数":40"#) && !merged.contains("101"))
    let report = try place.json("out/report.json")
    #expect((report["joinedBy"] as? [String: Int]) == ["address": 3])
    let chinese = try Program.run(
      ["reconcile", "table.csv", "buildings.geojson", "--by", "address", "--lang", "zh"], folder: place.path)
    #expect(chinese.output.contains("4 行中连接 3 行"))
  }

  /// Only the table counts households; a plan takes the merged layer as its buildings.
  @Test func theMergedLayerGoesIntoAPlan() throws {
    let place = try Scratch()
    try place.file("table.csv", "地址,户数\n海淀区二里莊北里三號樓1单元101,30\n二里庄北里３幢2单元201,20\n二里庄北里5栋,40\n没有这条路9号,7\n")
    try place.file("buildings.geojson", Self.buildings.replacingOccurrences(of: #","households":5"#, with: "").replacingOccurrences(of: #","households":40"#, with: ""))
    let joined = try Program.run(
      ["reconcile", "table.csv", "buildings.geojson", "--by", "address", "--value", "户数", "-o", "joined"], folder: place.path)
    #expect(joined.status == 0 && joined.output.contains("户数 in A: 90 of 97 joined (92.8%)"), "\(joined.errors)\(joined.output)")
    try place.file(
      "scenario.yaml",
      "name: Joined\nlayers: {buildings: {file: joined/merged.geojson, id: id, households: 户数}}\ngrids: {households: {min: 20, ideal: 45, max: 60}}\noutput: {folder: out}\n")
    let planned = try Program.run(["plan", "scenario.yaml", "--json"], folder: place.path)
    #expect(planned.status == 0 && planned.output.contains(#""out":90"#), "\(planned.errors)\(planned.output)")
    let neither = try Program.run(
      ["reconcile", "table.csv", "buildings.geojson", "--by", "address", "--value", "absent"], folder: place.path)
    #expect(neither.status == 66 && neither.errors.contains("absent"))
  }

  @Test func personalColumnsAreRefused() throws {
    let place = try Scratch()
    try place.file("table.csv", "地址,户主,户数\n二里庄北里5栋,张三丰,40\n")
    try place.file("buildings.geojson", Self.buildings)
    let arguments = ["reconcile", "table.csv", "buildings.geojson", "--by", "address"]
    let refused = try Program.run(arguments, folder: place.path)
    #expect(refused.status == 65 && refused.errors.contains("户主") && !refused.errors.contains("张三丰"))
    let dropped = try Program.run(arguments + ["--drop-personal-columns", "-o", "out"], folder: place.path)
    #expect(dropped.status == 0, "\(dropped.errors)")
    for file in ["matches.csv", "conflicts.csv", "leftovers.csv", "merged.geojson", "report.json"] {
      #expect(try !place.text("out/\(file)").contains("张三丰"))
    }
  }

  @Test func wrongUse() throws {
    let place = try Scratch()
    try place.file("b.geojson", Self.buildings)
    func status(_ more: [String]) throws -> Int32 {
      try Program.run(["reconcile", "b.geojson", "b.geojson"] + more, folder: place.path).status
    }
    #expect(try status(["--by", "colour"]) == 64)
    #expect(try status(["--prefer", "C"]) == 64)
    #expect(try status(["--name", "absent"]) == 66)
    #expect(try status(["--where-a", "absent=1"]) == 66)
    #expect(try status([]) == 0)
  }
}
