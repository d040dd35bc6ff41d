internal import Planar
internal import Redraw

extension Scenario {
  /// The scenario with bounds of households in numbers, where it states a tolerance around the mean.
  func withBounds(of inputs: PlanInputs) -> Scenario {
    guard let tolerance = grids.redraw.tolerance, let count = grids.count else { return self }
    let total = inputs.buildings.reduce(0) { $0 + $1.households } + inputs.units.reduce(0) { $0 + $1.households }
    let bounds = RedrawProblem.Bounds(total: total, groups: count, tolerance: min(tolerance, 1e6))
    var result = self
    result.grids.households = HouseholdBounds(
      min: max(0, bounds.min), ideal: max(1, bounds.ideal), max: tolerance.isFinite ? bounds.max : .max / 4)
    return result
  }
}
