#!/usr/bin/env python3
"""Makes the fixtures of FixtureTests with GDAL (python3-gdal), each with GDAL's own GeoJSON of it.

    python3 Tests/MapFilesTests/Fixtures/make.py
"""
import os
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
os.chdir(os.path.dirname(os.path.abspath(__file__)))
ogr.GetDriverByName("GPKG")
gdal.SetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z")

ROWS = [
    ("朝阳网格", 12, 3.25, "POLYGON ((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))"),
    ("海淀", -7, -0.5, "MULTIPOLYGON (((10 0,10 4,14 4,14 0,10 0),(11 1,12 1,12 2,11 2,11 1)),((20 0,20 1,21 1,21 0,20 0)))"),
    ("island in a hole", 0, 1e6, "MULTIPOLYGON (((30 0,30 9,39 9,39 0,30 0),(31 1,38 1,38 8,31 8,31 1)),((33 3,33 5,35 5,35 3,33 3)))"),
]
LINES = [("路", 1, 0.1, "LINESTRING (0 0,1 1,2 0)"), ("街", 2, 0.2, "MULTILINESTRING ((0 0,1 1),(5 5,6 6,7 5))")]
POINTS = [("点", 1, 0.1, "POINT Z (116.4 39.9 50)"), ("無", 2, 0.2, None)]


def srs(code):
    s = osr.SpatialReference()
    s.ImportFromEPSG(code)
    s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return s


def fill(layer, rows):
    layer.CreateField(ogr.FieldDefn("名称", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("count", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTReal))
    for name, count, value, wkt in rows:
        f = ogr.Feature(layer.GetLayerDefn())
        f.SetField("名称", name)
        f.SetField("count", count)
        f.SetField("value", value)
        if wkt:
            f.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(f)


def expected(source, name, layer=None, **options):
    target = name + ".expected.geojson"
    if os.path.exists(target):
        os.remove(target)
    gdal.VectorTranslate(target, source, format="GeoJSON", layers=[layer] if layer else None, dim="XY",
                         layerCreationOptions=["COORDINATE_PRECISION=12", "RFC7946=NO"], **options)


def shapefile(name, rows, kind, encoding, code, keep_cpg=True, keep_prj=True):
    for suffix in ("shp", "shx", "dbf", "cpg", "prj"):
        if os.path.exists(f"{name}.{suffix}"):
            os.remove(f"{name}.{suffix}")
    driver = ogr.GetDriverByName("ESRI Shapefile")
    data = driver.CreateDataSource(name + ".shp")
    layer = data.CreateLayer(name, srs(code), kind, options=["ENCODING=" + encoding])
    fill(layer, rows)
    data = layer = None
    expected(name + ".shp", name)
    os.remove(name + ".shx")
    if not keep_cpg:
        os.remove(name + ".cpg")
        with open(name + ".dbf", "r+b") as f:  # and the byte in the table that names the code page
            f.seek(29)
            f.write(b"\0")
    if not keep_prj:
        os.remove(name + ".prj")


def geopackage(name):
    if os.path.exists(name + ".gpkg"):
        os.remove(name + ".gpkg")
    data = ogr.GetDriverByName("GPKG").CreateDataSource(name + ".gpkg")
    fill(data.CreateLayer("areas", srs(4549), ogr.wkbUnknown, options=["SPATIAL_INDEX=NO"]), ROWS)
    fill(data.CreateLayer("heights", srs(4490), ogr.wkbPoint25D, options=["SPATIAL_INDEX=NO"]), POINTS)
    fill(data.CreateLayer("measured", srs(4326), ogr.wkbUnknown, options=["SPATIAL_INDEX=NO"]),
         [("m", 1, 1.0, "LINESTRING M (1 2 9,3 4 9)"), ("zm", 2, 2.0, "LINESTRING ZM (1 2 8 9,3 4 8 9)"), ("e", 3, 3.0, "POLYGON EMPTY")])
    fill(data.CreateLayer("table", None, ogr.wkbNone), [("行", 5, 5.5, None)])
    fill(data.CreateLayer("curves", srs(4326), ogr.wkbUnknown, options=["SPATIAL_INDEX=NO"]), [("c", 1, 1.0, "CIRCULARSTRING (0 0,1 1,2 0)")])
    data.ExecuteSQL("CREATE VIEW seen AS SELECT fid AS OGC_FID, geom, 名称 FROM areas WHERE count > 0")
    data.ExecuteSQL("INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES ('seen', 'seen', 'features', 4549)")
    data.ExecuteSQL("INSERT INTO gpkg_geometry_columns VALUES ('seen', 'geom', 'GEOMETRY', 4549, 0, 0)")
    data.ExecuteSQL("UPDATE gpkg_contents SET min_x = 1, max_x = 2, min_y = 1, max_y = 2 WHERE table_name = 'areas'")
    data = None
    expected(name + ".gpkg", name + ".areas", "areas")
    expected(name + ".gpkg", name + ".heights", "heights")
    expected(name + ".gpkg", name + ".table", "table")


shapefile("areas-gbk", ROWS, ogr.wkbPolygon, "GBK", 4549)
shapefile("lines-utf8", LINES, ogr.wkbLineString, "UTF-8", 4490)
shapefile("points-bare", POINTS, ogr.wkbPoint25D, "GBK", 4326, keep_cpg=False, keep_prj=False)
geopackage("layers")
