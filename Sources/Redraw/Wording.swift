/// What certificates call weights and groups: "weight 133" and "group" of a bare graph, "133 households"
/// and "grid" of a map.
public struct RedrawWording: Sendable, Hashable {
  /// The plural that stands behind an amount, such as "households"; nil puts "weight" before it.
  public var weight: String?
  public var weightChinese: String?
  /// One group.
  public var group: String
  public var groupChinese: String

  public init(weight: String? = nil, weightChinese: String? = nil, group: String = "group", groupChinese: String = "组") {
    self.weight = weight
    self.weightChinese = weightChinese
    self.group = group
    self.groupChinese = groupChinese
  }

  /// Households in grids.
  public static let grids = RedrawWording(weight: "households", weightChinese: "户", group: "grid", groupChinese: "网格")
}

extension RedrawWording {
  func amount(_ value: Int) -> String { weight.map { "\(value) \($0)" } ?? "weight \(value)" }

  func amountChinese(_ value: Int) -> String { weightChinese.map { "\(value) \($0)" } ?? "权重 \(value)" }

  func groups(_ count: Int) -> String { counted(count, group) }

  func groupsChinese(_ count: Int) -> String { "\(count) 个\(groupChinese)" }

  func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
