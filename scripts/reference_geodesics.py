#!/usr/bin/env python3
"""Writes tests/data/geodesy/edges.csv and rings.csv, lengths and areas to 30 digits, and
published.csv, the test lines of GeographicLib's own test suite (C. F. F. Karney, MIT licence).

    scripts/reference_geodesics.py tests/data/geodesy

Needs mpmath, and geographiclib for its test suite and for the first guess only. The geodesic between two
positions is found with 50 digits from its defining integrals on the auxiliary sphere
(Karney 2013, eqs. 7 and 8), not from a series; nothing of treatyline is used. Latitudes
and longitudes are the doubles that the files print, taken as exact.
"""

import ast
import csv
import inspect
import math
import random
import sys
from pathlib import Path

import mpmath
from geographiclib.geodesic import Geodesic
from geographiclib.test import test_geodesic
from mpmath import mp, mpf

mp.dps = 50
DEGREE = mp.pi / 180
ELLIPSOIDS = {
    "WGS84": (mpf(6378137), 1 / mpf("298.257223563")),
    "KRASOVSKY": (mpf(6378245), 1 / mpf("298.3")),
    "SPHERE": (mpf("6371008.7714"), mpf(0)),
}

def gauss_legendre(count):
    """Nodes and weights; 24 leave less than 1e-40 on arcs of a degree."""
    rule = []
    for k in range(1, count + 1):
        x = mpmath.cos(mp.pi * (k - mpf(1) / 4) / (count + mpf(1) / 2))
        for _ in range(100):
            p0, p1 = mpf(1), x
            for n in range(2, count + 1):
                p0, p1 = p1, ((2 * n - 1) * x * p1 - (n - 1) * p0) / n
            slope = count * (x * p1 - p0) / (x * x - 1)
            step = p1 / slope
            x -= step
            if abs(step) < mpf(10) ** -48:
                break
        rule.append((x, 2 / ((1 - x * x) * slope**2)))
    return rule


RULE = gauss_legendre(24)


def integral(function, low, high):
    half, middle = (high - low) / 2, (high + low) / 2
    return half * mp.fsum(w * function(middle + half * x) for x, w in RULE)


def zone(lat, f):
    """The area between the equator and a parallel per radian, for a = 1."""
    e2 = f * (2 - f)
    sin = mpmath.sin(lat)
    if e2 == 0:
        return sin
    e = mpmath.sqrt(e2)
    return (1 - e2) / 2 * (sin / (1 - e2 * sin**2) + mpmath.atanh(e * sin) / e)


def edge(name, lat1, lon1, lat2, lon2):
    """Length, and area between the edge and the equator, of the short geodesic."""
    a, f = ELLIPSOIDS[name]
    phi1, phi2 = mpf(lat1) * DEGREE, mpf(lat2) * DEGREE
    lam12 = (mpf(lon2) - mpf(lon1)) * DEGREE
    b = a * (1 - f)
    beta1, beta2 = (mpmath.atan2((1 - f) * mpmath.sin(p), mpmath.cos(p)) for p in (phi1, phi2))
    guess = Geodesic(float(a), float(f)).Inverse(lat1, lon1, lat2, lon2)

    def arc(alpha1, sigma12):
        sin0 = mpmath.sin(alpha1) * mpmath.cos(beta1)
        cos0 = mpmath.hypot(mpmath.cos(alpha1), mpmath.sin(alpha1) * mpmath.sin(beta1))
        k2 = f * (2 - f) / (1 - f) ** 2 * cos0**2
        sigma1 = mpmath.atan2(mpmath.sin(beta1), mpmath.cos(alpha1) * mpmath.cos(beta1))
        sigma2 = sigma1 + sigma12
        omega = [mpmath.atan2(sin0 * mpmath.sin(x), mpmath.cos(x)) for x in (sigma1, sigma2)]
        root = lambda x: mpmath.sqrt(1 + k2 * mpmath.sin(x) ** 2)
        lag = lambda x: f * sin0 * (2 - f) / (1 + (1 - f) * root(x))
        return sin0, cos0, sigma1, sigma2, omega, root, lag

    def missed(alpha1, sigma12):
        sin0, cos0, sigma1, sigma2, omega, _, lag = arc(alpha1, sigma12)
        lam = omega[1] - omega[0] - integral(lag, sigma1, sigma2)
        lam -= 2 * mp.pi * mpmath.nint((lam - lam12) / (2 * mp.pi))
        # sin β loses digits near the pole; tan β does not.
        tan2 = cos0 * mpmath.sin(sigma2) / mpmath.hypot(
            sin0, cos0 * mpmath.cos(sigma2))
        return [mpmath.atan(tan2) - beta2, lam - lam12]

    start = (mpf(guess["azi1"]) * DEGREE, mpf(guess["a12"]) * DEGREE)
    found = mpmath.findroot(missed, start, tol=mpf(10) ** -44, maxsteps=60)
    sin0, cos0, sigma1, sigma2, _, root, lag = arc(found[0], found[1])
    length = b * integral(root, sigma1, sigma2)

    def strip(x):
        cos2 = 1 - (cos0 * mpmath.sin(x)) ** 2
        tan = cos0 * mpmath.sin(x) / mpmath.sqrt(cos2)
        return zone(mpmath.atan(tan / (1 - f)), f) * (sin0 / cos2 - lag(x))

    return length, a * a * integral(strip, sigma1, sigma2)


def ahead(lat, lon, azimuth, length_m):
    point = Geodesic.WGS84.Direct(lat, lon, azimuth, length_m)
    return point["lat2"], point["lon2"]


CLASSES = [(0, 10), (10, 30), (30, 50), (50, 60), (60, 70), (70, 80), (80, 89)]


def lengths(lat):
    reach = 140e3 * math.cos(math.radians(lat))
    return [10, 100, 1e3, 1e4, 3e4, 1e5, reach]


def edges(random_numbers):
    for low, high in CLASSES:
        for step in range(7):
            for k in range(12):
                lat = random_numbers.uniform(low, high) * random_numbers.choice([1, -1])
                lon = random_numbers.uniform(-170, 170)
                length = lengths(lat)[step] * (1 if step == 6 else random_numbers.uniform(0.5, 1))
                azimuth = random_numbers.uniform(0, 360) if k else 90.0
                yield "WGS84", lat, lon, *ahead(lat, lon, azimuth, length)
    for name in ["KRASOVSKY", "SPHERE"]:
        for _ in range(20):
            lat, lon = random_numbers.uniform(-80, 80), random_numbers.uniform(-170, 170)
            length = 10 ** random_numbers.uniform(1, 4.5)
            yield name, lat, lon, *ahead(lat, lon, random_numbers.uniform(0, 360), length)


def rings(random_numbers):
    """Stars of seven corners: edges of some given length, every direction."""
    for low, high in CLASSES:
        for length in [10, 100, 1e3, 5e3, 2e4, 1e5]:
            for _ in range(4):
                lat = random_numbers.uniform(low, high) * random_numbers.choice([1, -1])
                lon = random_numbers.uniform(-170, 170)
                turn = random_numbers.uniform(0, 360)
                corners = [
                    ahead(lat, lon, turn - k * 360 / 7, length * random_numbers.uniform(0.6, 1.4))
                    for k in range(7)
                ]
                yield "WGS84", length, corners


def published():
    """The lines of the test suite, from its text: they are no value of the module."""
    text = inspect.getsource(test_geodesic)
    start = text.index("testcases = ")
    tree = ast.parse(text[start : text.index("]]", start) + 2].lstrip())
    for lat1, lon1, _, lat2, lon2, _, s12, _, _, _, _, S12 in ast.literal_eval(tree.body[0].value):
        yield map(repr, [lat1, lon1, lat2, lon2, s12, S12])


def main():
    folder = Path(sys.argv[1])
    with open(folder / "published.csv", "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["lat1", "lon1", "lat2", "lon2", "length_m", "area_m2"])
        table.writerows(published())
    random_numbers = random.Random(19940426)
    with open(folder / "edges.csv", "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["ellipsoid", "lat1", "lon1", "lat2", "lon2", "length_m"])
        for name, *ends in edges(random_numbers):
            length, _ = edge(name, *ends)
            table.writerow([name, *map(repr, ends), mpmath.nstr(length, 30)])
    with open(folder / "rings.csv", "w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["ellipsoid", "edge_m", "corners", "area_m2"])
        for name, length, corners in rings(random_numbers):
            pairs = zip(corners, corners[1:] + corners[:1])
            under = [edge(name, *first, *second)[1] for first, second in pairs]
            corners = " ".join(f"{lat!r} {lon!r}" for lat, lon in corners)
            # Counter-clockwise, the area is what is not under the edges.
            table.writerow([name, length, corners, mpmath.nstr(-mp.fsum(under), 30)])


if __name__ == "__main__":
    main()
