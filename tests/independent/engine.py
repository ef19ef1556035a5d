"""What one engine makes of the roads: times, turns, and the part that it drives there and back."""

import copy
import heapq
import math
import tomllib
from collections import Counter, defaultdict

from earth import bearing
from osm_tags import barrier, sizes


class Engine:
    """What one profile makes of the roads; `kept` are the pieces that an import leaves."""

    def __init__(self, network, profile, kept=None):
        self.network, self.profile = network, profile
        self.kept = kept
        self.exemption = profile.get("exemption", {})
        self.drive = {}
        for piece in network.pieces:
            if kept is None or piece.number in kept:
                for along in (True, False):
                    time = self.time(piece, along)
                    if time is not None:
                        self.drive[piece.number, along] = time
        self.arms = Counter()
        for number in {number for number, _ in self.drive}:
            for end in network.pieces[number].ends(True):
                self.arms[end] += 1
        self.bearings = {}
        for number in {number for number, _ in self.drive}:
            line = [network.place[node] for node in network.pieces[number].nodes]
            parts = [(a, b) for a, b in zip(line, line[1:]) if a != b]
            # Each is that at the end of the road, where the turn is.
            self.bearings[number] = tuple(bearing(*parts[at], parts[at][at][1]) if parts else 0.0 for at in (0, -1))
        self.bind = []
        free = self.exemption.get("forbidden_turns", {}).get("allowed", False)
        for _, only, sequences, named in network.restrictions:
            if named or not free:
                self.bind += [(only, tuple(sequence)) for sequence in sequences]
        self.begins = defaultdict(list)
        for index, (_, sequence) in enumerate(self.bind):
            self.begins[sequence[0]].append((index, 1))
        self.known = {}

    def without_rules(self):
        """The same engine, were there no restrictions."""
        free = copy.copy(self)
        free.bind, free.begins, free.known = [], defaultdict(list), {}
        return free

    def fits(self, posted):
        size = self.profile["size"]
        return all(what not in size or quantity(size[what]) <= most + 1e-9 for what, most in posted)

    def time(self, piece, along):
        """Milliseconds along a piece, or None where the engine does not drive."""
        road, profile = piece.road, self.profile
        passage = piece.passage[0 if along else 1]
        limit = piece.limits[0 if along else 1]
        against = self.exemption.get("against_one_way")
        if passage == "closed" or passage == "against" and against is None:
            return None
        if not self.fits(road.sizes):
            return None
        if road.width is not None and road.width < quantity(profile["size"]["carriageway"]) - 1e-9:
            return None
        speed = speed_kmh(profile["class"][road.kind])
        for table, word in (("surface", road.surface), ("smoothness", road.smoothness)):
            row = profile.get(table, {}).get(word)
            if row is not None:
                if "speed" not in row:
                    return None
                speed = min(speed, speed_kmh(row))
        if limit is not None:
            speed = min(speed, limit * profile["posted_limit"]["factor"])
        if passage == "against":
            speed = min(speed, speed_kmh(against))
        time = millis(self.network.length[piece.number] * 3.6 / speed)
        for node, (way, forwards) in zip(piece.nodes[1:], piece.steps):
            if node == piece.nodes[-1]:
                break
            if what := self.network.control(node, way, forwards == along):
                time += self.delay(what)
        return time

    def delay(self, *keys):
        row = next(self.profile["delay"][key] for key in keys if key in self.profile["delay"])
        return millis(quantity(row["time"]))

    def turn(self, before, after):
        """What a turn costs, restrictions apart, or None where nobody passes."""
        if before[0] == after[0]:
            return self.delay("u_turn")
        network = self.network
        piece = network.pieces[before[0]]
        node = piece.ends(before[1])[1]
        tags = network.raw.node_tags.get(node, {})
        cost = 0
        way, forwards = piece.steps[-1 if before[1] else 0]
        if what := network.control(node, way, forwards == before[1]):
            cost += self.delay(what)
        stands = barrier(tags)
        if stands == "blocked":
            return None
        if len(network.steps_at[node]) == 2 and not self.fits(sizes(tags)):
            return None
        if stands == "emergency_gate":
            if "emergency_gates" not in self.exemption:
                return None
            cost += millis(quantity(self.exemption["emergency_gates"]["time"]))
        elif stands:
            keys = ("locked_gate", "private_gate", "gate")
            cost += self.delay(*keys[keys.index(stands) :])
        if self.arms[node] >= 3:
            out = self.bearings[after[0]][0 if after[1] else 1] + (0 if after[1] else math.pi)
            came = self.bearings[before[0]][1 if before[1] else 0] + (0 if before[1] else math.pi)
            change = (out - came + math.pi) % math.tau - math.pi
            if abs(change) >= math.pi / 4:
                keeps_left = piece.road.side == "left"
                cost += self.delay("left" if (change > 0) != keeps_left else "right")
        return cost

    def onwards(self, state):
        """What may be driven next: (cost, state), a state being a direction and the rules that it has begun."""
        direction, begun = state
        head = self.network.ends(direction)[1]
        for after in self.network.leaving[head]:
            if after not in self.drive:
                continue
            still, forbidden = set(self.begins[after]), False
            for index, position in begun:
                only, sequence = self.bind[index]
                goes_on = sequence[position] == after
                last = position == len(sequence) - 1
                if only:
                    # Over ways, the rule holds once the first of them is driven.
                    forbidden |= not goes_on and (position > 1 or len(sequence) == 2)
                else:
                    forbidden |= goes_on and last
                if goes_on and not last:
                    still.add((index, position + 1))
            if forbidden:
                continue
            cost = self.turn(direction, after)
            if cost is not None:
                yield cost + self.drive[after], (after, frozenset(still))

    def start(self, node):
        for direction in self.network.leaving[node]:
            if direction in self.drive:
                yield self.drive[direction], (direction, frozenset(self.begins[direction]))

    def search(self, origin):
        """The earliest time at each junction, and the state before each state."""
        times, before, queue, done = {origin: (0, None)}, {}, [], set()
        count = 0
        for time, state in self.start(origin):
            heapq.heappush(queue, (time, count, state, None))
            count += 1
        while queue:
            time, _, state, last = heapq.heappop(queue)
            if state in done:
                continue
            done.add(state)
            before[state] = last
            head = self.network.ends(state[0])[1]
            if head not in times:
                times[head] = time, state
            for cost, after in self.onwards_of(state):
                if after not in done:
                    count += 1
                    heapq.heappush(queue, (time + cost, count, after, state))
        return times, before

    def onwards_of(self, state):
        if state not in self.known:
            self.known[state] = list(self.onwards(state))
        return self.known[state]

    def ways(self, origin, destination):
        """The ways of the map on a trip."""
        times, before = self.search(origin)
        state, directions = times.get(destination, (None, None))[1], []
        while state is not None:
            directions.append(state[0])
            state = before[state]
        found = []
        for number, along in reversed(directions):
            found += [way for way, _ in self.network.pieces[number].steps][:: 1 if along else -1]
        return found

    def main_part(self):
        """The pieces of the part with most road."""
        return max(self.parts(), key=self.network.length_of, default=set())

    def parts(self):
        """The pieces of each part in which everybody gets everywhere (Kosaraju)."""
        graph, work = {}, [(direction, frozenset(self.begins[direction])) for direction in self.drive]
        while work:
            state = work.pop()
            if state not in graph:
                graph[state] = [after for _, after in self.onwards_of(state)]
                work += graph[state]
        order, seen = [], set()
        for root in graph:
            stack = [(root, iter(graph[root]))] if root not in seen else []
            seen.add(root)
            while stack:
                state, rest = stack[-1]
                after = next((s for s in rest if s not in seen), None)
                if after is None:
                    order.append(state)
                    stack.pop()
                else:
                    seen.add(after)
                    stack.append((after, iter(graph[after])))
        back = defaultdict(list)
        for state, afters in graph.items():
            for after in afters:
                back[after].append(state)
        part_of = {}
        for root in reversed(order):
            stack = [root] if root not in part_of else []
            while stack:
                state = stack.pop()
                if state not in part_of:
                    part_of[state] = root
                    stack += [s for s in back[state] if s not in part_of]
        roads = defaultdict(set)
        for state, afters in graph.items():
            for after in afters:
                if part_of[after] == part_of[state]:
                    roads[part_of[state]].add(after[0][0])
        return list(roads.values())


def quantity(text):
    return float(text.split()[0])


def speed_kmh(row):
    value, unit = row["speed"].split()
    return float(value) * {"km/h": 1.0, "m/s": 3.6}[unit]


def millis(seconds):
    return math.floor(seconds * 1000 + 0.5)


def read_profile(path):
    with open(path, "rb") as file:
        return tomllib.load(file)
