#!/usr/bin/env python3
"""Reads and writes the same layer with gridplan and with pyogrio (GDAL), in turn, in one run.

    swift build -c release --package-path Benchmarks/MapFiles
    python3 Benchmarks/MapFiles/compare.py FILE.geojson [--rounds 5] [--peer-rounds 2]

Needs geopandas and pyogrio for the peer's part. Prints the median wall seconds and CPU seconds of
each phase, the peak memory of each process, and how many times faster gridplan is.
"""
import argparse, json, os, resource, statistics, subprocess, sys, tempfile, time

PEER = """
import sys, time, json, pyogrio
t = time.perf_counter(); frame = pyogrio.read_dataframe(sys.argv[1]); read = time.perf_counter() - t
phases = {"read": read}
for kind, path in zip(("write", "gpkg write"), sys.argv[2:]):
    t = time.perf_counter()
    pyogrio.write_dataframe(frame, path, driver="GPKG" if path.endswith("gpkg") else "GeoJSON"); phases[kind] = time.perf_counter() - t
    if path.endswith("gpkg"):
        t = time.perf_counter(); pyogrio.read_dataframe(path); phases["gpkg read"] = time.perf_counter() - t
print(json.dumps({"phases": phases}))
"""


def run(command):
    with tempfile.TemporaryDirectory() as folder:
        outputs = [os.path.join(folder, "out.geojson"), os.path.join(folder, "out.gpkg")]
        process = subprocess.Popen(command + outputs, stdout=subprocess.PIPE, text=True)
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{command[0]} failed")
        phases = json.loads(text.splitlines()[-1])["phases"]
        return dict(phases, **{"cpu (all)": usage.ru_utime + usage.ru_stime, "peak MB": usage.ru_maxrss / 1024})


def medians(rounds):
    return {key: statistics.median(r[key] for r in rounds) for key in rounds[0]}


parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--peer-rounds", type=int, default=2)
arguments = parser.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
ours, theirs = [], []
for index in range(max(arguments.rounds, arguments.peer_rounds)):
    if index < arguments.peer_rounds:
        theirs.append(run([sys.executable, "-c", PEER, arguments.file]))
    if index < arguments.rounds:
        ours.append(run([os.path.join(here, ".build/release/measure"), "all", arguments.file]))
ours, theirs = medians(ours), medians(theirs)
print(f"{'':12}{'gridplan':>10}{'pyogrio':>10}{'times':>8}")
for key in ours:
    print(f"{key:12}{ours[key]:10.2f}{theirs[key]:10.2f}{theirs[key] / ours[key]:8.1f}")
