import MapFiles
import Planar
import PlanModel

/// The kind of codes that most features of a layer carry.
enum CodeSystem {
  case grid(length: Int)
  case division(length: Int)
  /// Division codes of all levels.
  case hierarchy

  /// The system that at least four fifths of the codes follow; nil where none does.
  init?(of codes: [String], isList: Bool) {
    if isList {
      self = .hierarchy
      return
    }
    var counts: [String: Int] = [:]
    for code in codes {
      if (try? GridCode(code)) != nil { counts["g\(code.utf8.count)", default: 0] += 1 }
      if code.utf8.count >= 6, (try? DivisionCode(code)) != nil { counts["d\(code.utf8.count)", default: 0] += 1 }
    }
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      most.value * 5 >= codes.count * 4, let length = Int(most.key.dropFirst())
    else { return nil }
    self = most.key.hasPrefix("g") ? .grid(length: length) : .division(length: length)
  }

  /// Why `code` does not belong to the system; nil where it does.
  func problem(of code: String) -> CodeProblem? {
    do throws(CodeProblem) {
      switch self {
      case .grid: _ = try GridCode(code)
      case .division, .hierarchy: _ = try DivisionCode(code)
      }
    } catch {
      return error
    }
    switch self {
    case .hierarchy: return nil
    case .grid(let length), .division(let length):
      return code.utf8.count == length ? nil : .wrongLength(code.utf8.count, expected: [length])
    }
  }
}

extension CodeProblem {
  /// Whether the code has its form and only a part is zero, as some offices number from zero.
  fileprivate var isMild: Bool { self == .noCommunity || self == .zeroSerial }
}

extension LayerCheck {
  mutating func checkCodes() {
    guard let codeIndex = checked.codeIndex else { return }
    let codes = layer.features.indices.map(checked.code)
    let given = codes.compactMap { $0 }
    guard !given.isEmpty || options.codeField != nil else { return }
    let system = CodeSystem(of: given, isList: options.kind == .codes)
    let field = layer.fields[codeIndex]
    let valid = given.filter { system?.problem(of: $0) == nil }
    var hints = 20
    for (position, code) in codes.enumerated() {
      guard let code else {
        add(
          .badCode, options.kind == .grids || options.kind == .codes ? .error : .warning, feature: position,
          at: place(of: position),
          language("field \"\(field)\" is empty", "字段“\(field)”为空"))
        continue
      }
      if let problem = system?.problem(of: code) {
        // Suggestions help with a few slips; where many codes are wrong they cost time and say little.
        let hint = hints > 0 ? suggestion(for: code, in: system, among: valid) : ""
        hints -= 1
        add(
          .badCode, problem.isMild ? .warning : .error, feature: position, at: place(of: position),
          language("code \(code): \(problem.wording(language))", "编码 \(code)：\(problem.wording(language))") + hint)
      }
    }
    checkNumbers(codeIndex, system)
    checkAgainstTable(codes)
    checkDuplicates(codes)
    checkStatedParents(codes)
  }

  /// A point to show for a feature.
  func place(of position: Int) -> Point? {
    checked.shape(of: position).flatMap { checked.shapes[$0].polygons.first?.exterior.points.first }
  }

  private func suggestion(for code: String, in system: CodeSystem?, among given: [String]) -> String {
    let repaired = CodeSuggestions.repaired(code)
    let isWhole = repaired != code && system?.problem(of: repaired) == nil
    let near =
      isWhole
      ? [repaired]
      : CodeSuggestions.nearest(to: code, among: given, limit: 1)
    guard let first = near.first else { return "" }
    return isWhole
      ? language("; perhaps \(first)", "；或为 \(first)") : language("; the nearest valid one is \(first)", "；最接近的有效编码为 \(first)")
  }

  /// Codes that were stored as numbers, where zeros and digits get lost.
  private mutating func checkNumbers(_ index: Int, _ system: CodeSystem?) {
    guard system != nil else { return }
    let numbers = layer.features.indices.filter { position in
      guard index < layer.features[position].values.count else { return false }
      switch layer.features[position].values[index] {
      case .integer, .number: return true
      default: return false
      }
    }
    guard let first = numbers.first else { return }
    add(
      .badCode, .warning, feature: first,
      language(
        "codes are stored as numbers in \(numbers.count) features; store them as text",
        "\(numbers.count) 个要素的编码以数字存储；应存为文本"))
  }

  private mutating func checkDuplicates(_ codes: [String?]) {
    guard options.kind != .buildings || options.codeField != nil else { return }
    var first: [String: Int] = [:]
    for (position, code) in codes.enumerated() {
      guard let code else { continue }
      guard let other = first[code] else {
        first[code] = position
        continue
      }
      add(
        .duplicateCode, .error, feature: position, other: other, at: place(of: position),
        language("code \(code) is already that of feature \(other)", "编码 \(code) 已用于要素 \(other)"))
    }
  }

  /// A code must continue the one in the field `parent`, where both are codes.
  private mutating func checkStatedParents(_ codes: [String?]) {
    guard let index = layer.index(of: "parent") ?? layer.index(of: "上级编码") else { return }
    for (position, code) in codes.enumerated() {
      guard let code, index < layer.features[position].values.count,
        let parent = layer.features[position].values[index].asText, !parent.isEmpty,
        !continues(code, parent)
      else { continue }
      add(
        .codeParent, .error, feature: position, at: place(of: position),
        language(
          "code \(code) does not continue its parent's, \(parent)", "编码 \(code) 与上级编码 \(parent) 不衔接"))
    }
  }

  /// Whether `code` continues `parent`, of which zeros for lower levels may be left out.
  func continues(_ code: String, _ parent: String) -> Bool {
    if code.hasPrefix(parent) { return code != parent }
    guard let short = try? DivisionCode(parent).digits, short != parent else { return false }
    return code.hasPrefix(short) && code != short
  }
}
