internal import PlanModel

extension FieldRole {
  /// Names under which fields of this role usually come, in lower case, the likeliest first.
  var usualNames: [String] {
    switch self {
    case .id: ["id", "uid", "bid", "fid", "osm_id", "objectid", "编号", "标识", "序号", "编码"]
    case .code: ["code", "grid_code", "gridcode", "网格编号", "网格编码", "网格代码", "代码", "编码", "编号", "xzqdm", "区划代码", "社区编码"]
    case .name: ["name", "名称", "网格名称", "社区名称", "xzqmc", "mc"]
    case .address: ["address", "addr", "addr:full", "地址", "详细地址", "门牌地址", "标准地址", "楼栋地址", "坐落"]
    case .parent: ["parent", "parent_code", "community", "community_code", "上级编码", "上级代码", "社区编码", "所属社区"]
    case .community: ["community", "community_code", "社区编码", "所属社区"]
    case .together: ["together"]
    case .kind: ["kind", "type", "类型", "类别", "种类"]
    case .category: ["category", "type", "kind", "类别", "事件类型", "类型"]
    case .households: ["households", "household", "hh", "hu", "户数", "总户数", "住户数", "家庭户数", "households_est"]
    case .dwellings: ["dwellings", "units", "housing_units", "套数", "住宅套数"]
    case .population: ["population", "pop", "persons", "人口", "人口数", "总人口", "常住人口"]
    case .floors: ["floors", "floor", "levels", "building:levels", "storeys", "层数", "楼层", "楼层数"]
    case .floorArea: ["floorarea", "floor_area", "gfa", "建筑面积", "总建筑面积"]
    case .height: ["height", "高度", "建筑高度", "楼高"]
    case .use: ["use", "function", "usage", "building", "用途", "功能", "建筑用途"]
    case .streetClass: ["class", "highway", "fclass", "kind", "road_class", "道路等级", "等级", "类型"]
    case .tunnel: ["tunnel", "is_tunnel", "隧道"]
    case .bridge: ["bridge", "is_bridge", "桥梁", "高架"]
    case .level: ["layer", "level", "层级"]
    case .azimuth: Camera.fieldNames[.azimuth] ?? []
    case .fieldOfView: Camera.fieldNames[.fieldOfView] ?? []
    case .range: Camera.fieldNames[.range] ?? []
    case .tilt: Camera.fieldNames[.tilt] ?? []
    case .type: Camera.fieldNames[.kind] ?? []
    case .inService: Camera.fieldNames[.inService] ?? []
    case .networked: Camera.fieldNames[.networked] ?? []
    case .operatorClass: Camera.fieldNames[.operatorClass] ?? []
    case .reported: ["reported", "reported_at", "date", "time", "上报时间", "发生时间", "立案时间"]
    case .closed: ["closed", "closed_at", "办结时间", "结案时间"]
    case .grid: ["grid", "grid_code", "网格", "网格编号"]
    case .hours: ["hours", "hours_per_week", "weekly_hours", "工时", "周工时"]
    case .skill: ["skill", "skills", "技能", "岗位类型"]
    case .knows: ["knows", "known_grids", "熟悉网格"]
    case .base: ["base", "office", "驻点", "办公地点"]
    }
  }
}
