import Coverage
import MapFiles
import PlanModel
import Planar

/// The columns of `cameras.geojson`.
struct CameraColumns {
  let arcTolerance: Double
  let levels: [CameraLevel]

  static func names(levels: [CameraLevel]) -> [String] {
    [
      "id", "status", "snap_m", "eye_x", "eye_y", "azimuth", "fov", "range_m", "near_m", "area_m2",
      "arc_tolerance_m", "grid", "strict", "assumed", "kind", "mount", "in_service", "networked", "operator_class",
      "unreadable",
    ] + levels.map { "\($0.name)_m" } + [
      "redundant", "in_smallest_set", "reach", "homes_seen", "forbidden_seen", "sensitive_seen", "private_seen",
      "mask", "mask_cost_m2", "turn_deg", "turn_cost_m2",
    ]
  }

  func values(_ camera: AuditedCamera) -> [FieldValue] {
    identity(camera) + sight(camera) + register(camera.camera) + ranges(camera) + findings(camera)
  }

  private func identity(_ camera: AuditedCamera) -> [FieldValue] {
    let eye = camera.isUsed || camera.status == .noDirection ? camera.placement?.eye : nil
    return [
      .string(camera.id), .string(camera.status.rawValue), number(camera.placement?.distance, 6),
      number(eye?.x, 6), number(eye?.y, 6),
    ]
  }

  private func sight(_ camera: AuditedCamera) -> [FieldValue] {
    let sight = camera.isUsed ? camera.sight : nil
    let azimuth: FieldValue =
      switch sight?.parts.count {
      case nil: .null
      case 1: number(sight?.parts[0].azimuth, 6)
      default: .string(sight!.parts.map { text($0.azimuth) }.joined(separator: ";"))
      }
    return [
      azimuth, number(sight?.fieldOfView, 6), number(sight?.range, 6), number(sight?.near, 6),
      .number(rounded(camera.view.area, 6)), .number(arcTolerance), camera.grid.map { .string($0) } ?? .null,
      .bool(camera.isStrict), camera.assumedValue,
    ]
  }

  private func register(_ camera: Camera) -> [FieldValue] {
    [
      string(camera.kind?.rawValue), string(camera.mount), bool(camera.isInService), bool(camera.isNetworked),
      string(camera.operatorClass),
      camera.unreadable.isEmpty ? .null : .string(camera.unreadable.joined(separator: "; ")),
    ]
  }

  private func ranges(_ camera: AuditedCamera) -> [FieldValue] {
    levels.indices.map { index in number(camera.isUsed ? camera.sight?.levelRanges[index] : nil, 3) }
  }

  private func findings(_ camera: AuditedCamera) -> [FieldValue] {
    let reach = camera.reach
    func seen(_ concern: CameraPlaceKinds.Concern) -> FieldValue {
      camera.isUsed ? .integer(reach.targets.count { $0.concern == concern }) : .null
    }
    let mask = reach.remedy.map { $0.mask.arcs.map { "\(text($0.start))-\(text(CameraHorizon.wrapped($0.end)))" } }
    return [
      bool(camera.isRedundant), bool(camera.isInSufficientSet),
      reach.targets.isEmpty ? .null : .json("[" + reach.targets.map(json).joined(separator: ",") + "]"),
      seen(.home), seen(.forbidden), seen(.sensitive), seen(.privateGround),
      string(mask?.joined(separator: ";")), number(reach.remedy?.maskCost, 2), number(reach.remedy?.turn, 1),
      number(reach.remedy?.turnCost, 2),
    ]
  }

  private func json(_ target: CameraReach.Target) -> String {
    var parts = [
      "\"id\":\(quoted(target.id))", "\"kind\":\(quoted(target.kind))",
      "\"concern\":\(quoted(target.concern.rawValue))", "\"known\":\(target.isKnown)",
      "\"distance_m\":\(rounded(target.distance, 2))",
    ]
    if target.length > 0 { parts.append("\"wall_m\":\(rounded(target.length, 2))") }
    if target.area > 0 { parts.append("\"ground_m2\":\(rounded(target.area, 2))") }
    if let incidence = target.incidence { parts.append("\"incidence_deg\":\(rounded(incidence, 1))") }
    return "{" + parts.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private func text(_ degrees: Double) -> String { String(rounded(degrees, 1)) }

  private func number(_ value: Double?, _ decimals: Int) -> FieldValue {
    value.map { $0.isFinite ? .number(rounded($0, decimals)) : .null } ?? .null
  }

  private func string(_ value: String?) -> FieldValue { value.map { .string($0) } ?? .null }

  private func bool(_ value: Bool?) -> FieldValue { value.map { .bool($0) } ?? .null }
}
