"""The roads of a map between their junctions, and which ways over them are forbidden."""

import re
from collections import Counter, defaultdict

from earth import on_ellipsoid
from osm_tags import barrier, control, road_of, sizes, words


class Piece:
    """A road between two junctions: its points, and of each step its way and whether that runs along it."""

    def __init__(self, number, nodes, steps, road, forwards):
        self.number, self.nodes, self.steps = number, nodes, steps
        self.road = road
        self.passage, self.limits, _ = road.seen(forwards)

    def ends(self, along):
        return (self.nodes[0], self.nodes[-1]) if along else (self.nodes[-1], self.nodes[0])

    def way(self, along, last):
        """The way by which one sets out, or arrives."""
        return self.steps[-1 if along == last else 0][0]


class Network:
    def __init__(self, raw):
        self.raw = raw
        # Tables have positions to 10⁻⁶ degrees, by which turns are told, and lengths to 0.1 m.
        self.place = {}
        self.left_out = Counter()
        self.areas = self.find_areas()
        self.side = self.find_side()
        self.roads = {
            number: road
            for number, (nodes, tags) in raw.ways.items()
            if (road := road_of(tags, self.side_at(nodes))) is not None
        }
        self.steps_at = defaultdict(list)
        self.steps = []
        for number, road in sorted(self.roads.items()):
            nodes = raw.ways[number][0]
            for a, b in zip(nodes, nodes[1:]):
                if a != b and a in raw.position and b in raw.position:
                    self.steps.append((number, a, b))
                    for end in (a, b):
                        self.steps_at[end].append(len(self.steps) - 1)
        for node in self.steps_at:
            lon, lat = raw.position[node]
            self.place[node] = round(lon, 6), round(lat, 6)
        self.rules = self.read_rules()
        self.junctions = {node for node in self.steps_at if self.is_junction(node)}
        self.pieces = self.make_pieces()
        self.leaving, self.arriving = defaultdict(list), defaultdict(list)
        for piece in self.pieces:
            for along in (True, False):
                tail, head = piece.ends(along)
                self.leaving[tail].append((piece.number, along))
                self.arriving[head].append((piece.number, along))
        self.restrictions = [made for rule in self.rules if (made := self.restriction(rule))]
        self.length = []
        for piece in self.pieces:
            line = [raw.position[node] for node in piece.nodes]
            self.length.append(round(sum(map(on_ellipsoid, line, line[1:])), 1))

    def length_of(self, pieces):
        return sum(self.length[number] for number in pieces)

    def find_areas(self):
        """Areas that say on which side traffic keeps and are whole in the file, the smallest first."""
        areas = []
        for members, tags in self.raw.relations.values():
            if tags.get("boundary") != "administrative" or tags.get("driving_side") not in ("left", "right"):
                continue
            edge = "outer", "inner", "exclave", "enclave", ""
            ways = {number for kind, number, role in members if kind == "way" and role in edge}
            lines = [self.raw.ways[number][0] for number in ways if number in self.raw.ways]
            edges = Counter(frozenset(edge) for line in lines for edge in zip(line, line[1:]) if edge[0] != edge[1])
            edges = [tuple(edge) for edge, count in edges.items() if count % 2]
            ends = Counter(end for edge in edges for end in edge)
            there = len(lines) == len(ways) and all(node in self.raw.position for line in lines for node in line)
            if not edges or not there or any(count % 2 for count in ends.values()):
                continue
            drawn = [(self.raw.position[a], self.raw.position[b]) for a, b in edges]
            lons, lats = zip(*(point for edge in drawn for point in edge))
            areas.append(((max(lons) - min(lons)) * (max(lats) - min(lats)), tags["driving_side"], drawn))
        return sorted(areas, key=lambda area: area[0])

    def area_at(self, nodes):
        """The side of the smallest area around the middle of a line."""
        here = [self.raw.position[node] for node in nodes if node in self.raw.position]
        if not here:
            return None
        x, y = here[len(here) // 2]
        for _, side, edges in self.areas:
            crossed = [
                (bx - ax) * (y - ay) / (by - ay) + ax > x for (ax, ay), (bx, by) in edges if (ay > y) != (by > y)
            ]
            if sum(crossed) % 2:
                return side
        return None

    def side_at(self, nodes):
        return self.area_at(nodes) or self.side

    def find_side(self):
        """On which side traffic keeps outside such areas where a way does not say it."""
        clockwise = []
        for nodes, tags in self.raw.ways.values():
            if self.area_at(nodes[:1]):
                continue
            if tags.get("junction") in ("roundabout", "circular") and nodes[0] == nodes[-1]:
                line = [self.raw.position[node] for node in nodes if node in self.raw.position]
                area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(line, line[1:]))
                clockwise.append((area < 0) != (tags.get("oneway") == "-1"))
        left = sum(clockwise)
        return "left" if len(clockwise) >= 3 and left >= 0.9 * len(clockwise) else "right"

    def is_junction(self, node):
        steps = self.steps_at[node]
        tags = self.raw.node_tags.get(node, {})
        if len(steps) != 2 or node in self.ruled or barrier(tags) or sizes(tags):
            return True
        seen = []
        for index, arrives in zip(steps, (True, False)):
            way, _, end = self.steps[index]
            seen.append(self.roads[way].seen((end == node) == arrives))
        return seen[0] != seen[1]

    def is_inside_a_ring(self, node):
        return node in self.steps_at and not self.is_junction(node)

    def make_pieces(self):
        pieces, done = [], set()

        def walk(start, first):
            nodes, steps, index = [start], [], first
            while True:
                done.add(index)
                way, a, b = self.steps[index]
                steps.append((way, a == nodes[-1]))
                nodes.append(b if a == nodes[-1] else a)
                if nodes[-1] in self.junctions or nodes[-1] == start:
                    break
                index = next(other for other in self.steps_at[nodes[-1]] if other != index)
            # A road that ends where it begins is two.
            cuts = [0, len(steps)]
            if nodes[0] == nodes[-1]:
                cuts.insert(1, len(steps) // 2)
                self.junctions.add(nodes[cuts[1]])
            for begin, end in zip(cuts, cuts[1:]):
                way, forwards = steps[begin]
                part = nodes[begin : end + 1], steps[begin:end]
                pieces.append(Piece(len(pieces), *part, self.roads[way], forwards))

        for node in sorted(self.junctions):
            for index in self.steps_at[node]:
                if index not in done:
                    walk(node, index)
        for index, (_, a, _) in enumerate(self.steps):
            if index not in done:
                self.junctions.add(a)
                walk(a, index)
        return pieces

    # Restrictions: an engine carries those whose `from` it has driven.

    def read_rules(self):
        """(relation, kind, from, via nodes, via ways, to, whether it names engines)."""
        self.ruled = set()
        rules = []
        # Roads of which the file has no two points in a row are not there.
        drawn = {way for way, _, _ in self.steps}
        for number, (members, tags) in sorted(self.raw.relations.items()):
            if not tags.get("type", "").startswith("restriction"):
                continue
            named = tags.get("restriction:emergency")
            kind = named or tags.get("restriction:motor_vehicle") or tags.get("restriction")
            exempt = named is None and "emergency" in words(tags.get("except", ""))
            if kind is None or named == "none" or exempt:
                self.left_out["exempt, for others, or at times"] += 1
                continue
            turn = "(left_turn|right_turn|straight_on|u_turn)"
            if not re.fullmatch(f"(no|only)_{turn}|no_entry|no_exit", kind):
                self.left_out["unknown kind"] += 1
                continue
            role = defaultdict(list)
            for what, ref, said in members:
                role[said, what].append(ref)
            origin, target = role["from", "way"], role["to", "way"]
            nodes, ways = role["via", "node"], role["via", "way"]
            fits = (len(origin) == 1 or kind == "no_entry" and origin) and (
                len(target) == 1 or kind == "no_exit" and target
            )
            turns = not set(ways) & {*origin, *target}
            if not fits or not turns or bool(nodes) == bool(ways) or len(nodes) > 1:
                self.left_out["odd members"] += 1
                continue
            # Where it begins and ends one may turn round, whatever becomes of it.
            self.ruled |= set(nodes)
            for way in ways:
                self.ruled |= {self.raw.ways[way][0][at] for at in (0, -1) if way in self.raw.ways}
            # Of several that enter or leave, those that are no roads matter to nobody.
            origin, target = ([way for way in some if way in drawn] for some in (origin, target))
            if not origin or not target or not all(way in drawn for way in ways):
                self.left_out["member missing"] += 1
                continue
            rules.append((number, kind, origin, nodes, ways, target, bool(named)))
        return rules

    def restriction(self, rule):
        number, kind, origin, nodes, ways, target, named = rule
        sequences = []
        for source in origin:
            for goal in target:
                found = self.sequences(source, nodes, ways, goal, kind)
                if len(found) != 1:
                    self.left_out["its members do not meet at one place"] += 1
                    return None
                if all(self.pieces[n].passage[0 if along else 1] != "closed" for n, along in found[0]):
                    sequences += found
        return number, kind.startswith("only"), sequences, named

    def sequences(self, source, nodes, ways, goal, kind):
        """Every way over the members, as directions of road."""
        found = []
        starts = set(nodes) or {self.raw.ways[way][0][at] for way in ways for at in (0, -1)}
        for start in starts:
            arrivals = [d for d in self.arriving[start] if self.way_of(d, True) == source]
            for arrival in arrivals:
                work = [[arrival]]
                while work:
                    path = work.pop()
                    head = self.ends(path[-1])[1]
                    for onward in self.leaving[head]:
                        way = self.way_of(onward, False)
                        used = {self.way_of(d, False) for d in path[1:]}
                        turned = onward[0] == path[-1][0]
                        if way == goal and used >= set(ways) and (not turned or kind == "no_u_turn"):
                            found.append([*path, onward])
                        visited = {self.ends(direction)[0] for direction in path}
                        if way in ways and head not in visited:
                            work.append([*path, onward])
        # A road that goes on through the via is no clear side of it, but for turning round.
        if kind == "no_u_turn" and source == goal and nodes:
            found = [path for path in found if path[0][0] == path[1][0]]
        return found

    def ends(self, direction):
        return self.pieces[direction[0]].ends(direction[1])

    def way_of(self, direction, last):
        number, along = direction
        return self.pieces[number].way(along, last)

    def control(self, node, way, forwards):
        """What slows an engine that comes along a way in the direction of its line, or against it."""
        found = control(self.raw.node_tags.get(node, {}))
        if found and found[1] in (0, 1 if forwards else -1):
            return found[0]
        return None
