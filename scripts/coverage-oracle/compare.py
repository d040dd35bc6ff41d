"""Compares the views of a `gridplan coverage` run with CGAL's exact triangular expansion.

  compare.py BUILDINGS.geojson FOLDER [--cgal ./cgal_views] [--write EXPECTED.csv]

Starts at the reported eye points in the working CRS, cuts CGAL's region to the sector that cameras.geojson
reports, and counts cameras whose area differs by more than 0.1 % and 0.05 m2, or whose drawn view does.
Needs shapely, numpy, pyproj."""
import argparse
import json
import subprocess

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape

parser = argparse.ArgumentParser()
parser.add_argument("buildings")
parser.add_argument("folder")
parser.add_argument("--cgal", default="./cgal_views")
parser.add_argument("--write")
options = parser.parse_args()


def load(path):
    return json.load(open(path))["features"]


crs = json.load(open(f"{options.folder}/report.json"))["crs"]
forward = Transformer.from_crs(4326, crs, always_xy=True)


def project(geometry):
    return shapely.transform(geometry, lambda a: np.column_stack(forward.transform(a[:, 0], a[:, 1])))


def sector(x, y, azimuth, fov, radius, near):
    if fov >= 360:
        disc = shapely.Point(x, y).buffer(radius, quad_segs=2000)
    else:
        angles = np.radians(azimuth + fov * (np.linspace(0, 1, max(3, int(fov * 20))) - 0.5))
        disc = shapely.Polygon([(x, y), *zip(x + radius * np.sin(angles), y + radius * np.cos(angles))])
    return disc.difference(shapely.Point(x, y).buffer(near, quad_segs=2000)) if near > 0 else disc


walls = []
for feature in load(options.buildings):
    if feature["geometry"] is None:
        continue
    for part in shapely.get_parts(project(shape(feature["geometry"]))):
        if part.geom_type != "Polygon":
            continue
        for ring in [part.exterior, *part.interiors]:
            points = shapely.get_coordinates(ring)
            walls += [(*a, *b) for a, b in zip(points, points[1:]) if tuple(a) != tuple(b)]
# The arithmetic is exact, so the same wall twice is one wall.
walls = sorted({w if w[:2] <= w[2:] else (*w[2:], *w[:2]) for w in walls})

cameras = {c["properties"]["id"]: c["properties"] for c in load(f"{options.folder}/cameras.geojson")}
views = {v["properties"]["camera"]: project(shape(v["geometry"])) for v in load(f"{options.folder}/views.geojson")}
invalid = sum(not shape(v["geometry"]).is_valid for v in load(f"{options.folder}/views.geojson"))
used = [c for c in cameras.values() if c["status"] in ("used", "snapped") and c["range_m"]]
text = [f"S {len(walls)}"] + ["%.17g %.17g %.17g %.17g" % w for w in walls] + [f"E {len(used)}"]
text += ["%s %.6f %.6f %.6f" % (c["id"].replace(" ", "_"), c["eye_x"], c["eye_y"], c["range_m"]) for c in used]
lines = subprocess.run([options.cgal], input="\n".join(text), capture_output=True, text=True, check=True).stdout.splitlines()

failed = missed = drawn = 0
worst = (0.0, "")
rows = []
for camera, line in zip(used, lines):
    fields = line.split()
    if "failed:" in fields:
        failed += 1
        print(camera["id"], line)
        continue
    region = shapely.Polygon(np.array(fields[1:], float).reshape(-1, 2)).buffer(0)
    azimuth = float(camera["azimuth"]) if not isinstance(camera["azimuth"], str) else 0
    cut = sector(camera["eye_x"], camera["eye_y"], azimuth, camera["fov"], camera["range_m"], camera["near_m"] or 0)
    exact = region.intersection(cut)
    area = exact.area
    rows.append((camera["id"], camera["eye_x"], camera["eye_y"], camera["range_m"], area))
    difference = abs(area - camera["area_m2"])
    if difference > 0.05 and difference > 0.001 * area:
        missed += 1
        print(f"{camera['id']}: CGAL {area:.4f} gridplan {camera['area_m2']:.4f}")
    symmetric = views.get(camera["id"], shapely.Polygon()).symmetric_difference(exact).area
    drawn += symmetric > 0.05 and symmetric > 0.001 * area
    worst = max(worst, (difference / max(area, 50), camera["id"]))
print(json.dumps({
    "cameras": len(cameras), "compared": len(rows), "failed": failed, "area_misses": missed, "drawn_misses": drawn,
    "invalid_views": invalid, "worst_relative": worst}))
if options.write:
    with open(options.write, "w") as file:
        file.write("id,eye_x,eye_y,range_m,area_m2\n")
        file.writelines("%s,%.6f,%.6f,%.6f,%.6f\n" % row for row in rows)
