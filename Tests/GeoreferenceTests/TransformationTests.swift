import Georeference
import Planar
import Testing

@Suite struct TransformationTests {
  @Test(arguments: [
    (39.915, 116.404, "EPSG:4548", 449042.0474, 4420261.2200),
    (39.915, 116.404, "EPSG:4527", 39_449_042.0474, 4420261.2200),
    (31.23, 121.47, "EPSG:4549", 640060.3377, 3457406.4355),
  ])
  func gaussKruger(lat: Double, lon: Double, code: String, east: Double, north: Double) throws {
    let forward = try Transformation(from: .cgcs2000, to: CRS(code))
    let p = try forward(Point(x: lon, y: lat))
    #expect(abs(p.x - east) < 1e-4)
    #expect(abs(p.y - north) < 1e-4)
    let back = try Transformation(from: CRS(code), to: .crs84)
    let q = try back(p)
    #expect(abs(q.x - lon) < 1e-9 && abs(q.y - lat) < 1e-9)
    #expect(!back.isBallpark)
  }

  @Test func ballparkIsRefused() throws {
    #expect(throws: GeoreferenceError.self) { try Transformation(from: CRS("EPSG:4214"), to: .crs84) }
    let allowed = try Transformation(from: CRS("EPSG:4214"), to: .crs84, allowBallpark: true)
    #expect(allowed.isBallpark)
    #expect(throws: GeoreferenceError.self) { try Transformation(from: CRS("EPSG:2435"), to: CRS("EPSG:4549")) }
  }

  @Test func degreesOnTheSameDatumStayAsTheyAre() throws {
    #expect(try Transformation(from: .cgcs2000, to: .crs84).isIdentity)
    #expect(try Transformation(from: CRS("EPSG:4326"), to: .crs84).isIdentity)
  }

  @Test func manyPointsKeepTheirOrder() throws {
    let forward = try Transformation(from: .crs84, to: CRS("EPSG:4549"))
    let points = (0..<120_000).map { Point(x: 120 + Double($0) * 1e-6, y: 31 + Double($0 % 7) * 1e-4) }
    let many = try forward(points)
    for i in stride(from: 0, to: points.count, by: 9973) { #expect(try many[i] == forward(points[i])) }
  }

  @Test func unknownSystemsAreNamed() {
    #expect(throws: GeoreferenceError.self) { try CRS("EPSG:999999").described() }
    #expect(throws: GeoreferenceError.self) { try Transformation(from: CRS("nonsense"), to: .crs84) }
  }

  @Test func coordinatesThatDoNotFitAreRefused() throws {
    let forward = try Transformation(from: .crs84, to: CRS("EPSG:4549"))
    #expect(throws: GeoreferenceError.self) { try forward(Point(x: 640060, y: 3457406)) }
    #expect(throws: GeoreferenceError.self) { try forward(Point(x: .nan, y: 31)) }
  }

  @Test func namesAreNormalised() {
    #expect(CRS(normalizing: "4549") == CRS("EPSG:4549"))
    #expect(CRS(normalizing: "epsg:4549") == CRS("EPSG:4549"))
    #expect(CRS(normalizing: "urn:ogc:def:crs:EPSG::4490") == .cgcs2000)
    #expect(CRS(normalizing: "urn:ogc:def:crs:OGC:1.3:CRS84") == .crs84)
    #expect(CRS(normalizing: "gcj02") == .gcj02)
    #expect(CRS(normalizing: "BD-09") == .bd09)
  }

  @Test func descriptions() throws {
    #expect(try CRS("EPSG:4549").described().isFitToMeasure)
    #expect(try !CRS("EPSG:3857").described().isFitToMeasure)
    #expect(try CRS.crs84.described().isGeographic)
    #expect(try CRS("EPSG:4549").described().datum == "EPSG:4490")
    #expect(try abs(CRS("EPSG:2225").described().metresPerUnit - 0.3048006) < 1e-6)
  }
}

@Suite struct WorkingCRSTests {
  @Test(arguments: [
    (116.3, 39.9, "EPSG:4548"), (120.6, 31.3, "EPSG:4549"), (121.5, 31.2, "EPSG:4550"),
    (24.94, 60.17, "EPSG:32635"), (-76.6, 39.3, "EPSG:32618"), (151.2, -33.9, "EPSG:32756"),
  ])
  func zoneOfPlace(lon: Double, lat: Double, code: String) {
    let p = Point(x: lon, y: lat)
    #expect(WorkingCRS.fitting(Box(min: p, max: p)) == CRS(code))
  }

  @Test func prefixedEastings() {
    #expect(WorkingCRS.zoneOfPrefixedEasting(39_449_042) == CRS("EPSG:4527"))
    #expect(WorkingCRS.zoneOfPrefixedEasting(20_449_042) == CRS("EPSG:4498"))
    #expect(WorkingCRS.zoneOfPrefixedEasting(449_042) == nil)
  }
}
