/// What a field of a table may mean; raw values are the keys of a scenario.
///
/// The one table of names by which fields are recognised where nobody says what they mean.
public enum FieldMeaning: String, Sendable, CaseIterable {
  case id, code, name, parent, community, kind
  case longitude = "lon"
  case latitude = "lat"
  case x, y, wkt
  case households, population, floors, floorArea, height, use
  case grid

  /// Names of the field in Chinese and English, the surest first. Case, spaces, `_`, `-` and a unit in
  /// brackets at the end don't matter.
  public var names: [String] {
    switch self {
    case .id:
      ["id", "fid", "objectid", "gid", "uid", "编号", "序号", "标识", "标识码", "唯一标识", "building_id", "household_id",
       "event_id", "camera_id", "建筑编号", "楼栋编号", "事件编号"]
    case .code:
      ["code", "grid_code", "网格编号", "网格编码", "网格代码", "网格码", "编码", "代码", "编号", "gridcode", "grid_id",
       "行政区划代码", "区划代码", "社区编码", "社区代码", "adcode", "geoid", "id"]
    case .name: ["name", "名称", "网格名称", "社区名称", "title", "label", "全称", "简称"]
    case .parent: ["parent", "parent_code", "上级编码", "上级代码", "上级编号", "所属编码"]
    case .community: ["community", "community_code", "所属社区", "社区", "社区编码", "社区代码", "居委会", "村居"]
    case .kind: ["kind", "type", "类型", "网格类型", "类别"]
    case .longitude:
      ["lon", "lng", "long", "longitude", "经度", "lon_wgs84", "wgs84_lon", "lon84", "lng84", "经度坐标", "东经", "gps_lon",
       "gps_lng"]
    case .latitude:
      ["lat", "latitude", "纬度", "lat_wgs84", "wgs84_lat", "lat84", "纬度坐标", "北纬", "gps_lat"]
    case .x: ["x", "easting", "east", "x坐标", "坐标x", "横坐标", "xcoord", "coord_x", "point_x", "东坐标", "pointx"]
    case .y: ["y", "northing", "north", "y坐标", "坐标y", "纵坐标", "ycoord", "coord_y", "point_y", "北坐标", "pointy"]
    case .wkt: ["wkt", "geometry", "geom", "the_geom", "wkt_geom", "几何", "空间坐标"]
    case .households:
      ["households", "household", "hh", "户数", "总户数", "住户数", "居民户数", "家庭户数", "户籍户数", "常住户数", "household_count",
       "num_households", "dwellings", "units", "套数", "住宅套数"]
    case .population:
      ["population", "pop", "人口", "人口数", "总人口", "常住人口", "户籍人口", "居民人数", "persons", "inhabitants", "residents"]
    case .floors:
      ["floors", "levels", "storeys", "stories", "层数", "楼层数", "总层数", "地上层数", "building:levels", "floor_count",
       "num_floors", "楼层"]
    case .floorArea:
      ["floorarea", "floor_area", "gfa", "建筑面积", "总建筑面积", "floor_area_m2", "gross_floor_area"]
    case .height: ["height", "建筑高度", "楼高", "高度", "building_height", "height_m", "est_height"]
    case .use: ["use", "usage", "用途", "建筑用途", "房屋用途", "使用性质", "building", "function", "landuse"]
    case .grid: ["grid", "grid_code", "网格编号", "网格编码", "所属网格", "网格代码", "网格"]
    }
  }

  /// The position in `fields` of the one with this meaning; nil where none is known by name.
  public func position(in fields: [String]) -> Int? {
    let normalized = fields.map(FieldMeaning.normalized)
    for name in names {
      if let position = normalized.firstIndex(of: FieldMeaning.normalized(name)) { return position }
    }
    return nil
  }

  /// A name without case, spaces, `_`, `-` and a trailing unit in brackets, full width as half width.
  static func normalized(_ name: String) -> String {
    var text = String(name.lowercased().unicodeScalars.map(halfWidth).filter { !ignored.contains($0) })
    if text.hasSuffix(")"), let open = text.lastIndex(of: "("), open != text.startIndex {
      text = String(text[..<open])
    }
    return text
  }

  private static let ignored: Set<Character> = [" ", "_", "-", "\u{3000}", "\u{FEFF}", "\t"]

  private static func halfWidth(_ scalar: Unicode.Scalar) -> Character {
    let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
    return Character(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
  }
}
