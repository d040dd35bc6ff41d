import Coverage
import MapPage
public import PlanModel
import Planar

extension CoverageAudit {
  /// What the cameras see and reach, as a picture in SVG.
  public func picture(title: String? = nil, _ language: Language = .english) -> String {
    var scene = CoverageScene(
      title: title ?? language("What public cameras see", "公共摄像机可视范围"), subtitle: subtitle(language), language: language)
    scene.buildings = input.buildings.geometries.map { $0?.polygons ?? [] }
    scene.roads = roads?.lines ?? []
    scene.views = cameras.map(\.view.polygons).filter { !$0.isEmpty }
    scene.places = places.filter(\.isAssessable).map { place in
      let member = subsets.members[CameraSubsets.lenient]
      return CoverageScene.Place(
        polygons: place.polygons, point: place.point,
        isCovered: place.isCovered(
          subset: CameraSubsets.lenient, member: member, areaShare: request.rules.areaShare))
    }
    scene.cameras = cameras.filter(\.camera.position.isFinite).map {
      CoverageScene.Eye(point: $0.placement?.eye ?? $0.camera.position, isUsed: $0.isUsed)
    }
    let reached = Set(cameras.flatMap { $0.reach.targets.map(\.id) })
    scene.reached = Set(input.buildings.geometries.indices.filter { reached.contains(input.buildings.identifier($0)) })
    return CoveragePicture(scene).text()
  }

  private func subtitle(_ language: Language) -> String {
    let rows = CoverageSummary(report.findings, language).rows
    return rows.prefix(2).map { "\($0.0): \($0.1)" }.joined(separator: language("; ", "；"))
  }
}
