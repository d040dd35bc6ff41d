import Checks
import Foundation
import MapFiles
import Planar
import PlanModel
import Testing

@Suite struct CodeTableTests {
  private func table(_ header: [String], _ rows: [[String]]) -> Layer {
    Layer(
      name: "t", file: "t.csv", fields: header,
      features: rows.map { Feature(geometry: nil, values: $0.map { $0.isEmpty ? .null : .string($0) }) })
  }

  private func findings(_ layer: Layer, _ change: (inout CheckOptions) -> Void = { _ in }) throws -> [String] {
    var options = CheckOptions()
    options.kind = .codes
    change(&options)
    return try check(layer, options: options).map { "\($0.rule.rawValue) \($0.feature.map(String.init) ?? "-")" }
  }

  /// Cities without counties, zeros of lower levels, a county that exists on paper only.
  @Test func unevenHierarchiesAreNoErrors() throws {
    let rows = [
      ["440000000000", "广东省"], ["441900000000", "东莞市"], ["441900003000", "东城街道"], ["441900003001", "岗贝社区"],
      ["442000", "中山市"], ["442000001", "石岐街道"], ["442000001002", "太平社区"], ["440100", "广州市"], ["440101", "市辖区"],
      ["440103", "荔湾区"], ["440103001", "沙面街道"], ["440103001001", "翠洲社区"],
    ]
    let found = try findings(table(["code", "name"], rows))
    #expect(found == ["uneven-hierarchy 2", "uneven-hierarchy 5", "childless-division 8"], "\(found)")
  }

  @Test func faultsOfAList() throws {
    let rows = [
      ["110108", "海淀区", ""], ["110108001", "万寿路街道", "110108"], ["110108001001", "复兴路社区", "110108001"],
      ["110108001001", "又一社区", "110108001"], ["110108002001", "孤社区", "110108002"], ["11010800100", "短", ""],
      ["990108001002", "无此省", ""], ["110108001003", "复兴路社区居委会", "110108002"], ["", "空", ""],
    ]
    let found = try findings(table(["code", "name", "parent"], rows))
    for expected in [
      "duplicate-code 3", "missing-parent 4", "bad-code 5", "bad-code 6", "code-parent 7", "bad-code 8", "repeated-name 7",
    ] { #expect(found.contains(expected), "\(expected) in \(found)") }
  }

  @Test func editionsAreConcludedFromNames() throws {
    let changes = table(
      ["code", "name_2020", "name_2023", "change"],
      [
        ["110105400", "首都机场街道", "", "removed"], ["110105020", "", "首都机场街道", "added"],
        ["442000102", "民众镇", "", "removed"], ["442000007", "", "民众街道", "added"],
        ["360824104", "麦?镇", "麦㙦镇", "renamed"],
        // Two of one name: nothing is concluded.
        ["130205101", "新村镇", "", "removed"], ["130205102", "新村镇", "", "removed"], ["130205103", "", "新村镇", "added"],
        // Another city.
        ["420324504", "独树镇", "", "removed"], ["230204009", "", "独树镇", "added"],
      ])
    let editions = try codeEditions(changes)
    #expect(editions.successor(of: "110105400") == "110105020")
    #expect(editions.successor(of: "442000102") == "442000007")
    for code in ["130205101", "130205102", "420324504"] {
      #expect(editions.successor(of: code) == nil && editions.isLost(code), "\(code)")
    }
    #expect(editions.successor(of: "360824104") == nil && !editions.isLost("360824104"))
    #expect(editions.likelySuccessor(of: "110105400001") == "110105020001")
  }

  @Test func editionsThatAreStatedAreFollowed() throws {
    let editions = try codeEditions(
      table(["旧编码", "新编码"], [["110105400000", "110105020000"], ["110105020", "110105099"], ["110105777", ""]]))
    #expect(editions.successor(of: "110105400") == "110105099")
    #expect(editions.isLost("110105777"))
    #expect(throws: MapFileError.self) { try codeEditions(table(["a", "b"], [["1", "2"]])) }
  }

  private static func square(_ x: Int) -> Geometry {
    let lon = 116.2 + Double(x) * 0.01
    return .polygon(Polygon(Box(min: Point(x: lon, y: 39.9), max: Point(x: lon + 0.01, y: 39.91))))
  }

  /// The number of a land survey looks like a code of the statistics office and is none.
  @Test func aCodeThatIsNotWhatItSeems() throws {
    var blocks = table(["code"], [["110108018001"], ["110108001001"]])
    blocks.features[0].geometry = Self.square(0)
    blocks.features[1].geometry = Self.square(1)
    var towns = table(["name"], [["田村路街道"], ["万寿路街道"]])
    towns.features[0].geometry = Self.square(0)
    towns.features[1].geometry = Self.square(1)
    (blocks.crs, towns.crs) = (.crs84, .crs84)
    var options = CheckOptions()
    options.codesTable = try codeTable(
      table(["code", "name"], [["110108001", "万寿路街道"], ["110108018", "花园路街道"], ["110108021", "田村路街道办事处"]]))
    let found = try check(blocks, parents: towns, options: options)
    #expect(found.map(\.rule) == [.codeParent])
    #expect(found.first?.feature == 0 && found.first?.message.contains("花园路街道") == true)
  }

  @Test func codesAreLookedUpInTheList() throws {
    let list = table(
      ["code12", "name"],
      [["110108001000", "万寿路街道"], ["110108001001", "复兴路社区居委会"], ["110108001002", "翠微社区居委会"], ["110105020000", "首都机场街道"]])
    let grids = table(
      ["code", "name"],
      [
        ["110108001001001", "一网格"], ["110108001009001", "二网格"], ["110108001002", "翠微社区"], ["110108001001", "别名社区"],
        ["110105400", "首都机场街道"], ["110105400001", "某社区"],
      ])
    let editions = CodeEditions([.renumbered(old: "110105400", new: "110105020")])
    let found = try findings(grids) {
      $0.kind = .units
      $0.codesTable = try? codeTable(list)
      $0.editions = editions
    }
    let ofCodes = found.filter { !$0.hasPrefix("null-geometry") && !$0.hasPrefix("bad-code") }
    #expect(ofCodes == ["old-code 4", "old-code 5", "unknown-code 1", "code-name 3"], "\(found)")
  }

  /// Lists of real cities are sound but for counties that exist on paper.
  @Test(.enabled(if: SharedData.isPresent)) func realLists() throws {
    for city in ["3205-suzhou.csv", "6402-shizuishan.csv"] {
      let found = try findings(readLayer(SharedData.path("codes/" + city)))
      #expect(found.count == 1 && found[0].hasPrefix("childless-division"), "\(found)")
    }
    let editions = try codeEditions(readLayer(SharedData.path("codes/town-changes-2020-vs-2023.csv")))
    #expect(editions.successorCount + editions.lostCount == 1839 && editions.successorCount > 1000)
  }

  /// Of the survey numbers of Haidian one begins like the code of another street.
  @Test(.enabled(if: SharedData.isPresent)) func haidianAgainstTheTowns() throws {
    let names = [
      ["110108001", "万寿路街道"], ["110108002", "永定路街道"], ["110108003", "羊坊店街道"], ["110108004", "甘家口街道"],
      ["110108005", "八里庄街道"], ["110108006", "紫竹院街道"], ["110108018", "花园路街道"], ["110108021", "田村路街道"],
      ["110108025", "曙光街道"],
    ]
    var options = CheckOptions()
    options.kind = .units
    options.codeField = "XZQDM"
    options.codesTable = try codeTable(table(["code", "name"], names))
    let found = try check(
      readLayer(SharedData.path("haidian/blocks.geojson")),
      parents: readLayer(SharedData.path("beijing-towns/towns.geojson")), options: options)
    let wrong = found.filter { $0.rule == .codeParent }
    #expect(wrong.count == 9 && wrong.allSatisfy { $0.code?.hasPrefix("110108018") == true && $0.message.contains("田村路街道") })
    #expect(!found.contains { $0.rule == .unknownCode })
  }
}
