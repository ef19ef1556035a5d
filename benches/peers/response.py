"""The response of a small fleet in SimPy, on the files of benches/peers/response.

An incident takes the nearest ready engines at once; what is missing waits, first come first served.
Each engine turns out, drives, works at the scene, drives back, and is ready again.
"""

import argparse
import csv
import itertools
import json
import math
import random
import time
import tomllib
from pathlib import Path

import simpy
from scipy.stats import t as students_t

DAYS_A_YEAR = 365.2425


def seconds(text):
    number, unit = text.split()
    return float(number) * {"s": 1, "min": 60, "h": 3600}[unit]


def table(folder, name):
    with open(folder / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


class County:
    """What the files say."""

    def __init__(self, folder):
        scenario = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
        start, years = (scenario["horizon"][key] for key in ("start", "years"))
        self.days = (start.replace(year=start.year + years) - start).days
        self.replications = scenario["horizon"]["replications"]
        stages = scenario["stages"]
        mean, sd = (seconds(stages["turnout"][key]) for key in ("mean", "sd"))
        self.turnout = lognormal(mean, sd)
        self.traffic = lognormal(1.0, stages["traffic"]["sd"])
        self.back = stages["return_trip"]["factor"]
        self.stations = table(folder, "stations.csv")
        demand = table(folder, "demand.csv")
        rates = [float(row["rate_fire"]) for row in demand]
        # Running sums, so that a draw need not add them up again.
        self.running_rates = list(itertools.accumulate(rates))
        kind = table(folder, "incident_types.csv")[0]
        pairs = [pair.split(":") for pair in kind["engines"].split()]
        self.engines = [int(number) for number, _ in pairs]
        self.running_shares = list(itertools.accumulate(float(share) for _, share in pairs))
        mean, sd = seconds(kind["on_scene_mean"]), seconds(kind["on_scene_sd"])
        self.shape, self.scale = (mean / sd) ** 2, sd**2 / mean
        times = {(row["station"], row["demand"]): float(row["seconds"])
                 for row in table(folder, "times.csv")}
        # For each place the stations, the nearest first.
        self.nearest = [
            sorted((times[station["id"], row["id"]], number)
                   for number, station in enumerate(self.stations))
            for row in demand
        ]


def lognormal(mean, sd):
    variance = math.log(1 + (sd / mean) ** 2)
    return math.log(mean) - variance / 2, math.sqrt(variance)


class Replication:
    """One run of the horizon."""

    def __init__(self, county, seed):
        self.county = county
        self.draw = random.Random(seed)
        self.env = simpy.Environment()
        self.ready = [int(station["engines"]) for station in county.stations]
        self.waiting = []
        self.response = []
        self.busy = [0.0] * len(self.ready)
        self.until = county.days * 86_400

    def run(self):
        self.env.process(self.calls())
        self.env.run()
        return self

    def calls(self):
        county, draw = self.county, self.draw
        rate = county.running_rates[-1] / (DAYS_A_YEAR * 86_400)
        places = range(len(county.running_rates))
        while True:
            yield self.env.timeout(draw.expovariate(rate))
            if self.env.now >= self.until:
                return
            place = draw.choices(places, cum_weights=county.running_rates)[0]
            engines = draw.choices(county.engines, cum_weights=county.running_shares)[0]
            incident = {"received": self.env.now, "place": place, "missing": engines, "first": None}
            self.send(incident)
            if incident["missing"]:
                self.waiting.append(incident)

    def send(self, incident):
        for expected, station in self.county.nearest[incident["place"]]:
            while incident["missing"] and self.ready[station]:
                self.ready[station] -= 1
                incident["missing"] -= 1
                self.env.process(self.trip(incident, station, expected))

    def trip(self, incident, station, expected):
        county, draw, env = self.county, self.draw, self.env
        began = env.now
        yield env.timeout(draw.lognormvariate(*county.turnout))
        travel = expected * draw.lognormvariate(*county.traffic)
        yield env.timeout(travel)
        if incident["first"] is None:
            incident["first"] = env.now
            self.response.append(env.now - incident["received"])
        yield env.timeout(draw.gammavariate(county.shape, county.scale))
        yield env.timeout(travel * county.back)
        self.busy[station] += max(min(env.now, self.until) - began, 0.0)
        self.ready[station] += 1
        for other in list(self.waiting):
            self.send(other)
            if not other["missing"]:
                self.waiting.remove(other)


def percentile(values, q):
    """Nearest rank."""
    return sorted(values)[max(math.ceil(q * len(values) - 1e-9) - 1, 0)]


def estimate(values):
    """Mean of the replications with a 95 % interval, by Student's t, as the tool's."""
    mean = sum(values) / len(values)
    sd = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    half = float(students_t.ppf(0.975, len(values) - 1)) * sd / math.sqrt(len(values))
    return {"value": mean, "low": mean - half, "high": mean + half}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, help="at least 2; else those of the scenario")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.replications is not None and arguments.replications < 2:
        parser.error("an interval takes at least 2 replications")
    county = County(Path(__file__).parent / "response")
    replications = arguments.replications or county.replications
    began = time.process_time()
    runs = [Replication(county, arguments.seed * 1_000_003 + number).run()
            for number in range(replications)]
    took = time.process_time() - began
    incidents = sum(len(run.response) for run in runs)
    print(json.dumps({
        "incidents": incidents,
        "seconds": took,
        "incidents_per_second": incidents / took,
        "county": {
            "mean_response_seconds": estimate([sum(r.response) / len(r.response) for r in runs]),
            "median_response_seconds": estimate([percentile(r.response, 0.5) for r in runs]),
            "p90_response_seconds": estimate([percentile(r.response, 0.9) for r in runs]),
        },
        "stations": [
            {"id": station["id"], "busy_share": estimate(
                [r.busy[number] / (r.until * int(station["engines"])) for r in runs])}
            for number, station in enumerate(county.stations)
        ],
    }, indent=2))


if __name__ == "__main__":
    main()
