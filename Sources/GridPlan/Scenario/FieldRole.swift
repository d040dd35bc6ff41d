/// What a field of a layer means to a plan; the raw value is the key of the scenario.
public enum FieldRole: String, Sendable, CaseIterable {
  case id, code, name, address, parent, community, together, kind, category
  case households, dwellings, population, floors, floorArea, height, use
  case streetClass = "class"
  case tunnel, bridge, level
  case azimuth, fieldOfView, range, tilt, type, inService, networked, operatorClass
  case reported, closed
  case grid, hours, skill, base, knows

  /// The meaning in words, for help and schema.
  var meaning: String {
    switch self {
    case .id: "identifier"
    case .parent: "code of the area above"
    case .community: "code of the community"
    case .together: "mark that units of one grid share"
    case .dwellings: "number of dwellings"
    case .floorArea: "floor area in square metres, all floors together"
    case .streetClass: "class of the street"
    case .level: "level above ground (OSM `layer`)"
    case .fieldOfView: "horizontal field of view in degrees"
    case .azimuth: "azimuth in degrees clockwise from north"
    case .inService: "flag whether it is in service"
    case .networked: "flag whether it is networked"
    case .operatorClass: "class of the operator"
    case .height: "height in metres"
    case .range: "range in metres"
    case .tilt: "tilt below the horizon in degrees"
    case .reported: "time of report"
    case .closed: "time of closing"
    case .hours: "working hours a week"
    case .grid: "code of the grid; several apart by ;"
    case .skill: "skills; several apart by ;"
    case .knows: "codes of further grids that the post knows"
    case .base: "code of the grid that holds the office; a point of the feature counts first"
    default: rawValue
    }
  }
}
