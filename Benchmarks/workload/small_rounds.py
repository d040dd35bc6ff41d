"""Mean length of the shortest round over n uniform points in a unit square, n = 0..10, exactly.

    python3 small_rounds.py [draws]

Prints the table of Sources/Workload/Demand/RoundLength.swift with standard errors.
All rounds of a draw are tried at once by dynamic programming over subsets (Held and Karp).
"""
import sys
import numpy as np

draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
rng = np.random.default_rng(1)


def shortest_rounds(points):
    count, n, _ = points.shape
    d = np.sqrt(((points[:, :, None, :] - points[:, None, :, :]) ** 2).sum(-1))
    best = {(1 << j, j): d[:, n - 1, j] for j in range(n - 1)}
    for size in range(2, n):
        fresh = {}
        for subset in range(1 << (n - 1)):
            if bin(subset).count("1") != size:
                continue
            for j in range(n - 1):
                if subset >> j & 1:
                    rest = subset ^ (1 << j)
                    ways = [best[rest, i] + d[:, i, j] for i in range(n - 1) if rest >> i & 1]
                    fresh[subset, j] = np.minimum.reduce(ways)
        best = fresh
    return np.minimum.reduce([best[(1 << (n - 1)) - 1, j] + d[:, j, n - 1] for j in range(n - 1)])


print("n=0..1: 0")
for n in range(2, 11):
    sums, squares, done = 0.0, 0.0, 0
    while done < draws:
        lengths = shortest_rounds(rng.random((min(20_000, draws - done), n, 2)))
        sums += lengths.sum()
        squares += (lengths**2).sum()
        done += len(lengths)
    mean = sums / done
    error = np.sqrt((squares / done - mean**2) / done)
    print(f"n={n}: {mean:.4f} +- {error:.4f}; law {0.7124 * (np.sqrt(n) + 0.9):.4f}", flush=True)
