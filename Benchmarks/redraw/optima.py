#!/usr/bin/env python3
"""Runs every instance of a folder with an optima.csv and says which optima are reached. See README.md."""
import argparse
import csv
import json
import pathlib
import subprocess

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--gridplan", default=".build/release/gridplan")
arguments.add_argument("--data", type=pathlib.Path, required=True)
arguments.add_argument("--effort", default="high")
arguments.add_argument("--seed", default="1")
arguments.add_argument("--prove", type=float, help="seconds to prove each for")
options = arguments.parse_args()

print("| instance | optimum | gridplan | reached | bound | gap | seconds | proof s |")
print("| --- | --- | --- | --- | --- | --- | --- | --- |")
for row in csv.DictReader((options.data / "optima.csv").open()):
    command = [options.gridplan, "redraw", "--graph", str(options.data / row["file"]), "--effort", options.effort]
    command += ["--seed", options.seed]
    if options.prove is not None:
        command += ["--prove", "--time-limit", str(options.prove)]
    result = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    optimum = float(row["optimum"])
    reached = result["feasible"] and result["objective"] <= optimum * (1 + 1e-6)
    bound, gap = result["bound"], result["gap"]
    if bound is not None and bound > optimum * (1 + 1e-6):
        reached = f"BOUND {bound} ABOVE THE OPTIMUM"
    cells = [row["file"], row["optimum"], round(result["objective"], 3), reached, bound and round(bound, 3)]
    cells += [None if gap is None else f"{100 * gap:.2f} %", round(result["seconds"]["partition"], 2)]
    cells += [round(result["seconds"].get("prove", 0), 1)]
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
