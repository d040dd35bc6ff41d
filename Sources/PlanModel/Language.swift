/// The languages that planners read.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"

  /// The wording in this language.
  public func callAsFunction(_ english: String, _ chinese: String) -> String {
    self == .english ? english : chinese
  }
}
