"""The best sites by this crate and by spopt, on the same made-up problems: times and whether the
values are equal.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/peers/requirements.txt
    cargo build --release && /tmp/peers/bin/python benches/peers/run_siting.py [SECONDS]

spopt builds its programs with PuLP and solves them with CBC, and with HiGHS where it is there, each
within so many seconds (120 where none are given) and to a gap of 0. The tool is timed as a whole
process by the clock on the wall, start-up and reading included; spopt from the matrix in memory to
the solution.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pulp
from spopt.locate import LSCP, MCLP, PCenter, PMedian

ROOT = Path(__file__).resolve().parents[2]
LIMIT = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
THRESHOLD = 480.0
PROBLEMS = [  # sites, points, objective, p
    (40, 200, "p-median", 5),
    (40, 200, "mclp", 5),
    (40, 200, "lscp", None),
    (40, 200, "p-center", 5),
    (100, 1000, "mclp", 5),
    (100, 1000, "mclp", 10),
    (100, 1000, "lscp", None),
    (300, 5000, "mclp", 5),
    (300, 5000, "mclp", 10),
    # CBC takes minutes for its first linear program here, whatever its limit.
    (100, 1000, "p-median", 5),
]


def problem(sites, points):
    """Times in tenths of a second, so that both sides read the same numbers, and whole weights."""
    draw = np.random.default_rng(sites * points)
    places = draw.random((sites + points, 2)) * 2400
    apart = places[:sites, None] - places[None, sites:]
    times = np.round(np.sqrt((apart**2).sum(axis=2)), 1)
    return times, draw.integers(1, 101, points)


def write(folder, times, weights):
    with open(folder / "times.csv", "w", encoding="utf-8") as out:
        out.write("origin,destination,seconds\n")
        for site, row in enumerate(times):
            out.writelines(f"s{site},d{point},{time:.1f}\n" for point, time in enumerate(row))
    with open(folder / "demand.csv", "w", encoding="utf-8") as out:
        out.write("id,weight\n")
        out.writelines(f"d{point},{weight}\n" for point, weight in enumerate(weights))


def tool(folder, objective, p):
    command = [ROOT / "target/release/brigade", "locate", "--format", "json",
               "--travel-times", folder / "times.csv", "--demand", folder / "demand.csv",
               "--objective", objective, "--time-limit", str(LIMIT)]
    command += ["--p", str(p)] if p else []
    command += ["--threshold", str(THRESHOLD)] if objective in ("mclp", "lscp") else []
    began = time.perf_counter()
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    took = time.perf_counter() - began
    answer = json.loads(out.stdout)
    return took, answer["value"], answer["status"]


def spopt(times, weights, objective, p, solver):
    costs = times.T  # Points by sites.
    began = time.perf_counter()
    if objective == "p-median":
        model = PMedian.from_cost_matrix(costs, weights, p_facilities=p)
    elif objective == "mclp":
        model = MCLP.from_cost_matrix(costs, weights, service_radius=THRESHOLD, p_facilities=p)
    elif objective == "p-center":
        model = PCenter.from_cost_matrix(costs, p_facilities=p)
    else:
        # It needs every point to be reached.
        model = LSCP.from_cost_matrix(costs[costs.min(axis=1) <= THRESHOLD], THRESHOLD)
    model.problem.solve(solver)
    took = time.perf_counter() - began
    proven = model.problem.sol_status == pulp.LpSolutionOptimal
    # A solver that its time limit ended may call that optimal.
    proven &= took < LIMIT
    return took, pulp.value(model.problem.objective), "optimal" if proven else "feasible"


def solvers():
    yield "CBC", pulp.PULP_CBC_CMD(msg=False, timeLimit=LIMIT, gapRel=0, threads=2)
    highs = pulp.HiGHS(msg=False, timeLimit=LIMIT, gapRel=0, threads=2)
    if highs.available():
        yield "HiGHS", highs


def main():
    apart = 0
    for sites, points, objective, p in PROBLEMS:
        times, weights = problem(sites, points)
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), times, weights)
            took, value, status = tool(Path(folder), objective, p)
        print(f"{objective} {sites} × {points}, p = {p or 'any'}")
        print(f"  {'brigade':8}{took:9.3f} s  {status:9}{value:16.1f}", flush=True)
        for name, solver in solvers():
            theirs, their_value, their_status = spopt(times, weights, objective, p, solver)
            both = status == their_status == "optimal"
            equal = their_value is not None and abs(value - their_value) <= 1e-6 * abs(value)
            apart += both and not equal
            verdict = "equal" if equal else "APART" if both else "not proven by both"
            shown = f"{their_value:16.1f}" if their_value is not None else f"{'–':>16}"
            print(f"  {name:8}{theirs:9.3f} s  {their_status:9}{shown}  {verdict}, "
                  f"{theirs / took:.0f} times as long", flush=True)
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
