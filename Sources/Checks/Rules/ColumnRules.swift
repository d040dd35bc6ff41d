import MapFiles

extension LayerCheck {
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
