"""Grids of a peers' data set in EPSG:4549 metres for `coverage-benchmark union`: dump_grids.py GRIDS.parquet OUT.bin

int64 grids; for each: int64 rings; for each ring: int64 points, then x y doubles (closed)."""
import sys
import geopandas as gpd
import numpy as np
import shapely

geometries = gpd.read_parquet(sys.argv[1]).to_crs(4549).geometry.values
with open(sys.argv[2], "wb") as file:
    np.array([len(geometries)], np.int64).tofile(file)
    for polygon in geometries:
        rings = [polygon.exterior, *polygon.interiors]
        np.array([len(rings)], np.int64).tofile(file)
        for ring in rings:
            points = shapely.get_coordinates(ring)
            np.array([len(points)], np.int64).tofile(file)
            points.tofile(file)
