/// A figure's classes and colours: one legend for every kind of map.
public struct MapMeasure: Sendable, Encodable {
  /// Values above the class before up to `upper`, inclusive.
  public struct Class: Sendable, Encodable {
    public var upper: Double
    public var color: String
    public var label: Phrase

    public init(upper: Double, color: String, label: Phrase) {
      self.upper = upper
      self.color = color
      self.label = label
    }
  }

  public static let unknownColor = "#dedede"
  public static let unknownLabel = Phrase("not known or not published", "未知或不公布")

  /// The key of its column.
  public var key: String
  public var title: Phrase
  public var classes: [Class]

  public init(key: String, title: Phrase, classes: [Class]) {
    self.key = key
    self.title = title
    self.classes = classes
  }

  public func color(of value: Double?) -> String {
    guard let value, let found = classes.first(where: { value <= $0.upper }) ?? classes.last else {
      return Self.unknownColor
    }
    return found.color
  }
}

extension MapMeasure {
  /// Classes of the deviation from the mean: purple below, orange above.
  public static func deviation(of column: FigureColumn) -> MapMeasure {
    let colors = ColorScheme.diverging
    let rows: [(Double, Phrase)] = [
      (-0.2, Phrase("more than 20 % below the mean", "低于平均 20% 以上")),
      (-0.1, Phrase("10–20 % below", "低于平均 10–20%")),
      (0.1, Phrase("within 10 %", "与平均相差 10% 以内")),
      (0.2, Phrase("10–20 % above", "高于平均 10–20%")),
      (.greatestFiniteMagnitude, Phrase("more than 20 % above", "高于平均 20% 以上")),
    ]
    return MapMeasure(
      key: column.key, title: column.title,
      classes: zip(rows, colors).map { Class(upper: $0.0, color: $1, label: $0.1) })
  }

  /// A class for each of a column's words.
  public static func choices(of column: FigureColumn, colors: [String]) -> MapMeasure {
    guard case .choice(let words) = column.kind else { return classes(of: column, colors: colors) }
    return MapMeasure(
      key: column.key, title: column.title,
      classes: zip(words.indices, zip(words, colors)).map { Class(upper: Double($0), color: $1.1, label: $1.0) })
  }

  /// Classes that hold about as many grids each, with round limits; of a few whole numbers, a class
  /// for each number.
  public static func classes(of column: FigureColumn, colors: [String]) -> MapMeasure {
    let values = column.numbers.compactMap { $0 }.sorted()
    let distinct = distinctWholes(values)
    if let distinct, distinct.count <= colors.count {
      return few(distinct, column, colors)
    }
    let limits = roundLimits(values, classes: colors.count)
    var classes: [Class] = []
    for (index, color) in zip(0...limits.count, spread(colors, over: limits.count + 1)) {
      let lower = index > 0 ? limits[index - 1] : nil
      let upper = index < limits.count ? limits[index] : nil
      classes.append(
        Class(upper: upper ?? .greatestFiniteMagnitude, color: color, label: label(lower, upper, column)))
    }
    return MapMeasure(key: column.key, title: column.title, classes: classes)
  }

  private static func few(_ values: [Double], _ column: FigureColumn, _ colors: [String]) -> MapMeasure {
    let classes = zip(values, spread(colors, over: values.count)).map { value, color in
      Class(upper: value, color: color, label: column.phrase(value))
    }
    return MapMeasure(key: column.key, title: column.title, classes: classes)
  }

  /// The different values where all are whole and few; nil otherwise.
  private static func distinctWholes(_ sorted: [Double]) -> [Double]? {
    var result: [Double] = []
    for value in sorted where value != result.last {
      guard value == value.rounded(), result.count < 8 else { return nil }
      result.append(value)
    }
    return result
  }

  /// Limits between classes at round numbers, ascending, at most one fewer than classes.
  private static func roundLimits(_ sorted: [Double], classes: Int) -> [Double] {
    guard let least = sorted.first, let most = sorted.last, most > least else { return [] }
    let step = roundStep(below: (most - least) / 20)
    var limits: [Double] = []
    for part in 1..<classes {
      let value = sorted[sorted.count * part / classes]
      let limit = (value / step).rounded() * step
      if limit > limits.last ?? least, limit < most { limits.append(limit) }
    }
    return limits
  }

  /// The largest of 1, 2, 5, 10, 20… (or 0.5, 0.2…) that does not exceed `limit`.
  private static func roundStep(below limit: Double) -> Double {
    var power = 1.0
    while power > limit { power /= 10 }
    while power * 10 <= limit { power *= 10 }
    return [5.0, 2, 1].map { $0 * power }.first { $0 <= limit } ?? power
  }

  /// As many of the colours as there are classes, from end to end.
  private static func spread(_ colors: [String], over count: Int) -> [String] {
    guard count > 1 else { return [colors[colors.count / 2]] }
    return (0..<count).map { colors[($0 * (colors.count - 1) + (count - 1) / 2) / (count - 1)] }
  }

  private static func label(_ lower: Double?, _ upper: Double?, _ column: FigureColumn) -> Phrase {
    switch (lower, upper) {
    case (nil, let upper?): column.phrase(upper).wrapped(("up to ", ""), ("", " 及以下"))
    case (let lower?, nil): column.phrase(lower).wrapped(("above ", ""), ("", " 以上"))
    case (let lower?, let upper?):
      Phrase("\(column.phrase(lower).en) – \(column.phrase(upper).en)", "\(column.phrase(lower).zh) – \(column.phrase(upper).zh)")
    case (nil, nil): Phrase("all", "全部")
    }
  }
}

extension Phrase {
  fileprivate func wrapped(_ english: (String, String), _ chinese: (String, String)) -> Phrase {
    Phrase(english.0 + en + english.1, chinese.0 + zh + chinese.1)
  }
}

extension FigureColumn {
  /// A value of the column in words, without its unit.
  public func phrase(_ value: Double) -> Phrase {
    switch kind {
    case .choice(let words): words.indices.contains(Int(value)) ? words[Int(value)] : Phrase(verbatim: "–")
    case .share: Phrase("\(decimal(value * 100, decimals)) %", "\(decimal(value * 100, decimals))%")
    case .number: Phrase(verbatim: decimal(value, decimals))
    }
  }
}

/// A number with so many decimals and its thousands apart.
func decimal(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e15 else { return String(value) }
  let whole = Int(scaled) / Int(scale)
  var text = ""
  for (index, digit) in String(whole).enumerated() {
    if index > 0, (String(whole).count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  if decimals > 0 {
    let fraction = String(Int(scaled) % Int(scale))
    text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
  return value < 0 && scaled > 0 ? "-" + text : text
}
