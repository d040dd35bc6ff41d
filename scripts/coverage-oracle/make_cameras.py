"""Makes cameras where views go wrong, on the buildings of a real map: on the middles of walls, on corners, on
walls and corners that two buildings share, in courtyards, a hair off a wall on either side, and anywhere.

  make_cameras.py BUILDINGS OUT.geojson [--layer L] [--count 600] [--seed 1] [--sectors]

With --sectors they have a direction and a field of view of 20 to 300 degrees, and some a mount with a tilt.
Needs shapely, geopandas, numpy."""
import argparse
import json

import geopandas
import numpy as np
import shapely

parser = argparse.ArgumentParser()
parser.add_argument("buildings")
parser.add_argument("out")
parser.add_argument("--layer")
parser.add_argument("--count", type=int, default=600)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--sectors", action="store_true")
options = parser.parse_args()

frame = geopandas.read_file(options.buildings, **({"layer": options.layer} if options.layer else {}))
frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"])]
metres = frame.to_crs(frame.estimate_utm_crs())
random = np.random.default_rng(options.seed)
polygons = [p for g in metres.geometry for p in shapely.get_parts(g)]
rings = [shapely.get_coordinates(r) for p in polygons for r in [p.exterior, *p.interiors]]
courtyards = [shapely.Polygon(r) for p in polygons for r in p.interiors]
edges = np.concatenate([np.hstack([r[:-1], r[1:]]) for r in rings])
edges = edges[(edges[:, :2] != edges[:, 2:]).any(axis=1)]
# Vertices and edges that several rings have (before projection they are the same digits).
corners, times = np.unique(edges[:, :2].round(3), axis=0, return_counts=True)
shared_corners = corners[times > 1]
ends = edges.round(3).reshape(-1, 2, 2)
ordered = np.where((ends[:, :1, 0] < ends[:, 1:, 0])[..., None].repeat(2, 1).repeat(2, 2), ends, ends[:, ::-1]).reshape(-1, 4)
walls, times = np.unique(ordered, axis=0, return_counts=True)
shared_walls = walls[times > 1]


def pick(rows):
    return rows[random.integers(len(rows))]


def middle(wall, at=0.5):
    return wall[:2] + (wall[2:] - wall[:2]) * at


def beside(wall, distance):
    along = wall[2:] - wall[:2]
    normal = np.array([along[1], -along[0]]) / np.hypot(*along)
    return middle(wall, random.uniform(0.02, 0.98)) + normal * distance


def inside(area):
    low_x, low_y, high_x, high_y = area.bounds
    for _ in range(200):
        point = random.uniform([low_x, low_y], [high_x, high_y])
        if area.contains(shapely.Point(point)):
            return point
    return np.array(area.representative_point().coords[0])


kinds = {
    "anywhere": lambda: random.normal(pick(corners), 30),
    "middle of a wall": lambda: middle(pick(edges)),
    "on a wall": lambda: middle(pick(edges), random.uniform(0.02, 0.98)),
    "corner": lambda: pick(edges)[:2],
    "a hair off a wall": lambda: beside(pick(edges), random.choice([-1, 1]) * 10 ** random.uniform(-6, -0.3)),
    "near a wall": lambda: beside(pick(edges), random.uniform(-1.5, 1.5)),
}
if len(shared_corners):
    kinds["shared corner"] = lambda: pick(shared_corners)
if len(shared_walls):
    kinds["shared wall"] = lambda: middle(pick(shared_walls), random.uniform(0.02, 0.98))
if courtyards:
    kinds["courtyard"] = lambda: inside(pick(courtyards))
names = list(kinds)
points = [kinds[names[i % len(names)]]() for i in range(options.count)]
places = geopandas.GeoSeries([shapely.Point(p) for p in points], crs=metres.crs).to_crs(4326)
features = []
for number, place in enumerate(places):
    properties = {"id": f"c{number}", "place": names[number % len(names)]}
    if options.sectors:
        properties |= {"camera:direction": round(random.uniform(0, 360), 1), "fov": round(random.uniform(20, 300), 1),
                       "range": round(random.uniform(10, 150), 1)}
        if random.random() < 0.3:
            properties |= {"height": 4, "camera:angle": 30, "vfov": 40}
    features.append({"type": "Feature", "properties": properties,
                     "geometry": {"type": "Point", "coordinates": [place.x, place.y]}})
json.dump({"type": "FeatureCollection", "features": features}, open(options.out, "w"))
print({name: sum(1 for i in range(options.count) if names[i % len(names)] == name) for name in names})
