"""A made-up town with every kind of tag, barrier and restriction, as OpenStreetMap XML."""

import random
from collections import defaultdict
from xml.sax.saxutils import quoteattr

from osm_tags import CLASSES, NARROW


SIZE, STEP = 13, 0.002


def tag(tags):
    return "".join(f"<tag k='{key}' v={quoteattr(word)}/>" for key, word in tags.items())


def drawn(seed):
    """A made-up town as XML: a lattice of streets with every kind of tag, node and restriction."""
    chance = random.Random(seed)

    def some(likely, listed):
        return dict(chance.choice(listed)) if chance.random() < likely else {}

    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6'>"]
    lines += draw_nodes(chance, some)
    ways = draw_ways(chance, some)
    for way, (nodes, tags) in ways.items():
        refs = "".join(f"<nd ref='{node}'/>" for node in nodes)
        lines.append(f"<way id='{way}'>{refs}{tag(tags)}</way>")
    lines += [draw_restriction(chance, some, number, ways) for number in range(1, 91)]
    return "\n".join([*lines, "</osm>", ""])


def crossing(x, y):
    return 1 + 5 * (y * SIZE + x)


def draw_nodes(chance, some):
    """Five for each place of the lattice: the crossing, one on the way east, one north, and two of a ring."""
    for x in range(SIZE):
        for y in range(SIZE):
            parts = ((0, 0), (0.5, 0), (0, 0.5), (0.2, 0.3), (0.3, 0.2))
            for part, (east, north) in enumerate(parts):
                lon = -4.5 + STEP * (x + east + chance.uniform(-0.2, 0.2))
                lat = 54.2 + STEP * (y + north + chance.uniform(-0.2, 0.2)) * 0.6
                # What stands at crossings themselves would leave little to be driven.
                at_crossing = part == 0 or chance.random() < 0.4
                tags = some(0.1, DRAWN_CONTROLS) if at_crossing else some(0.3, DRAWN_NODES)
                # A few lie outside the extract.
                if part == 0 or chance.random() > 0.01:
                    at = f"lon='{lon:.7f}' lat='{lat:.7f}'"
                    yield f"<node id='{crossing(x, y) + part}' {at}>{tag(tags)}</node>"


def draw_ways(chance, some):
    """Streets of one block or two along the lattice, and rings: numbers, nodes and tags."""
    ways = {}
    streets = []
    for line in range(SIZE):
        for east, north in ((1, 0), (0, 1)):
            block = 0
            while block < SIZE - 1:
                long = min(chance.choice((1, 1, 1, 2)), SIZE - 1 - block)
                nodes = []
                for k in range(block, block + long):
                    here = crossing(k, line) if east else crossing(line, k)
                    nodes += [here, here + 1 + north]
                block += long
                nodes.append(crossing(block, line) if east else crossing(line, block))
                if chance.random() < 0.93:
                    streets.append(nodes)
    for x in range(0, SIZE, 3):
        here = crossing(x, x)
        streets.append([here, here + 3, here + 4, here])
    for nodes in streets:
        tags = {"highway": chance.choice(DRAWN_CLASSES)} | some(0.1, [{"name": "A"}, {"name": "B"}])
        for _ in range(2):
            tags |= some(0.3, DRAWN_WAYS)
        ways[1000 + len(ways)] = nodes[:: chance.choice((1, -1))], tags
    return ways


def draw_restriction(chance, some, number, ways):
    at = defaultdict(list)
    for way, (nodes, _) in ways.items():
        # Some members lead through their via.
        for end in set(nodes if chance.random() < 0.1 else (nodes[0], nodes[-1])):
            at[end].append(way)
    kind = chance.choice(DRAWN_RESTRICTIONS)
    via = chance.choice([node for node, meet in at.items() if len(meet) >= 3])
    meet = chance.sample(at[via], len(at[via]))
    members = [("way", meet[0], "from"), ("node", via, "via"), ("way", meet[1], "to")]
    if chance.random() < 0.3:
        over = meet[1]
        nodes = ways[over][0]
        end = nodes[-1] if nodes[0] == via else nodes[0]
        members[1] = ("way", over, "via")
        members[2] = ("way", chance.choice([way for way in at[end] if way != over] or [over]), "to")
    elif kind == "no_u_turn" and chance.random() < 0.5:
        members[2] = ("way", meet[0], "to")
    elif kind in ("no_entry", "no_exit"):
        members.append(("way", meet[2], "from" if kind == "no_entry" else "to"))
    keys = ["restriction"] * 8 + ["restriction:emergency", "restriction:hgv", "restriction:conditional"]
    key = chance.choice(keys)
    tags = {"type": "restriction", key: f"{kind} @ (07:00-09:00)" if "conditional" in key else kind}
    tags |= some(0.1, [{"except": "emergency"}, {"except": "psv;bicycle"}, {"restriction:emergency": "none"}])
    inner = "".join(f"<member type='{what}' ref='{ref}' role='{role}'/>" for what, ref, role in members)
    return f"<relation id='{number}'>{inner}{tag(tags)}</relation>"


DRAWN_CLASSES = CLASSES[2:] + ["residential"] * 20 + ["unclassified"] * 8 + NARROW
DRAWN_CLASSES += ["steps", "corridor", "construction"]
DRAWN_CONTROLS = [
    {"highway": "traffic_signals"},
    {"highway": "crossing", "crossing": "zebra"},
    {"highway": "crossing", "crossing": "traffic_signals"},
    {"highway": "crossing", "crossing": "unmarked"},
    {"highway": "crossing"},
    {"highway": "stop"},
]
DRAWN_NODES = [
    {"highway": "traffic_signals", "traffic_signals:direction": "forward"},
    {"highway": "traffic_signals", "traffic_signals:direction": "backward"},
    {"highway": "crossing", "crossing:markings": "zebra"},
    {"highway": "crossing", "crossing:markings": "no"},
    {"highway": "crossing", "crossing": "marked", "crossing:signals": "yes"},
    {"highway": "crossing", "crossing": "uncontrolled"},
    {"highway": "crossing", "crossing": "island"},
    {"barrier": "gate"},
    {"barrier": "gate", "access": "private"},
    {"barrier": "gate", "motor_vehicle": "no"},
    {"barrier": "gate", "locked": "yes"},
    {"barrier": "gate", "emergency": "yes"},
    {"barrier": "gate", "access": "no", "emergency": "designated"},
    {"barrier": "lift_gate"},
    {"barrier": "lift_gate", "access": "yes"},
    {"barrier": "bollard"},
    {"barrier": "bollard", "bollard": "removable"},
    {"barrier": "bollard", "access": "permissive"},
    {"barrier": "bollard", "motor_vehicle": "permit"},
    {"barrier": "chain"},
    {"barrier": "block"},
    {"barrier": "cycle_barrier"},
    {"barrier": "kissing_gate"},
    {"barrier": "kissing_gate;gate"},
    {"barrier": "cattle_grid"},
    {"barrier": "entrance"},
    {"barrier": "toll_booth"},
    {"barrier": "border_control"},
    {"barrier": "something"},
    {"barrier": "height_restrictor", "maxheight": "2.2"},
    {"barrier": "height_restrictor", "maxheight": "3.0"},
    {"maxheight": "3.5"},
    {"maxweight": "10"},
]
DRAWN_WAYS = [
    {"oneway": "yes"},
    {"oneway": "-1"},
    {"oneway": "yes", "oneway:emergency": "no"},
    {"oneway": "reversible"},
    {"oneway": "yes", "oneway:bicycle": "no"},
    {"vehicle:forward": "no"},
    {"motor_vehicle:backward": "no"},
    {"motorcar:backward": "no"},
    {"emergency:backward": "no"},
    {"junction": "roundabout"},
    {"motorroad": "yes", "oneway": "yes"},
    {"access": "private"},
    {"access": "no"},
    {"access": "destination"},
    {"access": "military"},
    {"access": "no", "emergency": "yes"},
    {"access": "no", "psv": "yes"},
    {"access": "no", "bus": "designated"},
    {"vehicle": "no", "psv": "destination"},
    {"vehicle": "no", "tourist_bus": "yes"},
    {"motor_vehicle": "no", "hgv": "delivery"},
    {"motor_vehicle": "agricultural"},
    {"motor_vehicle": "yes"},
    {"motor_vehicle": "private"},
    {"motor_vehicle": "nonsense"},
    {"motor_vehicle": "no"},
    {"motor_vehicle": "no", "motorcar": "destination"},
    {"motor_vehicle": "no", "motorcar": "agricultural"},
    {"motor_vehicle": "yes", "motorcar": "no"},
    {"motorcar": "no"},
    {"motorcar": "yes"},
    {"access": "no;private"},
    {"access": "emergency"},
    {"service": "emergency_access"},
    {"emergency": "no"},
    {"emergency": "yes"},
    {"access:lanes": "no|emergency", "access": "no"},
    {"maxspeed": "20"},
    {"maxspeed": "20 mph"},
    {"maxspeed": "30;20"},
    {"maxspeed": "none"},
    {"maxspeed": "walk"},
    {"maxspeed": "GB:nsl_single"},
    {"maxspeed": "DE:zone:20"},
    {"maxspeed:type": "DE:urban"},
    {"source:maxspeed": "DE:zone20"},
    {"maxspeed:forward": "20"},
    {"maxspeed:backward": "10 mph", "maxspeed": "25"},
    {"maxspeed": "5 knots"},
    {"maxspeed": "signals"},
    {"surface": "gravel"},
    {"surface": "asphalt;gravel"},
    {"surface": "sett"},
    {"surface": "concrete:plates"},
    {"surface": "fine_gravel"},
    {"surface": "unpaved"},
    {"surface": "dirt"},
    {"surface": "mud"},
    {"surface": "pebblestone"},
    {"surface": "unhewn_cobblestone"},
    {"surface": "grass_paver"},
    {"surface": "rock"},
    {"surface": "wood"},
    {"tracktype": "grade3"},
    {"tracktype": "grade4"},
    {"tracktype": "grade5"},
    {"surface": "nonsense", "tracktype": "grade2"},
    {"smoothness": "bad"},
    {"smoothness": "very_bad"},
    {"smoothness": "horrible"},
    {"smoothness": "impassable"},
    {"maxheight": "3.6"},
    {"maxheight": "3.4"},
    {"maxheight": "10'6\""},
    {"maxheight": "below_default"},
    {"maxweight": "7.5"},
    {"maxweight": "20"},
    {"maxweight": "3", "maxweight:emergency": "16"},
    {"maxweight": "14000 kg"},
    {"maxweight": "18 st"},
    {"maxaxleload": "8"},
    {"maxwidth": "2.2"},
    {"maxwidth": "7'6\""},
    {"maxlength": "8"},
    {"width": "2.7"},
    {"width": "3,5"},
    {"est_width": "2"},
    {"bridge": "yes"},
    {"tunnel": "yes"},
    {"lanes": "2"},
    {"driving_side": "right"},
    {"driving_side": "left"},
    {"area": "yes"},
]
DRAWN_RESTRICTIONS = """no_left_turn no_right_turn no_straight_on no_u_turn no_entry no_exit only_left_turn
only_right_turn only_straight_on""".split()
