import Foundation
internal import MapFiles

/// The scenarios of a batch, in the order of their names.
struct AuditList: Sendable {
  struct Entry: Sendable, Hashable {
    /// As the list names it: the same on every machine that has the list.
    var name: String
    /// Its file, from the place of the list.
    var file: String
    /// Its file, from the current folder.
    var path: String
  }

  var entries: [Entry]

  /// Reads a folder of scenarios, a list of them, or `-` for a list on standard input.
  ///
  /// A list has a path a line, relative to the list itself, or a JSON object with `scenario`; lines
  /// that are empty or begin with `#` don't count.
  /// - Throws: `MapFileError` where there is nothing to audit.
  init(_ path: String) throws {
    var isFolder: ObjCBool = false
    if path != "-", !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      throw MapFileError(.missing, file: path, message: "no such file or folder", remedy: "Name a folder of scenarios, or a list of them")
    }
    entries = isFolder.boolValue ? Self.scenarios(in: path) : try Self.listed(in: path)
    entries = Set(entries).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    guard !entries.isEmpty else {
      throw MapFileError(
        .missing, file: path, message: isFolder.boolValue ? "no scenario.yaml in this folder or below" : "the list names no scenario",
        remedy: "`gridplan init DIR` writes a scenario")
    }
  }

  /// Folders with a `scenario.yaml`, at any depth, and other YAML files of the folder itself.
  private static func scenarios(in folder: String) -> [Entry] {
    var entries: [Entry] = []
    let walk = FileManager.default.enumerator(atPath: folder)
    while let name = walk?.nextObject() as? String {
      let parts = name.split(separator: "/")
      if parts.last?.hasPrefix(".") == true { walk?.skipDescendants() }
      guard parts.allSatisfy({ !$0.hasPrefix(".") }), let file = parts.last else { continue }
      let isScenario = file == "scenario.yaml"
      let isLoose = parts.count == 1 && (file.hasSuffix(".yaml") || file.hasSuffix(".yml"))
      guard isScenario || isLoose else { continue }
      let shown = isScenario && parts.count > 1 ? parts.dropLast().joined(separator: "/") : name
      entries.append(Entry(name: shown, file: name, path: (folder as NSString).appendingPathComponent(name)))
    }
    return entries
  }

  private static func listed(in file: String) throws -> [Entry] {
    let data = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
    guard let text = data.flatMap({ String(data: $0, encoding: .utf8) }) else {
      throw MapFileError(.badData, file: file, message: "not a list in UTF-8", remedy: "Write one scenario a line")
    }
    let folder = file == "-" ? "" : (file as NSString).deletingLastPathComponent
    return try text.split(whereSeparator: \.isNewline).enumerated().compactMap { index, line in
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
      let name = line.hasPrefix("{") ? try scenario(inObject: line, file, index + 1) : line
      let path = name.hasPrefix("/") || folder.isEmpty ? name : (folder as NSString).appendingPathComponent(name)
      return Entry(name: name, file: name, path: path)
    }
  }

  private struct Row: Decodable { var scenario: String }

  private static func scenario(inObject line: String, _ file: String, _ number: Int) throws -> String {
    guard let row = try? JSONDecoder().decode(Row.self, from: Data(line.utf8)) else {
      throw MapFileError(
        .badData, file: file, place: "line \(number)", message: "a JSON object without a text `scenario`",
        remedy: "Write {\"scenario\": \"path\"}")
    }
    return row.scenario
  }

  /// Every n-th entry, from the k-th; k counts from 1.
  func shard(_ shard: AuditShard?) -> [Entry] {
    guard let shard else { return entries }
    return entries.indices.filter { $0 % shard.count == shard.number - 1 }.map { entries[$0] }
  }
}

/// One of several parts of a batch, written `k/n`.
public struct AuditShard: Sendable, Hashable {
  public let number: Int
  public let count: Int

  /// - Returns: nil for anything but k/n with 1 ≤ k ≤ n.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// What its files are called besides.
  var suffix: String { "-\(number)-of-\(count)" }
}
