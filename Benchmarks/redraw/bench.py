#!/usr/bin/env python3
"""gridplan redraw and METIS on the same graphs, in turn, with the same measures. See README.md."""
import argparse
import json
import pathlib
import statistics
import subprocess
import time

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


class Instance:
    def __init__(self, folder):
        self.folder = folder
        self.k = json.loads((folder / "meta.json").read_text())["k"]
        units = pd.read_csv(folder / "units.csv")
        edges = pd.read_csv(folder / "edges.csv")
        self.xy = units[["x", "y"]].values
        self.weight = units.households.values.astype(np.int64)
        self.edges = edges[["i", "j"]].values
        self.border = edges.border_m.values
        self.n = len(units)

    def score(self, labels):
        labels = np.unique(labels, return_inverse=True)[1].ravel()
        groups = labels.max() + 1
        households = np.bincount(labels, self.weight, groups)
        target = self.weight.sum() / self.k
        same = labels[self.edges[:, 0]] == labels[self.edges[:, 1]]
        inner = self.edges[same]
        graph = coo_matrix((np.ones(len(inner)), inner.T), (self.n, self.n))
        _, part = connected_components(graph, directed=False)
        parts = np.bincount(labels[np.unique(part, return_index=True)[1]], minlength=groups)
        mean = [np.bincount(labels, self.weight * self.xy[:, axis], groups) / np.maximum(households, 1) for axis in (0, 1)]
        square = (self.xy[:, 0] - mean[0][labels]) ** 2 + (self.xy[:, 1] - mean[1][labels]) ** 2
        return {
            "groups": int(groups),
            "deviation_pct": round(100 * float(np.abs(households - target).max() / target), 2),
            "disconnected": int((parts > 1).sum()),
            "cut_pct": round(100 * float((~same).mean()), 2),
            "rms_m": round(float(np.sqrt((self.weight * square).sum() / self.weight.sum())), 1),
            "polsby_popper": self.polsby_popper(labels),
        }

    def polsby_popper(self, labels):
        cells = self.folder / "cells.parquet"
        if not cells.exists():
            return None
        import geopandas
        import shapely

        shapes = geopandas.read_parquet(cells).geometry.values
        order = np.argsort(labels, kind="stable")
        starts = np.flatnonzero(np.diff(labels[order])) + 1
        groups = np.array([shapely.coverage_union_all(np.asarray(g)) for g in np.split(shapes[order], starts)])
        return round(float((4 * np.pi * shapely.area(groups) / shapely.length(groups) ** 2).mean()), 4)


def gridplan(program, effort):
    def run(instance):
        command = [program, "redraw", "--graph", str(instance.folder), "--parts", str(instance.k), "--tolerance", "0.05"]
        out = subprocess.run(command + ["--effort", effort], capture_output=True, text=True)
        result = json.loads(out.stdout)
        return result["seconds"]["partition"], np.array(result["assignment"])

    return run


def metis(recursive):
    import pymetis

    def run(instance):
        i, j = instance.edges.T
        weight = np.maximum(1, np.round(instance.border * 10))
        matrix = coo_matrix((np.r_[weight, weight], (np.r_[i, j], np.r_[j, i])), (instance.n, instance.n)).tocsr()
        matrix.sort_indices()
        options = pymetis.Options(ufactor=30, seed=1, **({} if recursive else {"contig": 1}))
        start = time.perf_counter()
        _, labels = pymetis.part_graph(
            instance.k, xadj=matrix.indptr.astype(np.int32), adjncy=matrix.indices.astype(np.int32),
            vweights=instance.weight.astype(np.int32), eweights=matrix.data.astype(np.int32), recursive=recursive,
            options=options)[:2]
        return time.perf_counter() - start, np.array(labels)

    return run


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gridplan", default=".build/release/gridplan")
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--sizes", default="5000,20000,100000")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--efforts", default="low,default")
    options = arguments.parse_args()
    runs = {f"gridplan {effort}": gridplan(options.gridplan, effort) for effort in options.efforts.split(",")}
    try:
        runs["METIS k-way"] = metis(recursive=False)
        runs["METIS recursive"] = metis(recursive=True)
    except ImportError:
        print("pymetis is not installed: gridplan alone")
    columns = ["groups", "deviation_pct", "disconnected", "cut_pct", "rms_m", "polsby_popper"]
    print("| units | program | best s | median s | " + " | ".join(columns) + " |")
    print("| --- " * (4 + len(columns)) + "|")
    for size in options.sizes.split(","):
        instance = Instance(options.data / f"units{size}")
        times = {name: [] for name in runs}
        labels = {}
        for _ in range(options.repeat):
            for name, run in runs.items():
                seconds, labels[name] = run(instance)
                times[name].append(seconds)
        for name in runs:
            figures = instance.score(labels[name])
            row = [size, name, f"{min(times[name]):.3f}", f"{statistics.median(times[name]):.3f}"]
            print("| " + " | ".join(row + [str(figures[c]) for c in columns]) + " |", flush=True)


main()
