import MapFiles

extension LayerCheck {
  /// What the reader noticed; an open ring is an invalid one.
  mutating func checkNotes() {
    for note in layer.notes where !["null-geometry", "empty-geometry", "short-ring"].contains(note.rule) {
      let isOpen = note.rule == "open-ring"
      add(isOpen ? .invalidRing : .readNote, isOpen ? .error : .warning, feature: note.feature, note.message)
    }
  }

  /// Personal columns: an error where a reader would refuse the layer. No value is shown.
  mutating func checkColumns() {
    let role = LayerRole(inferredFrom: layer)
    for column in personalColumns(in: layer, role: role, mapped: Set([options.codeField].compactMap { $0 })) {
      add(
        .personalColumn, column.isRefused ? .error : .warning,
        column.wording(language)
          + (column.isRefused
            ? language("; remove it, or read with --drop-personal-columns", "；请删除，或用 --drop-personal-columns 读取")
            : language("; it may describe the place and is dropped when the layer is read", "；可能是描述场所的词，读取时会略去")))
    }
  }
}
