#!/usr/bin/env python3
"""gridplan assign beside its peers, in turn in the same run.

    PEERS/venv/bin/python Benchmarks/assign/compare.py PEERS [--gridplan .build/release/gridplan]
        [--size city] [--points households|events] [--peers sedonadb,duckdb,shapely] [--reps 5] [--growth]

PEERS is a copy of the folder with the peers' scripts, set up and with data of the size. Of a peer the phases
read, compute and write count, as it prints them itself; of gridplan the wall time of the whole process.
Every answer of gridplan is compared: with the generator's own (households), else with the peers' count and sum.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

import numpy as np
import pandas as pd


def run(command, env=None):
    """Wall seconds, CPU seconds, peak MB and standard output of a command."""
    out = tempfile.TemporaryFile()
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=out, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    out.seek(0)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def run_gridplan(args, points, out):
    grids = os.path.join(args.folder, "data", args.size, "grids.geojson")
    return run([args.gridplan, "assign", "--grids", grids, "--code", "grid_id", points, "-o", out])


def run_peer(args, peer):
    script = os.path.join(args.folder, "peers", f"assign_{peer}.py")
    extra = ["--threads", "2"] if peer == "shapely" else []
    command = [os.path.join(args.folder, "venv", "bin", "python"), script, args.size, "--points", args.points]
    _, cpu, rss, text = run(command + extra)
    record = json.loads(text.strip().splitlines()[-1])
    seconds = sum(record["phases"].get(phase, 0) for phase in ("read", "build", "compute", "write"))
    return seconds, cpu, rss, record["figures"]


def check(args, out, figures):
    """Mismatches with the generator's answer, and with the count and sum that peers found."""
    found = pd.read_csv(out)
    grid = found["grid"].fillna(-1).astype(np.int64).to_numpy()
    if not (found["id"].to_numpy() == np.arange(len(found))).all():
        sys.exit("ids are not those of the input, in its order")
    result = {"points": len(grid), "matched": int((grid >= 0).sum()), "sum": int(grid[grid >= 0].sum())}
    if args.points == "households":
        truth = np.load(os.path.join(args.folder, "data", args.size, "households_truth.npy"))[: len(grid)]
        result["mismatch"] = int((grid[truth >= 0] != truth[truth >= 0]).sum())
    for name, peer in figures.items():
        same = peer["matched"] == result["matched"] and peer["sum"] == result["sum"]
        print(f"  same count and sum as {name}: {same} ({peer['matched']}, {peer['sum']})")
    print(f"  gridplan: {result}")


def compare(args):
    points = os.path.join(args.folder, "data", args.size, args.points + ".csv")
    times, figures, peers = {}, {}, args.peers.split(",")
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.csv")
        for _ in range(args.reps):
            times.setdefault("gridplan", []).append(run_gridplan(args, points, out)[:3])
            for peer in list(peers):
                try:
                    *measured, figures[peer] = run_peer(args, peer)
                    times.setdefault(peer, []).append(tuple(measured))
                except RuntimeError as error:
                    print(f"{peer} is left out: {error}")
                    peers.remove(peer)
        print(f"{args.size}, {args.points}, median of {args.reps} (least)")
        print(f"{'':12} {'seconds':>16} {'CPU s':>8} {'MB':>6}")
        for name, runs in times.items():
            walls = [r[0] for r in runs]
            print(
                f"{name:12} {statistics.median(walls):8.3f} ({min(walls):.3f}) {statistics.median(r[1] for r in runs):8.2f}"
                f" {max(r[2] for r in runs):6.0f}")
        fastest = min(statistics.median(r[0] for r in runs) for name, runs in times.items() if name != "gridplan")
        print(f"fastest peer / gridplan: {fastest / statistics.median(r[0] for r in times['gridplan']):.1f}")
        check(args, out, figures)


def growth(args):
    """Time over n, 4n and 16n points."""
    points = os.path.join(args.folder, "data", args.size, args.points + ".csv")
    with tempfile.TemporaryDirectory() as folder, open(points) as source:
        lines = source.readlines()
        base = (len(lines) - 1) // 16
        for n in (base, 4 * base, 16 * base):
            part = os.path.join(folder, f"{n}.csv")
            with open(part, "w") as file:
                file.writelines(lines[: n + 1])
            runs = [run_gridplan(args, part, os.path.join(folder, "out.csv"))[:3] for _ in range(args.reps)]
            print(
                f"{n:9} points: {statistics.median(r[0] for r in runs):.3f} s wall, "
                f"{statistics.median(r[1] for r in runs):.3f} s CPU, {max(r[2] for r in runs):.0f} MB")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", metavar="PEERS")
parser.add_argument("--gridplan", default=".build/release/gridplan")
parser.add_argument("--size", default="city")
parser.add_argument("--points", default="households", choices=["households", "events"])
parser.add_argument("--peers", default="sedonadb,duckdb,shapely")
parser.add_argument("--reps", type=int, default=5)
parser.add_argument("--growth", action="store_true", help="gridplan alone over n, 4n, 16n points")
arguments = parser.parse_args()
growth(arguments) if arguments.growth else compare(arguments)
