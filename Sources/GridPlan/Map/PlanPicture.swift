internal import MapPage
internal import Planar
public import PlanModel

extension PlanOutcome {
  /// The plan as a picture: grids coloured by their deviation from the mean, on the scenario's own layers.
  public func svg(_ language: Language = .english) -> String {
    var scene = MapScene(title: plan.name, subtitle: subtitle(language), language: language)
    scene.grids = plan.grids.map {
      .init(polygons: $0.polygons, label: String($0.code.suffix(3)), deviation: $0.deviation)
    }
    scene.communities = plan.communities.map(\.polygons)
    scene.water = plan.barriers
    scene.streets = streets
    scene.buildings = plan.buildings.map(\.polygons)
    scene.cameras = plan.cameras.compactMap(\.point)
    return SVGMap(scene).text()
  }

  private func subtitle(_ language: Language) -> String {
    let households = grouped(plan.totals.placed)
    let least = grouped(plan.grids.map(\.households).min() ?? 0)
    let most = grouped(plan.grids.map(\.households).max() ?? 0)
    return language(
      "\(grouped(plan.grids.count)) grids, \(households) households, \(least) to \(most) in each; colours: households against the mean",
      "\(grouped(plan.grids.count)) 个网格，\(households) 户，每格 \(least)–\(most) 户；颜色：户数与平均值之差")
  }
}

extension StreetLine {
  /// How wide the street is drawn, in metres.
  var drawnWidth: Double { [3, 8, 14, 20, 26][min(StreetRank.rank(of: streetClass), 4)] }
}
