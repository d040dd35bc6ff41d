public import Planar

extension Camera {
  /// Names under which registers and OpenStreetMap carry each field, in order of preference.
  public static let fieldNames: [CameraField: [String]] = [
    .kind: ["camera:type", "camera_type", "kind", "摄像机类型", "摄像头类型"],
    .azimuth: ["azimuth", "camera:direction", "direction", "heading", "bearing", "方位角", "朝向"],
    .fieldOfView: ["hfov", "fov", "hfov_deg", "fov_deg", "field_of_view", "fieldofview", "视场角", "水平视场角"],
    .verticalFieldOfView: ["vfov", "vfov_deg", "vertical_fov"],
    .focalLength: ["focal_mm", "focal_length_mm", "focal_length", "焦距"],
    .sensorWidth: ["sensor_width_mm", "sensor_width", "sensor_mm"],
    .pixels: ["h_pixels", "pixels", "resolution", "分辨率"],
    .range: ["range_m", "range", "监控距离", "可视距离"],
    .height: ["height", "height_m", "mount_height", "安装高度", "est_height"],
    .tilt: ["camera:angle", "tilt", "tilt_deg", "俯角"],
    .sweep: ["sweep", "sweep_deg", "pan_range"],
    .mount: ["camera:mount", "mount"],
    .surveillance: ["surveillance"],
    .inService: ["in_service", "inservice", "operational", "active", "在用", "在线"],
    .networked: ["networked", "online", "联网"],
    .operatorClass: ["operator:type", "operator_class", "operator_type", "operatorclass", "建设类别"],
  ]

  /// A camera from its attributes; `value` yields the text of an attribute by its name.
  ///
  /// A value that cannot be read counts as missing and is listed in `unreadable`.
  public init(id: String, position: Point, value: @escaping (String) -> String?) {
    self.init(id: id, position: position)
    var reader = AttributeReader(value: value)
    directions = reader.read(.azimuth) { CameraDirection.list($0) } ?? []
    fieldOfView = reader.number(.fieldOfView) { $0 > 0 && $0 <= 360 }
    verticalFieldOfView = reader.number(.verticalFieldOfView) { $0 > 0 && $0 <= 180 }
    focalLength = reader.number(.focalLength) { $0 > 0 }
    sensorWidth = reader.number(.sensorWidth) { $0 > 0 }
    pixels = reader.number(.pixels) { $0 >= 1 }
    range = reader.number(.range) { $0 > 0 && $0 <= 10_000 }
    height = reader.number(.height) { $0 > 0 && $0 <= 500 }
    tilt = reader.number(.tilt) { abs($0) <= 90 }
    sweep = reader.number(.sweep) { $0 > 0 && $0 <= 360 }
    kind = reader.read(.kind) { Kind(word: $0) }
    if kind == nil, Self.isYes(value("revolving") ?? "") == true { kind = .panning }
    mount = reader.read(.mount) { $0 }
    isIndoor = value("surveillance") == "indoor" || Self.isYes(value("indoor") ?? "") == true
    isInService = reader.read(.inService) { Self.isYes($0) }
    isNetworked = reader.read(.networked) { Self.isYes($0) }
    operatorClass = reader.read(.operatorClass) { $0 }
    unreadable = reader.unreadable
    if reader.heightName == "est_height" { estimated = [.height] }
  }

  private static func isYes(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "true", "1", "是", "在线": true
    case "no", "false", "0", "否", "离线": false
    default: nil
    }
  }
}

/// Looks fields up under all of their names.
private struct AttributeReader {
  let value: (String) -> String?
  var unreadable: [String] = []
  var heightName: String?

  mutating func read<T>(_ field: CameraField, _ parse: (String) -> T?) -> T? {
    for name in Camera.fieldNames[field] ?? [] {
      guard let text = value(name).map({ String(trimmed($0[...])) }), !text.isEmpty else { continue }
      if let parsed = parse(text) {
        if field == .height { heightName = name }
        return parsed
      }
      unreadable.append("\(name)=\(text)")
    }
    return nil
  }

  /// A number, perhaps with a unit behind it (`4 m`, `1920x1080`), that is within bounds.
  mutating func number(_ field: CameraField, _ isGood: (Double) -> Bool) -> Double? {
    read(field) { text in
      let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
      let unit = trimmed(text.dropFirst(digits.count)).lowercased()
      let isKnown = ["", "m", "米", "°", "deg", "mm", "px"].contains(unit) || unit.hasPrefix("x")
      guard isKnown, let number = Double(digits), isGood(number) else { return nil }
      return number
    }
  }
}
