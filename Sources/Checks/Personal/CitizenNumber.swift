/// Numbers that identify a person, told by their form.
public enum CitizenNumber {
  /// Whether `text` is a citizen identity number: 17 digits and a check character, of which the
  /// 7th to 14th are a date from 1900 to 2099. Full-width digits, spaces and hyphens don't hide one.
  ///
  /// Source: GB 11643-1999; the check character is ISO 7064 MOD 11-2.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    let characters = compact(text)
    return hasCitizenForm(characters) && checkCharacter(of: characters.prefix(17)) == characters[17]
  }

  /// The check character of 17 digits by ISO 7064 MOD 11-2, as an ASCII byte.
  static func checkCharacter(of digits: some Sequence<UInt8>) -> UInt8 {
    var remainder = 0
    for digit in digits { remainder = (remainder + Int(digit - zero)) * 2 % 11 }
    let check = (12 - remainder) % 11
    return check == 10 ? UInt8(ascii: "X") : zero + UInt8(check)
  }

  /// Whether these are 17 digits with a date at its place, and a digit or X.
  static func hasCitizenForm(_ characters: [UInt8]) -> Bool {
    guard characters.count == 18, characters.prefix(17).allSatisfy(isDigit),
      isDigit(characters[17]) || characters[17] == UInt8(ascii: "X")
    else { return false }
    return isDate(characters[6..<14])
  }

  /// Whether `text` has the form of the older number of 15 digits, with a date of two-digit year.
  static func isOldForm(_ text: some StringProtocol) -> Bool {
    let characters = compact(text)
    guard characters.count == 15, characters.allSatisfy(isDigit) else { return false }
    return isDate([UInt8(ascii: "1"), UInt8(ascii: "9")] + characters[6..<12])
  }

  /// Whether `text` is a number of a mobile telephone in China: 11 digits from 13… to 19….
  static func isMobile(_ text: some StringProtocol) -> Bool {
    var characters = compact(text)
    if characters.starts(with: Array("+86".utf8)) { characters.removeFirst(3) }
    if characters.count == 13, characters.starts(with: Array("86".utf8)) { characters.removeFirst(2) }
    return characters.count == 11 && characters.allSatisfy(isDigit)
      && characters[0] == UInt8(ascii: "1") && characters[1] >= UInt8(ascii: "3")
  }

  /// The runs of digits and X in `text` that are as long as an identity number.
  static func candidates(in text: String) -> [[UInt8]] {
    guard text.utf8.count >= 18 else { return [] }
    var runs: [[UInt8]] = []
    let whole = compact(text)
    if whole.count == 18 { runs.append(whole) }
    var run: [UInt8] = []
    func close() {
      if run.count == 18, runs.first != run { runs.append(run) }
      run = []
    }
    for scalar in text.unicodeScalars {
      if let character = asciiAlphanumeric(scalar) { run.append(character) } else { close() }
    }
    close()
    return runs
  }

  /// A quick look: whether `text` has digits enough for the shortest number, a mobile telephone's, or
  /// characters that may be digits of full width.
  static func mayStand(in text: String) -> Bool {
    var digits = 0
    for byte in text.utf8 {
      if isDigit(byte) { digits += 1 } else if byte == firstByteOfFullWidth { return true }
    }
    return digits >= 11
  }

  private static let firstByteOfFullWidth: UInt8 = 0xEF

  private static let zero = UInt8(ascii: "0")

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= zero + 9 }

  private static func isDate(_ digits: some Collection<UInt8>) -> Bool {
    let value = digits.reduce(0) { $0 * 10 + Int($1 - zero) }
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
    guard (1900...2099).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Letters and digits in ASCII, upper case, without spaces and hyphens.
  private static func compact(_ text: some StringProtocol) -> [UInt8] {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let character = asciiAlphanumeric(scalar) {
        result.append(character)
      } else if !" -\u{3000}\u{A0}\t'".unicodeScalars.contains(scalar) {
        result.append(scalar == "+" ? UInt8(ascii: "+") : UInt8(ascii: "?"))
      }
    }
    return result
  }

  /// The letter or digit in upper case, full width taken as half width.
  private static func asciiAlphanumeric(_ scalar: Unicode.Scalar) -> UInt8? {
    let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
    switch UInt8(exactly: value) {
    case let byte? where isDigit(byte): return byte
    case let byte? where byte >= 0x41 && byte <= 0x5A: return byte
    case let byte? where byte >= 0x61 && byte <= 0x7A: return byte - 0x20
    default: return nil
    }
  }
}
