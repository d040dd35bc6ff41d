"""Views and covered area: gridplan and its peers in one run, as one table in Markdown.

  PEERS=…/peers $PEERS/venv/bin/python bench.py [--sample 20000] [--size city] [--repeat 3] [--no-command]
    [--program GRIDPLAN] [--benchmark COVERAGE-BENCHMARK]

PEERS is a copy of the peers' folder with data/SIZE made (gen/gen.py SIZE) and cpp/camview built. Builds gridplan's
own benchmark and command in release mode. Seconds of CPU count all cores; GridPlan works on GRIDPLAN_THREADS or all.
Needs numpy, shapely, geopandas, pandas, pyarrow, pyproj; g++ with libcgal-dev and libgeos-dev for touching walls; GNU time."""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import shapely

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
peers = os.environ.get("PEERS") or sys.exit("set PEERS to a copy of the peers' folder")
sys.path.insert(0, f"{peers}/peers")
from cam_common import load, read_views  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--size", default="city")
parser.add_argument("--sample", type=int, default=20000)
parser.add_argument("--repeat", type=int, default=3)
parser.add_argument("--no-command", action="store_true")
parser.add_argument("--program", help="a gridplan that is built already")
parser.add_argument("--benchmark", help="a coverage-benchmark that is built already")
options = parser.parse_args()
scratch = tempfile.mkdtemp(prefix="coverage-bench-")
rows = []


def row(what, tool, wall, cpu, check):
    rows.append((what, tool, wall, cpu, check))
    print(f"| {what} | {tool} | {wall} | {cpu} | {check} |", flush=True)


def run(command, **more):
    """Output, wall seconds, CPU seconds and peak MiB of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True, **more)
    wall, after = time.time() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, wall, cpu, int(done.stderr.split()[-1]) / 1024


def write(cameras, corners, name):
    path = f"{scratch}/{name}.bin"
    with open(path, "wb") as file:
        np.array([len(cameras), len(corners)], np.int64).tofile(file)
        np.ascontiguousarray(cameras, float).tofile(file)
        np.ascontiguousarray(corners, float).tofile(file)
    return path


def touching(corners, seed=3):
    """A tenth of the rectangles becomes trapezia, a tenth L shapes of two parts with a party wall, a tenth two halves."""
    random, parts = np.random.default_rng(seed), []
    for number, quad in enumerate(corners.reshape(-1, 4, 2)):
        a, b, c, d = quad
        kind = random.integers(10)
        if kind == 0:
            parts.append([a, b, c + (d - c) * random.uniform(0.1, 0.6), d + (a - d) * random.uniform(0, 0.3)])
        elif kind in (1, 2):
            t = random.uniform(0.2, 0.8)
            e, f = a + (b - a) * t, d + (c - d) * t
            parts.append([a, e, f, d])
            g = f + (e - f) * (random.uniform(0.2, 0.7) if kind == 1 else 0)
            parts.append([e, b, c + (b - c) * (np.linalg.norm(g - f) / np.linalg.norm(e - f)), g])
        else:
            parts.append(quad)
    return np.array(parts).reshape(-1, 8)


def gridplan_views(path, areas=None):
    return json.loads(run([benchmark, "views", path, *([areas] if areas else [])])[0])


def compare(cameras, corners, name, camview, mode, tool):
    """A peer's views of a sample beside gridplan's, with the largest difference of one area."""
    path = write(cameras, corners, name)
    ours = gridplan_views(path, f"{scratch}/areas.bin")
    wkb = f"{scratch}/views.wkb"
    output, _, cpu, _ = run([camview, mode, path, wkb])
    # One camera takes as long as reading and indexing alone.
    cpu -= run([camview, mode, write(cameras[:1], corners, "one")])[2]
    peer, spent = json.loads(output), cpu / len(cameras) * 1e6
    areas = np.fromfile(f"{scratch}/areas.bin")
    theirs = shapely.area(read_views(wkb))
    worst = np.abs(areas - theirs).max() if len(theirs) == len(areas) else float("nan")
    check = f"{peer['area_m2']:,.3f} m², {peer['failed']} failed, largest difference of a view {worst:.2g} m²"
    row(name, tool, f"{peer['ms_mean'] * 1e3:.1f} µs", f"{spent:.1f} µs", check)
    row(name, "gridplan", f"{ours['us_per_view']:.2f} µs", f"{ours['cpu_us_per_view']:.2f} µs", f"{ours['area_m2']:,.3f} m²")
    row(name, "ratio", f"{peer['ms_mean'] * 1e3 / ours['us_per_view']:.0f}", f"{spent / ours['cpu_us_per_view']:.0f}", "peer / gridplan")


def built(command, folder):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return subprocess.run([*command, "--show-bin-path"], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


benchmark = options.benchmark or built(["swift", "build", "-c", "release"], here) + "/coverage-benchmark"
cameras, rings = load(options.size)
corners = rings[:, :4].reshape(-1, 8)
sample = np.sort(np.random.default_rng(7).permutation(len(cameras))[:options.sample])
print("| what | tool | wall | CPU | check |\n| --- | --- | --- | --- | --- |")

compare(cameras[sample], corners, f"views, {len(sample):,} cameras", f"{peers}/cpp/camview", "tev_local", "CGAL on local edges")
mixed = touching(corners)
# The peers' driver wants walls that don't touch; with CGAL's general insertion it takes others as well.
walled = f"{peers}/cpp/camview-touching"
if not os.path.exists(walled):
    source = open(f"{peers}/cpp/camview.cpp").read().replace("insert_non_intersecting_curves(a,", "insert(a,")
    open(f"{walled}.cpp", "w").write(source)
    subprocess.run(["g++", "-O3", "-DNDEBUG", "-std=c++17", f"{walled}.cpp", "-o", walled, "-lgmp", "-lmpfr", "-lgeos_c"], check=True)
name = f"views, touching walls and other shapes, {len(sample):,} cameras"
compare(cameras[sample], mixed, name, walled, "tev_local", "CGAL on local edges")

everything = write(cameras, corners, "all")
best = min((gridplan_views(everything) for _ in range(options.repeat)), key=lambda r: r["cpu_us_per_view"])
seconds = best["us_per_view"] * len(cameras) / 1e6
row(f"views, {len(cameras):,} cameras", "gridplan", f"{seconds:.2f} s after {best['index_s']:.2f} s",
    f"{best['cpu_us_per_view'] * len(cameras) / 1e6:.2f} s", f"{best['area_m2']:,.3f} m²")

middle, reach = np.median(cameras[:, :2], axis=0), np.ptp(cameras[:, :2], axis=0).max()
for divisor in (16, 4, 1):
    half = reach / np.sqrt(divisor) / (2 if divisor > 1 else 1)
    some = cameras[(np.abs(cameras[:, :2] - middle) <= half).all(axis=1)]
    near = corners[(np.abs(corners[:, :2] - middle) <= half + 150).all(axis=1)]
    part = gridplan_views(write(some, near, f"part{divisor}"))
    row(f"views, a window of {len(some):,} cameras", "gridplan", f"{part['us_per_view']:.2f} µs a view",
        f"{part['cpu_us_per_view']:.2f} µs a view", f"{part['area_m2']:,.1f} m²")

grids = f"{scratch}/grids.bin"
subprocess.run([sys.executable, f"{here}/dump_grids.py", f"{peers}/data/{options.size}/grids.parquet", grids], check=True)
union = json.loads(run([benchmark, "union", everything, grids])[0].splitlines()[-1])
peer = json.loads(run([sys.executable, f"{peers}/peers/cov_union.py", options.size, "--threads", "2"], cwd=peers)[0].splitlines()[-1])
took = {k: peer[p]["join"] + peer[p]["compute"] for k, p in (("wall", "phases"), ("cpu", "phases_cpu"))}
figures = peer["figures"]
what = f"area in view of {union['grids']:,} grids"
row(what, "Shapely, 2 threads", f"{took['wall']:.2f} s", f"{took['cpu']:.2f} s", f"{figures['covered_m2']:,.1f} m², {figures['pairs']:,} pairs")
row(what, "gridplan", f"{union['join_s'] + union['union_s']:.2f} s", f"{union['union_cpu_s']:.2f} s", f"{union['covered_m2']:,.3f} m²")
row(what, "ratio", f"{took['wall'] / (union['join_s'] + union['union_s']):.1f}", f"{took['cpu'] / union['union_cpu_s']:.1f}",
    f"relative difference {abs(union['covered_m2'] - figures['covered_m2']) / figures['covered_m2']:.1g}")

if not options.no_command:
    program = options.program or built(["swift", "build", "-c", "release", "--product", "gridplan"], root) + "/gridplan"
    data = f"{peers}/data/{options.size}"
    command = [program, "coverage", "--cameras", f"{data}/cameras.csv", "--buildings", f"{data}/buildings.geojson",
               "--grids", f"{data}/grids.geojson", "--drop-personal-columns", "--quiet", "-o", f"{scratch}/out"]
    _, wall, cpu, peak = run(command)
    report = json.load(open(f"{scratch}/out/report.json"))
    megabytes = sum(os.path.getsize(f"{scratch}/out/{f}") for f in os.listdir(f"{scratch}/out")) / 1e6
    row("gridplan coverage, files in and out", "gridplan", f"{wall:.1f} s", f"{cpu:.1f} s",
        f"{peak:,.0f} MiB, {megabytes:,.0f} MB written, grids in view {report['grids']['figures']['lenient']['all']['k1']:,.1f} m²")
