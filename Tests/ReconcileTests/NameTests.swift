import PlanModel
import Testing

@Suite struct NameTests {
  private func name(_ text: String) -> PlaceName { PlaceName(text, TextFolding(for: [text])) }
  private func address(_ text: String) -> PlaceAddress { PlaceAddress(text, TextFolding(for: [text])) }

  @Test(arguments: [
    ["翠湖社区", "翠湖社区居委会", "翠湖社区居民委员会", "翠湖居委会", "翠湖社區居委會", "翠　湖 社区", "“翠湖”社区", "翠湖社区工作委员会"],
    ["十一圩港村", "十一圩港村村民委员会", "十一圩港村委会"],
    ["學府街道", "学府街道", "学府街道办事处", "学府街道办"],
    ["ＡＢ１区", "ab1区", "AB1区"],
  ])
  func writingsOfOneNameHaveOneKey(_ writings: [String]) {
    let keys = Set(writings.map { name($0).key })
    #expect(keys.count == 1, "\(keys)")
  }

  @Test func differentNamesStayDifferent() {
    let names = ["翠湖社区", "翠湖村", "翠湖", "翠湖街道", "翠湖镇", "翠湖一社区", "翠湖二社区", "东翠湖社区"]
    #expect(Set(names.map { name($0).key }).count == names.count)
  }

  @Test func lostCharactersAreSeen() {
    for text in ["麦?镇", "麦？镇", "麦\u{FFFD}镇", "麦□镇", "麦\u{E863}镇", "麦（氵甸）镇", "满（lang）塘镇"] {
      #expect(name(text).hasLostCharacter, "\(text)")
    }
    #expect(name("麦?镇").mayEqual(name("麦㙦镇")))
    #expect(name("满（lang）塘镇").mayEqual(name("满朗塘镇")))
    #expect(!name("麦?镇").mayEqual(name("大麦㙦镇")))
    #expect(!name("麦?镇").mayEqual(name("麦㙦乡")))
    #expect(!name("翠湖社区（东区）").hasLostCharacter)
  }

  @Test func numerals() {
    let values = ["一": 1, "十": 10, "十二": 12, "二十": 20, "二十一": 21, "一百零五": 105, "一〇五": 105, "三百二十": 320, "两": 2]
    for (text, value) in values { #expect(ChineseNumerals.value(of: text) == value, "\(text)") }
    for text in ["", "十百", "零十", "二三十", "甲", "一十十"] { #expect(ChineseNumerals.value(of: text) == nil, "\(text)") }
    #expect(ChineseNumerals.arabic("二里庄北里十二号楼", before: ["号"]) == "二里庄北里12号楼")
  }

  @Test(arguments: [
    ["二里庄北里3号楼", "二里庄北里三号楼", "二里莊北里３幢", "二里庄北里3栋2单元501室", "二里庄北里3座", "二里庄北里3-2-501", "二里庄北里3楼（东门）"],
    ["学院路12号院5号楼", "学院路十二号院五栋", "学院路12号院 5幢 1单元"],
    ["建设路18号", "建设路十八号", "建設路１８號"],
  ])
  func writingsOfOneAddressAreOne(_ writings: [String]) {
    let texts = Set(writings.map { address($0).text })
    #expect(texts.count == 1, "\(texts)")
  }

  @Test func endingsLeaveOutAreas() {
    let endings = address("北京市海淀区学院路街道二里庄社区二里庄北里3号楼").endings.map(String.init)
    #expect(endings.contains("二里庄北里3#") && endings.contains("学院路街道二里庄社区二里庄北里3#"))
    #expect(!endings.contains("3#"))
    // A street that is called after a district keeps its name.
    #expect(!address("新城区路12号").endings.contains("路12号"))
    #expect(address("三号楼").endings.isEmpty)
  }

  @Test func areasThatDifferContradict() {
    let (a, b) = (address("朝阳区建设路3号"), address("海淀区建设路3号"))
    #expect(a.contradicts(b, before: "建设路3号"))
    #expect(!a.contradicts(address("建设路3号"), before: "建设路3号"))
    #expect(!a.contradicts(address("望京街道建设路3号"), before: "建设路3号"))
  }
}
