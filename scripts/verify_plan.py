#!/usr/bin/env python3
"""Proves that the output folder of a plan keeps what gridplan promises.

An independent check: it shares no code with gridplan and measures with Shapely and PROJ.

    verify_plan.py PLAN [--base DIR] [--json]

PLAN is the output folder of `gridplan plan`. With --base, the folder that the input paths in
report.json are relative to, the inputs' checksums and household totals are checked as well.
Prints a line for each thing that is wrong (a JSON object with --json) and a summary. Exit status:
0 all holds, 2 something does not, 66 no such plan.

Needs shapely >= 2.0 and pyproj; scripts/install-dependencies --test puts them into .build/checker.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import re
import sys
from collections import Counter, defaultdict

import numpy
import shapely
from pyproj import Transformer
from shapely.geometry import shape

AREA = 0.01  # m2: gaps and overlaps
CUT = 0.05  # m2: a building outside its grid
BORDER = 1.0  # m: the least shared border that joins
PRINTED = 0.012  # m: a coordinate printed with seven decimals is as far off as this

GRID_FIELDS = (
    "code name parent households buildings area_m2 perimeter_m polsby_popper deviation workload_min "
    "workers cameras events estimated"
).split()
SUMS = "households buildings area_m2 workload_min workers cameras events".split()
LEVELS = ["grid", "community", "street", "county", "city", "province", "total"]
PERSONAL = re.compile(
    r"姓名|户主|身份证|证件号|电话|手机|联系人|民族|宗教|籍贯|残疾|低保|上访|前科|出生"
    r"|(^|[^a-z])(first_?name|last_?name|surname|phone|mobile|id_?card|passport|ethnic|religion|birth|gender)",
    re.IGNORECASE,
)


class Verdict:
    def __init__(self):
        self.faults = []
        self.proven = Counter()

    def fault(self, rule, message, **where):
        self.faults.append({"rule": rule, "message": message, **where})

    def require(self, rule, condition, message, **where):
        self.proven[rule] += 1
        if not condition:
            self.fault(rule, message, **where)


class Plan:
    def __init__(self, folder):
        self.folder = folder
        self.report = json.load(open(os.path.join(folder, "report.json"), encoding="utf-8"))
        self.raw = {}
        for name in sorted(os.listdir(folder)):
            if name.endswith(".geojson"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    self.raw[name[:-8]] = json.load(file, parse_constant=self.refuse)
        self.problems = [feature["properties"] for feature in self.features("problems")]
        working = self.report["crs"]["working"]
        self.move = Transformer.from_crs("OGC:CRS84", working, always_xy=True).transform
        self.grids = self.features("grids")
        self.code = [grid["properties"].get("code") for grid in self.grids]
        self.area = [self.projected(grid) for grid in self.grids]

    @property
    def is_drawn(self):
        """Whether gridplan drew the grids; those it was given may have gaps of their own."""
        return self.report.get("settings", {}).get("from", "draw") == "draw"

    @staticmethod
    def refuse(constant):
        raise ValueError(f"{constant} is no JSON number")

    def features(self, layer):
        return self.raw.get(layer, {}).get("features", [])

    def projected(self, feature):
        if feature["geometry"] is None:
            return None
        return shapely.transform(shape(feature["geometry"]), lambda c: numpy.column_stack(self.move(c[:, 0], c[:, 1])))

    def listed(self, *rules):
        """The features and codes named by problems of these rules."""
        named = set()
        for problem in self.problems:
            if problem.get("rule") in rules:
                named |= {str(problem.get("feature")), str(problem.get("code"))}
        return named - {"None"}


# RFC 7946


def check_geojson(plan, verdict):
    for name, collection in plan.raw.items():
        where = {"file": name + ".geojson"}
        verdict.require("rfc7946", collection.get("type") == "FeatureCollection", "no FeatureCollection", **where)
        verdict.require("rfc7946", "crs" not in collection, "a crs member (RFC 7946, 4)", **where)
        for number, feature in enumerate(collection.get("features", [])):
            for message in feature_faults(feature):
                verdict.fault("rfc7946", message, feature=number, **where)
            verdict.proven["rfc7946"] += 1


def feature_faults(feature):
    if feature.get("type") != "Feature":
        yield "no Feature"
    if not isinstance(feature.get("properties", 0), (dict, type(None))):
        yield "properties are missing or no object (3.2)"
    if "geometry" not in feature:
        yield "no geometry member (3.2)"
        return
    for member in ("coordinates", "geometries", "features"):
        if member in feature:
            yield f"a Feature with {member} (7.1)"
    if feature["geometry"] is not None:
        yield from geometry_faults(feature["geometry"])


DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def geometry_faults(geometry):
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        for member in geometry.get("geometries", []):
            yield from geometry_faults(member)
        return
    if kind not in DEPTH:
        yield f"{kind} is no geometry type"
        return
    for position in positions(geometry["coordinates"], DEPTH[kind]):
        if len(position) not in (2, 3) or not all(isinstance(c, (int, float)) for c in position):
            yield f"{position} is no position (3.1.1)"
        elif not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
            yield f"{position} is not longitude and latitude (4)"
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(kind, [])
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            if len(ring) < 4 or ring[0] != ring[-1]:
                yield "a ring that is open or has fewer than four positions (3.1.6)"
            elif (signed_area(ring) > 0) != (number == 0):
                yield "a ring that breaks the right-hand rule (3.1.6)"


def positions(coordinates, depth):
    if depth == 0:
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part, depth - 1)


def signed_area(ring):
    (x0, y0) = ring[0][:2]
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in zip(ring, ring[1:])) / 2


# Geometry of grids


def by_parent(plan):
    groups = defaultdict(list)
    for number, grid in enumerate(plan.grids):
        groups[grid["properties"].get("parent") or ""].append(number)
    return groups


def check_grids(plan, verdict):
    for number, grid in enumerate(plan.grids):
        area, code = plan.area[number], plan.code[number]
        verdict.require("geometry", area is not None and not area.is_empty, "no geometry", code=code)
        if area is None:
            continue
        verdict.require("valid", area.is_valid, shapely.is_valid_reason(area), code=code)
        printed = grid["properties"]["area_m2"]
        slack = PRINTED * area.length + 0.01
        verdict.require("area", abs(area.area - printed) <= slack, f"area {area.area:.2f}, printed {printed}", code=code)


def check_seamless(plan, verdict):
    for parent, members in by_parent(plan).items():
        areas = [plan.area[i] for i in members if plan.area[i] is not None]
        check_overlaps(plan, verdict, members)
        if not plan.is_drawn:
            continue
        check_holes(plan, verdict, parent, areas)
        check_common_borders(plan, verdict, members)


def check_overlaps(plan, verdict, members):
    """Grids that were given may overlap, but then the plan must say so."""
    areas = [plan.area[i] for i in members]
    listed = set() if plan.is_drawn else plan.listed("overlap")
    tree = shapely.STRtree(areas)
    for a, b in zip(*tree.query(areas)):
        if a >= b:
            continue
        common = areas[a].intersection(areas[b]).area
        pair = [plan.code[members[a]], plan.code[members[b]]]
        known = bool(listed.intersection(pair))
        verdict.require("overlap", common <= AREA or known, f"{pair[0]} and {pair[1]} overlap by {common:.4f} m2, not listed")


def check_holes(plan, verdict, parent, areas):
    """Holes between grids of one parent that are no holes of the parent and no water."""
    union = shapely.union_all(areas)
    free = [plan.projected(f) for name in ("barriers", "water") for f in plan.features(name)]
    home = [plan.projected(f) for f in plan.features("communities") if f["properties"].get("code") == parent]
    for part in getattr(union, "geoms", [union]):
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            if home:
                hole = hole.intersection(home[0].buffer(-PRINTED))
            rest = hole.difference(shapely.union_all(free).buffer(PRINTED)) if free else hole
            rest = sum(p.area for p in shapely.get_parts(rest) if p.geom_type == "Polygon" and p.area > AREA)
            verdict.require("gap", rest <= AREA, f"a gap of {rest:.3f} m2 between grids of {parent or 'the plan'}")


def check_common_borders(plan, verdict, members):
    """Edges that run along another grid of the parent must be edges of that grid, digit by digit."""
    edges = {i: rings_edges(plan.grids[i]["geometry"]) for i in members}
    count = Counter(frozenset(edge) for i in members for edge in edges[i])
    lone = [(i, edge) for i in members for edge in edges[i] if count[frozenset(edge)] == 1]
    areas = [plan.area[i] for i in members]
    tree = shapely.STRtree(areas)
    for i, edge in lone:
        (x, y) = ((edge[0][0] + edge[1][0]) / 2, (edge[0][1] + edge[1][1]) / 2)
        middle = shapely.Point(*plan.move(x, y))
        for j in tree.query(middle.buffer(PRINTED / 2)):
            near = members[j] != i and areas[j].distance(middle) < PRINTED / 4
            verdict.require(
                "identical-border", not near,
                f"{plan.code[i]} and {plan.code[members[j]]} share a border at {x:.7f} {y:.7f} with other vertices")


def rings_edges(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [(tuple(a), tuple(b)) for p in polygons for ring in p for a, b in zip(ring, ring[1:]) if a != b]


def check_contiguity(plan, verdict):
    if not plan.is_drawn:
        return
    units = defaultdict(list)
    for unit in plan.features("units"):
        if unit["properties"].get("grid"):
            units[unit["properties"]["grid"]].append(plan.projected(unit))
    excused = plan.listed("multipart", "link", "bridge", "disconnected")
    for number, code in enumerate(plan.code):
        area = plan.area[number]
        if area is None or code in excused:
            continue
        if units[code]:
            verdict.require("contiguous", joined(units[code]), "units don't hang together by borders of 1 m", code=code)
        else:
            verdict.require("contiguous", len(shapely.get_parts(area)) == 1, "several parts", code=code)


def joined(units):
    tree = shapely.STRtree(units)
    links = defaultdict(set)
    for a, b in zip(*tree.query(units)):
        if a < b and shapely.intersection(units[a].boundary, units[b].boundary).length >= BORDER - PRINTED:
            links[a].add(b)
            links[b].add(a)
    seen, queue = {0}, [0]
    while queue:
        for other in links[queue.pop()] - seen:
            seen.add(other)
            queue.append(other)
    return len(seen) == len(units)


def check_parents(plan, verdict):
    homes = {f["properties"].get("code"): plan.projected(f) for f in plan.features("communities")}
    for number, grid in enumerate(plan.grids):
        parent = grid["properties"].get("parent")
        if not homes or not parent or plan.area[number] is None:
            continue
        verdict.require("parent", parent in homes, f"parent {parent} is no community", code=plan.code[number])
        if parent in homes:
            outside = plan.area[number].difference(homes[parent].buffer(2 * PRINTED)).area
            verdict.require("inside-parent", outside <= AREA, f"{outside:.3f} m2 outside {parent}", code=plan.code[number])


def check_buildings(plan, verdict):
    grids = dict(zip(plan.code, plan.area))
    excused = plan.listed("cut-building", "in-water", "repaired")
    for building in plan.features("buildings"):
        properties = building["properties"]
        code, name = properties.get("grid"), str(properties.get("id"))
        verdict.require("building-grid", code is None or code in grids, f"grid {code} does not exist", feature=name)
        area = plan.projected(building)
        if code not in grids or area is None or area.area == 0 or name in excused:
            continue
        outside = area.difference(grids[code]).area if area.is_valid else 0
        slack = CUT + PRINTED / 2 * min(area.length, 4 * math.sqrt(area.area))
        verdict.require("cut-building", outside <= slack, f"{outside:.3f} m2 outside {code}, not listed", feature=name)


# Figures


def check_bounds(plan, verdict):
    settings = plan.report.get("settings", {})
    low, high = settings.get("min"), settings.get("max")
    if low is None or high is None or not plan.is_drawn:
        return
    named = plan.listed(*{p.get("rule") for p in plan.problems}) | set(
        re.findall(r"\w+", json.dumps(plan.report.get("certificates", []), ensure_ascii=False)))
    for grid in plan.grids:
        p = grid["properties"]
        if p["households"] is None or p.get("kind", "grid") != "grid":
            continue
        kept = low <= p["households"] <= high
        excused = p.get("status") not in (None, "ok") and ({p["code"], p.get("parent")} & named or p["status"] == "oversize")
        verdict.require("bounds", kept or bool(excused), f"{p['households']} households, bounds {low}–{high}, not named", code=p["code"])


def check_totals(plan, verdict):
    totals = plan.report["totals"]
    inside = sum(g["properties"]["households"] or 0 for g in plan.grids)
    if plan.report.get("published"):
        return
    verdict.require("totals", inside == totals["out"], f"grids hold {inside}, report says out = {totals['out']}")
    verdict.require(
        "totals", totals["in"] == totals["out"] + totals["unplaced"],
        f"in {totals['in']} is not out {totals['out']} + unplaced {totals['unplaced']}")
    for layer in ("buildings", "units"):
        rows = [f["properties"] for f in plan.features(layer)]
        if not rows or all(r.get("households") in (None, 0) for r in rows):
            continue
        held = Counter()
        for row in rows:
            held[row.get("grid")] += row.get("households") or 0
        if layer == "units" or not plan.features("units"):
            for grid in plan.grids:
                p = grid["properties"]
                verdict.require(
                    "members", held[p["code"]] == p["households"] or bool(plan.listed("households-without-building") & {p["code"], p["parent"]}),
                    f"{layer} hold {held[p['code']]}, the grid {p['households']}", code=p["code"])


def check_codes(plan, verdict):
    counts = Counter(plan.code)
    for grid in plan.grids:
        p = grid["properties"]
        verdict.require("code", isinstance(p["code"], str) and p["code"] != "", "no code", code=p["code"])
        verdict.require("code", counts[p["code"]] == 1, "the code occurs more than once", code=p["code"])
        if p.get("parent") and plan.is_drawn:
            verdict.require("code", p["code"].startswith(p["parent"]), f"does not continue {p['parent']}", code=p["code"])


def check_levels(plan, verdict):
    path = os.path.join(plan.folder, "levels.csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    grids = {g["properties"]["code"]: g["properties"] for g in plan.grids}
    own = {r["code"]: r for r in rows if r["level"] == "grid"}
    verdict.require("levels", set(own) == set(grids), "levels.csv and grids.geojson list other grids")
    for code in own.keys() & grids.keys():
        for field in SUMS:
            verdict.require("levels", same(own[code][field], grids[code][field]), f"{field} differs from grids.geojson", code=code)
    for level, below in zip(LEVELS[1:], LEVELS):
        check_level(rows, level, below, verdict)


def check_level(rows, level, below, verdict):
    lower = [r for r in rows if r["level"] == below] or [r for r in rows if r["level"] == "grid"]
    for row in (r for r in rows if r["level"] == level):
        members = lower if level == "total" else [r for r in lower if r["parent"] == row["code"]]
        for field in ["grids"] + SUMS:
            if row[field] == "" or any(m[field] == "" for m in members) or row.get("suppressed") == "true":
                continue
            total = sum(float(m[field] or 0) for m in members)
            slack = {"area_m2": 0.01, "workload_min": 0.1, "workers": 0.01}.get(field, 0) * (len(members) + 1)
            verdict.require(
                "levels", abs(total - float(row[field])) <= slack + 1e-9 * abs(total),
                f"{field} of {level} {row['code']} is {row[field]}, its members sum to {total:g}")


def same(text, value):
    if value is None or text == "":
        return value is None and text == ""
    return math.isclose(float(text), float(value), rel_tol=1e-9, abs_tol=1e-9)


# Privacy


def check_fields(plan, verdict):
    for grid in plan.grids[:1]:
        missing = [f for f in GRID_FIELDS if f not in grid["properties"]]
        verdict.require("fields", not missing, f"grids.geojson lacks {missing}")
    for name in plan.raw:
        for field in sorted({key for f in plan.features(name) for key in (f["properties"] or {})}):
            verdict.require("personal", not PERSONAL.search(field), f"{name}.geojson has a field {field}")
        for number, feature in enumerate(plan.features(name)):
            for field, value in (feature["properties"] or {}).items():
                verdict.require(
                    "personal", not holds_identity(value), f"an identity number in {field}", file=name + ".geojson", feature=number)


def holds_identity(value):
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return False
    for run in re.findall(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", str(value)):
        weights = [pow(2, 17 - i, 11) for i in range(17)]
        total = sum(int(d) * w for d, w in zip(run, weights))
        date = run[6:14]
        if "10X98765432"[total % 11] == run[17].upper() and "1900" <= date[:4] <= "2099" and "01" <= date[4:6] <= "12" and "01" <= date[6:] <= "31":
            return True
    return False


def check_published(plan, verdict):
    if not plan.report.get("published"):
        return
    least = plan.report.get("settings", {}).get("minCount", 10)
    counted = [f for f in plan.features("buildings") if f["properties"].get("households") is not None]
    verdict.require("published", not counted, "buildings.geojson has counts")
    with open(os.path.join(plan.folder, "levels.csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        count = row["households"]
        verdict.require("published", count == "" or int(float(count)) == 0 or float(count) >= least, f"{row['level']} {row['code']} shows {count} households")
    children = defaultdict(list)
    for row in rows:
        children[row["parent"]].append(row)
    for row in rows:
        below = children[row["code"]] if row["level"] != "total" else []
        hidden = [r for r in below if r["households"] == ""]
        if row["households"] == "" or not below:
            continue
        rest = float(row["households"]) - sum(float(r["households"]) for r in below if r["households"] != "")
        verdict.require("published", not hidden or len(hidden) > 1 and rest >= least, f"subtraction from {row['code']} gives {rest:g}")


# Inputs


def check_inputs(plan, base, verdict):
    for entry in plan.report.get("inputs", []):
        path = os.path.join(base, entry["file"])
        if not os.path.exists(path):
            verdict.fault("inputs", f"{entry['file']} is not there")
            continue
        digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
        verdict.require("inputs", digest == entry["sha256"], f"{entry['file']} has another checksum")
        if path.endswith(".geojson"):
            check_input_total(plan, entry, json.load(open(path, encoding="utf-8-sig")), verdict)


def check_input_total(plan, entry, collection, verdict):
    count = len(collection["features"])
    same = entry["features"] < count if entry.get("where") else entry["features"] == count
    verdict.require("inputs", same, f"{entry['file']} has {count} features, of which {entry['features']} were read")
    field = entry.get("mapped", {}).get("households") or entry.get("recognised", {}).get("households")
    role = entry.get("role")
    counted = "units" if any(i.get("role") == "units" for i in plan.report["inputs"]) else "buildings"
    if role != counted or not field or plan.report["totals"].get("estimated"):
        return
    values = [f["properties"].get(field) for f in collection["features"]]
    total = sum(math.floor(float(v) + 0.5) for v in values if v not in (None, ""))
    others = plan.report["totals"]["in"] - total
    only = all(i.get("role") not in ("communities",) or not i.get("mapped", {}).get("households") for i in plan.report["inputs"])
    verdict.require("inputs", others == 0 or not only, f"{entry['file']} holds {total} households, the plan took in {plan.report['totals']['in']}")


def verify(folder, base=None):
    verdict = Verdict()
    plan = Plan(folder)
    check_geojson(plan, verdict)
    check_grids(plan, verdict)
    check_seamless(plan, verdict)
    check_contiguity(plan, verdict)
    check_parents(plan, verdict)
    check_buildings(plan, verdict)
    check_bounds(plan, verdict)
    check_totals(plan, verdict)
    check_codes(plan, verdict)
    check_levels(plan, verdict)
    check_fields(plan, verdict)
    check_published(plan, verdict)
    if base is not None:
        check_inputs(plan, base, verdict)
    return verdict


def main():
    parser = argparse.ArgumentParser(description="Proves that a plan keeps what gridplan promises.")
    parser.add_argument("plan")
    parser.add_argument("--base")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(os.path.join(options.plan, "report.json")):
        print(f"{options.plan}: no report.json", file=sys.stderr)
        return 66
    verdict = verify(options.plan, options.base)
    for fault in verdict.faults:
        if options.json:
            print(json.dumps(fault, ensure_ascii=False))
        else:
            where = " ".join(str(fault[k]) for k in ("file", "feature", "code") if fault.get(k) is not None)
            print(f"{fault['rule']}: {where + ': ' if where else ''}{fault['message']}")
    summary = ", ".join(f"{rule} {count}" for rule, count in sorted(verdict.proven.items()))
    print(f"{len(verdict.faults)} faults; checked: {summary}", file=sys.stderr)
    return 2 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
