"""Writes a county of a million junctions: Wuhua, stretched over a network that is made up.

    python3 benches/large_county.py /tmp/big --junctions 1000000
    brigade compare /tmp/big/scenarios/wuhua.toml --output /tmp/big/out --verbose

Boundary, towns, demand points, stations and sites are those of data/wuhua, pulled apart to fill the
square of the network. Junctions stand in rows 100 m apart, each moved about a little; every 64th line
of them is a trunk road (the first of them a motorway), every 16th a primary and every 4th a secondary
or tertiary one. All others are lanes that wind, many of which are missing: some 1.3 links a junction.
The same junctions and seed give the same bytes.
"""

import argparse
import csv
import json
import math
import random
import shutil
from pathlib import Path

SPACING = 100.0
MIDDLE = (115.7, 23.9)
METRES_A_DEGREE = 111_195.0
# How the roads of a line are classed, what share of its links is missing, and the points between
# the two ends of a link.
LINES = [
    (256, "motorway", 0.0, 1),
    (64, "trunk", 0.0, 1),
    (16, "primary", 0.02, 2),
    (8, "secondary", 0.1, 2),
    (4, "tertiary", 0.1, 2),
    (2, "unclassified", 0.35, 3),
    (1, "residential", 0.48, 3),
]


def line_of(number):
    return next(line for line in LINES if number % line[0] == 0)


def degrees(east, north):
    lon, lat = MIDDLE
    return (
        lon + east / METRES_A_DEGREE / math.cos(math.radians(lat)),
        lat + north / METRES_A_DEGREE,
    )


def write_network(folder, junctions, seed):
    """Writes node.csv and link.csv, and answers how far the network reaches from its middle."""
    dice = random.Random(seed)
    width = math.isqrt(junctions - 1) + 1
    half = width * SPACING / 2

    def moved(at):
        return (at + 0.7 * dice.random()) * SPACING - half

    places = [(moved(node % width), moved(node // width)) for node in range(junctions)]
    with open(folder / "node.csv", "w", encoding="utf-8") as table:
        table.write("node_id,x_coord,y_coord,basis\n")
        for node, at in enumerate(places):
            lon, lat = degrees(*at)
            table.write(f"{node},{lon:.6f},{lat:.6f},modelled\n")
    with open(folder / "link.csv", "w", encoding="utf-8") as table:
        table.write("link_id,from_node_id,to_node_id,directed,length,facility_type,basis,geometry\n")
        link = 0
        for node in range(junctions):
            column, row = node % width, node // width
            ways = [(node + width, column)]
            if column + 1 < width:
                ways.append((node + 1, row))
            for other, line in ways:
                _, facility, missing, between = line_of(line)
                if other >= junctions or dice.random() < missing:
                    continue
                line = winding(places[node], places[other], between, dice)
                length = sum(math.dist(a, b) for a, b in zip(line, line[1:]))
                wkt = ", ".join("{:.6f} {:.6f}".format(*degrees(*at)) for at in line)
                link += 1
                table.write(
                    f'{link},{node},{other},0,{length:.1f},{facility},modelled,"LINESTRING ({wkt})"\n'
                )
    return half


def winding(a, b, between, dice):
    """The line from a to b over points moved aside by up to a twentieth of its length."""
    east, north = b[0] - a[0], b[1] - a[1]
    line = [a]
    for step in range(1, between + 1):
        along, aside = step / (between + 1), (dice.random() - 0.5) / 10
        line.append((a[0] + east * along - north * aside, a[1] + north * along + east * aside))
    return line + [b]


def corners(coordinates):
    """Every position of nested coordinates."""
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for part in coordinates:
            yield from corners(part)


def stretch(folder, half):
    """Pulls the county apart, so that its boundary fills the square of the network."""
    boundary = json.loads((folder / "boundary.geojson").read_text(encoding="utf-8"))
    points = [at for f in boundary["features"] for at in corners(f["geometry"]["coordinates"])]
    low = [min(at[axis] for at in points) for axis in (0, 1)]
    high = [max(at[axis] for at in points) for axis in (0, 1)]
    south_west, north_east = degrees(-half, -half), degrees(half, half)

    def pulled(value, axis):
        share = (value - low[axis]) / (high[axis] - low[axis])
        return round(south_west[axis] + share * (north_east[axis] - south_west[axis]), 6)

    for at in points:
        at[:] = [pulled(at[0], 0), pulled(at[1], 1)]
    (folder / "boundary.geojson").write_text(json.dumps(boundary), encoding="utf-8")
    for table in sorted(folder.glob("*.csv")):
        with open(table, encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        if not rows or "lon" not in rows[0]:
            continue
        for row in rows:
            row["lon"], row["lat"] = pulled(float(row["lon"]), 0), pulled(float(row["lat"]), 1)
        with open(table, "w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where to write data/wuhua and scenarios")
    parser.add_argument("--junctions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    house = Path(__file__).resolve().parent.parent
    county = arguments.folder / "data" / "wuhua"
    shutil.copytree(house / "data" / "wuhua", county)
    shutil.copytree(house / "scenarios", arguments.folder / "scenarios")
    half = write_network(county / "network", arguments.junctions, arguments.seed)
    stretch(county, half)


if __name__ == "__main__":
    main()
