public import PlanModel

/// Words in both languages that planners read.
public struct Phrase: Sendable, Hashable, Encodable {
  public var en: String
  public var zh: String

  public init(_ english: String, _ chinese: String) {
    en = english
    zh = chinese
  }

  /// The same in both languages: a name, a code, a number.
  public init(verbatim text: String) { self.init(text, text) }

  public func callAsFunction(_ language: Language) -> String { language(en, zh) }
}
