import CGEOS
import Planar

// Values to handles. Every constructor consumes what it is given, even when it fails.
extension GeosSession {
  func geometry(_ geometry: Geometry) throws(TopologyError) -> GeosGeometry {
    try own(handle(of: geometry))
  }

  func area(_ polygons: [Polygon]) throws(TopologyError) -> GeosGeometry {
    try own(collection(GEOS_MULTIPOLYGON, of: polygons, polygonHandle))
  }

  func lines(_ lines: [[Point]]) throws(TopologyError) -> GeosGeometry {
    try own(collection(GEOS_MULTILINESTRING, of: lines, lineHandle))
  }

  func points(_ points: [Point]) throws(TopologyError) -> GeosGeometry {
    try own(collection(GEOS_MULTIPOINT, of: points, pointHandle))
  }

  private func handle(of geometry: Geometry) throws(TopologyError) -> OpaquePointer {
    switch geometry {
    case .point(let point): try pointHandle(point)
    case .multiPoint(let points): try collection(GEOS_MULTIPOINT, of: points, pointHandle)
    case .lineString(let line): try lineHandle(line)
    case .multiLineString(let lines): try collection(GEOS_MULTILINESTRING, of: lines, lineHandle)
    case .polygon(let polygon): try polygonHandle(polygon)
    case .multiPolygon(let polygons): try collection(GEOS_MULTIPOLYGON, of: polygons, polygonHandle)
    case .collection(let members):
      try collection(GEOS_GEOMETRYCOLLECTION, of: members, handle(of:))
    }
  }

  private func collection<Member>(
    _ type: GEOSGeomTypes, of members: [Member],
    _ make: (Member) throws(TopologyError) -> OpaquePointer
  ) throws(TopologyError) -> OpaquePointer {
    var handles: [OpaquePointer?] = []
    handles.reserveCapacity(members.count)
    do throws(TopologyError) {
      for member in members { handles.append(try make(member)) }
    } catch {
      for handle in handles { GEOSGeom_destroy_r(context, handle) }
      throw error
    }
    return try made(
      GEOSGeom_createCollection_r(
        context, Int32(bitPattern: type.rawValue), &handles, UInt32(handles.count)))
  }

  private func pointHandle(_ point: Point) throws(TopologyError) -> OpaquePointer {
    try made(GEOSGeom_createPoint_r(context, try sequence([point], atLeast: 1)))
  }

  private func lineHandle(_ line: [Point]) throws(TopologyError) -> OpaquePointer {
    try made(GEOSGeom_createLineString_r(context, try sequence(line, atLeast: 2)))
  }

  private func ringHandle(_ ring: Ring) throws(TopologyError) -> OpaquePointer {
    try made(GEOSGeom_createLinearRing_r(context, try sequence(ring.points, atLeast: 4)))
  }

  private func polygonHandle(_ polygon: Polygon) throws(TopologyError) -> OpaquePointer {
    let shell = try ringHandle(polygon.exterior)
    var holes: [OpaquePointer?] = []
    do throws(TopologyError) {
      for hole in polygon.holes { holes.append(try ringHandle(hole)) }
    } catch {
      for handle in holes + [shell] { GEOSGeom_destroy_r(context, handle) }
      throw error
    }
    return try made(GEOSGeom_createPolygon_r(context, shell, &holes, UInt32(holes.count)))
  }

  private func made(_ handle: OpaquePointer?) throws(TopologyError) -> OpaquePointer {
    guard let handle else { throw failure }
    return handle
  }

  private func sequence(_ points: [Point], atLeast minimum: Int) throws(TopologyError) -> OpaquePointer {
    if let bad = points.first(where: { !$0.isFinite }) {
      throw TopologyError(.notFinite, operation: operation, message: "coordinate \(bad.x) \(bad.y)")
    }
    guard points.count >= minimum else {
      throw TopologyError(
        .tooFewPoints, operation: operation, place: points.first,
        message: "\(points.count) points where at least \(minimum) are needed")
    }
    let local = frame.local(points)
    let handle = local.withUnsafeBytes {
      GEOSCoordSeq_copyFromBuffer_r(
        context, $0.bindMemory(to: Double.self).baseAddress, UInt32(points.count), 0, 0)
    }
    return try made(handle)
  }
}

// Handles to values.
extension GeosGeometry {
  /// All polygons in the handle, right-handed; lines and points that an overlay left are dropped.
  borrowing func polygons() throws(TopologyError) -> [Polygon] {
    var result: [Polygon] = []
    try session.collectPolygons(handle, into: &result)
    return result
  }

  /// All lines in the handle.
  borrowing func lines() throws(TopologyError) -> [[Point]] {
    var result: [[Point]] = []
    try session.collectLines(handle, into: &result)
    return result
  }

  borrowing func points() throws(TopologyError) -> [Point] {
    var result: [Point] = []
    try session.collectPoints(handle, into: &result)
    return result
  }

  borrowing func area() throws(TopologyError) -> Double {
    var area = 0.0
    guard GEOSArea_r(session.context, handle, &area) == 1 else { throw session.failure }
    return area
  }
}

extension GeosSession {
  fileprivate func collectPolygons(_ handle: OpaquePointer, into result: inout [Polygon]) throws(TopologyError) {
    if kind(handle) == GEOS_POLYGON {
      guard GEOSisEmpty_r(context, handle) == 0 else { return }
      result.append(try polygon(handle))
    } else {
      try forEachMember(handle) { member throws(TopologyError) in
        try collectPolygons(member, into: &result)
      }
    }
  }

  fileprivate func collectLines(_ handle: OpaquePointer, into result: inout [[Point]]) throws(TopologyError) {
    let kind = kind(handle)
    if kind == GEOS_LINESTRING || kind == GEOS_LINEARRING {
      guard GEOSisEmpty_r(context, handle) == 0 else { return }
      result.append(try coordinates(handle))
    } else {
      try forEachMember(handle) { member throws(TopologyError) in
        try collectLines(member, into: &result)
      }
    }
  }

  fileprivate func collectPoints(_ handle: OpaquePointer, into result: inout [Point]) throws(TopologyError) {
    if kind(handle) == GEOS_POINT {
      guard GEOSisEmpty_r(context, handle) == 0 else { return }
      result += try coordinates(handle)
    } else {
      try forEachMember(handle) { member throws(TopologyError) in
        try collectPoints(member, into: &result)
      }
    }
  }

  private func kind(_ handle: OpaquePointer) -> GEOSGeomTypes {
    GEOSGeomTypes(UInt32(bitPattern: GEOSGeomTypeId_r(context, handle)))
  }

  /// Calls `body` with each member of a collection; with nothing for a single geometry.
  private func forEachMember(
    _ handle: OpaquePointer, _ body: (OpaquePointer) throws(TopologyError) -> Void
  ) throws(TopologyError) {
    guard kind(handle).rawValue >= GEOS_MULTIPOINT.rawValue else { return }
    for index in 0..<GEOSGetNumGeometries_r(context, handle) {
      guard let member = GEOSGetGeometryN_r(context, handle, index) else { throw failure }
      try body(member)
    }
  }

  private func polygon(_ handle: OpaquePointer) throws(TopologyError) -> Polygon {
    guard let shell = GEOSGetExteriorRing_r(context, handle) else { throw failure }
    var holes: [Ring] = []
    for index in 0..<GEOSGetNumInteriorRings_r(context, handle) {
      guard let hole = GEOSGetInteriorRingN_r(context, handle, index) else { throw failure }
      holes.append(Ring(try coordinates(hole)))
    }
    return Polygon(exterior: Ring(try coordinates(shell)), holes: holes).rightHanded()
  }

  private func coordinates(_ handle: OpaquePointer) throws(TopologyError) -> [Point] {
    guard let sequence = GEOSGeom_getCoordSeq_r(context, handle) else { throw failure }
    var count: UInt32 = 0
    guard GEOSCoordSeq_getSize_r(context, sequence, &count) == 1 else { throw failure }
    var points = [Point](repeating: Point(x: 0, y: 0), count: Int(count))
    let copied = points.withUnsafeMutableBytes {
      GEOSCoordSeq_copyToBuffer_r(
        context, sequence, $0.bindMemory(to: Double.self).baseAddress, 0, 0)
    }
    guard copied == 1 else { throw failure }
    return points.map(frame.global)
  }
}

extension Box {
  /// The box around all `polygons`.
  init(aroundAll polygons: [Polygon]) {
    self = polygons.reduce(.empty) { $0.union($1.box) }
  }

  /// The box around all `lines`.
  init(aroundAll lines: [[Point]]) {
    self = lines.reduce(.empty) { $0.union(Box(around: $1)) }
  }
}
