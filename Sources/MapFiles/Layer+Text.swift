extension Layer {
  /// The text of a column in a row, without spaces around it; nil where there is no column or no text.
  public func text(_ column: Int?, of row: Int) -> String? {
    guard let column, column < features[row].values.count, var text = features[row].values[column].asText?[...] else { return nil }
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? nil : String(text)
  }
}
