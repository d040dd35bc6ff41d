public import PlanModel

/// The rules that a layer is checked by, in the order in which findings are listed.
public enum CheckRule: String, Sendable, CaseIterable, Comparable {
  case personalColumn = "personal-column"
  case swappedAxes = "swapped-axes"
  case degreesSuspect = "degrees-suspect"
  case readNote = "read-note"
  case suspectedGCJ02 = "suspected-gcj02"
  case nullGeometry = "null-geometry"
  case notAnArea = "not-an-area"
  case invalidRing = "invalid-ring"
  case multipart
  case sliver
  case spike
  case duplicateFeature = "duplicate-feature"
  case overlap
  case gap
  case unmatchedBorder = "unmatched-border"
  case badCode = "bad-code"
  case duplicateCode = "duplicate-code"
  case codeParent = "code-parent"
  case oldCode = "old-code"
  case unknownCode = "unknown-code"
  case codeName = "code-name"
  case missingParent = "missing-parent"
  case unevenHierarchy = "uneven-hierarchy"
  case childlessDivision = "childless-division"
  case repeatedName = "repeated-name"
  case outsideParent = "outside-parent"
  case cutBuilding = "cut-building"

  public static func < (a: CheckRule, b: CheckRule) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }

  /// What the rule finds, its measure and tolerance.
  public func explanation(_ language: Language) -> String {
    switch self {
    case .personalColumn:
      language("a column with personal data, by its name or its values", "含个人信息的列（据列名或值的格式）")
    case .swappedAxes: language("latitude and longitude are swapped", "经纬度颠倒")
    case .degreesSuspect:
      language("coordinates in metres are called degrees, or degrees metres", "坐标单位可疑：米当作度，或度当作米")
    case .readNote: language("something that the reader of the file noticed", "读取文件时发现的情况")
    case .suspectedGCJ02:
      language(
        "the layer and its parents misfit by the vector of GCJ-02 at this place; measure: its length in m",
        "与上级图层的偏移等于当地 GCJ-02 偏移；量值：偏移长度（米）")
    case .nullGeometry: language("a feature has no geometry or an empty one", "要素没有几何或几何为空")
    case .notAnArea: language("a feature is a point or line where areas are expected", "应为面，却是点或线")
    case .invalidRing:
      language("a polygon is invalid (OGC 06-103r4); every reason and place", "多边形无效（OGC 06-103r4），逐处列出原因")
    case .multipart:
      language("a grid has several parts; measure: their number", "网格由多个部分组成；量值：部分数")
    case .sliver:
      language("a part has a mean width under 0.5 m; measure: its width in m", "平均宽度小于 0.5 米的细条；量值：宽度")
    case .spike:
      language("a border runs out and back at an angle under 1°; measure: its length in m", "边界上夹角小于 1° 的尖刺；量值：长度")
    case .duplicateFeature: language("two features have the same geometry", "两个要素几何相同")
    case .overlap:
      language("two features share more than 0.01 m²; measure: the area in m²", "两个要素重叠超过 0.01 平方米；量值：面积")
    case .gap:
      language(
        "an area over 0.01 m² in a parent, or enclosed by the layer, that no feature covers; measure: m²",
        "上级范围内或被包围而无要素覆盖的超过 0.01 平方米的空隙；量值：面积")
    case .unmatchedBorder:
      language(
        "neighbours come within 1 m but have other vertices along the border; measure: the distance in m",
        "相邻要素相距不足 1 米而公共边界顶点不一致；量值：距离")
    case .badCode: language("a code is missing or breaks the form of the others", "编码缺失或格式不符")
    case .duplicateCode: language("a code occurs more than once", "编码重复")
    case .codeParent: language("a code does not continue its parent's", "编码与上级编码不衔接")
    case .oldCode: language("a code of an older edition (--editions)", "旧版编码（--editions）")
    case .unknownCode: language("a code that the list of codes lacks (--codes-table)", "编码表中没有的编码（--codes-table）")
    case .codeName: language("a name other than the list of codes gives", "名称与编码表不符")
    case .missingParent: language("a list of codes lacks the division above", "编码表缺少上级区划")
    case .unevenHierarchy:
      language("divisions without a level in between, such as towns of a city without counties", "缺少中间层级，如不设区县的市")
    case .childlessDivision: language("a division above the lowest level holds none", "非末级区划没有下级")
    case .repeatedName: language("a name occurs more than once in one division", "同一上级内名称重复")
    case .outsideParent:
      language("over 0.01 m² lie outside the parent; measure: the area in m²", "超出上级范围 0.01 平方米以上；量值：面积")
    case .cutBuilding:
      language(
        "over 0.05 m² of a building lie outside its grid; measure: the area in m²", "建筑物有超过 0.05 平方米在所属网格之外；量值：面积")
    }
  }
}
