/// The name of a column as the vocabulary sees it.
struct ColumnName {
  /// Words of Latin letters in lower case, split at separators, digits and humps of camel case.
  let words: [String]
  /// Half-width, lower case, simplified characters; separators left out.
  let text: String
  let hasHan: Bool

  init(_ name: String) {
    var words: [String] = []
    var word = ""
    var text = ""
    var hasHan = false
    var previousIsLower = false
    func close() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for scalar in name.unicodeScalars.map(ColumnName.halfWidth) {
      if scalar.properties.isIdeographic {
        close()
        hasHan = true
        let character = Character(scalar)
        text.append(ColumnName.simplified[character] ?? character)
        previousIsLower = false
      } else if scalar.properties.isAlphabetic {
        if scalar.properties.isUppercase && previousIsLower { close() }
        word += scalar.properties.lowercaseMapping
        text += scalar.properties.lowercaseMapping
        previousIsLower = scalar.properties.isLowercase
      } else {
        close()
        if scalar.properties.numericType != nil { text.unicodeScalars.append(scalar) }
        previousIsLower = false
      }
    }
    close()
    self.words = words
    self.text = text
    self.hasHan = hasHan
  }

  /// Every run of one to four words, joined: `id_card`, `idCard` and `idcard` are the same.
  var phrases: [String] {
    words.indices.flatMap { first in
      (first..<min(first + 4, words.count)).map { words[first...$0].joined() }
    }
  }

  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
  }

  /// Traditional characters that occur in the vocabulary.
  private static let simplified: [Character: Character] = [
    "戶": "户", "戸": "户", "證": "证", "証": "证", "號": "号", "碼": "码", "聯": "联", "繫": "系", "絡": "络",
    "電": "电", "話": "话", "機": "机", "貫": "贯", "殘": "残", "齡": "龄", "訪": "访", "別": "别", "種": "种",
    "國": "国", "護": "护", "職": "职", "業": "业", "歷": "历", "貌": "貌", "黨": "党", "員": "员", "態": "态",
    "狀": "状", "況": "况", "負": "负", "責": "责", "權": "权", "產": "产", "賬": "账", "帳": "账", "車": "车",
    "牌": "牌", "開": "开", "戀": "恋", "婦": "妇", "孕": "孕", "氏": "氏", "學": "学", "婚": "婚", "姻": "姻",
    "郵": "邮", "網": "网", "長": "长", "個": "个", "藥": "药", "獨": "独", "貧": "贫", "難": "难", "聖": "圣",
    "親": "亲", "屬": "属", "關": "关", "係": "系", "與": "与", "單": "单", "臉": "脸", "紋": "纹", "僑": "侨",
    "軍": "军", "優": "优", "撫": "抚", "癥": "症", "診": "诊", "斷": "断", "醫": "医", "療": "疗", "經": "经",
  ]
}
