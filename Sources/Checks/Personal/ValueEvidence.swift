import MapFiles

/// What the values of a column show, in counts; no value is kept.
struct ValueEvidence {
  var filled = 0
  var text = 0
  /// Values (or parts of text) of 18 characters with a date at its place.
  var citizenForms = 0
  /// Those of them whose check character is right.
  var citizenNumbers = 0
  /// Binary numbers of 18 digits with a date; their last digits are lost, so nothing can be checked.
  var roundedCitizenForms = 0
  var roundedNumbers = 0
  var oldNumbers = 0
  var mobiles = 0
  var personNames = 0
  var peoples = 0

  /// Whether identity numbers stand here. Of other numbers with a date in them one in eleven has
  /// a right check character by chance; so half of the candidates must.
  var holdsCitizenNumbers: Bool {
    citizenNumbers > 0 && 2 * citizenNumbers >= citizenForms
      || roundedNumbers >= 3 && roundedCitizenForms == roundedNumbers
  }

  var holdsIdentity: Bool { citizenForms + oldNumbers + mobiles > 0 }
  var holdsPersonNames: Bool { personNames > 0 && 2 * personNames >= filled }
  var holdsPeoples: Bool { peoples > 0 && 2 * peoples >= filled }

  /// Takes in a value. With `words`, it is also looked at as a name or a short number.
  mutating func observe(_ value: FieldValue, words: Bool) {
    switch value {
    case .missing, .null: return
    case .string(let string):
      guard !string.isEmpty else { return }
      observe(string, isText: Double(string) == nil, words: words)
    case .integer(let number):
      observe(String(number), isText: false, words: words)
    case .number(let number):
      filled += 1
      if number >= 1e17 && number < 1e18 { observe(rounded: number) }
      if words, number >= 1e10, number < 1e15, number == number.rounded() {
        observe(short: String(Int(number)))
      }
    case .bool: filled += 1
    case .json(let json): observe(json, isText: true, words: false)
    }
  }

  private mutating func observe(_ string: String, isText: Bool, words: Bool) {
    filled += 1
    if isText { text += 1 }
    if CitizenNumber.mayStand(in: string) { observe(numbersIn: string, words: words) }
    if words { observe(name: string) }
  }

  private mutating func observe(numbersIn string: String, words: Bool) {
    for candidate in CitizenNumber.candidates(in: string) where CitizenNumber.hasCitizenForm(candidate) {
      citizenForms += 1
      if CitizenNumber.checkCharacter(of: candidate.prefix(17)) == candidate[17] { citizenNumbers += 1 }
    }
    if words { observe(short: string) }
  }

  private mutating func observe(short number: String) {
    if CitizenNumber.isOldForm(number) { oldNumbers += 1 }
    if CitizenNumber.isMobile(number) { mobiles += 1 }
  }

  private mutating func observe(name string: String) {
    // Most values of most columns are numbers: nothing else is asked of them.
    guard string.utf8.contains(where: { $0 >= 0x41 }) else { return }
    if PersonNames.isLikely(string) { personNames += 1 }
    if PersonNames.isPeople(string) { peoples += 1 }
  }

  private mutating func observe(rounded number: Double) {
    roundedNumbers += 1
    if CitizenNumber.hasCitizenForm(Array(String(UInt64(number)).utf8)) { roundedCitizenForms += 1 }
  }
}
