public import PlanModel

/// Classes of deviation from the mean with colours that colour-blind eyes tell apart: purple below,
/// orange above (after ColorBrewer's diverging schemes).
public enum DeviationClasses {
  public static let all: [(upper: Double, color: String)] = [
    (-0.2, "#9a7fb8"), (-0.1, "#d5c8e3"), (0.1, "#f7f4ec"), (0.2, "#fdcc8a"), (.infinity, "#f08c3a"),
  ]

  static let unknown = "#e5e5e5"

  public static func color(of deviation: Double?) -> String {
    guard let deviation else { return unknown }
    return all.first { deviation <= $0.upper }!.color
  }

  /// The words of the legend, one for each class.
  public static func labels(_ language: Language) -> [String] {
    [
      language("more than 20 % below the mean", "低于平均 20% 以上"), language("10–20 % below", "低于平均 10–20%"),
      language("within 10 %", "与平均相差 10% 以内"), language("10–20 % above", "高于平均 10–20%"),
      language("more than 20 % above", "高于平均 20% 以上"),
    ]
  }
}
