internal import Assignment
internal import Georeference
internal import Planar

/// Finds the units that an edit names.
struct UnitFinder {
  private let plan: EditedPlan
  private let toWorking: Transformation

  init(_ plan: EditedPlan) throws {
    self.plan = plan
    toWorking = try Transformation(from: .crs84, to: plan.crs.crs, allowBallpark: true)
  }

  /// Units by `#number`, the identifier of a unit or of a building, `compound:ID`, or `lon,lat`.
  ///
  /// - Throws: `EditError` where there is none, or a building's identifier stands for several.
  func units(_ name: String) throws -> [Int] {
    let ground = plan.ground
    if name.hasPrefix("#"), let number = Int(name.dropFirst()), (1...ground.count).contains(number) { return [number - 1] }
    let ready = ground.identifiers.indices.filter { ground.identifiers[$0] == name }
    if !ready.isEmpty { return ready }
    if name.hasPrefix("compound:") {
      let id = String(name.dropFirst("compound:".count))
      let units = ground.compound.indices.filter { ground.compound[$0] == id }
      if !units.isEmpty { return units }
    }
    let homes = plan.plan.buildings.isEmpty ? plan.plan.units : plan.plan.buildings
    let found = Set(homes.indices.filter { homes[$0].id == name }.compactMap { ground.unitOfHome[$0] })
    if found.count > 1 {
      let numbers = found.sorted().map { "#\($0 + 1)" }.joined(separator: ", ")
      throw EditError(.unknown, "\"\(name)\" stands for buildings in several units (\(numbers)): name the unit")
    }
    if let unit = found.first { return [unit] }
    return [try unit(at: name)]
  }

  private func unit(at name: String) throws -> Int {
    let numbers = name.split(whereSeparator: { ",，".contains($0) }).map { Double(String($0).trimmingSpaces) }
    guard numbers.count == 2, let lon = numbers[0], let lat = numbers[1], abs(lon) <= 180, abs(lat) <= 90 else {
      throw EditError(
        .unknown,
        "no unit and no building is called \"\(name)\". Units are named by #number (field `unit`), id, building, compound:ID or lon,lat")
    }
    let place = try toWorking(Point(x: lon, y: lat))
    let index = AreaIndex(
      plan.ground.fabric.units.enumerated().map { Area(code: String($0.offset), polygons: $0.element.polygons) })
    guard let unit = index.locate(place) else { throw EditError(.unknown, "no unit lies at \(name)") }
    return unit
  }
}
