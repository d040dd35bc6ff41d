#!/usr/bin/env python3
"""Reads and writes the same layer with gridplan and with GDAL through pyogrio, in turn, in one run.

    swift build -c release --package-path Benchmarks/MapFiles
    python3 Benchmarks/MapFiles/compare.py FILE.geojson [--formats geojson,gpkg,csv] [--rounds 5] [--peer-rounds 2]
        [--measure PROGRAM]

Needs geopandas, pyogrio and pyarrow. Each process reads FILE, then writes every format and reads it back. Of
GDAL two ways are measured: feature by feature (`pyogrio`), and columns at a time through Arrow (`arrow`); both
end with a frame of geometries, as gridplan ends with a layer of them. CSV holds well-known text, or x and y for
points. Prints median seconds of wall and CPU (all threads) of each phase, peak memory, and how many times the
wall time of gridplan each way takes.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

PEER = """
import json, sys, time, pyogrio
arrow = sys.argv[1] == "arrow"
phases = {}
def timed(name, body):
    wall, cpu = time.perf_counter(), time.process_time()
    value = body()
    phases[name] = [time.perf_counter() - wall, time.process_time() - cpu]
    return value
def read(path, frame=None):
    points = frame is not None and (frame.geom_type == "Point").all()
    options = {} if not path.endswith("csv") else dict(X_POSSIBLE_NAMES="X", Y_POSSIBLE_NAMES="Y") if points else dict(GEOM_POSSIBLE_NAMES="WKT")
    if path.endswith("csv"): options["AUTODETECT_TYPE"] = "YES"
    return pyogrio.read_dataframe(path, use_arrow=arrow, **options)
def write(frame, path):
    kind = path.rsplit(".", 1)[1]
    options = {}
    if kind == "csv": options["GEOMETRY"] = "AS_XY" if (frame.geom_type == "Point").all() else "AS_WKT"
    pyogrio.write_dataframe(frame, path, driver={"geojson": "GeoJSON", "gpkg": "GPKG", "csv": "CSV"}[kind], use_arrow=arrow, **options)
frame = timed("read " + sys.argv[2].rsplit(".", 1)[1], lambda: read(sys.argv[2]))
for path in sys.argv[3:]:
    kind = path.rsplit(".", 1)[1]
    timed("write " + kind, lambda: write(frame, path))
    timed("read " + kind, lambda: read(path, frame))
print(json.dumps({"phases": phases}))
"""


def run(command, source, formats):
    with tempfile.TemporaryDirectory() as folder:
        outputs = [os.path.join(folder, "out." + kind) for kind in formats]
        process = subprocess.Popen([*command, source, *outputs], stdout=subprocess.PIPE, text=True)
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{command[0]} failed")
        phases = json.loads(text.splitlines()[-1])["phases"]
        return phases | {"peak MB": [usage.ru_maxrss / 1024] * 2}


def medians(rounds):
    return {key: [statistics.median(r[key][i] for r in rounds) for i in (0, 1)] for key in rounds[0]}


here = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("file")
parser.add_argument("--formats", default="geojson,gpkg,csv")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--peer-rounds", type=int, default=2)
parser.add_argument("--measure", default=os.path.join(here, ".build/release/measure"))
arguments = parser.parse_args()
commands = {
    "gridplan": [arguments.measure],
    "pyogrio": [sys.executable, "-c", PEER, "plain"],
    "arrow": [sys.executable, "-c", PEER, "arrow"],
}
results = {name: [] for name in commands}
for index in range(max(arguments.rounds, arguments.peer_rounds)):
    for name, command in commands.items():
        if index < (arguments.rounds if name == "gridplan" else arguments.peer_rounds):
            results[name].append(run(command, arguments.file, arguments.formats.split(",")))
results = {name: medians(rounds) for name, rounds in results.items() if rounds}
print(f"{'':14}{'gridplan':>16}{'pyogrio':>16}{'arrow':>16}{'pyogrio':>9}{'arrow':>7}   (wall s, CPU s; times)")
for key, ours in results["gridplan"].items():
    line = f"{key:14}" + "".join(f"{results[name][key][0]:9.2f}{results[name][key][1]:7.2f}" for name in commands)
    print(line + "".join(f"{results[name][key][0] / ours[0]:8.1f}" for name in ("pyogrio", "arrow")))
