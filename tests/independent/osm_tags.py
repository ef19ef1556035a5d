"""What the tags of ways and nodes say to a fire engine, by the tables in the heads of `src/roads/osm`."""

import csv
import math
import re
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "data"

CLASSES = """motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary
tertiary_link unclassified residential living_street service road track""".split()
# Ways for others, on which a tag may let engines in; driven as service roads.
# No longer there, or in use.
GONE = "abandoned demolished disused razed removed ruins".split()
NARROW = "footway cycleway path bridleway pedestrian busway".split()

OPEN = "yes permissive designated official public unknown discouraged destination customers delivery".split()
LETS_IN = ("yes", "designated", "official", "permissive")
ACCESS_KEYS = """access vehicle motor_vehicle motorcar motorcycle psv bus coach tourist_bus minibus taxi hgv
goods foot bicycle horse agricultural forestry moped mofa trailer hazmat disabled""".split()
LARGE = "psv bus coach tourist_bus hgv goods".split()
# The most open first: of several values that counts.
GRADES = ("open", "emergency", "military", "no")


def grade(text):
    """What a value of an access key says."""
    found = []
    for word in re.split("[;,|]", text):
        word = word.strip()
        if word in OPEN:
            found.append("open")
        elif word in ("no", "military"):
            found.append(word)
        else:
            found.append("emergency")
    return min(found, key=GRADES.index)


def words(text):
    return [word.strip() for word in re.split("[;|,]", text)]


def lets_engines_in(tags, way):
    """Whether the map names engines: True, False, or None where it does not. `way` is `:forward` or `:backward`."""
    said = tags.get(f"emergency{way}", tags.get("emergency"))
    if said is not None:
        if "no" in words(said):
            return False
        if any(word in LETS_IN for word in words(said)):
            return True
    for key in ACCESS_KEYS:
        if "emergency" in words(tags.get(key + way, tags.get(key, ""))):
            return True
    if tags.get("service") == "emergency_access" or "emergency" in words(tags.get("access:lanes", "")):
        return True
    if any(word in LETS_IN for word in words(tags.get("emergency:lanes", ""))):
        return True
    return None


def narrowest(tags, way=""):
    """The access of motor vehicles by the narrowest key that says it, a word on cars alone apart."""
    for key in ("motor_vehicle", "vehicle", "access"):
        for full in dict.fromkeys((key + way, key)):
            if full in tags:
                return grade(tags[full])
    return None


def access(tags, way):
    """Who drives in one direction, one-way rules apart: `open`, `emergency`, `military` or `no`."""
    engines = lets_engines_in(tags, way)
    if engines is False:
        return "no"
    said = narrowest(tags, way)
    cars = next((tags[key] for key in (f"motorcar{way}", "motorcar") if key in tags), None)
    if cars is not None:
        of_cars = grade(cars)
        if of_cars != "no":
            said = of_cars
        elif said in (None, "open"):
            said = "emergency"
    if said in ("no", "military") and engines:
        return "emergency"
    if said == "no":
        for key in LARGE:
            value = tags.get(key + way, tags.get(key))
            if value is not None and grade(value) in ("open", "emergency"):
                return "emergency"
    return said or "open"


def one_way(tags):
    """1 along the line of the way, -1 against it, 0 both ways."""
    for key in ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"):
        value = tags.get(key)
        if value in ("yes", "true", "1"):
            return 1
        if value in ("-1", "reverse"):
            return -1
        if value in ("no", "false", "0", "reversible", "alternating"):
            return 0
    round_about = tags.get("junction") in ("roundabout", "circular")
    return 1 if round_about or tags["highway"] == "motorway" else 0


def passages(tags):
    """Who drives forwards and backwards, or None where nobody does."""
    ways = [access(tags, way) for way in (":forward", ":backward")]
    if all(said in ("no", "military") for said in ways):
        return None
    direction = one_way(tags)
    never = (
        tags["highway"] in ("motorway", "motorway_link")
        or tags.get("motorroad") == "yes"
        or tags.get("junction") in ("roundabout", "circular")
    )
    result = []
    for forwards, said in zip((True, False), ways):
        way, against = (":forward", -1) if forwards else (":backward", 1)
        if lets_engines_in(tags, way) is False or said == "military":
            result.append("closed")
        elif direction == against or said == "no":
            if tags.get("oneway:emergency") == "no":
                result.append("emergency")
            else:
                result.append("closed" if never else "against")
        else:
            result.append(said)
    if direction and result[0 if direction > 0 else 1] not in ("open", "emergency"):
        # The only direction of a one-way street is closed.
        return None
    return tuple(result)


UNITS_OF_SPEED = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}
with open(DATA / "maxspeed.csv", encoding="utf-8") as file:
    CODES = {row["code"].lower(): row["km_per_hour"] for row in csv.DictReader(file)}
WALK = 6.0


def speed_of(text):
    """A limit in km/h to a tenth, math.inf where there is none, None where it is no speed."""
    found = []
    for word in text.split(";"):
        word = word.strip().lower()
        if word in ("none", "no"):
            found.append(math.inf)
        elif word == "walk":
            found.append(WALK)
        elif word in CODES:
            found.append(math.inf if CODES[word] == "none" else float(CODES[word]))
        else:
            match = re.fullmatch(r"(?:(?:[a-z]{2}:)?zone:?)?\s*(\d+(?:\.\d+)?)\s*([a-z/]*)", word)
            if match and match[2] in UNITS_OF_SPEED:
                found.append(round(float(match[1]) * UNITS_OF_SPEED[match[2]], 1))
    return min(found, default=None)


def limits_of_speed(tags):
    # A kind of limit stands in for a limit that is not there.
    kinds = ("maxspeed",) if "maxspeed" in tags else ("maxspeed:type", "source:maxspeed", "zone:maxspeed")
    both = next((said for key in kinds if (said := speed_of(tags.get(key, ""))) is not None), None)
    each = [speed_of(tags.get(f"maxspeed:{way}", "")) for way in ("forward", "backward")]
    limits = (both if said is None else said for said in each)
    return tuple(None if limit == math.inf else limit for limit in limits)


SURFACES = {
    "paved": "paved asphalt concrete paving_stones metal wood chipseal rubber",
    "rough": "sett cobblestone unhewn_cobblestone concrete:lanes concrete:plates grass_paver bricks brick stone",
    "compacted": "compacted fine_gravel",
    "gravel": "gravel unpaved pebblestone rock rocks",
    "earth": "ground dirt earth grass soil clay",
    "soft": "sand mud snow ice",
}
SURFACE_OF = {word: grade for grade, listed in SURFACES.items() for word in listed.split()}
GRADES_OF_TRACK = {
    "grade1": "paved",
    "grade2": "compacted",
    "grade3": "gravel",
    "grade4": "earth",
    "grade5": "soft",
}


def surface(tags):
    order = list(SURFACES)
    found = [SURFACE_OF[word] for word in words(tags.get("surface", "")) if word in SURFACE_OF]
    if not found:
        found = [
            GRADES_OF_TRACK[word] for word in words(tags.get("tracktype", "")) if word in GRADES_OF_TRACK
        ]
    return max(found, key=order.index, default=None)


STATES = "excellent good intermediate bad very_bad horrible very_horrible impassable".split()


def smoothness(tags):
    found = [word for word in words(tags.get("smoothness", "")) if word in STATES]
    return max(found, key=STATES.index, default=None)


UNITS_OF_LENGTH = {"": 1.0, "m": 1.0, "cm": 0.01, "mm": 0.001, "km": 1000.0, "ft": 0.3048, "in": 0.0254}
UNITS_OF_WEIGHT = {"": 1.0, "t": 1.0, "kg": 0.001, "lbs": 0.00045359237, "lb": 0.00045359237}
UNITS_OF_WEIGHT |= {"st": 0.90718474, "lt": 1.0160469088, "mt": 1.0}


def measure(text, units):
    found = []
    for word in text.split(";"):
        word = word.strip().lower().replace(",", ".")
        feet = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:'|ft)\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|''|in)?)?", word)
        plain = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", word)
        if feet and units is UNITS_OF_LENGTH:
            found.append(float(feet[1]) * 0.3048 + float(feet[2] or 0) * 0.0254)
        elif plain and plain[2] in units:
            found.append(float(plain[1]) * units[plain[2]])
    return min((value for value in found if value > 0), default=None)


SIZES = {
    "height": (("maxheight", "maxheight:physical"), UNITS_OF_LENGTH),
    "width": (("maxwidth", "maxwidth:physical"), UNITS_OF_LENGTH),
    "length": (("maxlength",), UNITS_OF_LENGTH),
    "weight": (("maxweight",), UNITS_OF_WEIGHT),
    "axle_load": (("maxaxleload",), UNITS_OF_WEIGHT),
}


def sizes(tags):
    """The largest vehicle: (what, at most)."""
    found = []
    for what, (keys, units) in SIZES.items():
        posted = []
        for key in keys:
            text = tags.get(f"{key}:emergency", tags.get(key))
            if text is not None:
                posted.append(measure(text, units))
        posted = [value for value in posted if value is not None]
        if posted:
            found.append((what, min(posted)))
    return tuple(found)


def carriageway(tags):
    for key in ("width", "est_width"):
        if key in tags and (wide := measure(tags[key], UNITS_OF_LENGTH)) is not None:
            return wide
    return None


FIXED = """bollard block jersey_barrier cycle_barrier motorcycle_barrier stile horse_stile turnstile
full-height_turnstile kissing_gate wall fence hedge ditch retaining_wall guard_rail city_wall log debris
planter tank_trap boulder""".split()
NO_BARRIER = "no entrance cattle_grid kerb height_restrictor sally_port bus_trap sump_buster".split()
TAKEN_OUT = ("removable", "rising", "foldable", "flexible")


def barrier(tags):
    """What stands across the road at a node."""
    kinds = [kind for kind in words(tags.get("barrier", "")) if kind]
    if not kinds or all(kind in NO_BARRIER for kind in kinds):
        return None
    said = narrowest(tags)
    cars = grade(tags["motorcar"]) if "motorcar" in tags else None
    if cars in ("open", "emergency"):
        said = cars
    if lets_engines_in(tags, "") is False:
        return "blocked"
    if all(kind in FIXED or kind in NO_BARRIER for kind in kinds):
        if said == "open":
            return None
        if lets_engines_in(tags, "") or any(w in TAKEN_OUT for w in words(tags.get("bollard", ""))):
            return "emergency_gate"
        return "private_gate" if said == "emergency" else "blocked"
    if lets_engines_in(tags, ""):
        return "emergency_gate"
    if tags.get("locked") == "yes":
        return "locked_gate"
    return "private_gate" if said in ("emergency", "no", "military") else "gate"


def control(tags):
    """What slows an engine at a node: (what, 1 forwards, -1 backwards, 0 both)."""
    crossing = words(tags.get("crossing", ""))
    kind = tags.get("highway")
    lights = "traffic_signals" in crossing or tags.get("crossing:signals") == "yes"
    if kind == "traffic_signals" or kind == "crossing" and lights:
        direction = tags.get("traffic_signals:direction", tags.get("direction"))
        return "signal", {"forward": 1, "backward": -1}.get(direction, 0)
    unmarked = {"unmarked", "no", "informal"} & set(crossing) or tags.get("crossing:markings") == "no"
    if kind == "crossing" and not unmarked:
        return "crossing", 0
    return None


def names(tags):
    found = {"": tags.get("name") or tags.get("ref") or ""}
    for key, value in tags.items():
        if key.startswith("name:"):
            found[key[5:]] = value
    return tuple(sorted(found.items()))


class Road:
    """What the tags of a way say, in the direction of its line."""

    def __init__(self, tags, kind, passage, side):
        self.kind = kind
        self.passage = passage
        self.limits = limits_of_speed(tags)
        self.rest = (
            kind,
            names(tags),
            measure(tags.get("lanes", ""), {"": 1.0}),
            surface(tags),
            smoothness(tags),
            carriageway(tags),
            sizes(tags),
            tags.get("bridge", "no") != "no",
            tags.get("tunnel", "no") != "no",
            side,
        )
        self.surface, self.smoothness, self.width, self.sizes = self.rest[3:7]
        self.side = side

    def seen(self, forwards):
        """All that a table shows, along the line or against it."""
        turn = 1 if forwards else -1
        return self.passage[::turn], self.limits[::turn], self.rest


def road_of(tags, side):
    """The road of a way, or None where it is none."""
    kind = tags.get("highway")
    if any(tags.get(key, "no") != "no" for key in GONE):
        return None
    if kind not in CLASSES and kind not in NARROW or tags.get("area") == "yes":
        return None
    if kind in NARROW:
        named = lets_engines_in(tags, ":forward") or lets_engines_in(tags, ":backward")
        vehicles = any(
            grade(tags[key]) in ("open", "emergency") for key in ("motor_vehicle", "motorcar") if key in tags
        )
        if not (named or vehicles or kind == "pedestrian" or kind == "busway"):
            return None
        kind = "service"
    passage = passages(tags)
    if passage is None and tags["highway"] in ("pedestrian", "busway") and "access" not in tags:
        # What is said of the vehicles of the public does not close a pedestrian street.
        passage = None if lets_engines_in(tags, ":forward") is False else ("emergency", "emergency")
    if passage and (tags["highway"] in NARROW or tags.get("service") == "emergency_access"):
        passage = tuple("emergency" if said == "open" else said for said in passage)
    if passage is None or smoothness(tags) == "impassable":
        return None
    if kind in ("track", "service") and surface(tags) == "soft":
        return None
    return Road(tags, kind, passage, tags.get("driving_side", side))
