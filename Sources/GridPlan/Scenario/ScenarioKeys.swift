internal import PlanModel

/// Every key that a scenario may have.
enum ScenarioKeys {
  static let root = ValueKind.object([
    KeySpec("name", .text, "the name of the plan; the file's name where absent"),
    KeySpec("crs", .text, "the working CRS, projected, such as EPSG:4549; chosen and stated where absent"),
    KeySpec("allowBallpark", .boolean, "accept transformations that ignore a difference of datums"),
    KeySpec("dropPersonalColumns", .boolean, "read layers with personal columns without those columns"),
    KeySpec("layers", layers, required: true, "the maps and tables to read"),
    KeySpec("grids", grids, "how grids are drawn"),
    KeySpec("services", .list(service), "what workers do, and how often"),
    KeySpec("workload", workload, "constants of the workload"),
    KeySpec("coverage", coverage, "how cameras are audited"),
    KeySpec("publish", publish, "what is published"),
    KeySpec("output", output, "where results go"),
  ])

  static let layers = ValueKind.object([
    KeySpec("communities", layer([.code, .name, .parent, .population, .dwellings], counted: true), "the areas that grids tile"),
    KeySpec(
      "buildings", layer([.id, .name, .address, .floors, .floorArea, .height, .use, .population, .dwellings, .community], counted: true),
      "footprints with a count of households"),
    KeySpec("units", layer([.id, .name, .address, .parent, .grid, .together, .population, .dwellings, .floorArea], counted: true), "ready units to group"),
    KeySpec("streets", layer([.name, .streetClass, .tunnel, .bridge, .level]), "centre lines, soft borders"),
    KeySpec("water", layer([.name, .kind, .tunnel, .level]), "rivers and lakes, hard borders that no grid crosses"),
    KeySpec("barriers", layer([.name, .kind, .streetClass, .tunnel, .bridge, .level]), "other lines and areas that no grid crosses"),
    KeySpec("bridges", layer([.id, .name]), "lines that join what lies at either end of them, across barriers"),
    KeySpec("compounds", layer([.id, .name]), "walled areas that no border cuts"),
    KeySpec("specials", layer([.code, .name, .kind], counted: true), "areas that are a grid of their own"),
    KeySpec("grids", layer([.code, .name, .parent]), "the grids of today"),
    KeySpec("cameras", layer(cameraFields), "public cameras"),
    KeySpec("events", layer([.id, .category, .reported, .closed]), "timed events"),
    KeySpec("workers", layer([.id, .grid, .knows, .hours, .skill, .base]), "posts, never names"),
    KeySpec("keyPlaces", layer([.id, .name, .kind]), "places that should be in view"),
    KeySpec("openSpace", layer([.id, .name, .kind]), "public open space that should be in view: areas"),
    KeySpec("sensitivePlaces", layer([.id, .name, .kind]), "places where views don't belong"),
    KeySpec("divisions", layer([.code, .name, .parent]), "names of streets and counties by code"),
    KeySpec("usedCodes", layer([.code]), "codes of grids that are gone, which no new grid gets; plan.gpkg of an earlier plan will do"),
  ])

  static let cameraFields: [FieldRole] = [
    .id, .name, .azimuth, .fieldOfView, .range, .height, .tilt, .type, .inService, .networked, .operatorClass,
  ]

  static func layer(_ fields: [FieldRole], counted: Bool = false) -> ValueKind {
    let place = [
      KeySpec("file", .text, required: true, "the file, relative to the scenario"),
      KeySpec("layer", .text, "the layer in the file; needed where there are several"),
      KeySpec("crs", .text, "the CRS of the file where it doesn't say, or says wrong"),
      KeySpec("where", .text, "keep features with a field of one of some values: field=value|value"),
    ]
    let mapping = fields.map { KeySpec($0.rawValue, .text, "the field that holds the \($0.meaning)") }
    return .object(place + mapping + (counted ? counts : []))
  }

  static let counts: [KeySpec] = [
    KeySpec(
      "households", .either([.text, estimate]),
      "the field that holds the number of households, or how to estimate it"),
    KeySpec(
      "counts",
      .object([
        KeySpec("file", .text, required: true, "a table of households"),
        KeySpec("layer", .text, "the layer in the file"),
        KeySpec("id", .text, "the table's field that equals the layer's id; rows of one id add up"),
        KeySpec("address", .text, "the table's field of addresses, in place of an id; joined to the layer's `address`"),
        KeySpec("households", .text, required: true, "the table's field that holds the number of households"),
      ]), "a table of households to join by id or by address"),
  ]

  static let estimate = ValueKind.object([
    KeySpec("from", .choice(["floorArea", "units", "population"]), required: true, "what the estimate rests on"),
    KeySpec("per", .number(min: 1e-9), required: true, "square metres, dwellings or persons for one household"),
    KeySpec("storey", .number(min: 0.1), "metres of height for a floor where floors are not given (default 3)"),
    KeySpec("uses", .list(.text), "values of `use` that are homes; all where absent"),
  ])

  static let bounds = ValueKind.object([
    KeySpec("min", .integer(min: 0), "the least number of households (hard)"),
    KeySpec("ideal", .integer(min: 1), "the number to come near"),
    KeySpec("max", .integer(min: 1), "the greatest number of households (hard)"),
  ])

  static let grids = ValueKind.object([
    KeySpec("from", .choice(["draw", "existing"]), "draw new grids, or take those of today"),
    KeySpec("households", bounds, "bounds of a grid"),
    KeySpec("balance", .choice(GridRules.Equal.allCases.map(\.rawValue)), "what is the same in all grids (default households)"),
    KeySpec(
      "hours",
      .object([
        KeySpec("min", .number(min: 0), "the least work of a grid (hard)"),
        KeySpec("ideal", .number(min: 0.1), "the work to come near"),
        KeySpec("max", .number(min: 0.1), "the greatest work of a grid (hard)"),
      ]), "bounds of a grid's work in hours a year, with `balance: workload` (default a quarter around the mean)"),
    KeySpec("count", .either([.choice(["auto"]), .integer(min: 1)]), "number of grids, in all"),
    KeySpec("oversize", .choice(["own", "refuse"]), "what becomes of a unit above the maximum"),
    KeySpec("seed", .integer(min: 0), "the seed of the search"),
    KeySpec("effort", .choice(["low", "default", "high"]), "how long to search"),
    KeySpec(
      "tolerance", .either([.choice(["none"]), .number(min: 0)]),
      "keep within this share of the mean instead of stated bounds; `none`: as even as the objective makes it. Asks for `count`"),
    KeySpec("maxMoved", .number(min: 0), "share of households that may change grid"),
    KeySpec(
      "objective", .either([.text, .list(.text)]),
      "what makes a plan better, in order: \(RedrawGoal.names); with what later ones may take back: deviation:0.02"),
    KeySpec(
      "weights",
      .list(
        .object([
          KeySpec("field", .text, required: true, "a field of the units or buildings; area_m2 is the ground itself"),
          KeySpec("min", .number(min: 0), "the least sum in a grid (hard)"),
          KeySpec("max", .number(min: 0), "the greatest sum in a grid (hard)"),
        ])), "further weights with bounds"),
    KeySpec("locked", .list(.text), "codes of grids of today that stay as they are; ids of units that stay in theirs"),
    KeySpec("links", .list(.list(.text)), "pairs of units that hang together though they do not touch"),
    KeySpec("linkIslands", .number(min: 0), "link what touches nothing to the nearest unit within so many metres"),
    KeySpec("crossings", .entries(.text), "what a grid pays to cross a class of street or barrier: forbid, free, or a number"),
    KeySpec("micro", .object([KeySpec("households", bounds, "bounds of a micro-grid")]), "micro-grids below the grid"),
    KeySpec(
      "kinds",
      .list(
        .object([
          KeySpec("kind", .text, required: true, "a value of the field `kind` of the layer `specials`"),
          KeySpec("households", bounds, "bounds of grids of this kind"),
        ])), "bounds for kinds of special grids"),
  ])

  static let service = ValueKind.object([
    KeySpec("name", .text, required: true, "the name of the service"),
    KeySpec("per", .choice(ServiceSubject.allCases.map(\.rawValue)), required: true, "what is served"),
    KeySpec("timesPerYear", .number(min: 0), "how often each is served in a year (events: once where absent)"),
    KeySpec("minutes", .number(min: 0), required: true, "how long one service takes"),
    KeySpec("skill", .text, "the skill it asks for (default general)"),
    KeySpec("mode", .choice(["foot", "vehicle"]), "how workers get there (default foot)"),
    KeySpec("source", .text, "where the figures come from"),
  ])

  static let workload = ValueKind.object([
    KeySpec("hoursPerYear", .number(min: 1), "working hours of one post in a year, net"),
    KeySpec("hoursPerWeek", .number(min: 1), "working hours of a full post in a week (default 40)"),
    KeySpec("minutesPerDay", .number(min: 1), "working minutes of a full day (default 480)"),
    KeySpec("walkingSpeed", .number(min: 1), "metres a minute on foot"),
    KeySpec("vehicleSpeed", .number(min: 1), "metres a minute by vehicle"),
    KeySpec("ruralWalkingSpeed", .number(min: 1), "metres a minute on foot in the country"),
    KeySpec("ruralVehicleSpeed", .number(min: 1), "metres a minute by vehicle in the country"),
    KeySpec("ruralHouseholdsPerHectare", .number(min: 0), "grids with fewer households a hectare are rural"),
    KeySpec("detour", .number(min: 1), "way on the ground for a metre as the crow flies"),
    KeySpec("setupMinutes", .number(min: 0), "minutes a grid and year for what has no service"),
  ])

  static let coverage = ValueKind.object([
    KeySpec("skip", .boolean, "leave the audit of cameras out"),
    KeySpec("range", .number(min: 0.1), "ground range in metres of cameras that state none (default 30)"),
    KeySpec("fov", .number(min: 0.1), "field of view in degrees of cameras that state none (default by kind)"),
    KeySpec("profile", .text, "a JSON file with defaults and levels"),
    KeySpec("placeKinds", .text, "a JSON file with kinds of places that cameras should not see into"),
    KeySpec("level", .text, "the level at which key places must be seen (default detect)"),
    KeySpec("reachLevel", .text, "the level from which a view into a home counts (default recognise)"),
    KeySpec("k", .integer(min: 1), "cameras that must see a key place (default 1)"),
    KeySpec("arcTolerance", .number(min: 1e-6), "largest distance in metres between an arc and its chords (default 0.005)"),
    KeySpec("snap", .number(min: 0), "how far in metres a camera may be moved out of a building (default 2)"),
  ])

  static let publish = ValueKind.object([
    KeySpec("minCount", .integer(min: 1), "households below which a count is suppressed (default 10)")
  ])

  static let output = ValueKind.object([
    KeySpec("folder", .text, "the folder for results, relative to the scenario"),
    KeySpec(
      "map", .either([.boolean, .choice(MapChoice.allCases.map(\.rawValue))]),
      "the page map.html: published (default), internal with exact counts, or none"),
  ])
}
