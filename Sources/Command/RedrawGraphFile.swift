import Foundation
import MapFiles
import Redraw

/// A bare graph read from a file or folder, as a problem to solve.
struct RedrawGraphFile {
  var problem: RedrawProblem
  /// What the format is for.
  var objective: RedrawProblem.Objective

  init(path: String, parts: Int?, tolerance: Double?) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw MapFileError(.missing, file: path, message: "no such file or folder")
    }
    let options = Options(path: path, parts: parts, tolerance: tolerance)
    do {
      if isFolder.boolValue {
        self = try Self.folder(options)
      } else {
        switch (path as NSString).pathExtension.lowercased() {
        case "json": self = try Self.json(options)
        case "dat": self = try Self.dat(options)
        case "graph": self = try Self.metis(options)
        default:
          throw MapFileError(
            .badData, file: path, message: "not a known graph format",
            remedy: "Give a .json, .dat or .graph file, or a folder with units.csv and edges.csv")
        }
      }
    } catch let error as RedrawError {
      throw MapFileError(.badData, file: path, message: error.message)
    }
  }

  private init(_ problem: RedrawProblem, _ objective: RedrawProblem.Objective) {
    self.problem = problem
    self.objective = objective
  }

  struct Options {
    var path: String
    var parts: Int?
    var tolerance: Double?

    func bytes(_ path: String? = nil) throws -> Data {
      let path = path ?? self.path
      guard FileManager.default.fileExists(atPath: path) else {
        throw MapFileError(.missing, file: path, message: "no such file")
      }
      guard let data = FileManager.default.contents(atPath: path) else {
        throw MapFileError(.missing, file: path, message: "cannot be read", remedy: "Check its permissions")
      }
      return data
    }

    func bad(_ message: String, file: String? = nil, place: String? = nil, remedy: String? = nil) -> MapFileError {
      MapFileError(.badData, file: file ?? path, place: place, message: message, remedy: remedy)
    }

    func neededParts() throws -> Int {
      guard let parts else {
        throw bad("the format holds no number of groups", remedy: "Give --parts, and --tolerance for its balance (0.05 by default)")
      }
      return parts
    }

    /// Whole numbers for values that may have decimals, and what they were multiplied by.
    func whole(_ values: [Double], _ name: String) throws -> (values: [Int], scale: Double) {
      for (unit, value) in values.enumerated() where !value.isFinite || value < 0 {
        throw bad("unit \(unit) has the \(name) \(value)", remedy: "Give a number of at least 0")
      }
      var scale = 1.0
      while scale < 1e6, !values.allSatisfy({ ($0 * scale).rounded() == $0 * scale }) { scale *= 10 }
      guard values.reduce(0, +) * scale < 0x1p52 else { throw bad("the values of \(name) are too large to add up") }
      return (values.map { Int(($0 * scale).rounded()) }, scale)
    }
  }
}

// MARK: - JSON

extension RedrawGraphFile {
  private struct Document: Decodable {
    struct Weight: Decodable {
      var values: [Double]
      var min: Double?
      var max: Double?
    }
    var k: Int?
    var L: Double?
    var U: Double?
    var pop: [Double]
    var edges: [[Int]]
    var lonlat: [[Double]]?
    var xy: [[Double]]?
    var border: [Double]?
    var weights: [String: Weight]?
  }

  private static func json(_ options: Options) throws -> Self {
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: options.bytes())
    } catch let error as DecodingError {
      throw options.bad(explain(error))
    }
    let (weights, scale) = try options.whole(document.pop, "pop")
    let graph = try graph(document, weights, options)
    let bounds = try bounds(document, weights.reduce(0, +), scale, options)
    let parts = options.parts ?? document.k
    var problem = RedrawProblem(graph: graph, bounds: bounds, count: parts.map { .exactly($0) } ?? .auto)
    problem.moreWeights = try (document.weights ?? [:]).sorted { $0.key < $1.key }.map { name, weight in
      let (values, scale) = try options.whole(weight.values, name)
      return .init(
        name: name, values: values, min: integer((weight.min ?? 0) * scale, .up), max: integer((weight.max ?? .infinity) * scale, .down))
    }
    return Self(problem, .cutEdges)
  }

  private static func graph(_ document: Document, _ weights: [Int], _ options: Options) throws -> UnitGraph {
    let pairs = document.lonlat ?? document.xy
    let positions = try pairs.map { pairs in
      try pairs.enumerated().map { unit, pair in
        guard pair.count >= 2 else { throw options.bad("position \(unit) has \(pair.count) numbers, not 2") }
        return SIMD2(pair[0], pair[1])
      }
    }
    if let border = document.border, border.count != document.edges.count {
      throw options.bad("\(document.edges.count) edges, but \(border.count) borders: give one for each edge")
    }
    let edges = try document.edges.enumerated().map { index, pair in
      guard pair.count == 2 else { throw options.bad("edge \(index) has \(pair.count) numbers, not 2") }
      return UnitGraph.Edge(pair[0], pair[1], border: document.border?[index] ?? 1)
    }
    return try UnitGraph(
      weights: weights, positions: positions ?? Array(repeating: .zero, count: weights.count), edges: edges,
      metric: document.lonlat != nil ? .greatCircle : .planar)
  }

  private static func bounds(_ document: Document, _ total: Int, _ scale: Double, _ options: Options) throws -> RedrawProblem.Bounds {
    if let tolerance = options.tolerance {
      guard let groups = options.parts ?? document.k else { throw options.bad("--tolerance needs k, or --parts") }
      return .init(total: total, groups: groups, tolerance: tolerance)
    }
    guard let low = document.L, let high = document.U else {
      throw options.bad("no bounds", remedy: "Give L and U in the file, or --tolerance")
    }
    guard low <= high else { throw options.bad("L \(low) is above U \(high)") }
    let (least, most) = (integer(low * scale, .up), integer(high * scale, .down))
    let groups = options.parts ?? document.k ?? 0
    return .init(min: least, ideal: groups > 0 ? total / groups : (least + most) / 2, max: most)
  }

  private static func integer(_ value: Double, _ rule: FloatingPointRoundingRule) -> Int {
    Int(min(max(value, -0x1p52), 0x1p52).rounded(rule))
  }

  private static func explain(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "" : " at \(path)"
    }
    switch error {
    case .keyNotFound(let key, let context): return "no \"\(key.stringValue)\"\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "wrong kind of value\(place(context))"
    case .dataCorrupted(let context):
      let cause = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
      return "invalid JSON\(place(context)): \(cause ?? context.debugDescription)"
    @unknown default: return "invalid JSON"
    }
  }
}

// MARK: - 2DU

extension RedrawGraphFile {
  /// `n`, n lines `id x y a1 a2 a3 …`, `m`, m edges, `k k t1 t2 t3…`; what follows is ignored.
  private static func dat(_ options: Options) throws -> Self {
    var numbers = NumberReader(try options.bytes(), options)
    let n = try numbers.integer("the number of units", atLeast: 1)
    let unitLines = try (0..<n).map { try numbers.line("unit \($0)", atLeast: 4) }
    var place: [Int: Int] = [:]
    for (index, line) in unitLines.enumerated() {
      guard let id = Int(exactly: line[0]), place.updateValue(index, forKey: id) == nil else {
        throw options.bad("unit id \(line[0]) is doubled, or no whole number")
      }
    }
    let m = try numbers.integer("the number of edges", atLeast: 0)
    let edges = try (0..<m).map { index in
      let line = try numbers.line("edge \(index)", atLeast: 2)
      guard let a = Int(exactly: line[0]).flatMap({ place[$0] }), let b = Int(exactly: line[1]).flatMap({ place[$0] }) else {
        throw options.bad("edge \(index) names a unit that is not listed", place: "line \(numbers.lineNumber)")
      }
      return UnitGraph.Edge(a, b)
    }
    let tail = try numbers.line("the line of groups and tolerances", atLeast: 3)
    return try problem(unitLines, edges, tail, options)
  }

  private static func problem(_ lines: [[Double]], _ edges: [UnitGraph.Edge], _ tail: [Double], _ options: Options) throws -> Self {
    guard let k = options.parts ?? Int(exactly: tail[0]), k >= 1 else { throw options.bad("\(tail[0]) is no number of groups") }
    let activities = max(1, min(3, lines[0].count - 3))
    func bounded(_ index: Int) throws -> ([Int], RedrawProblem.Bounds) {
      guard lines.allSatisfy({ $0.count > 3 + index }) else { throw options.bad("units have unequal numbers of activities") }
      let values = try options.whole(lines.map { $0[3 + index] }, "activity \(index + 1)").values
      let tolerance = options.tolerance ?? (tail.count > 2 + index ? tail[2 + index] : tail.last!)
      return (values, .init(total: values.reduce(0, +), groups: k, tolerance: tolerance))
    }
    let (weights, bounds) = try bounded(0)
    let graph = try UnitGraph(weights: weights, positions: lines.map { SIMD2($0[1], $0[2]) }, edges: edges)
    var problem = RedrawProblem(graph: graph, bounds: bounds, count: .exactly(k))
    for index in 1..<activities {
      let (values, bounds) = try bounded(index)
      problem.moreWeights.append(.init(name: "activity \(index + 1)", values: values, min: bounds.min, max: bounds.max))
    }
    return Self(problem, .pMedian(weighted: false))
  }
}

// MARK: - METIS

extension RedrawGraphFile {
  /// `n m [fmt [ncon]]`, then a line per vertex: [size] [weights…] (neighbour [edge weight])….
  private static func metis(_ options: Options) throws -> Self {
    var numbers = NumberReader(try options.bytes(), options, comment: UInt8(ascii: "%"))
    let head = try numbers.line("the header", atLeast: 2)
    guard let n = Int(exactly: head[0]), n >= 1, n < Int(Int32.max) else { throw options.bad("\(head[0]) is no number of vertices") }
    let format = head.count > 2 ? Int(head[2]) : 0
    let (hasSize, hasWeight, hasEdgeWeight) = (format / 100 % 10 == 1, format / 10 % 10 == 1, format % 10 == 1)
    let constraints = hasWeight ? max(1, head.count > 3 ? Int(head[3]) : 1) : 0
    var weights = [[Double]](repeating: [], count: max(1, constraints))
    var edges: [UnitGraph.Edge] = []
    for vertex in 0..<n {
      let line = try numbers.line("vertex \(vertex + 1)", atLeast: 0, keepEmpty: true)
      let start = (hasSize ? 1 : 0) + constraints
      guard line.count >= start else { throw options.bad("vertex \(vertex + 1) has too few numbers", place: "line \(numbers.lineNumber)") }
      for index in weights.indices { weights[index].append(hasWeight ? line[start - constraints + index] : 1) }
      for at in stride(from: start, to: line.count, by: hasEdgeWeight ? 2 : 1) {
        guard let other = Int(exactly: line[at]), (1...n).contains(other), other != vertex + 1 else {
          throw options.bad("vertex \(vertex + 1) has the neighbour \(line[at]), not a vertex of 1–\(n)", place: "line \(numbers.lineNumber)")
        }
        let border = hasEdgeWeight && at + 1 < line.count ? line[at + 1] : 1
        edges.append(.init(vertex, other - 1, border: border, isLink: true))
      }
    }
    let k = try options.neededParts()
    let tolerance = options.tolerance ?? 0.05
    let first = try options.whole(weights[0], "weight").values
    let graph = try UnitGraph(weights: first, positions: Array(repeating: .zero, count: n), edges: edges)
    var problem = RedrawProblem(graph: graph, bounds: .init(total: first.reduce(0, +), groups: k, tolerance: tolerance), count: .exactly(k))
    for index in weights.indices.dropFirst() {
      let values = try options.whole(weights[index], "weight \(index + 1)").values
      let bounds = RedrawProblem.Bounds(total: values.reduce(0, +), groups: k, tolerance: tolerance)
      problem.moreWeights.append(.init(name: "weight \(index + 1)", values: values, min: bounds.min, max: bounds.max))
    }
    return Self(problem, .cutEdges)
  }
}

// MARK: - Folder

extension RedrawGraphFile {
  private static func folder(_ options: Options) throws -> Self {
    let k = try options.neededParts()
    let unitsPath = options.path + "/units.csv"
    let edgesPath = options.path + "/edges.csv"
    let units = try NumberTable(options.bytes(unitsPath), file: unitsPath, columns: ["id", "x", "y", "households"])
    let edges = try NumberTable(options.bytes(edgesPath), file: edgesPath, columns: ["i", "j", "border_m"])
    var place: [Int: Int] = [:]
    place.reserveCapacity(units.count)
    for index in 0..<units.count {
      guard let id = Int(exactly: units[0, index]), place.updateValue(index, forKey: id) == nil else {
        throw options.bad("id \(units[0, index]) is doubled, or no whole number", file: unitsPath, place: "line \(index + 2)")
      }
    }
    let weights = try options.whole(units.column(3), "households").values
    let graph = try UnitGraph(
      weights: weights, positions: (0..<units.count).map { SIMD2(units[1, $0], units[2, $0]) },
      edges: (0..<edges.count).map { index in
        guard let a = Int(exactly: edges[0, index]).flatMap({ place[$0] }), let b = Int(exactly: edges[1, index]).flatMap({ place[$0] }) else {
          throw options.bad("names a unit that is not in units.csv", file: edgesPath, place: "line \(index + 2)")
        }
        return UnitGraph.Edge(a, b, border: edges[2, index])
      })
    let bounds = RedrawProblem.Bounds(total: weights.reduce(0, +), groups: k, tolerance: options.tolerance ?? 0.05)
    return Self(RedrawProblem(graph: graph, bounds: bounds, count: .exactly(k)), .compactness)
  }
}
