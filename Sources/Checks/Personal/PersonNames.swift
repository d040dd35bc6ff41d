/// Whether a text looks like the name of a person, from the commonest surnames and given names.
///
/// Meant for whole columns, where most of the values decide; a single answer may be wrong.
enum PersonNames {
  static func isLikely(_ text: String) -> Bool {
    guard mayBeName(text) else { return false }
    let characters = text.filter { !$0.isWhitespace }
    if characters.unicodeScalars.allSatisfy({ $0.properties.isIdeographic || $0 == "·" || $0 == "*" }) {
      return isLikelyChinese(Array(characters))
    }
    return isLikelyLatin(text)
  }

  /// Whether `text` names one of the peoples (民族) of China.
  static func isPeople(_ text: String) -> Bool {
    text.utf8.count <= longestPeople && peoples.contains(text.hasSuffix("族") ? String(text.dropLast()) : text)
  }

  /// A quick look: a name has at most four characters, or letters that are written in two cases.
  private static func mayBeName(_ text: String) -> Bool {
    var others = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0x80..<0x2E80: return true
      case 0...0x20, 0x3000: continue
      default: others += 1
      }
    }
    return others <= 4
  }

  /// In bytes of UTF-8: five characters of Chinese and 族.
  private static let longestPeople = 18

  private static func isLikelyChinese(_ name: [Character]) -> Bool {
    guard (2...4).contains(name.count), let last = name.last, !placeEndings.contains(last) else {
      return false
    }
    if name.count >= 3, compoundSurnames.contains(String(name[0...1])) { return true }
    return name.count <= 3 && surnames.contains(name[0])
  }

  private static func isLikelyLatin(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter && $0 != "'" && $0 != "-" && $0 != "." }
    guard (1...4).contains(words.count), words.allSatisfy({ $0.first!.isUppercase }) else { return false }
    let lower = words.map { $0.lowercased() }
    guard !lower.contains(where: placeWords.contains) else { return false }
    return givenNames.contains(lower[0]) || givenNames.contains(lower[lower.count - 1])
  }

  private static let surnames = Set(
    """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖\
    石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季\
    俞章鲁葛伍申尤毕聂柴焦欧祝岳齐梅庄辛管祁左涂谷时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单\
    張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉程蘇呂盧鐘譚陸範
    """)

  private static let compoundSurnames: Set<String> = [
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "东方", "独孤", "南宫", "夏侯", "端木", "宇文",
  ]

  /// Last characters of places that begin like a name: 王府井, 高家村, 白云路.
  private static let placeEndings = Set(
    "区里园苑村庄路街巷弄楼栋幢座院城庙寺桥站口庭居坊镇乡县市省州湾岛山河湖江海井店馆厅所局校厂场室层号门台塔亭阁府邸墅堂屯寨堡营沟坡岭峰洞泉池塘溪港渡滩洲圩家")

  private static let peoples: Set<String> = [
    "汉", "壮", "满", "回", "苗", "维吾尔", "土家", "彝", "蒙古", "藏", "布依", "侗", "瑶", "朝鲜", "白", "哈尼", "哈萨克", "黎", "傣",
    "畲", "傈僳", "仡佬", "东乡", "高山", "拉祜", "水", "佤", "纳西", "羌", "土", "仫佬", "锡伯", "柯尔克孜", "达斡尔", "景颇", "毛南",
    "撒拉", "布朗", "塔吉克", "阿昌", "普米", "鄂温克", "怒", "京", "基诺", "德昂", "保安", "俄罗斯", "裕固", "乌孜别克", "门巴", "鄂伦春",
    "独龙", "塔塔尔", "赫哲", "珞巴", "Han", "Hui", "Uyghur", "Tibetan", "Mongol", "Zhuang", "Manchu", "Miao",
  ]

  private static let placeWords: Set<String> = [
    "street", "road", "avenue", "lane", "house", "park", "school", "tower", "hall", "church", "square",
    "hospital", "station", "building", "center", "centre", "garden", "gardens", "court", "place", "bridge",
    "hill", "point", "city", "town", "village", "island", "river", "lake", "hotel", "plaza", "mall",
    "university", "college", "museum", "market", "estate", "district", "st.", "st", "mount", "port", "gate",
  ]

  private static let givenNames = Set(
    """
    james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph \
    jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony margaret mark sandra \
    donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian melissa \
    george deborah timothy stephanie ronald rebecca edward sharon jason laura jeffrey cynthia ryan dorothy jacob \
    amy gary kathleen nicholas angela eric shirley jonathan anna stephen brenda larry emma justin ruth scott alice \
    brandon nicole benjamin samantha samuel katherine gregory christine frank debra alexander rachel raymond carolyn \
    patrick janet jack maria dennis heather jerry diane tyler julie aaron joyce jose victoria adam kelly nathan \
    christina henry lauren peter joan douglas evelyn zachary judith walter olivia kyle frances harold jane jean bob \
    bill tom jim joe mike dave steve sue ann anne kate lucy sam ben max leo oscar hans fritz pierre marie luc \
    mohammed muhammad mohamed ahmed ali fatima omar hassan hussein ibrahim abdul aisha wei fang xiu ying min jun \
    qiang lei yang ming juan carlos luis ana pedro ivan olga sergei natalia yuki hiroshi kenji
    """.split { $0.isWhitespace }.map(String.init))
}
