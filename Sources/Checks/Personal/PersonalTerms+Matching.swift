extension PersonalTerms {
  /// The terms that a column's name meets, in the order of the vocabulary.
  static func matching(_ name: ColumnName) -> [PersonalTerm] {
    let phrases = Set(name.phrases)
    let whole = name.words.joined()
    let han = name.hasHan ? withoutHarmless(name.text) : ""
    let isCount =
      name.words.last.map(countLatin.contains) == true || countHan.contains(where: name.text.hasSuffix)
    let isOfPlace = name.words.count > 1 && placePrefixes.contains(name.words[0])
    return all.filter { term in
      if isCount && (term.kind == .personName || term.kind == .contact) { return false }
      if isOfPlace && term.onPlaces != .refuse { return false }
      return !name.hasHan && term.wholeLatin.contains(whole)
        || term.latin.contains(where: phrases.contains)
        || name.hasHan && (term.wholeHan.contains(han) || term.han.contains(where: han.contains))
    }
  }

  private static func withoutHarmless(_ text: String) -> String {
    var text = text
    for word in harmlessHan {
      while let range = text.firstRange(of: word) { text.removeSubrange(range) }
    }
    return text
  }
}
