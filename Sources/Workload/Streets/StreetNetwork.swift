public import Planar

/// Streets as a graph: junctions, and edges between them with their lengths.
///
/// Lengths in metres of the lines as drawn. Every street may be walked both ways. Nodes with just two
/// neighbours are no junctions; they are points along an edge.
public struct StreetNetwork: Sendable {
  /// Places of the junctions.
  public let junctions: [Point]
  let edges: [Edge]
  /// The edges at each junction: `incident[first[j]..<first[j + 1]]`.
  let first: [Int32]
  let incident: [Int32]
  /// Which connected part each junction belongs to, numbered by first appearance.
  let part: [Int32]
  let pieces: PieceIndex

  /// A way between two junctions along which there is no other.
  struct Edge: Sendable {
    var from: Int32
    var to: Int32
    var length: Double

    func end(opposite junction: Int32) -> Int32 { junction == from ? to : from }
  }

  public init(_ paths: [StreetPath]) {
    var builder = NetworkBuilder(Noding(paths).pieces())
    builder.traceEdges()
    junctions = builder.junctions
    edges = builder.edges
    (first, incident) = Self.incidence(builder.edges, junctions: builder.junctions.count)
    part = Self.parts(builder.edges, first, incident)
    pieces = PieceIndex(builder.pieceOnEdge)
  }

  public var isEmpty: Bool { edges.isEmpty }

  /// Metres of all streets; a stretch drawn twice counts once.
  public var length: Double { edges.reduce(0) { $0 + $1.length } }

  private static func incidence(_ edges: [Edge], junctions: Int) -> (first: [Int32], incident: [Int32]) {
    var first = [Int32](repeating: 0, count: junctions + 1)
    for edge in edges {
      first[Int(edge.from) + 1] += 1
      if edge.to != edge.from { first[Int(edge.to) + 1] += 1 }
    }
    for junction in 0..<junctions { first[junction + 1] += first[junction] }
    var next = first
    var incident = [Int32](repeating: 0, count: Int(first[junctions]))
    for (number, edge) in edges.enumerated() {
      for end in edge.to == edge.from ? [edge.from] : [edge.from, edge.to] {
        incident[Int(next[Int(end)])] = Int32(number)
        next[Int(end)] += 1
      }
    }
    return (first, incident)
  }

  private static func parts(_ edges: [Edge], _ first: [Int32], _ incident: [Int32]) -> [Int32] {
    var part = [Int32](repeating: -1, count: first.count - 1)
    var count: Int32 = 0
    for start in part.indices where part[start] < 0 {
      part[start] = count
      var stack = [Int32(start)]
      while let junction = stack.popLast() {
        for edge in incident[Int(first[Int(junction)])..<Int(first[Int(junction) + 1])] {
          let end = edges[Int(edge)].end(opposite: junction)
          guard part[Int(end)] < 0 else { continue }
          part[Int(end)] = count
          stack.append(end)
        }
      }
      count += 1
    }
    return part
  }
}
