import Foundation
public import MapFiles

extension SyntheticTown {
  /// Adds the town's layers to `stage` as one GeoJSON file each in `folder`, which must exist.
  ///
  /// The layer `odd` is left out where nothing is odd.
  /// - Throws: `MapFileError`.
  public func write(to folder: String, in stage: StagedFiles) throws {
    for layer in written {
      try writeGeoJSON(layer, to: SyntheticTown.path(folder, layer.name), in: stage)
    }
    try stage.write(source, to: (folder as NSString).appendingPathComponent("SOURCE.md"))
  }

  /// The files that `write` makes in `folder`.
  public func files(in folder: String) -> [String] {
    written.map { SyntheticTown.path(folder, $0.name) } + [(folder as NSString).appendingPathComponent("SOURCE.md")]
  }

  private var written: [Layer] { layers.filter { $0.name != TownLayer.odd.rawValue || !$0.features.isEmpty } }

  private static func path(_ folder: String, _ name: String) -> String {
    (folder as NSString).appendingPathComponent(name + ".geojson")
  }

  /// Where the map is from, for the file beside it.
  private var source: String {
    let profile = request.profile == .urban ? "" : " --profile \(request.profile.rawValue)"
    let odd = request.odd == 0 ? "" : " --odd \(request.odd)"
    return """
      # A synthetic \(request.profile == .urban ? "town" : "township")

      **Synthetic: no such place exists.** Made by gridplan's own generator, not taken from anybody:

          gridplan init DIR --synthetic --households \(request.households) --seed \(request.seed)\(profile)\(odd)

      - The same command makes the same files, byte for byte, with the same version of gridplan and PROJ.
      - Coordinates: longitude and latitude in degrees (OGC:CRS84). It stands in the open sea near 123° E,
        31.5° N, so that nobody takes it for a real place.
      - Codes begin with 9901, which no real county has; every name begins with 示范 ("model").
      - Households are counts at buildings, \(request.households) in all. There are no persons in it.
      - Date: none; events are in a made-up year 2024.
      - Licence: that of gridplan.

      | file | what |
      | --- | --- |
      | communities | communities (社区, 村): 12-digit code, name, the street or town above |
      | buildings | footprints with use, floors, height, households, compound |
      | compounds | fenced areas (小区) by kind: residential, school, hospital, market, park… |
      | streets | centre lines with OpenStreetMap's tags highway, railway, bridge, tunnel, layer |
      | water | the river and ponds |
      | units | ready units: groups of houses with half of the streets around, seamless, with households |
      | grids | the plan of today, drawn badly: some grids have three times the households of others |
      | cameras | public cameras: azimuth and fov in degrees, range and height in metres; some values missing |
      | events | what was reported and closed when, by category |
      | workers | posts, not persons: weekly hours, skills, grid |
      | keyPlaces, sensitivePlaces | where views should reach, and where they must not |

      """
  }
}
