import Foundation
import MapFiles
import Planar
import Testing

@testable import Checks

/// A layer of points with these columns.
func table(_ columns: KeyValuePairs<String, [FieldValue]>, geometry: Geometry? = nil) -> Layer {
  let count = columns.first?.value.count ?? 0
  let features = (0..<count).map { row in
    Feature(geometry: geometry, values: columns.map { $0.value[row] })
  }
  return Layer(name: "layer", file: "layer.csv", fields: columns.map(\.key), features: features)
}

/// An identity number with a right check character; fictional.
func citizenNumber(_ first17: String) -> String {
  first17 + String(UnicodeScalar(CitizenNumber.checkCharacter(of: Array(first17.utf8))))
}

@Suite struct CitizenNumberTests {
  /// The example of GB 11643-1999.
  @Test(arguments: [
    "11010519491231002X", "11010519491231002x", "440524188001010014", "１１０１０５１９４９１２３１００２Ｘ",
    "110105 19491231 002X", "110105-19491231-002X",
  ])
  func valid(text: String) {
    #expect(CitizenNumber.isValid(text) == !text.hasPrefix("44052418"))
  }

  @Test(arguments: [
    "110105194912310021", "11010519491331002X", "11010519490229002X", "1101051949123100", "X10105194912310020",
    "", "abcdefghijklmnopqr", "11010519491231002XX",
  ])
  func invalid(text: String) { #expect(!CitizenNumber.isValid(text)) }

  /// MOD 11-2 finds every single wrong digit and every swap of neighbours.
  @Test func checkCharacterFindsErrors() {
    var generator = Seeded(7)
    for _ in 0..<200 {
      let base = (0..<17).map { _ in UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &generator) }
      let check = CitizenNumber.checkCharacter(of: base)
      for place in base.indices {
        for digit in 0..<10 {
          var wrong = base
          wrong[place] = UInt8(ascii: "0") + UInt8(digit)
          if wrong != base { #expect(CitizenNumber.checkCharacter(of: wrong) != check, "seed 7") }
        }
      }
      for place in 0..<16 where base[place] != base[place + 1] {
        var wrong = base
        wrong.swapAt(place, place + 1)
        #expect(CitizenNumber.checkCharacter(of: wrong) != check, "seed 7")
      }
    }
  }
}

@Suite struct PersonalColumnsTests {
  @Test(arguments: [
    "姓名", "户主", "户主姓名", "戶主姓名", "联系人", "聯繫人", "身份证", "身份证号码", "身份證號", "证件号", "证件号码", "电话", "联系电话",
    "聯絡電話", "手机", "手机号", "手機號碼", "民族", "宗教", "宗教信仰", "籍贯", "健康状况", "残疾", "殘疾等級", "低保", "低保类别", "上访",
    "信访记录", "前科", "出生日期", "性别", "年龄", "国籍", "户籍地址", "护照号", "政治面貌", "婚姻状况", "文化程度", "与户主关系", "吸毒",
    "重点人员类型", "社区矫正", "车牌号", "微信号", "ＱＱ号", "业主", "租客", "工作单位",
    "ethnicity", "religion", "nationality", "phone", "mobile", "id_card", "idCard", "ID Card No.", "passport",
    "passport_no", "first_name", "FirstName", "surname", "last name", "birth", "birth_date", "date of birth",
    "dob", "contact_phone", "phone1", "Telephone", "tel", "email", "e-mail", "gender", "sex", "race", "head_name",
    "household_head", "ssn", "disability", "health_status", "criminal_record", "petitioner", "welfare",
    "low_income", "marital_status", "native_place", "home:phone", "ethnic group", "political_status",
    "sfzh", "SFZHM", "lxdh", "sjhm", "zjhm", "hzxm", "csrq", "GMSFHM", "shenfenzheng", "xingming", "minzu",
    "lianxidianhua",
  ])
  func refusedInALayerOfPersons(field: String) {
    let layer = table([field: [.string("甲"), .null], "households": [.integer(1), .integer(2)]])
    let found = personalColumns(in: layer, role: .persons)
    #expect(found.map(\.field) == [field])
    #expect(found.map(\.isRefused) == [true])
  }

  @Test(arguments: [
    "name", "名称", "社区名称", "小区名", "楼名", "households", "户数", "总户数", "人口数", "户籍人口", "常住人口", "网格编号", "code", "经度",
    "纬度", "lon", "lat", "address", "地址", "门牌号", "building:levels", "楼层数", "建筑面积", "floors", "id", "uid",
    "offense_type", "date", "geoid20", "tractce20", "pop20", "street", "户号", "cell", "cell_id", "hotel", "stage",
    "average", "package", "village", "acreage", "image", "usage", "mobile_homes", "telecom", "phonebox_count",
    "XZQDM", "XZQMC", "BSM", "comm_id", "业主户数", "联系人数", "电话亭", "民族路", "number", "mz", "xm", "jg",
    "surveillance:type", "camera:direction", "skill", "wages_zone", "sexton", "racetrack", "embassy",
  ])
  func harmlessNames(field: String) {
    let layer = table([field: [.integer(3), .string("12")]])
    #expect(personalColumns(in: layer, role: .persons).isEmpty)
    #expect(personalColumns(in: layer, role: .places).isEmpty)
  }

  @Test func wordsThatDescribeAPlaceAreDropped() throws {
    let layer = table([
      "name": [.string("静安寺")], "religion": [.string("buddhist")], "phone": [.string("021-62566366")],
      "宗教": [.string("佛教")], "levels": [.integer(2)],
    ])
    let found = personalColumns(in: layer, role: .places)
    #expect(found.map(\.field) == ["religion", "phone", "宗教"])
    #expect(found.map(\.isRefused) == [false, false, false])
    let (kept, dropped) = try withoutPersonalColumns(layer, role: .places, drop: false)
    #expect(kept.fields == ["name", "levels"])
    #expect(kept.features[0].values == [.string("静安寺"), .integer(2)])
    #expect(dropped == found)
  }

  @Test func aMobileNumberInALayerOfPlacesIsRefused() {
    let layer = table(["phone": [.string("021-62566366"), .string("13800138000")]])
    #expect(personalColumns(in: layer, role: .places).map(\.isRefused) == [true])
  }

  @Test(arguments: ["姓名", "户主", "身份证号", "手机号", "上访次数", "前科", "低保户数", "first_name", "id_card", "sfzh"])
  func refusedInALayerOfPlaces(field: String) {
    let layer = table([field: [.null]])
    #expect(personalColumns(in: layer, role: .places).map(\.isRefused) == [true])
  }

  @Test func theMessageNamesFileLayerAndColumnButNoValue() {
    let secret = citizenNumber("11010819900307123")
    let layer = table(["备注": [.string("联系 \(secret) 即可")], "户主": [.string("张三丰")]])
    #expect(throws: PersonalDataError.self) { try withoutPersonalColumns(layer, role: .persons, drop: false) }
    do {
      _ = try withoutPersonalColumns(layer, role: .persons, drop: false)
    } catch {
      for text in [error.wording(.english), error.wording(.chinese)] {
        for word in ["layer.csv", "layer", "备注", "户主", "--drop-personal-columns"] { #expect(text.contains(word)) }
        #expect(!text.contains(secret) && !text.contains("张三丰"))
      }
    }
  }

  @Test func valuesTellUnderAnyName() {
    let numbers = ["11010519491231002", "32050819850615301", "64020219700228012"].map(citizenNumber)
    for values in [
      numbers.map(FieldValue.string),
      numbers.map { FieldValue.string("尾号 \($0)。") },
      numbers.map { $0.hasSuffix("X") ? .null : .integer(Int($0)!) },
      numbers.map { .number(Double($0.replacingOccurrences(of: "X", with: "0"))!) },
    ] {
      let layer = table(["a": values])
      for role in [LayerRole.places, .persons] {
        let found = personalColumns(in: layer, role: role, mapped: ["a"])
        #expect(found.map(\.kind) == [.identityNumber], "\(values)")
        #expect(found.map(\.sign) == [.values])
      }
    }
  }

  @Test func codesAreNoIdentityNumbers() {
    // Grid codes of 15 digits that carry a date of two-digit year, and mobile-like ids.
    let grids = (1...40).map { FieldValue.string(String(format: "320508910315%03d", $0)) }
    let ids = (1...40).map { FieldValue.integer(13_800_138_000 + $0) }
    // 18-digit codes whose 7th to 14th digits are dates; one in eleven passes the check.
    let long = (1...40).map { FieldValue.string(String(format: "320508201012%06d", 10_000 + $0 * 37)) }
    let layer = table(["code": grids, "id": ids, "building": long, "证号": grids])
    #expect(personalColumns(in: layer, role: .places, mapped: ["code", "id", "证号"]).isEmpty)
    #expect(personalColumns(in: layer, role: .places).map(\.field) == ["证号"])
  }

  @Test func namesOfPersonsUnderAnOpenName() {
    let chinese = table(["name": ["张伟", "王秀英", "李娜", "欧阳修远"].map(FieldValue.string)])
    #expect(personalColumns(in: chinese, role: .persons).map(\.kind) == [.personName])
    #expect(personalColumns(in: chinese, role: .places).isEmpty)
    let spaced = table(["name": ["欧\u{A0}阳\u{A0}修\u{A0}远", "司\u{3000}马\u{2003}相\u{85}如"].map(FieldValue.string)])
    #expect(personalColumns(in: spaced, role: .persons).map(\.kind) == [.personName])
    let english = table(["name": ["John Smith", "Mary Jones", "Alice"].map(FieldValue.string)])
    #expect(personalColumns(in: english, role: .persons).map(\.kind) == [.personName])
    let places = table(["name": ["王府井", "金色家园", "白云路12号", "Lake View House"].map(FieldValue.string)])
    #expect(personalColumns(in: places, role: .persons).isEmpty)
    let initials = table(["xm": ["张伟", "王芳"].map(FieldValue.string)])
    #expect(personalColumns(in: initials, role: .places).map(\.isRefused) == [true])
    let peoples = table(["mz": ["汉族", "回"].map(FieldValue.string)])
    #expect(personalColumns(in: peoples, role: .persons).map(\.kind) == [.origin])
  }

  @Test func insideObjectsForeignMembersAndIds() throws {
    let number = citizenNumber("32050819850615301")
    var layer = table(["tags": [.json(#"{"owner":{"身份证":"x"},"levels":3}"#)], "households": [.integer(1)]])
    layer.features[0].foreignMembers = #""户主":"x","bbox2":[1,2]"#
    layer.features[0].id = .string(number)
    let found = personalColumns(in: layer, role: .places)
    #expect(found.map(\.field) == ["tags.owner.身份证", "id", "户主"])
    let (kept, _) = try withoutPersonalColumns(layer, role: .places, drop: true)
    #expect(kept.fields == ["households"])
    #expect(kept.features[0].foreignMembers == nil)
    #expect(kept.features[0].id == .missing)
  }

  @Test func brokenJSONAndRaggedRowsAreRead() {
    var layer = table(["tags": [.json("{"), .json("")], "n": [.integer(1), .integer(2)]])
    layer.features[1].values = []
    #expect(personalColumns(in: layer, role: .persons).isEmpty)
  }

  @Test func roleFromTheLayer() {
    let square = Geometry.polygon(Polygon(Box(min: Point(x: 0, y: 0), max: Point(x: 1, y: 1))))
    let point = Geometry.point(Point(x: 0, y: 0))
    #expect(LayerRole(inferredFrom: table(["a": [.null]], geometry: square)) == .places)
    #expect(LayerRole(inferredFrom: table(["households": [.null]], geometry: point)) == .persons)
    #expect(LayerRole(inferredFrom: table(["amenity": [.null]], geometry: point)) == .places)
    #expect(LayerRole(inferredFrom: table(["households": [.null]])) == .persons)
  }
}
