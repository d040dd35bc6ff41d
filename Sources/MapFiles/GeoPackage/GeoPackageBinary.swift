import Planar

/// The geometry blob of a GeoPackage (OGC 12-128r18, 2.1.3): a header, then WKB.
enum GeoPackageBinary {
  /// The well-known binary in `blob`; nil where the header says that the geometry is empty.
  static func content(of blob: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer? {
    guard blob.count >= 8, blob[0] == UInt8(ascii: "G"), blob[1] == UInt8(ascii: "P") else {
      throw WKBFailure(message: "a geometry that does not begin with GP")
    }
    guard blob[2] == 0 else { throw WKBFailure(message: "version \(blob[2]) of geometry blobs is not known") }
    let flags = blob[3]
    guard flags & 0x20 == 0 else { throw WKBFailure(message: "an extended geometry type of some maker") }
    let envelopeSizes = [0, 32, 48, 48, 64]
    let kind = Int(flags >> 1 & 7)
    guard kind < envelopeSizes.count else { throw WKBFailure(message: "envelope kind \(kind) does not exist") }
    let start = 8 + envelopeSizes[kind]
    guard blob.count >= start else { throw WKBFailure(message: "the geometry's bytes end early") }
    if flags & 0x10 != 0 { return nil }
    return UnsafeRawBufferPointer(rebasing: blob[start...])
  }
}

extension ByteWriter {
  /// The geometry as a GeoPackage blob with an envelope, which points do not need.
  mutating func writeGeoPackageBinary(_ geometry: Geometry, srs: Int32) {
    write("GP\0")
    let hasEnvelope = if case .point = geometry { false } else { true }
    // Little-endian; envelope minx, maxx, miny, maxy.
    write(byte: hasEnvelope ? 0b0000_0011 : 0b0000_0001)
    writeRaw(srs)
    if hasEnvelope {
      let box = geometry.box
      for value in [box.min.x, box.max.x, box.min.y, box.max.y] { writeRaw(value.bitPattern) }
    }
    writeWKB(geometry)
  }
}
