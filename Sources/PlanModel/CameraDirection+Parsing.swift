extension CameraDirection {
  /// Reads `camera:direction` or `direction` as OpenStreetMap and registers write it: degrees
  /// (`90`, `90°`), compass points (`NNE`, `东北`), several (`90;270`), arcs clockwise (`350-10`, `NE-SE`).
  ///
  /// - Returns: nil where any part cannot be read; nothing is guessed.
  public static func list(_ text: String) -> [CameraDirection]? {
    let parts = text.split { $0 == ";" || $0 == "|" || $0 == "；" }
    guard !parts.isEmpty else { return nil }
    var directions: [CameraDirection] = []
    for part in parts {
      guard let direction = one(trimmed(part)) else { return nil }
      directions.append(direction)
    }
    return directions
  }

  private static func one(_ text: Substring) -> CameraDirection? {
    if let axis = azimuth(text) { return .axis(axis) }
    for index in text.indices.dropFirst() where text[index] == "-" || text[index] == "–" {
      guard let from = azimuth(trimmed(text[..<index])) else { continue }
      guard let to = azimuth(trimmed(text[text.index(after: index)...])) else { return nil }
      return .arc(from: from, to: to)
    }
    return nil
  }

  private static func azimuth(_ text: Substring) -> Double? {
    if let point = compass[text.uppercased()] { return point }
    let number = text.hasSuffix("°") ? text.dropLast() : text
    guard let degrees = Double(number), degrees.isFinite, abs(degrees) <= 720 else { return nil }
    let turned = degrees.truncatingRemainder(dividingBy: 360)
    return turned < 0 ? turned + 360 : turned
  }

  private static let compass: [String: Double] = {
    let points = [
      "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
    ]
    var table: [String: Double] = [:]
    for (index, point) in points.enumerated() { table[point] = Double(index) * 22.5 }
    let words = ["NORTH", "NORTHEAST", "EAST", "SOUTHEAST", "SOUTH", "SOUTHWEST", "WEST", "NORTHWEST"]
    let chinese = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"]
    for names in [words, chinese] {
      for (index, name) in names.enumerated() { table[name] = Double(index) * 45 }
    }
    return table
  }()
}

/// The text without white space at its ends.
func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return text
}
