internal import Georeference
internal import MapFiles
internal import Parallel
internal import PlanModel
internal import Planar
internal import Topology

/// Turns the layers of a scenario into `PlanInputs`.
struct InputReader {
  let scenario: Scenario
  var loader: LayerLoader
  var inputs: PlanInputs

  /// Reads every layer that the scenario names.
  ///
  /// - Throws: `MapFileError`, `GeoreferenceError` or `ScenarioError` that say what to mend.
  static func read(_ scenario: Scenario) throws -> PlanInputs {
    var loader = LayerLoader(scenario: scenario)
    var raw: [InputLayer] = []
    for kind in LayerKind.allCases {
      if let layer = try loader.read(kind) { raw.append(layer) }
    }
    let working = try workingCRS(scenario, raw)
    let layers = try raw.map { try $0.projected(to: working.crs, allowBallpark: scenario.allowBallpark) }
    var reader = InputReader(
      scenario: scenario, loader: loader, inputs: PlanInputs(workingCRS: working, layers: layers))
    for layer in layers { try reader.take(layer) }
    reader.inputs.usedCodes.formUnion(try EarlierCodes.ofGrids(in: scenario))
    reader.inputs.problems = reader.loader.problems + reader.inputs.problems
    reader.inputs.takeLabels(of: scenario.layers[.units])
    return reader.inputs
  }

  private static func workingCRS(_ scenario: Scenario, _ layers: [InputLayer]) throws -> CRSDescription {
    if let stated = scenario.crs {
      let described = try CRS(normalizing: stated).described()
      guard described.isFitToMeasure, described.metresPerUnit == 1 else {
        throw ScenarioError(
          file: scenario.file, key: "crs",
          message: "\(described.name) is not fit to measure in. State a projected CRS in metres, such as EPSG:4549")
      }
      return described
    }
    var box = Box.empty
    for layer in layers where ![.divisions, .usedCodes].contains(layer.kind) {
      let degrees = try Transformation(from: layer.crs, to: .crs84, allowBallpark: scenario.allowBallpark)
      for feature in layer.layer.features {
        guard let extent = feature.geometry?.box, !extent.isEmpty else { continue }
        box.formUnion(Box(around: try degrees([extent.min, extent.max])))
      }
    }
    guard !box.isEmpty else {
      let files = LayerKind.allCases.compactMap { scenario.layers[$0]?.file }.joined(separator: ", ")
      throw ScenarioError(
        file: scenario.file, key: "layers", message: "no feature of \(files) has a geometry. Export the layers again")
    }
    return try WorkingCRS.fitting(box).described()
  }

  private mutating func take(_ layer: InputLayer) throws {
    switch layer.kind {
    case .communities: try takeCommunities(layer)
    case .buildings: try takeBuildings(layer)
    case .units: try takeUnits(layer)
    case .streets: takeStreets(layer)
    case .water, .barriers: takeBarriers(layer)
    case .bridges: inputs.bridges = layer.layer.features.flatMap { $0.geometry?.lines ?? [] }
    case .compounds: takeCompounds(layer)
    case .specials: try takeSpecials(layer)
    case .grids: try takeGrids(layer)
    case .cameras: inputs.cameras = placedPoints(layer)
    case .events: inputs.events = placedPoints(layer)
    case .keyPlaces: inputs.keyPlaces = placedPoints(layer)
    case .workers: try takePosts(layer)
    case .divisions: takeDivisions(layer)
    case .usedCodes: inputs.usedCodes.formUnion(layer.rows.compactMap { layer.text(.code, of: $0) })
    case .openSpace, .sensitivePlaces: break
    }
  }
}

// MARK: Areas

extension InputReader {
  private mutating func takeCommunities(_ layer: InputLayer) throws {
    let counts = layer.hasCounts ? try counted(layer) : nil
    let areas = repairedAreas(layer)
    var codes: [String: Int] = [:]
    for row in layer.rows {
      guard let polygons = areas[row], let code = uniqueCode(layer, row, &codes) else { continue }
      inputs.communities.append(
        Community(
          code: code, name: layer.text(.name, of: row), parent: layer.text(.parent, of: row),
          polygons: polygons, statedHouseholds: counts?.values[row]))
    }
  }

  private mutating func takeUnits(_ layer: InputLayer) throws {
    guard layer.hasCounts else { throw noCounts(layer) }
    let counts = try counted(layer)
    inputs.unroundedHouseholds += counts.unrounded
    list(counts, of: layer)
    let areas = repairedAreas(layer)
    let weights = try FurtherWeights(layer, scenario)
    for row in layer.rows {
      if areas[row] == nil { loseNobody(layer, row, counts.values[row]) }
      inputs.units.append(
        CountedUnit(
          id: layer.name(of: row), polygons: areas[row] ?? [], households: counts.values[row],
          parent: layer.text(.parent, of: row), grid: layer.text(.grid, of: row),
          together: layer.text(.together, of: row), weights: try weights.values(of: row, areas[row] ?? [])))
    }
    listRepeatedIdentifiers(layer)
    guard inputs.units.contains(where: { !$0.polygons.isEmpty }) else {
      throw MapFileError(
        .badData, file: layer.source.file, message: "no feature is an area, and units are areas",
        remedy: "Name a layer of polygons as `units`, or this one as `buildings`")
    }
  }

  private mutating func takeSpecials(_ layer: InputLayer) throws {
    let counts = layer.hasCounts ? try counted(layer) : nil
    let areas = repairedAreas(layer)
    for row in layer.rows {
      guard let polygons = areas[row] else { continue }
      inputs.specials.append(
        Special(
          code: layer.text(.code, of: row), name: layer.text(.name, of: row),
          kind: layer.text(.kind, of: row) ?? "special", polygons: polygons,
          households: counts?.values[row] ?? 0))
    }
  }

  private mutating func takeGrids(_ layer: InputLayer) throws {
    let areas = repairedAreas(layer)
    var codes: [String: Int] = [:]
    for row in layer.rows {
      guard let polygons = areas[row], let code = uniqueCode(layer, row, &codes) else { continue }
      inputs.grids.append(
        ExistingGrid(
          code: code, name: layer.text(.name, of: row), parent: layer.text(.parent, of: row),
          polygons: polygons))
    }
  }

  private mutating func takeCompounds(_ layer: InputLayer) {
    let areas = repairedAreas(layer)
    for row in layer.rows {
      if let polygons = areas[row] {
        inputs.compounds.append(Compound(id: layer.name(of: row), polygons: polygons))
      }
    }
  }

  /// The code of a row; a code that stood before gets a letter, and is listed.
  private mutating func uniqueCode(
    _ layer: InputLayer, _ row: Int, _ used: inout [String: Int]
  ) -> String? {
    let code = layer.text(.code, of: row) ?? layer.name(of: row)
    let times = used[code, default: 0]
    used[code] = times + 1
    guard times > 0 else { return code }
    inputs.problems.append(
      PlanProblem(
        "duplicate-code", .error, file: layer.source.file, feature: String(row + 1), code: code,
        place: layer.layer.features[row].geometry?.firstCoordinate,
        "the code stands \(times + 1) times; this feature is called \(code)#\(times + 1)",
        "编码重复 \(times + 1) 次；该要素记为 \(code)#\(times + 1)"))
    return "\(code)#\(times + 1)"
  }
}

// MARK: Buildings

extension InputReader {
  private mutating func takeBuildings(_ layer: InputLayer) throws {
    guard layer.hasCounts else { throw noCounts(layer) }
    let counts = try counted(layer)
    inputs.unroundedHouseholds += counts.unrounded
    list(counts, of: layer)
    let areas = repairedAreas(layer, pointsAreFine: true)
    let repaired = Set(inputs.problems.lazy.filter { $0.rule == "repaired" }.compactMap(\.feature))
    let points = parallelPoints(layer, areas)
    let weights = try FurtherWeights(layer, scenario)
    for row in layer.rows {
      if points[row] == nil { loseNobody(layer, row, counts.values[row]) }
      let id = layer.name(of: row)
      inputs.buildings.append(
        Building(
          id: id, polygons: areas[row] ?? [], point: points[row], households: counts.values[row],
          use: layer.text(.use, of: row), isRepaired: repaired.contains(id),
          weights: try weights.values(of: row, areas[row] ?? [])))
    }
    listRepeatedIdentifiers(layer)
  }

  private func parallelPoints(_ layer: InputLayer, _ areas: [[Polygon]?]) -> [Point?] {
    let features = layer.layer.features
    let parts = chunks(of: features.count, parts: threadCount * 8)
    return parallelMap(count: parts.count) { part in
      parts[part].map { row -> Point? in
        if let area = areas[row] { return interiorPoint(of: area) ?? area.first?.centroid }
        return features[row].geometry?.points.first
      }
    }.flatMap { $0 }
  }

  private mutating func listRepeatedIdentifiers(_ layer: InputLayer) {
    guard layer.columns[.id] != nil else { return }
    var first: [String: Int] = [:]
    for row in layer.rows {
      guard let id = layer.text(.id, of: row) else { continue }
      if let before = first[id] {
        inputs.problems.append(
          PlanProblem(
            "duplicate-id", file: layer.source.file, feature: id,
            place: layer.layer.features[row].geometry?.firstCoordinate,
            "the id stands in rows \(before + 1) and \(row + 1); both are kept as parts with their own counts",
            "标识在第 \(before + 1) 行和第 \(row + 1) 行重复；两者均保留，各计户数"))
      } else {
        first[id] = row
      }
    }
  }

  private func noCounts(_ layer: InputLayer) -> ScenarioError {
    ScenarioError(
      file: scenario.file, key: "layers.\(layer.kind.rawValue).households",
      message: "no field holds the number of households (fields: \(layer.layer.fields.joined(separator: ", "))). "
        + "Name one, join a table with `counts`, or estimate with `households: {from: floorArea, per: 90}`")
  }

  /// Households of a feature without a place are counted in and listed.
  private mutating func loseNobody(_ layer: InputLayer, _ row: Int, _ households: Int) {
    guard households > 0 else { return }
    inputs.problems.append(
      PlanProblem(
        "unplaced", .error, file: layer.source.file, feature: layer.name(of: row),
        measure: Double(households), unit: "households",
        "\(households) households have no place: the feature has no geometry",
        "\(households) 户无法落位：该要素没有几何图形"))
  }

  private mutating func counted(_ layer: InputLayer) throws -> HouseholdCounts {
    let counts = try layer.householdCounts(countTable: loader.readCounts(for: layer))
    listJoin(counts, of: layer)
    inputs.isEstimated = inputs.isEstimated || counts.isEstimated
    for row in counts.negative {
      inputs.problems.append(
        PlanProblem(
          "negative-count", .error, file: layer.source.file, feature: layer.name(of: row),
          "a negative number of households; taken as none", "户数为负；按 0 户处理"))
    }
    return counts
  }
}

// MARK: Lines and points

extension InputReader {
  private mutating func takeStreets(_ layer: InputLayer) {
    var skipped = 0
    for row in layer.rows {
      guard let geometry = layer.layer.features[row].geometry else { continue }
      if layer.isOffGround(row) {
        skipped += 1
        continue
      }
      let rings = geometry.polygons.flatMap(\.rings).map(\.points)
      for line in geometry.lines + rings where line.count > 1 {
        inputs.streets.append(StreetLine(points: line, streetClass: layer.text(.streetClass, of: row)))
      }
    }
    listSkipped(layer, skipped)
  }

  private mutating func takeBarriers(_ layer: InputLayer) {
    var skipped = 0
    let areas = repairedAreas(layer, linesAreFine: true)
    for row in layer.rows {
      guard let geometry = layer.layer.features[row].geometry else { continue }
      if layer.isOffGround(row) {
        skipped += 1
        continue
      }
      inputs.barriers.append(
        Barrier(
          name: layer.text(.name, of: row), kind: layer.text(.streetClass, of: row) ?? layer.text(.kind, of: row),
          polygons: areas[row] ?? [], lines: geometry.lines))
    }
    listSkipped(layer, skipped)
  }

  private mutating func listSkipped(_ layer: InputLayer, _ count: Int) {
    guard count > 0 else { return }
    inputs.problems.append(
      PlanProblem(
        "off-ground", .info, file: layer.source.file, measure: Double(count), unit: "features",
        "\(count) lines in tunnels, on bridges or off the ground bound no unit",
        "\(count) 条隧道、桥梁或非地面线不作边界"))
  }

  private func placedPoints(_ layer: InputLayer) -> [PlacedPoint] {
    layer.rows.map { row in
      let geometry = layer.layer.features[row].geometry
      let area = geometry?.polygons ?? []
      let point = area.isEmpty ? geometry?.firstCoordinate : interiorPoint(of: area) ?? geometry?.firstCoordinate
      return PlacedPoint(id: layer.name(of: row), point: point)
    }
  }

  private mutating func takePosts(_ layer: InputLayer) throws {
    for row in layer.rows {
      inputs.posts.append(
        Post(
          id: layer.name(of: row), grid: layer.text(.grid, of: row),
          hoursPerWeek: try layer.number(.hours, of: row), skill: layer.text(.skill, of: row)))
    }
  }

  private mutating func takeDivisions(_ layer: InputLayer) {
    for row in layer.rows {
      if let code = layer.text(.code, of: row), let name = layer.text(.name, of: row) {
        inputs.divisionNames[code] = name
      }
    }
  }
}

extension InputLayer {
  /// Lines tagged tunnel, bridge or another level than the ground bound no unit.
  fileprivate func isOffGround(_ row: Int) -> Bool {
    func isSet(_ role: FieldRole) -> Bool {
      guard let text = text(role, of: row)?.lowercased() else { return false }
      return !["no", "false", "0", "否"].contains(text)
    }
    if isSet(.tunnel) || isSet(.bridge) { return true }
    guard let level = text(.level, of: row).flatMap(Double.init) else { return false }
    return level != 0
  }
}

extension InputReader {
  mutating func note(_ problem: PlanProblem) { inputs.problems.append(problem) }
}
