"""The way from a raw map to travel times, worked out once more beside `brigade import osm` and `matrix`.

    python3 tests/independent/raw_map.py MAP.osm.pbf --brigade target/release/brigade
    python3 tests/independent/raw_map.py --by-hand tests/osm-rules

The first reads the map itself (PBF or XML), decides by the tags what engines drive, where they wait and
which ways are forbidden, measures on the ellipsoid of WGS 84, takes the part that engines drive there and
back, and times trips between junctions: random ones, and one over each forbidden way. Then it has brigade
import the same map, asks `brigade matrix` for the same trips, and compares. The second compares with the
times of `tests/osm-rules/times.csv`, which are worked out by hand.

Written from what README, the heads of the files in `src/roads` and OpenStreetMap's wiki say, in another
language and by another method: of what brigade writes only the answer counts, no restriction is taken
apart into forbidden pairs (an engine carries the ones it has begun), no graph is contracted, and only the
standard library is used. Exit code 1 when a time differs, or the length of the connected part.
"""

import argparse
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from drawn_map import drawn
from engine import Engine, millis, read_profile
from osm_file import Map
from osm_roads import Network
from osm_tags import DATA


def places(network, kept, theirs, counts, seed):
    """Random junctions, and those before and behind every restriction: (origins, destinations)."""
    known = {end for number in kept for end in network.pieces[number].ends(True)}
    known = sorted(known & theirs)
    chance = random.Random(seed)
    origins, destinations = (chance.sample(known, min(count, len(known))) for count in counts)
    for _, _, sequences, _ in network.restrictions:
        for sequence in sequences:
            origins.append(network.ends(sequence[0])[0])
            # Behind the turn that is forbidden, and behind those that are not allowed.
            exits = network.leaving[network.ends(sequence[-1])[0]]
            destinations += [network.ends(direction)[1] for direction in exits]
    return [list(dict.fromkeys(n for n in some if n in known)) for some in (origins, destinations)]


class Comparison:
    """Trips of one engine here, and by `brigade matrix`."""

    def __init__(self, engine, matrix, tolerance):
        self.engine = engine
        self.exact = self.reached = self.binding = 0
        self.wrong = []
        self.worst = (0.0, None)
        free = engine.without_rules()
        for origin in dict.fromkeys(origin for origin, _ in matrix):
            ours = engine.search(origin)[0]
            unruled = free.search(origin)[0] if engine.bind else ours
            for destination in (to for start, to in matrix if start == origin):
                mine = ours.get(destination, (None,))[0]
                theirs = matrix[origin, destination]
                self.reached += mine is not None
                self.binding += mine != unruled.get(destination, (None,))[0]
                self.exact += mine == theirs
                off = math.inf
                if mine is not None and theirs is not None:
                    off = abs(mine - theirs) / max(mine, theirs, 1)
                elif mine is theirs:
                    off = 0.0
                if off > tolerance:
                    self.wrong.append((origin, destination))
                if off > self.worst[0]:
                    self.worst = off, (origin, destination, mine, theirs)
        self.pairs = len(matrix)


def ask(brigade, network, profile, origins, destinations):
    """The times of `brigade matrix`, in milliseconds."""
    folder = profile.parent
    for table, nodes in (("origins", origins), ("destinations", destinations)):
        lines = "".join(f"{node},{node}\n" for node in nodes)
        (folder / f"{table}.csv").write_text(f"id,node_id\n{lines}", encoding="utf-8")
    command = [brigade, "--quiet", "matrix", "--network", network, "--profile", profile]
    for table in ("origins", "destinations"):
        command += [f"--{table}", folder / f"{table}.csv"]
    run(command + ["--output", folder / "matrix.csv"])
    return {
        (int(row["origin"]), int(row["destination"])): (
            millis(float(row["seconds"])) if row["seconds"] else None
        )
        for row in rows(folder / "matrix.csv")
    }


def ways_asked(brigade, network, profile, origin, destination):
    """The links of `brigade route`."""
    line = profile.parent / "line.geojson"
    command = [brigade, "--quiet", "route", str(origin), str(destination), "--network", network]
    run(command + ["--profile", profile, "--geojson", line])
    with open(line, encoding="utf-8") as file:
        streets = json.load(file)["features"][0]["properties"]["streets"]
    # A link is called by its way and a number.
    return [int(link.rsplit("-", 1)[0]) for street in streets for link in street["link_ids"]]


def shown(ways):
    return " ".join(str(way) for way, before in zip(ways, [None, *ways]) if way != before)


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def compare(options):
    if options.drawn is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"drawn-{options.drawn}.osm"
            path.write_text(drawn(options.drawn), encoding="utf-8")
            return compare_map(path, options)
    return compare_map(options.map, options)


def driven_together(network, parts):
    """What all engines drive with the longest part of one of them, of which they drive most."""
    found = []
    for longest in (max(own, key=network.length_of, default=set()) for own in parts):
        beside = [max(own, key=lambda part: network.length_of(part & longest), default=set()) for own in parts]
        beside = [part for part in beside if part & longest]
        found.append((sum(map(network.length_of, beside)), set().union(longest, *beside)))
    return max(found, key=lambda of: of[0])[1]


def compare_map(path, options):
    raw = Map(path)
    network = Network(raw)
    if options.without_restrictions:
        network.restrictions = []
    starters = [read_profile(DATA / f"profiles/{name}.toml") for name in ("pumper", "light")]
    kept = driven_together(network, [Engine(network, profile).parts() for profile in starters])
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        run([options.brigade, "--quiet", "import", "osm", path, "--output", folder / "county"])
        tables = folder / "county/network"
        theirs = {int(row["node_id"]) for row in rows(tables / "node.csv")}
        lengths = [
            sum(network.length[number] for number in kept) / 1000,
            sum(float(row["length"]) for row in rows(tables / "link.csv")) / 1000,
        ]
        print(
            f"{Path(path).name}: traffic keeps {network.side}; "
            f"connected {lengths[0]:.3f} km here, {lengths[1]:.3f} km by brigade; "
            f"{len(network.restrictions)} turn restrictions"
        )
        wrong += abs(lengths[0] / lengths[1] - 1) > options.tolerance
        ours = {end for number in kept for end in network.pieces[number].ends(True)}
        for where, odd in (("here", ours - theirs), ("by brigade", theirs - ours)):
            # Where a ring without a junction is cut is a matter of taste.
            odd = sorted(node for node in odd if not network.is_inside_a_ring(node))
            if odd:
                print(f"  {len(odd)} junctions only {where}: {' '.join(map(str, odd[:12]))}")
            wrong += len(odd)
        origins, destinations = places(network, kept, theirs, options.pairs, options.seed)
        # The engine of most stations, and the same without what engines on a call may do.
        text = (DATA / "profiles/pumper.toml").read_text(encoding="utf-8")
        for name, said in (("pumper", text), ("bound", text[: text.index("[exemption]")])):
            profile = folder / f"{name}.toml"
            profile.write_text(said, encoding="utf-8")
            engine = Engine(network, read_profile(profile), kept)
            matrix = ask(options.brigade, tables, profile, origins, destinations)
            found = Comparison(engine, matrix, options.tolerance)
            off, trip = found.worst
            print(
                f"  {name}: {found.pairs} pairs, {found.reached} of them reached, {len(found.wrong)} differ by "
                f"more than {options.tolerance:.1%}, {found.exact} are the same to the millisecond; "
                f"restrictions change {found.binding}; largest difference {off:.3%}"
            )
            if trip is not None:
                origin, destination, mine, by_brigade = trip
                print(f"    {origin} → {destination}: {mine} ms here, {by_brigade} ms by brigade")
                print(f"    here       {shown(engine.ways(origin, destination))}")
                if by_brigade is not None:
                    route = ways_asked(options.brigade, tables, profile, origin, destination)
                    print(f"    by brigade {shown(route)}")
            wrong += len(found.wrong)
    return wrong


def by_hand(folder):
    """The times of `times.csv`, of maps whose parts need not hang together."""
    engines, wrong, compared = {}, 0, 0
    profiles = {name: read_profile(folder / f"{name}.toml") for name in ("bound", "exempt")}
    for row in rows(folder / "times.csv"):
        if row["map"] not in engines:
            network = Network(Map(folder / f"{row['map']}.osm"))
            # Here the maps count as they are, before any table.
            engines[row["map"]] = {n: Engine(network, p) for n, p in profiles.items()}
        for name, engine in engines[row["map"]].items():
            said = row[name] if row[name] != "same" else row["bound"]
            origin, destination = int(row["from"]), int(row["to"])
            pieces = engine.network.leaving
            if origin not in pieces or destination not in pieces:
                ours = "gone"
            elif (time := engine.search(origin)[0].get(destination)) is None:
                ours = "never"
            else:
                ours = time[0] / 1000
            expected = said if said in ("gone", "never") else worked_out(said)
            compared += 1
            is_same = ours == expected
            if not is_same and not isinstance(ours, str) and not isinstance(expected, str):
                # A length of 0.1 m at the slowest speed there.
                is_same = abs(ours - expected) <= 0.05
            if not is_same:
                wrong += 1
                print(f"{row['map']} {origin}-{destination} {name}: {ours}, by hand {said} = {expected}")
    print(f"{compared} times worked out by hand, {wrong} differ")
    return wrong


def worked_out(text):
    """A sum such as `2 x 111.195 + 16`."""

    def part(text):
        for sign, apply in (("x", lambda a, b: a * b), ("/", lambda a, b: a / b)):
            if sign in text:
                return apply(*map(float, text.split(sign)))
        return float(text)

    return sum(map(part, text.split("+")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("map", nargs="?")
    parser.add_argument("--drawn", type=int, metavar="SEED", help="a made-up map in place of MAP")
    parser.add_argument("--brigade", help="the program")
    parser.add_argument("--tolerance", type=float, default=0.001, help="share of a time")
    parser.add_argument("--pairs", type=int, nargs=2, default=(15, 60), help="random origins, destinations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-restrictions", action="store_true", help="leave them out, to see it fail")
    parser.add_argument("--by-hand", type=Path, help="folder with times.csv")
    options = parser.parse_args()
    return 1 if (by_hand(options.by_hand) if options.by_hand else compare(options)) else 0


if __name__ == "__main__":
    sys.exit(main())
