/// What of OpenStreetMap's data is read: tags that planning uses; never who edited it.
enum OpenStreetMapTags {
  private static let names = [
    "name", "name:zh", "name:en", "ref", "building", "building:levels", "building:flats", "height", "amenity",
    "shop", "office", "leisure", "tourism", "sport", "landuse", "natural", "water", "waterway", "highway", "railway",
    "public_transport", "bridge", "tunnel", "covered", "indoor", "layer", "barrier", "access", "service", "oneway",
    "place", "boundary", "admin_level", "addr:street", "addr:housenumber", "addr:place", "addr:unit", "man_made",
    "surveillance", "surveillance:type", "surveillance:zone", "camera:type", "camera:direction", "camera:angle",
    "camera:mount", "direction", "operator:type",
  ]

  private static let areas =
    "aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,military,natural,office,place,shop,"
    + "sport,tourism,water,highway=platform,public_transport=platform"

  /// The layers into which GDAL sorts OpenStreetMap's nodes, ways and relations.
  private static let layers = ["points", "lines", "multipolygons", "multilinestrings", "other_relations"]

  /// GDAL's file of settings for its driver OSM.
  static var settings: String {
    let head = "closed_ways_are_polygons=\(areas)\nattribute_name_laundering=no\nreport_all_nodes=no\nreport_all_ways=no\n"
    let layer = """
      osm_id=yes
      osm_version=no
      osm_timestamp=no
      osm_uid=no
      osm_user=no
      osm_changeset=no
      attributes=\(names.joined(separator: ","))
      other_tags=no

      """
    return head + layers.map { "\n[\($0)]\n\(layer)" }.joined()
  }
}
