internal import Foundation

/// A bound on the largest load where ways depend on who goes: prices for the hours of the posts.
///
/// For any prices y ≥ 0 of a minute of each post, the work costs at least Σ minutes·min(1 + way)·y,
/// and at a largest load λ it can cost λ·Σ hours·y at most; so λ is no less than their ratio (linear
/// programming duality). Prices rise where too much work would go. Source: S. Plotkin, D. Shmoys
/// and É. Tardos, 1995 (multiplicative weights). 200 steps of O(needs · posts).
struct StaffingPrices {
  private let solver: StaffingSolver

  init(_ solver: StaffingSolver) { self.solver = solver }

  func bound() -> Double {
    let pairs = solver.needs.map { need in solver.posts.indices.filter { solver.canDo(solver.posts[$0], need) } }
    var price = Array(repeating: 1.0, count: solver.posts.count)
    var best = 0.0
    for step in 0..<200 {
      var load = Array(repeating: 0.0, count: solver.posts.count)
      var cost = 0.0
      for (need, able) in pairs.enumerated() { cost += place(need, able, price, &load) }
      let hours = solver.posts.indices.reduce(0) { $0 + price[$1] * solver.problem.posts[solver.posts[$1]].minutes }
      best = max(best, cost / hours)
      let most = max(load.max() ?? 1, 1e-9)
      let rate = 0.02 / (1 + Double(step) / 20)
      for post in price.indices { price[post] *= exp(rate * load[post] / most) }
    }
    return best
  }

  /// Puts a need where it is cheapest (shared where several are), and returns its cost.
  private func place(_ need: Int, _ able: [Int], _ price: [Double], _ load: inout [Double]) -> Double {
    let grid = solver.needs[need].grid
    func cost(_ post: Int) -> Double { (1 + solver.problem.wayShare(solver.posts[post], grid)) * price[post] }
    let least = able.map(cost).min() ?? 0
    let cheapest = able.filter { cost($0) <= least * 1.001 }
    let minutes = solver.needs[need].minutes
    for post in cheapest {
      let stretch = 1 + solver.problem.wayShare(solver.posts[post], grid)
      load[post] += stretch * minutes / Double(cheapest.count) / solver.problem.posts[solver.posts[post]].minutes
    }
    return least * minutes
  }
}
