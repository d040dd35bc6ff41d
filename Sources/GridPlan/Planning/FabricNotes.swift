internal import Fabric

/// What the fabric found, as problems of the plan.
enum FabricNotes {
  /// - Parameter name: the identifier of a unit or building by its number.
  static func note(
    _ problem: FabricProblem, _ scenario: Scenario, kind: LayerKind, name: (Int) -> String
  ) -> PlanProblem {
    let concernsParents = problem.concernsParents(unitsAreReady: kind == .units)
    let file = scenario.layers[concernsParents ? .communities : kind]?.file ?? ""
    let feature = concernsParents ? nil : problem.subjects.first.map(name)
    let measure = problem.measure.rounded(to: 3)
    let (english, chinese) = wording(problem.kind, measure)
    return PlanProblem(
      problem.rule, file: file, feature: feature, measure: measure, unit: "m2", place: problem.place, english, chinese)
  }

  private static func wording(_ kind: FabricProblem.Kind, _ measure: Double) -> (String, String) {
    switch kind {
    case .gap: ("\(measure) m² lie in no area", "\(measure) 平方米不属于任何面")
    case .overlap: ("\(measure) m² lie in several areas", "\(measure) 平方米属于多个面")
    case .sliver: ("a sliver of \(measure) m², given to a neighbour", "狭长碎片 \(measure) 平方米，归入相邻面")
    case .vanished: ("no ground of its own is left of \(measure) m²", "原有 \(measure) 平方米全部被其他面覆盖")
    case .outsideParent: ("\(measure) m² lie in no community", "\(measure) 平方米不在任何社区内")
    case .crossesParent: ("\(measure) m² lie outside its community", "有 \(measure) 平方米在其社区之外")
    case .cutByParent:
      ("a community's border cuts \(measure) m² off; it goes by its interior point", "社区边界切去 \(measure) 平方米；按内部点归属")
    case .cutByBarrier:
      ("a barrier cuts \(measure) m² off; it goes by its interior point", "障碍切去 \(measure) 平方米；按内部点归属")
    case .inWater: ("stands in water (\(measure) m²); the nearest unit takes it", "位于水面（\(measure) 平方米）；归入最近的单元")
    case .overlappingBuildings: ("overlaps another building by \(measure) m²; they share a unit", "与另一建筑重叠 \(measure) 平方米；同属一个单元")
    case .noArea: ("a building without area; the nearest unit takes it", "建筑面积为零；归入最近的单元")
    }
  }
}

extension FabricProblem {
  /// The name under which the report counts it.
  var rule: String {
    switch kind {
    case .cutByParent, .cutByBarrier: "cut-building"
    default: kind.rawValue
    }
  }

  /// Whether its subjects are communities: gaps and overlaps are those of the layer that tiles.
  fileprivate func concernsParents(unitsAreReady: Bool) -> Bool {
    switch kind {
    case .gap, .overlap, .sliver: !unitsAreReady
    case .outsideParent: !unitsAreReady
    default: false
    }
  }
}
