"""Runs the SimPy model and the tool on the same county, and prints how fast each is and whether they
agree.

The tool is timed as a whole process by the clock on the wall, start-up, reading and writing included;
SimPy by the time of the processor, without start-up; both by the shortest of as many runs.
Two figures agree when they differ by no more than 1.5 times the root of the squared half-widths of
their 95 % intervals (that is some three standard errors).

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/peers/requirements.txt
    cargo build --release && /tmp/peers/bin/python benches/peers/run_response.py
"""

import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ROUNDS = 5
REPLICATIONS = 20  # of SimPy; a minute of them would say no more


def tool(threads, folder):
    """The shortest of several runs, and the answer."""
    command = [ROOT / "target/release/brigade", "simulate", HERE / "response/scenario.toml",
               "--output", folder, "--threads", str(threads), "--language", "en"]
    best = math.inf
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - began)
    return best, json.loads((Path(folder) / "simulation.json").read_text(encoding="utf-8"))


def simpy_model():
    """The answer of the SimPy model, with the shortest of several runs."""
    command = [sys.executable, HERE / "response.py", "--replications", str(REPLICATIONS)]
    answers = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
               for _ in range(ROUNDS)]
    return min(answers, key=lambda answer: answer["seconds"])


def figures(answer):
    yield from ((name, answer["county"][name]) for name in
                ("mean_response_seconds", "median_response_seconds", "p90_response_seconds"))
    for station in answer["stations"]:
        yield f"busy share of {station['id']}", station["busy_share"]


def half(figure):
    return figure["high"] - figure["value"]


def main():
    simpy = simpy_model()
    by_simpy = simpy["incidents_per_second"]
    print(f"SimPy: {simpy['incidents']} incidents, {by_simpy:,.0f} a second")
    with tempfile.TemporaryDirectory() as folder:
        rates = {}
        for threads in (1, 2):
            took, answer = tool(threads, folder)
            rates[threads] = answer["incidents"] / took
            print(f"brigade, {threads} thread(s): {answer['incidents']} incidents in {took:.3f} s, "
                  f"{rates[threads]:,.0f} a second, {rates[threads] / by_simpy:.0f} times SimPy")
    print(f"two threads over one: {rates[2] / rates[1]:.2f}")
    apart = 0
    by_name = dict(figures(simpy))
    for name, ours in figures(answer):
        theirs = by_name[name]
        allowed = 1.5 * math.hypot(half(ours), half(theirs))
        agree = abs(ours["value"] - theirs["value"]) <= allowed
        apart += not agree
        print(f"{name:28} brigade {ours['value']:10.4f} ±{half(ours):.4f}   SimPy "
              f"{theirs['value']:10.4f} ±{half(theirs):.4f}   {'agree' if agree else 'APART'}")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
