"""The travel times of `brigade matrix`, worked out once more from the files alone.

    python3 tests/independent/matrix.py --network DIR --profile P.toml [--band B] \
        --origins A.csv --destinations B.csv --matrix M.csv

Reads node.csv, link.csv, turn_restriction.csv and the profile, searches over the directions of
road (one state for each direction by which an engine can arrive, and for each beginning of a
forbidden way), and compares every time with the matrix. Written from the documentation of the
formats, in another language, with another method (no contraction, no shared nodes), and only the
standard library. Exit code 1 when a time differs: by anything between junctions, by more than
5 ms from or to a place beside a road, where rounding of coordinates comes in.
"""

import argparse
import csv
import heapq
import math
import sys
import tomllib
from collections import defaultdict

from earth import AXIS, FLATTENING, bearing, on_ellipsoid

def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def quantity(text):
    """`50 km/h`, `3.5 m`, `15 t`, `8 s` as a number in the unit that it names."""
    return float(text.split()[0])


def millis(seconds):
    return math.floor(seconds * 1000 + 0.5)


class Network:
    def __init__(self, folder, profile, band):
        self.nodes = {row["node_id"]: row for row in rows(f"{folder}/node.csv")}
        self.links = list(rows(f"{folder}/link.csv"))
        self.number = {link["link_id"]: i for i, link in enumerate(self.links)}
        self.profile = profile
        self.factor = profile["band"][band]["factor"] if band else 1.0
        self.lines = [self.line(link) for link in self.links]
        # A direction is (number of the link, whether it is driven forwards).
        self.drive = {}
        for number, link in enumerate(self.links):
            for forwards in (True, False):
                time = self.drive_time(link, forwards)
                if time is not None:
                    waits = self.waits(link, forwards)
                    self.drive[number, forwards] = time + sum(wait for _, wait in waits)
        self.leaving = defaultdict(list)
        self.arms = defaultdict(int)
        for number, link in enumerate(self.links):
            if (number, True) in self.drive or (number, False) in self.drive:
                self.arms[link["from_node_id"]] += 1
                self.arms[link["to_node_id"]] += 1
        for direction in self.drive:
            self.leaving[self.ends(direction)[0]].append(direction)
        self.forbidden = self.read_forbidden(folder)
        self.beginnings = {way[:k] for way in self.forbidden for k in range(2, len(way))}
        self.longest = max([len(way) for way in self.forbidden], default=2)

    def line(self, link):
        if not link.get("geometry"):
            ends = [self.nodes[link[end]] for end in ("from_node_id", "to_node_id")]
            return [(float(end["x_coord"]), float(end["y_coord"])) for end in ends]
        inner = link["geometry"].strip()[len("LINESTRING") :].strip().strip("()")
        return [tuple(map(float, pair.split())) for pair in inner.split(",")]

    def ends(self, direction):
        number, forwards = direction
        ends = self.links[number]["from_node_id"], self.links[number]["to_node_id"]
        return ends if forwards else ends[::-1]

    def access(self, link, forwards):
        """Who may drive: `open`, `emergency`, `against_one_way` or `closed`."""
        directed = link["directed"].lower() in ("1", "true")
        if forwards:
            return link.get("forward_access") or "open"
        expressway = link["facility_type"] in ("motorway", "motorway_link")
        against = "closed" if expressway else "against_one_way"
        return link.get("backward_access") or (against if directed else "open")

    def fits(self, row):
        """Whether the engine is as small as is posted on a link or at a node."""
        size = self.profile["size"]
        # Of a size that the profile does not say, no limit holds it.
        keys = [k for k in ("height", "weight", "width", "axle_load", "length") if k in size]
        posted = {key: row.get(f"max_{key}") for key in keys}
        return all(not most or quantity(size[key]) <= float(most) for key, most in posted.items())

    def drive_time(self, link, forwards):
        profile = self.profile
        exemption = profile.get("exemption", {})
        access = self.access(link, forwards)
        if access == "closed":
            return None
        if access == "against_one_way" and "against_one_way" not in exemption:
            return None
        width = link.get("width")
        if not self.fits(link) or width and quantity(profile["size"]["carriageway"]) > float(width):
            return None
        speed = quantity(profile["class"][link["facility_type"]]["speed"])
        surface = profile.get("surface", {}).get(link.get("surface") or "paved")
        if surface is not None:
            if "speed" not in surface:
                return None
            speed = min(speed, quantity(surface["speed"]))
        state = link.get("smoothness")
        if state == "impassable":
            return None
        limit_of_state = profile.get("smoothness", {}).get(state)
        if limit_of_state is not None:
            if "speed" not in limit_of_state:
                return None
            speed = min(speed, quantity(limit_of_state["speed"]))
        speed *= self.factor
        limit = link.get("free_speed")
        if not forwards and link.get("free_speed_back"):
            limit = link["free_speed_back"].replace("none", "")
        if limit:
            speed = min(speed, float(limit) * profile["posted_limit"]["factor"])
        if access == "against_one_way":
            speed = min(speed, quantity(exemption["against_one_way"]["speed"]))
        return millis(float(link["length"]) * 3.6 / speed)

    def waits(self, link, forwards):
        """Lights and crossings in one direction: (share of the link driven before it, time)."""
        back = "" if forwards else "_back"
        length = float(link["length"])
        found = []
        for what in ("signal", "crossing"):
            places = [float(place) for place in (link.get(f"{what}s{back}_at") or "").split()]
            if not places:
                count = int(link.get(f"{what}s{back}") or 0)
                even = [length * (k + 1) / (count + 1) for k in range(count)]
                places = [millis(place / 100) / 10 for place in even]
            for place in places:
                share = place / length if length else 0.0
                found.append((share if forwards else 1 - share, self.delay(what)))
        return found

    def read_forbidden(self, folder):
        exemption = self.profile.get("exemption", {}).get("forbidden_turns", {})
        try:
            table = list(rows(f"{folder}/turn_restriction.csv"))
        except FileNotFoundError:
            table = []
        # What names engines binds them whatever their exemptions.
        binding = [
            row for row in table if row.get("binds") == "engines" or not exemption.get("allowed")
        ]
        return {
            tuple((self.number[link[:-1]], link[-1] == "+") for link in row["links"].split())
            for row in binding
        }

    def delay(self, key):
        return millis(quantity(self.profile["delay"][key]["time"]))

    def turn(self, before, after):
        """The time that a turn costs, or None where nobody passes."""
        if before[0] == after[0] and before[1] != after[1]:
            return self.delay("u_turn")
        node_id = self.ends(before)[1]
        node = self.nodes[node_id]
        cost = 0
        if node.get("ctrl_type"):
            cost += self.delay(node["ctrl_type"])
        barrier = node.get("barrier")
        if barrier == "blocked" or not self.fits(node):
            return None
        if barrier in ("gate", "private_gate", "locked_gate"):
            keys = {"gate": ("gate",), "private_gate": ("private_gate", "gate")}
            keys = keys.get(barrier, ("locked_gate", "private_gate", "gate"))
            cost += self.delay(next(key for key in keys if key in self.profile["delay"]))
        if barrier == "emergency_gate":
            key = self.profile.get("exemption", {}).get("emergency_gates")
            if key is None:
                return None
            cost += millis(quantity(key["time"]))
        known = ("blocked", "gate", "private_gate", "locked_gate", "emergency_gate")
        if barrier and barrier not in known:
            sys.exit(f"unknown barrier {barrier}")
        if self.arms[node_id] >= 3:
            change = self.bearing(after, 0) - self.bearing(before, -1)
            change = (change + math.pi) % math.tau - math.pi
            if abs(change) >= math.pi / 4:
                keeps_left = self.links[before[0]].get("driving_side") == "left"
                # `left` is the turn across the oncoming traffic.
                cost += self.delay("left" if (change > 0) != keeps_left else "right")
        return cost

    def bearing(self, direction, piece):
        """Of the first (0) or last (-1) piece of a direction that has a length."""
        number, forwards = direction
        line = self.lines[number]
        pieces = [(a, b) for a, b in zip(line, line[1:]) if a != b]
        if not pieces:
            return 0.0 if forwards else math.pi
        # On the plane around the end of the road, where the turn is.
        if not forwards:
            piece = -1 if piece == 0 else 0
        a, b = pieces[piece]
        return bearing(a, b, pieces[piece][piece][1]) + (0 if forwards else math.pi)

    def onwards(self, state):
        """States after the next road: (what it costs, state)."""
        last = state[-1]
        for after in self.leaving[self.ends(last)[1]]:
            way = state + (after,)
            if any(way[-k:] in self.forbidden for k in range(2, len(way) + 1)):
                continue
            cost = self.turn(last, after)
            if cost is None:
                continue
            while len(way) > 1 and way not in self.beginnings:
                way = way[1:]
            yield cost + self.drive[after], way

    def search(self, seeds):
        """The earliest time of every state that is reached."""
        best = {}
        queue = [(time, state) for state, time in seeds.items()]
        heapq.heapify(queue)
        while queue:
            time, state = heapq.heappop(queue)
            if state in best:
                continue
            best[state] = time
            for cost, after in self.onwards(state):
                if after not in best:
                    heapq.heappush(queue, (time + cost, after))
        return best

    def main_part(self):
        """Links of the largest part in which everybody gets everywhere (Tarjan 1972)."""
        index, low, on_stack, stack, parts = {}, {}, set(), [], []
        for root in [(direction,) for direction in self.drive]:
            if root in index:
                continue
            work = [(root, None)]
            while work:
                state, after = work.pop()
                if after is None:
                    index[state] = low[state] = len(index)
                    stack.append(state)
                    on_stack.add(state)
                    after = iter([next_state for _, next_state in self.onwards(state)])
                for next_state in after:
                    if next_state not in index:
                        work.append((state, after))
                        work.append((next_state, None))
                        break
                    if next_state in on_stack:
                        low[state] = min(low[state], index[next_state])
                else:
                    if low[state] == index[state]:
                        part = []
                        while True:
                            member = stack.pop()
                            on_stack.discard(member)
                            part.append(member)
                            if member == state:
                                break
                        parts.append(part)
                    if work:
                        below = work[-1][0]
                        low[below] = min(low[below], low[state])
        # The part with the greatest length of road: a road is in it where it is driven from one of its
        # states to another.
        best, longest = set(), -1.0
        for part in parts:
            inside = set(part)
            roads = {
                after[-1][0] for state in part for _, after in self.onwards(state) if after in inside
            }
            length = sum(float(self.links[number]["length"]) for number in roads)
            if length > longest:
                best, longest = roads, length
        return best

    def snap(self, lon, lat, links):
        """The nearest point of a road, on a bridge or in a tunnel only where there is no other within 5 km or
        twice the distance of the nearest of all: link, share, distance."""
        carried = {number for number in links if self.links[number].get("structure")}
        ground = self.nearest(lon, lat, links - carried)
        if not carried:
            return ground
        above = self.nearest(lon, lat, carried)
        if ground is None or above is not None and ground[2] > max(5000, 2 * above[2]):
            return above
        return ground

    def nearest(self, lon, lat, links):
        """On the plane around the place; lengths are geodesics."""
        slope = 1 - FLATTENING * (2 - FLATTENING) * math.sin(math.radians(lat)) ** 2
        across = math.radians(AXIS / math.sqrt(slope))
        east, north = across * math.cos(math.radians(lat)), across * (1 - FLATTENING) ** 2 / slope
        best = None
        for number in sorted(links):
            if self.links[number]["facility_type"] in ("motorway", "motorway_link"):
                continue
            line = [((x - lon) * east, (y - lat) * north) for x, y in self.lines[number]]
            for piece, ((ax, ay), (bx, by)) in enumerate(zip(line, line[1:])):
                dx, dy = bx - ax, by - ay
                square = dx * dx + dy * dy
                share = 0.0
                if square > 0:
                    share = min(max((-ax * dx - ay * dy) / square, 0.0), 1.0)
                away = math.hypot(ax + share * dx, ay + share * dy)
                if best is None or away < best[0]:
                    best = (away, number, piece, share)
        if best is None:
            return None
        _, number, piece, share = best
        line = self.lines[number]
        lengths = [on_ellipsoid(a, b) for a, b in zip(line, line[1:])]
        (ax, ay), (bx, by) = line[piece], line[piece + 1]
        foot = (ax + share * (bx - ax), ay + share * (by - ay))
        along, whole = sum(lengths[:piece]) + share * lengths[piece], sum(lengths)
        return number, (along / whole if whole else 0.0), on_ellipsoid((lon, lat), foot)


def read_places(path, network, pace, main_part):
    places = []
    for row in rows(path):
        if "node_id" in row:
            places.append((row["id"], "node", row["node_id"], 0))
        else:
            lon, lat = float(row["lon"]), float(row["lat"])
            number, share, away = network.snap(lon, lat, main_part())
            access = pace(away)
            # As much of the road as rounding can make of its end.
            if share < 1e-9:
                places.append((row["id"], "node", network.links[number]["from_node_id"], access))
            elif share > 1 - 1e-9:
                places.append((row["id"], "node", network.links[number]["to_node_id"], access))
            else:
                places.append((row["id"], "road", (number, share), access))
    return places


def part(network, direction, begin, share):
    """The time along a share of a direction, with the lights and crossings on it."""
    whole = network.drive.get(direction)
    if whole is None:
        return None
    waits = network.waits(network.links[direction[0]], direction[1])
    moving = whole - sum(wait for _, wait in waits)
    passed = sum(wait for at, wait in waits if begin < at < begin + share)
    return millis(moving / 1000 * share) + passed


def seeds(network, place):
    _, kind, where, access = place
    found = {}
    if kind == "node":
        for direction in network.leaving[where]:
            found[(direction,)] = access + network.drive[direction]
    else:
        number, share = where
        for forwards, begin in ((True, share), (False, 1 - share)):
            time = part(network, (number, forwards), begin, 1 - begin)
            if time is not None:
                found[((number, forwards),)] = access + time
    return found


def times_to(network, origin, reached, destination):
    """Every time at which the destination is reached."""
    _, kind, where, egress = destination
    if kind == "node":
        if origin[1] == "node" and origin[2] == where:
            yield origin[3] + egress
        for state, time in reached["arriving"][where]:
            yield time + egress
        return
    number, share = where
    for forwards, driven in ((True, share), (False, 1 - share)):
        direction = (number, forwards)
        time = part(network, direction, 0.0, driven)
        if time is None:
            continue
        begin = network.ends(direction)[0]
        if origin[1] == "node" and origin[2] == begin:
            yield origin[3] + time + egress
        for state, before in reached["arriving"][begin]:
            way = state + (direction,)
            if any(way[-k:] in network.forbidden for k in range(2, len(way) + 1)):
                continue
            cost = network.turn(state[-1], direction)
            if cost is not None:
                yield before + cost + time + egress
    if origin[1] == "road" and origin[2][0] == number:
        begin = origin[2][1]
        forwards = share >= begin
        first = begin if forwards else 1 - begin
        time = part(network, (number, forwards), first, abs(share - begin))
        if time is not None:
            yield origin[3] + time + egress


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("network", "profile", "origins", "destinations", "matrix"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--band")
    parser.add_argument("--access-speed", type=float, default=15.0)
    parser.add_argument("--road-limit", type=float, default=500.0)
    parser.add_argument("--on-foot", type=float, default=4.0)
    options = parser.parse_args()
    with open(options.profile, "rb") as file:
        profile = tomllib.load(file)
    network = Network(options.network, profile, options.band)
    known = []

    def main_part():
        if not known:
            known.append(network.main_part())
        return known[0]

    def pace(away):
        # Past the last lane a crew walks. Each part is rounded as it is in the program.
        driven = min(away, options.road_limit)
        walked = away - driven
        return millis(driven * 3.6 / options.access_speed) + (millis(walked * 3.6 / options.on_foot) if walked else 0)

    origins = read_places(options.origins, network, pace, main_part)
    destinations = read_places(options.destinations, network, pace, main_part)
    given = {(row["origin"], row["destination"]): row["seconds"] for row in rows(options.matrix)}
    assert len(given) == len(origins) * len(destinations), "every pair has a row"
    compared = empty = wrong = largest = 0
    for origin in origins:
        best = network.search(seeds(network, origin))
        arriving = defaultdict(list)
        for state, time in best.items():
            arriving[network.ends(state[-1])[1]].append((state, time))
        for destination in destinations:
            ours = min(times_to(network, origin, {"arriving": arriving}, destination), default=None)
            text = given[origin[0], destination[0]]
            theirs = millis(float(text)) if text else None
            compared += 1
            empty += theirs is None
            beside = origin[3] or destination[3]
            beside = beside or "road" in (origin[1], destination[1])
            if ours is None or theirs is None:
                is_same = ours is theirs
            else:
                largest = max(largest, abs(ours - theirs))
                is_same = abs(ours - theirs) <= (5 if beside else 0)
            if not is_same:
                wrong += 1
                if wrong <= 10:
                    print(f"{origin[0]} → {destination[0]}: {theirs} ms, independently {ours} ms")
    print(
        f"{compared} times compared, {empty} of them empty, {wrong} differ; "
        f"largest difference {largest} ms"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
