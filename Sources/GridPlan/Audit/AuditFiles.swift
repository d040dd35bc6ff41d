import Foundation
internal import MapFiles

/// The files of an audit: rows as JSON lines and as a table, and the summary.
struct AuditFiles {
  let lines: [AuditLine]
  let requirements: [AuditRequirement]
  let summary: AuditSummary

  /// - Parameter lines: in any order; they are put in that of their scenarios.
  init(_ lines: [AuditLine], _ requirements: [AuditRequirement]) {
    self.lines = lines.sorted { $0.scenario.utf8.lexicographicallyPrecedes($1.scenario.utf8) }
    self.requirements = requirements
    summary = AuditSummary(self.lines, requirements)
  }

  /// Writes `audit.jsonl`, `audit.csv` and `summary.json`: all of them, or none.
  ///
  /// - Parameter suffix: what the names have besides, of a part of a batch.
  /// - Returns: the names of the files.
  func write(to folder: String, suffix: String) throws -> [String] {
    let names = ["audit\(suffix).csv", "audit\(suffix).jsonl", "summary\(suffix).json"]
    let paths = names.map { (folder as NSString).appendingPathComponent($0) }
    let stage = StagedFiles()
    try writeCSV(table, to: paths[0], in: stage)
    try stage.write(lines.map { $0.text + "\n" }.joined(), to: paths[1])
    try stage.write(summary.json, to: paths[2])
    try stage.commit()
    return names
  }

  /// A row for each district; figures in the order of `AuditFigure.all`, then what it falls short of.
  private var table: Layer {
    let fields = AuditFigure.all + ["checks.rules", "problems", "falls_short"]
    return Layer(
      name: "audit", fields: fields,
      features: lines.map { line in
        let figures = AuditFigure.all.map { FieldValue(line.value($0)) }
        let counts = AuditFigure.families.map { FieldValue.string(line.counts($0)) }
        let short = requirements.filter { $0.isMet(by: line) != true }.map(\.text).joined(separator: "; ")
        return Feature(geometry: nil, values: figures + counts + [.string(short)])
      })
  }

  /// Reads rows that were written before, from files or from folders with `audit*.jsonl`.
  ///
  /// A district may stand in several files with the same row; a failed try gives way to one that did
  /// not fail.
  /// - Throws: `MapFileError` for files that are no rows, for rows that contradict each other, and
  ///   where the names of parts (`audit-1-of-4.jsonl`) tell that one is missing.
  static func merged(_ paths: [String]) throws -> [AuditLine] {
    let files = try paths.flatMap(rowFiles)
    try requireAllParts(files)
    var found: [String: (line: AuditLine, file: String)] = [:]
    for file in files {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw MapFileError(.missing, file: file, message: "no such file", remedy: "Name the parts of an audit (audit.jsonl)")
      }
      for (number, text) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated() {
        let line = try AuditLine(String(text), file: file, line: number + 1)
        if let before = found[line.scenario], !before.line.givesWay(to: line) {
          guard line.givesWay(to: before.line) || line.text == before.line.text else {
            throw MapFileError(
              .badData, file: file, place: "line \(number + 1)", message: "\(line.scenario) has other figures than in \(before.file)",
              remedy: "Leave out the older file")
          }
          continue
        }
        found[line.scenario] = (line, file)
      }
    }
    return found.values.map(\.line)
  }

  private static func rowFiles(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [path] }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { $0.hasPrefix("audit-") && $0.hasSuffix(".jsonl") }.sorted()
    guard !names.isEmpty else {
      throw MapFileError(.missing, file: path, message: "no parts of an audit here (audit-k-of-n.jsonl)", remedy: "Run the parts with --shard k/n")
    }
    return names.map { (path as NSString).appendingPathComponent($0) }
  }

  private static func requireAllParts(_ files: [String]) throws {
    var parts: [Int: Set<Int>] = [:]
    for file in files {
      let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
      let words = name.split(separator: "-")
      guard words.count == 4, words[0] == "audit", words[2] == "of", let number = Int(words[1]), let count = Int(words[3])
      else { continue }
      parts[count, default: []].insert(number)
    }
    for (count, numbers) in parts.sorted(by: { $0.key < $1.key }) {
      if let missing = (1...max(1, count)).first(where: { !numbers.contains($0) }) {
        throw MapFileError(
          .missing, file: files[0], message: "part \(missing) of \(count) is missing",
          remedy: "Run it with --shard \(missing)/\(count)")
      }
    }
  }
}

extension AuditLine {
  /// Whether this failed and the other did not.
  fileprivate func givesWay(to other: AuditLine) -> Bool { !isOK && other.isOK }

  /// The rules of a family with their numbers, in order.
  fileprivate func counts(_ family: String) -> String {
    figures.keys.filter { $0.hasPrefix(family) }.sorted().compactMap { path in
      number(path).map { "\(path.dropFirst(family.count)) \(Int($0))" }
    }.joined(separator: "; ")
  }
}

extension FieldValue {
  fileprivate init(_ value: FigureValue?) {
    switch value {
    case nil: self = .null
    case .number(let number): self = number == number.rounded() && abs(number) < 1e15 ? .integer(Int(number)) : .number(number)
    case .flag(let flag): self = .bool(flag)
    case .text(let text): self = .string(text)
    }
  }
}
