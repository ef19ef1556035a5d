"""Lengths and bearings on the ellipsoid of WGS 84."""

import math

AXIS, FLATTENING = 6_378_137.0, 1 / 298.257_223_563


def on_ellipsoid(a, b):
    """The geodesic of WGS 84 between two positions in degrees, in metres (Vincenty 1975)."""
    if a == b:
        return 0.0
    minor = AXIS * (1 - FLATTENING)
    east = math.radians(b[0] - a[0])
    u1, u2 = (math.atan((1 - FLATTENING) * math.tan(math.radians(p[1]))) for p in (a, b))
    sin1, cos1, sin2, cos2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    change = east
    for _ in range(50):
        sin_east, cos_east = math.sin(change), math.cos(change)
        sin_arc = math.hypot(cos2 * sin_east, cos1 * sin2 - sin1 * cos2 * cos_east)
        if sin_arc == 0:
            return 0.0
        cos_arc = sin1 * sin2 + cos1 * cos2 * cos_east
        arc = math.atan2(sin_arc, cos_arc)
        sin_azimuth = cos1 * cos2 * sin_east / sin_arc
        cos2_azimuth = 1 - sin_azimuth**2
        middle = cos_arc - 2 * sin1 * sin2 / cos2_azimuth if cos2_azimuth > 1e-15 else 0.0
        c = FLATTENING / 16 * cos2_azimuth * (4 + FLATTENING * (4 - 3 * cos2_azimuth))
        before, change = (
            change,
            east
            + (1 - c)
            * FLATTENING
            * sin_azimuth
            * (arc + c * sin_arc * (middle + c * cos_arc * (2 * middle**2 - 1))),
        )
        if abs(change - before) < 1e-12:
            break
    square = cos2_azimuth * (AXIS**2 - minor**2) / minor**2
    big = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    small = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    off = (
        small
        * sin_arc
        * (
            middle
            + small
            / 4
            * (
                cos_arc * (2 * middle**2 - 1)
                - small / 6 * middle * (4 * sin_arc**2 - 3) * (4 * middle**2 - 3)
            )
        )
    )
    return minor * big * (arc - off)


def bearing(a, b, lat):
    """Counter-clockwise from east, on the plane that touches the earth at a latitude."""
    slope = 1 - FLATTENING * (2 - FLATTENING) * math.sin(math.radians(lat)) ** 2
    wide = math.cos(math.radians(lat)) * slope / (1 - FLATTENING) ** 2
    return math.atan2(b[1] - a[1], (b[0] - a[0]) * wide)
