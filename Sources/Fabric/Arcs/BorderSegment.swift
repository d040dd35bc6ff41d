/// A straight piece of border with the same unit along each side; -1 stands for none.
///
/// Coordinates are half ticks. Segments share end points or nothing.
struct BorderSegment {
  var a: GridPoint
  var b: GridPoint
  var left: Int32
  var right: Int32
  var borderClass: BorderClass
  /// How much room there is around each end before the nearest wall, in half ticks; 0 at walls.
  var roomAtA: Float = 0
  var roomAtB: Float = 0
}

/// A border between two nodes in half ticks.
struct GridArc {
  var points: [GridPoint]
  /// For each point how much room there is around it, in half ticks.
  var room: [Float]
  var left: Int32
  var right: Int32
  var borderClass: BorderClass
  /// As of `Arc`.
  var runsFree = false
  var start: Int32
  var end: Int32
}

/// Borders put together from segments, nodes where more than two of them meet or sides change.
///
/// Arcs come in the order of their first segments; a border without node is a closed arc that
/// begins at its first segment.
func tracedArcs(of segments: [BorderSegment]) -> (arcs: [GridArc], nodeCount: Int) {
  var tracer = ArcTracer(segments)
  return tracer.trace()
}

private struct ArcTracer {
  let segments: [BorderSegment]
  var table: VertexTable
  /// The room around each vertex: the least that a segment tells.
  var room: [Float] = []
  /// The vertex at each end: 2·segment for its start, 2·segment + 1 for its end.
  var vertexOfEnd: [Int32] = []
  /// The ends at each vertex: those of vertex v from firstEnd[v] to firstEnd[v + 1].
  var firstEnd: [Int32] = []
  var ends: [Int32] = []
  var nodeNumber: [Int32] = []
  var isUsed: [Bool]

  init(_ segments: [BorderSegment]) {
    self.segments = segments
    table = VertexTable(expecting: segments.count)
    isUsed = Array(repeating: false, count: segments.count)
    vertexOfEnd.reserveCapacity(segments.count * 2)
    for segment in segments {
      addEnd(segment.a, segment.roomAtA)
      addEnd(segment.b, segment.roomAtB)
    }
    firstEnd = Array(repeating: 0, count: table.points.count + 1)
    for vertex in vertexOfEnd { firstEnd[Int(vertex) + 1] += 1 }
    for vertex in 1..<max(1, firstEnd.count) { firstEnd[vertex] += firstEnd[vertex - 1] }
    var next = firstEnd
    ends = Array(repeating: 0, count: vertexOfEnd.count)
    for (end, vertex) in vertexOfEnd.enumerated() {
      ends[Int(next[Int(vertex)])] = Int32(end)
      next[Int(vertex)] += 1
    }
    nodeNumber = Array(repeating: -1, count: table.points.count)
  }

  private mutating func addEnd(_ point: GridPoint, _ room: Float) {
    let vertex = table.number(of: point)
    vertexOfEnd.append(vertex)
    if Int(vertex) == self.room.count {
      self.room.append(room)
    } else {
      self.room[Int(vertex)] = min(self.room[Int(vertex)], room)
    }
  }

  mutating func trace() -> (arcs: [GridArc], nodeCount: Int) {
    var nodeCount: Int32 = 0
    for vertex in nodeNumber.indices where isNode(vertex) {
      nodeNumber[vertex] = nodeCount
      nodeCount += 1
    }
    var arcs: [GridArc] = []
    for end in vertexOfEnd.indices where !isUsed[end / 2] && nodeNumber[Int(vertexOfEnd[end])] >= 0 {
      arcs.append(arc(from: Int32(end)))
    }
    for segment in segments.indices where !isUsed[segment] {
      nodeNumber[Int(vertexOfEnd[2 * segment])] = nodeCount
      nodeCount += 1
      arcs.append(arc(from: Int32(2 * segment)))
    }
    return (arcs, Int(nodeCount))
  }

  private func isNode(_ vertex: Int) -> Bool {
    let range = Int(firstEnd[vertex])..<Int(firstEnd[vertex + 1])
    guard range.count == 2 else { return true }
    let first = sides(leaving: ends[range.lowerBound])
    let second = sides(leaving: ends[range.lowerBound + 1])
    return first.left != second.right || first.right != second.left
      || first.borderClass != second.borderClass
  }

  /// The segment at an end, seen from there.
  private func sides(leaving end: Int32) -> (left: Int32, right: Int32, borderClass: BorderClass) {
    let segment = segments[Int(end / 2)]
    return end % 2 == 0
      ? (segment.left, segment.right, segment.borderClass)
      : (segment.right, segment.left, segment.borderClass)
  }

  private func runsFree(_ borderClass: BorderClass, _ room: [Float]) -> Bool {
    if borderClass == .open { return true }
    guard case .street = borderClass else { return false }
    return room.contains { $0 > 0 }
  }

  private mutating func arc(from start: Int32) -> GridArc {
    let sides = sides(leaving: start)
    let first = vertexOfEnd[Int(start)]
    var points = [table.points[Int(first)]]
    var room = [self.room[Int(first)]]
    var end = start
    while true {
      isUsed[Int(end / 2)] = true
      let arrival = end ^ 1
      let vertex = vertexOfEnd[Int(arrival)]
      points.append(table.points[Int(vertex)])
      room.append(self.room[Int(vertex)])
      if nodeNumber[Int(vertex)] >= 0 {
        return GridArc(
          points: points, room: room, left: sides.left, right: sides.right, borderClass: sides.borderClass,
          runsFree: runsFree(sides.borderClass, room), start: nodeNumber[Int(first)], end: nodeNumber[Int(vertex)])
      }
      let low = Int(firstEnd[Int(vertex)])
      end = ends[low] == arrival ? ends[low + 1] : ends[low]
    }
  }
}
