internal import Planar

/// Sets of units that stay in one grid: compounds that fit in one, marks of the units' own,
/// communities whose households have no building, and units on water with the unit on its shore.
struct KeptTogether {
  private let ground: DrawnGround
  private let inputs: PlanInputs
  private let rules: GridRules
  private let members: [Int]

  init(_ ground: DrawnGround, _ inputs: PlanInputs, _ rules: GridRules, _ members: [Int]) {
    self.ground = ground
    self.inputs = inputs
    self.rules = rules
    self.members = members
  }

  /// As positions among the members; compounds that have to be split are listed.
  func sets(_ scenario: Scenario, _ problems: inout [PlanProblem]) -> [[Int]] {
    undivided + marked + compounds(scenario, &problems) + ashore
  }

  private func parent(_ index: Int) -> Int { ground.parents[members[index]] ?? -1 }

  private func isDivided(_ index: Int) -> Bool { !ground.undivided.contains(parent(index)) }

  private var undivided: [[Int]] {
    ground.undivided.sorted().map { community in members.indices.filter { parent($0) == community } }
  }

  /// Units with the same mark, within a parent.
  private var marked: [[Int]] {
    struct Mark: Hashable {
      var text: String
      var parent: Int
    }
    var sets: [Mark: [Int]] = [:]
    for index in members.indices {
      guard let text = ground.marks[members[index]] else { continue }
      sets[Mark(text: text, parent: parent(index)), default: []].append(index)
    }
    return sets.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private func compounds(_ scenario: Scenario, _ problems: inout [PlanProblem]) -> [[Int]] {
    var sets: [[Int]] = []
    var compounds: [Int: [Int: [Int]]] = [:]
    for index in members.indices where isDivided(index) {
      guard let compound = ground.fabric.units[members[index]].compound else { continue }
      compounds[compound, default: [:]][parent(index), default: []].append(index)
    }
    for (compound, parts) in compounds.sorted(by: { $0.key < $1.key }) {
      for (_, part) in parts.sorted(by: { $0.key < $1.key }) where part.count > 1 {
        let households = part.reduce(0) { $0 + ground.weights[members[$1]] }
        if households <= rules.households.max {
          sets.append(part)
        } else {
          let place = ground.fabric.units[members[part[0]]].interiorPoint
          problems.append(split(inputs.compounds[compound], households, place, scenario))
        }
      }
    }
    return sets
  }

  private var ashore: [[Int]] {
    var position: [Int: Int] = [:]
    for (index, unit) in members.enumerated() { position[unit] = index }
    return ground.shore.sorted { $0.key < $1.key }.compactMap { unit, host in
      guard let a = position[unit], let b = position[host], parent(a) == parent(b) else { return nil }
      return [a, b]
    }
  }

  private func split(_ compound: Compound, _ households: Int, _ place: Point, _ scenario: Scenario) -> PlanProblem {
    PlanProblem(
      "split-compound", .info, file: scenario.layers[.compounds]?.file ?? "", feature: compound.id,
      measure: Double(households), unit: "households", place: place,
      "\(households) households are more than a grid holds; borders run inside the compound, between buildings",
      "\(households) 户超过一个网格的上限；边界在小区内的建筑之间通过")
  }
}
