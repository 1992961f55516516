#!/usr/bin/env python3
"""Writes tests/data/geodesy/rhumb_exact.csv: rhumb lines to 25 digits.

    scripts/reference_rhumb.py

Needs mpmath. With 60 digits, from the integrals that define a rhumb line: the arc of the meridian,
and the isometric latitude in closed form, whose difference loses no more than 30 of the digits.
Latitudes and longitudes are the doubles that the file prints, taken as exact.
"""

import csv
import random
from pathlib import Path

from mpmath import asinh, atan2, atanh, ellipe, mp, mpf, sin, sqrt, tan

mp.dps = 60
OUT = Path(__file__).resolve().parent.parent / "tests/data/geodesy/rhumb_exact.csv"
ELLIPSOIDS = {
    "WGS84": (mpf(6378137), 1 / mpf("298.257223563")),
    "KRASOVSKY": (mpf(6378245), 1 / mpf("298.3")),
    "SPHERE": (mpf("6371008.7714"), mpf(0)),
    # The flattest that the crate allows, or nearly.
    "FLATTEST": (mpf(6400000), mpf(0.099)),
}


def degrees(x):
    return mpf(x) * mp.pi / 180


def isometric(lat, e2):
    e = sqrt(e2)
    return asinh(tan(lat)) - e * atanh(e * sin(lat))


def arc(lat, a, e2):
    """The arc of the meridian from the equator: E(phi, e^2) less what its radius does not count."""
    flat = e2 * sin(lat) * mp.cos(lat) / sqrt(1 - e2 * sin(lat) ** 2)
    return a * (ellipe(lat, e2) - flat)


def rhumb(name, lat1, lon1, lat2, lon2):
    a, f = ELLIPSOIDS[name]
    e2 = f * (2 - f)
    low, high = degrees(lat1), degrees(lat2)
    turn = (mpf(lon2) - mpf(lon1)) % 360
    east = degrees(turn if turn <= 180 else turn - 360)
    if low == high:
        radius, north = a * mp.cos(low) / sqrt(1 - e2 * sin(low) ** 2), mpf(0)
    else:
        north = arc(high, a, e2) - arc(low, a, e2)
        radius = north / (isometric(high, e2) - isometric(low, e2))
    azimuth = atan2(east * radius, north) * 180 / mp.pi % 360
    return azimuth, sqrt(north**2 + (east * radius) ** 2)


def pairs():
    """Almost along a parallel, by the last bits and more; then anywhere."""
    chance = random.Random(1)
    for lat in [0.0, 0.5, -30.0, 49.0, -60.0, 75.0, 85.0, 89.0, -89.9, 89.999]:
        for step in [0.0, 2e-14, 1e-11, 1e-8, 1e-5, 1e-3]:
            lat2 = lat + step if lat < 89.99 else lat - step
            yield lat, chance.uniform(-180, 180), lat2, chance.uniform(-180, 180)
    for _ in range(340):
        lat = chance.choice([chance.uniform(-90, 90), chance.uniform(84, 90), -chance.uniform(84, 90)])
        size = 10 ** chance.uniform(-14, 2.25)
        lat2 = max(-89.9999999, min(89.9999999, lat + chance.uniform(-size, size)))
        lon, size = chance.uniform(-180, 180), 10 ** chance.uniform(-9, 2.55)
        yield lat, lon, lat2, (lon + chance.uniform(-size, size) + 180) % 360 - 180


def main():
    with OUT.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow("ellipsoid lat1 lon1 lat2 lon2 azimuth_deg length_m".split())
        for i, pair in enumerate(pairs()):
            name = list(ELLIPSOIDS)[i % len(ELLIPSOIDS)]
            rows.writerow([name, *pair, *(mp.nstr(x, 25) for x in rhumb(name, *pair))])


main()
