#!/usr/bin/python3
"""Fits the A123 26650 cell to its measured dynamic tests and writes plant/data/a123_26650_ecm.inc.

The voltage is OCV(soc, T) + shift(soc, T) + gap(soc, T) h + r0 I + r1 i1 + r2 i2 + r3 i3; with the
time constants and the rate of hysteresis given, that is linear in what is fitted: shift, gap and
four resistances at 21 states of charge, each temperature by itself. Only the even blocks of 1500 s
are used; `bench/run accuracy` scores the odd ones, with the cells of the product. The two
temperatures without a dynamic test are interpolated (see `between`). What holds charging to the
measured C/30 charge curve, and smooth what the blocks do not show, are the WEIGHTS.

Usage: tools/fit_cells.py                      from bench/data, needs python3-numpy, a minute
       tools/fit_cells.py --reduce CSV DEGREES a cycler's file to a small one in bench/data
Not part of ./test: its result is in the repository.
SPDX-License-Identifier: Apache-2.0
"""

import csv
import os
import sys

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KNOTS = [-25, -15, -5, 5, 15, 25, 35, 45]
MEASURED = [-25, -5, 5, 25, 35, 45]
CAPACITY_AH = 2.0726
EFFICIENCY = 0.998
TAUS_S = [10.0, 160.0, 2000.0]
HYSTERESIS_RATE = 10.0
BLOCK_S = 1500
NODES = np.linspace(0.0, 1.0, 21)
C30_A = 0.0767
# Volts: how much a deviation costs beside a millivolt of root mean square error.
WEIGHTS = {"smooth_resistance": 0.06, "charge_curve": 0.01, "discharge_curve": 0.01,
           "smooth_gap": 0.1, "smooth_shift": 0.05, "shift": 0.03}
NAMES = ["r0", "r1", "r2", "r3", "gap", "shift"]


def dynamic_path(degrees):
    sign = "m" if degrees < 0 else ""
    return os.path.join(ROOT, "bench", "data", f"a123_26650_dynamic_{sign}{abs(degrees)}c.csv")


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    table = list(csv.reader(lines))
    return table[0], np.array([[float(x) for x in row] for row in table[1:]])


def reduce(path, degrees):
    """Keeps current (+ charges, lifted to agree with the cycler's ampere-hours) and voltage."""
    head, rows = rows_of(path)
    column = {name: rows[:, i] for i, name in enumerate(head)}
    assert np.allclose(np.diff(column["t"]), 1.0, atol=0.01), "rows are not a second apart"
    current, counted = -column["I"], column["chgAh"] - column["disAh"]
    lifted = np.array(current)
    sum_ah = 0.0
    for k in range(1, len(current)):
        correction = (counted[k] - counted[0] - sum_ah) * 3600.0 / 600.0
        lifted[k] = current[k] + correction
        sum_ah += (0.5 * (current[k] + current[k - 1]) + correction) / 3600.0
    with open(dynamic_path(degrees), "w", encoding="utf-8") as file:
        file.write(f"# source: A123 ANR26650 dynamic test at {degrees} C, UCCS (G. Plett), "
                   "batterysim/esctoolbox-python dyn_data; licence: MIT\n")
        file.write("# a row a second from a full, rested cell; + charges; current lifted by a few "
                   "mA to agree with the cycler's ampere-hour counter\n")
        file.write("current_ma,voltage_100uv\n")
        for amperes, volts in zip(lifted, column["V"]):
            file.write(f"{round(1000.0 * amperes)},{round(10000.0 * volts)}\n")


def read_c30():
    head, rows = rows_of(os.path.join(ROOT, "bench", "data", "a123_26650_c30.csv"))
    return {name: rows[:, i] for i, name in enumerate(head)}


def hats(x):
    """A row of weights over NODES for each x: straight between them."""
    below = np.clip(np.floor(x * 20.0).astype(int), 0, 19)
    share = np.clip(x * 20.0 - below, 0.0, 1.0)
    weights = np.zeros((len(x), len(NODES)))
    rows = np.arange(len(x))
    weights[rows, below] = 1.0 - share
    weights[rows, below + 1] += share
    return weights


def states(mean_a):
    """Filtered currents and state of hysteresis at the end of each second, first the start."""
    keep = np.exp(-1.0 / np.array(TAUS_S))
    decay = np.exp(-np.abs(mean_a) / (3600.0 * CAPACITY_AH) * HYSTERESIS_RATE)
    direction = np.sign(mean_a)
    currents, h = np.zeros(3), 1.0
    out = np.empty((len(mean_a) + 1, 4))
    out[0] = [0.0, 0.0, 0.0, 1.0]
    for k, a in enumerate(mean_a):
        currents = a + (currents - a) * keep
        if direction[k] != 0.0:
            h = direction[k] + (h - direction[k]) * decay[k]
        out[k + 1, :3] = currents
        out[k + 1, 3] = h
    return out


def load(degrees, c30):
    """Design matrix, what it has to explain, and the state of charge, of one dynamic test."""
    _, rows = rows_of(dynamic_path(degrees))
    current_a, voltage_v = rows[:, 0] * 1e-3, rows[:, 1] * 1e-4
    mean_a = 0.5 * (current_a[1:] + current_a[:-1])
    stored = np.where(mean_a > 0.0, EFFICIENCY * mean_a, mean_a)
    soc = 1.0 + np.concatenate([[0.0], np.cumsum(stored)]) / (3600.0 * CAPACITY_AH)
    x = states(mean_a)
    weights = hats(soc)
    columns = [weights * current_a[:, None]]
    columns += [weights * x[:, [k]] for k in range(4)]
    columns.append(weights)
    open_v = np.interp(soc, c30["soc"], c30[f"ocv_{degrees}C"])
    return np.concatenate(columns, axis=1), voltage_v - open_v, soc


def priors(degrees, c30, scale_ohm):
    """Quadratic form and linear term of everything that is not a dynamic test."""
    n = len(NODES)
    size = 6 * n
    rows, targets = [], []

    def add(weight, entries, target):
        row = np.zeros(size)
        for index, value in entries:
            row[index] += weight * value
        rows.append(row)
        targets.append(weight * target)

    bends = [(k, WEIGHTS["smooth_resistance"] * 1e-3 / scale_ohm) for k in range(4)]
    bends += [(4, WEIGHTS["smooth_gap"]), (5, WEIGHTS["smooth_shift"])]
    for k, weight in bends:
        for i in range(n - 2):
            add(weight, [(k * n + i, 1.0), (k * n + i + 1, -2.0), (k * n + i + 2, 1.0)], 0.0)
    point = np.round(NODES * 200.0).astype(int)
    for branch, side in (("charge_curve", 1.0), ("discharge_curve", -1.0)):
        measured = c30[("chg" if side > 0 else "dis") + f"_{degrees}C"]
        for i in range(n):
            off = measured[point[i]] - c30[f"ocv_{degrees}C"][point[i]]
            if np.isnan(off):
                continue
            drops = [(k * n + i, side * C30_A) for k in range(4)]
            add(WEIGHTS[branch], drops + [(4 * n + i, side), (5 * n + i, 1.0)], off)
    for i in range(n):
        add(WEIGHTS["shift"], [(5 * n + i, 1.0)], 0.0)
    a, b = np.array(rows), np.array(targets)
    return a.T @ a, a.T @ b


def solve_bounded(quadratic, linear, lowest):
    """Least squares with x >= lowest, by active sets."""
    linear = linear - quadratic @ lowest
    free = np.ones(len(linear), bool)
    x = np.zeros(len(linear))
    for _ in range(200):
        chosen = np.where(free)[0]
        x = np.zeros(len(linear))
        x[chosen] = np.linalg.solve(quadratic[np.ix_(chosen, chosen)], linear[chosen])
        negative = free & (x < 0.0)
        if negative.any():
            free &= ~negative
            continue
        gradient = linear - quadratic @ x
        back = ~free & (gradient > 1e-12 * np.abs(linear).max())
        if not back.any():
            break
        free[np.where(back)[0][np.argmax(gradient[back])]] = True
    return x + lowest


def fit(degrees, c30):
    """[name][node], by the even blocks alone."""
    design, target, soc = load(degrees, c30)
    n = len(NODES)
    second = np.arange(len(soc))
    train = (second // BLOCK_S % 2 == 0) & (soc > 0.03) & (soc < 0.97)
    a, b = design[train], target[train]
    # The first resistance sets the scale: how fast voltage follows current within a second.
    steps = np.diff(design[:, :n].sum(axis=1))
    scale = float(np.diff(target) @ steps / (steps @ steps))
    prior, pull = priors(degrees, c30, scale)
    lowest = np.concatenate([np.full(4 * n, 0.1 * scale), np.zeros(n), np.full(n, -1.0)])
    x = solve_bounded(a.T @ a / len(a) + prior, a.T @ b / len(a) + pull, lowest)
    inside = (soc > 0.1) & (soc < 0.9)
    odd = second // BLOCK_S % 2 == 1
    error_mv = 1000.0 * (target - design @ x)
    print(f"{degrees:4d} C: even blocks {rms(error_mv[inside & ~odd]):5.2f} mV, "
          f"odd blocks {rms(error_mv[inside & odd]):5.2f} mV")
    fitted = x.reshape(6, n)
    # The ends lie outside of what is fitted and would only carry its slopes on.
    fitted[:4, 0] = np.clip(fitted[:4, 0], fitted[:4, 1], 1.5 * fitted[:4, 1])
    fitted[:4, -1] = fitted[:4, -2]
    fitted[4:, 0] = fitted[4:, 1]
    fitted[4:, -1] = fitted[4:, -2]
    return fitted


def rms(values):
    return float(np.sqrt(np.mean(values ** 2)))


def between(fits, degrees):
    """What no test showed: resistances straight in log R over 1/T between the two neighbours, each
    moved by what a cubic through the four nearest temperatures gives for its mean over 10..90 %;
    gap and shift straight over T."""
    def inverse(t):
        return 1.0 / (t + 273.15)

    cold = max(t for t in fits if t < degrees)
    warm = min(t for t in fits if t > degrees)
    share = (inverse(degrees) - inverse(cold)) / (inverse(warm) - inverse(cold))
    nearest = sorted(sorted(fits, key=lambda t: abs(t - degrees))[:4])
    result = np.empty_like(fits[cold])
    for k in range(4):
        straight = np.exp((1.0 - share) * np.log(fits[cold][k]) + share * np.log(fits[warm][k]))
        means = {t: np.log(fits[t][k][2:19].mean()) for t in nearest}
        bent = sum(means[t] * np.prod([(inverse(degrees) - inverse(u)) / (inverse(t) - inverse(u))
                                       for u in nearest if u != t]) for t in nearest)
        result[k] = straight * np.exp(bent - (1.0 - share) * means[cold] - share * means[warm])
    along = (degrees - cold) / (warm - cold)
    for k in (4, 5):
        result[k] = (1.0 - along) * fits[cold][k] + along * fits[warm][k]
    return result


def write(fits):
    path = os.path.join(ROOT, "plant", "data", "a123_26650_ecm.inc")
    with open(path, "w", encoding="utf-8") as file:
        file.write("// source: fitted by tools/fit_cells.py to A123 26650 dynamic tests (UCCS, "
                   "esctoolbox-python); licence: MIT\n")
        file.write("// Blocks r0, r1, r2, r3 [ohm], gap [V], shift [V]; in each a row per 5 % SOC, "
                   "0..100 %, a column per -25, -15 .. 45 C.\n// clang-format off\n")
        for k, name in enumerate(NAMES):
            file.write(f"// {name}\n")
            for i in range(len(NODES)):
                file.write(", ".join(f"{fits[t][k][i]:.6f}" for t in KNOTS) + ",\n")
        file.write("// clang-format on\n")


def main(options):
    if len(options) == 3 and options[0] == "--reduce":
        reduce(options[1], int(options[2]))
        return 0
    if options:
        print(__doc__, file=sys.stderr)
        return 2
    c30 = read_c30()
    fits = {t: fit(t, c30) for t in MEASURED}
    for t in KNOTS:
        if t not in MEASURED:
            fits[t] = between({u: fits[u] for u in MEASURED}, t)
    # A test of -5..35 C from the others alone.
    for t in MEASURED[1:-1]:
        guess = between({u: fits[u] for u in MEASURED if u != t}, t)
        design, target, soc = load(t, c30)
        odd = np.arange(len(soc)) // BLOCK_S % 2 == 1
        inside = odd & (soc > 0.1) & (soc < 0.9)
        error_mv = 1000.0 * (target - design @ guess.reshape(-1))
        print(f"{t:4d} C from the other temperatures: odd blocks {rms(error_mv[inside]):5.2f} mV")
    write(fits)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
