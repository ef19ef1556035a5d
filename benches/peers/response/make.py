"""Makes the county on which response.py and the tool are compared: 200 places on a grid, three
stations with 4, 3 and 2 engines, 600 incidents a year.

All of it is made up. Run it from anywhere; the same files come out each time.
"""

import csv
import math
import random
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS, ROWS = 20, 10
STEP = 0.02  # degrees, some 2.2 km at the equator
STATIONS = [("north", 4, 5.5, 7.5), ("middle", 3, 10.5, 4.5), ("south", 2, 16.5, 1.5)]
INCIDENTS_A_YEAR = 600.0
METRES_A_DEGREE = 111_195.08
SPEED = 11.0  # metres a second as the crow flies
REASON = "a made-up county for the comparison"


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    draw = random.Random(600)
    places = [(f"p{r:02}{c:02}", c * STEP, r * STEP) for r in range(ROWS) for c in range(COLUMNS)]
    weights = [draw.gammavariate(1.0, 1.0) for _ in places]
    total = sum(weights)
    rates = [round(INCIDENTS_A_YEAR * weight / total, 6) for weight in weights]
    write(
        "demand.csv",
        ["id", "name", "town", "lon", "lat", "residents", "rate_fire", "basis"],
        [(i, i, "T", f"{x:.2f}", f"{y:.2f}", 1000, rate, "assumed")
         for (i, x, y), rate in zip(places, rates)],
    )
    write(
        "stations.csv",
        ["id", "name", "lon", "lat", "engines", "basis", "reason"],
        [(i, i, f"{c * STEP:.3f}", f"{r * STEP:.3f}", engines, "assumed", REASON)
         for i, engines, c, r in STATIONS],
    )
    write(
        "times.csv",
        ["station", "demand", "seconds"],
        [(i, place, f"{120 + math.dist((c * STEP, r * STEP), (x, y)) * METRES_A_DEGREE / SPEED:.3f}")
         for i, _, c, r in STATIONS for place, x, y in places],
    )
    write("towns.csv", ["id", "name", "lon", "lat", "residents", "basis"],
          [("T", "Town", "0.2", "0.1", 200_000, "assumed")])
    write("hours.csv", ["hour", "fire"], [(hour, 1) for hour in range(24)])
    write(
        "incident_types.csv",
        ["id", "name", "per_10000_residents", "engines", "on_scene_mean", "on_scene_sd",
         "on_scene_distribution", "basis"],
        [("fire", "Fire", 30, "1:0.6 2:0.3 4:0.1", "45 min", "30 min", "gamma", "assumed")],
    )
    write("standards.csv", ["id", "name", "clock", "threshold", "share", "basis", "source"],
          [("r20", "20 min", "response", "20 min", "", "assumed", REASON)])
    write(
        "network/node.csv", ["node_id", "x_coord", "y_coord"],
        [(i, f"{x:.2f}", f"{y:.2f}") for i, x, y in places],
    )
    links = []
    for r in range(ROWS):
        for c in range(COLUMNS):
            for to_r, to_c in [(r, c + 1), (r + 1, c)]:
                if to_r < ROWS and to_c < COLUMNS:
                    ends = f"p{r:02}{c:02}", f"p{to_r:02}{to_c:02}"
                    links.append((f"{ends[0]}-{ends[1]}", *ends, 0, 2224, "primary"))
    write("network/link.csv",
          ["link_id", "from_node_id", "to_node_id", "directed", "length", "facility_type"], links)
    (HERE / "boundary.geojson").write_text(
        '{"type":"Polygon","coordinates":[[[-0.1,-0.1],[0.5,-0.1],[0.5,0.3],[-0.1,0.3],'
        "[-0.1,-0.1]]]}\n"
    )


if __name__ == "__main__":
    main()
