import MapFiles

/// The positions of the fields that a source is joined and compared by.
struct ResolvedFields: Sendable, Hashable {
  var code: Int?
  var name: Int?
  var address: Int?
  var parent: Int?
  var value: Int?

  /// - Throws: `MapFileError` (`missing`) for a field that was asked for and is not there.
  init(_ fields: SourceFields, in layer: Layer) throws {
    func position(_ asked: String?, _ usual: [String]) throws -> Int? {
      guard let asked else { return Self.position(of: usual, in: layer.fields) }
      if let position = layer.index(of: asked) { return position }
      throw MapFileError(
        .missing, file: layer.file, field: asked, message: "the source has no such field",
        remedy: "It has: \(layer.fields.joined(separator: ", "))")
    }
    code = try position(fields.code, Self.codeNames)
    name = try position(fields.name, Self.nameNames)
    address = try position(fields.address, Self.addressNames)
    parent = try position(fields.parent, Self.parentNames)
    value = try position(fields.value, [])
    if name == code, fields.name == nil { name = nil }
  }

  private static func position(of usual: [String], in fields: [String]) -> Int? {
    let lower = fields.map { $0.lowercased() }
    return usual.lazy.compactMap { lower.firstIndex(of: $0) }.first
  }

  private static let codeNames = [
    "code", "编码", "代码", "社区编码", "社区代码", "网格编号", "网格编码", "网格代码", "区划代码", "行政区划代码", "统计用区划代码", "grid_code",
    "code12", "xzqdm", "sqdm", "adcode", "geoid", "编号", "id", "bid", "建筑编号", "楼栋编号",
  ]
  private static let nameNames = [
    "name", "名称", "社区名称", "社区", "网格名称", "村居", "小区名称", "楼栋名称", "乡", "xzqmc", "mc", "sqmc",
  ]
  private static let addressNames = [
    "address", "地址", "住址", "详细地址", "门牌", "门牌号", "门牌地址", "标准地址", "楼栋地址", "坐落", "addr", "addr:full", "dz",
  ]
  private static let parentNames = [
    "parent", "上级", "上级名称", "上级编码", "上级代码", "街道", "乡镇", "街道名称", "所属街道", "所属社区", "县", "parent_code",
  ]
}
