#!/usr/bin/env python3
"""Writes tests/data/geodesy/crossings.csv and crossings_of_circles.csv.

    scripts/reference_crossings.py path/to/IntersectTool

The first: where geodesics through two pairs of places cross, by IntersectTool of GeographicLib 2.3
or later (C. F. F. Karney, MIT licence), as distances from the first place of each pair.

The second: where geodesics have a latitude or a longitude, with 40 digits, from the integrals on
the auxiliary sphere (Karney 2013, eqs. 5, 8, 10 and 11). Needs mpmath, and geographiclib for the
first guess only. Coordinates are the doubles that the files print, taken as exact.
"""

import csv
import random
import subprocess
import sys
from pathlib import Path

from geographiclib.geodesic import Geodesic
from mpmath import atan, atan2, cos, findroot, hypot, mp, mpf, nint, quad, sin, sqrt, tan

mp.dps = 40
OUT = Path(__file__).resolve().parent.parent / "tests/data/geodesy"
DEGREE = mp.pi / 180
ELLIPSOIDS = {
    "WGS84": (mpf(6378137), 1 / mpf("298.257223563")),
    "KRASOVSKY": (mpf(6378245), 1 / mpf("298.3")),
    "SPHERE": (mpf("6371008.7714"), mpf(0)),
    # Karney's series are good to nanometres up to a flattening of about 1/50.
    "FLAT": (mpf(6400000), mpf(0.01)),
}

# Latitude and longitude of one pair, then of the other.
BY_HAND = [
    (0, 10, 0, 12, 5, 20, 3, 20),
    (0, 170, 0, -170, 10, 179, -10, -179),
    (51, 179.5, 52, -179.5, 52, 179.6, 51, -179.7),
    (84, 20, 84.5, 60, 84.6, 25, 84, 55),
    (84, -60, 84, 60, 84, 120, 84.5, -10),
    (89.5, 0, 89.5, 170, 89.6, 90, 89.4, -80),
    (45, 80, 45.001, 80.001, 45.001, 80, 45, 80.001),
    (45, 80, 45, 81, 45.0001, 80, 44.9999, 81),
    (45, 80, 45.01, 80, 46, 82, 46, 82.01),
    (-33, 151, 37, -122, 21, -158, -9, 160),
    (70, 19, 70, 20, 71, 30, 73, 37),
    (-54.9, -68.3, -55.1, -66.5, -55, -67, -54.9, -66.9),
    (30, 0, 31, 0, 30, 90, 31, 89),
    (0, 0, 0.5, 90, 10, 40, -10, 45),
]


def anywhere(chance):
    """Pairs of any length near each other, and anywhere."""
    for _ in range(60):
        lat, lon = chance.uniform(-88, 88), chance.uniform(-180, 180)
        size = 10 ** chance.uniform(-3, 1)
        pair = []
        for _ in range(4):
            pair += [max(-89, min(89, lat + chance.uniform(-size, size)))]
            pair += [(lon + chance.uniform(-size, size) + 180) % 360 - 180]
        yield tuple(pair)
    for _ in range(60):
        yield tuple(chance.uniform(-1, 1) * (180 if i % 2 else 89) for i in range(8))


def crossings(tool):
    cases = BY_HAND + list(anywhere(random.Random(2)))
    for name, (a, f) in ELLIPSOIDS.items():
        # Exact integrals, not series.
        command = [tool, "-i", "-E", "-p", "9", "-e", mp.nstr(a, 17), mp.nstr(f, 20)]
        asked = "\n".join(" ".join(map(repr, case)) for case in cases)
        answer = subprocess.run(command, input=asked, text=True, capture_output=True, check=True)
        for case, line in zip(cases, answer.stdout.splitlines(), strict=True):
            yield [name, *case, *line.split()[:2]]


class Course:
    """The geodesic between two places, with 40 digits."""

    def __init__(self, name, lat1, lon1, lat2, lon2):
        a, self.f = ELLIPSOIDS[name]
        self.beta1, beta2 = (atan((1 - self.f) * tan(mpf(x) * DEGREE)) for x in (lat1, lat2))
        self.lon1 = mpf(lon1) * DEGREE
        east = (mpf(lon2) - mpf(lon1)) * DEGREE
        guess = Geodesic(float(a), float(self.f)).Inverse(lat1, lon1, lat2, lon2)

        def missed(alpha, arc):
            self.turn_to(alpha)
            sigma = self.sigma1 + arc
            off = self.east(sigma) - east
            beta = atan2(self.cos0 * sin(sigma), hypot(self.sin0, self.cos0 * cos(sigma)))
            return [beta - beta2, off - 2 * mp.pi * nint(off / (2 * mp.pi))]

        start = (mpf(guess["azi1"]) * DEGREE, mpf(guess["a12"]) * DEGREE)
        alpha, self.arc = findroot(missed, start, tol=mpf(10) ** -60, maxsteps=40)
        self.turn_to(alpha)

    def turn_to(self, alpha):
        sin1, cos1 = sin(self.beta1), cos(self.beta1)
        self.sin0 = sin(alpha) * cos1
        self.cos0 = hypot(cos(alpha), sin(alpha) * sin1)
        self.sigma1 = atan2(sin1, cos(alpha) * cos1)

    def omega(self, sigma):
        """In step with sigma, so that it does not jump."""
        sign = 1 if self.sin0 >= 0 else -1
        ahead = sign * sigma
        full = 2 * mp.pi * nint(ahead / (2 * mp.pi))
        return atan2(self.sin0 * sin(sigma), cos(sigma)) + full

    def east(self, sigma):
        k2 = self.f * (2 - self.f) / (1 - self.f) ** 2 * self.cos0**2
        root = lambda x: sqrt(1 + k2 * sin(x) ** 2)
        lag = lambda x: (2 - self.f) / (1 + (1 - self.f) * root(x))
        middle = (self.sigma1 + sigma) / 2
        late = self.f * self.sin0 * quad(lag, [self.sigma1, middle, sigma])
        return self.omega(sigma) - self.omega(self.sigma1) - late

    def lat(self, sigma):
        beta = atan2(self.cos0 * sin(sigma), hypot(self.sin0, self.cos0 * cos(sigma)))
        return atan(tan(beta) / (1 - self.f)) / DEGREE

    def lon(self, sigma):
        lon = (self.lon1 + self.east(sigma)) / DEGREE
        return lon - 360 * nint(lon / 360)

    def on_parallel(self, lat):
        """The longitudes, in the order of the course."""
        ratio = sin(atan((1 - self.f) * tan(mpf(lat) * DEGREE))) / self.cos0
        if abs(ratio) > 1:
            return []
        low = mp.asin(ratio)
        turns = (start + 2 * mp.pi * k for start in (low, mp.pi - low) for k in (-1, 0, 1))
        inside = sorted(x for x in turns if self.sigma1 <= x <= self.sigma1 + self.arc)
        return [self.lon(x) for x in inside]

    def on_meridian(self, lon):
        """The latitude, or none."""
        east = (mpf(lon) * DEGREE - self.lon1) % (2 * mp.pi)
        whole = self.east(self.sigma1 + self.arc)
        east = east - 2 * mp.pi if whole < 0 else east
        if not 0 <= east / whole <= 1:
            return []
        missed = lambda sigma: self.east(sigma) - east
        ends = (self.sigma1, self.sigma1 + self.arc)
        sigma = findroot(missed, ends, solver="anderson", tol=mpf(10) ** -50, maxsteps=200)
        return [self.lat(sigma)]


def circles():
    chance = random.Random(3)
    names = list(ELLIPSOIDS)
    for i in range(120):
        lat, lon = chance.uniform(-84, 84), chance.uniform(-180, 180)
        is_near_vertex = i % 3 == 0
        size = 10 ** chance.uniform(0 if is_near_vertex else -3, 1.9)
        rise = size * (1e-3 if is_near_vertex else 1)
        lat2 = max(-84.5, min(84.5, lat + chance.uniform(-rise, rise)))
        lon2 = (lon + chance.uniform(-size, size) + 180) % 360 - 180
        name = names[i % len(names)]
        course = Course(name, lat, lon, lat2, lon2)
        share = chance.uniform(-0.1, 1.1)
        sigma = course.sigma1 + share * course.arc
        if is_near_vertex:
            sigma = mp.pi / 2 if lat > 0 else -mp.pi / 2
        target = float(course.lat(sigma))
        if is_near_vertex:
            target -= chance.choice([1, 1, 1, -1]) * 10 ** chance.uniform(-9, -3) * (1 if lat > 0 else -1)
        yield [name, lat, lon, lat2, lon2, "parallel", target, course.on_parallel(target)]
        target = float(course.lon(course.sigma1 + share * course.arc))
        yield [name, lat, lon, lat2, lon2, "meridian", target, course.on_meridian(target)]


def main():
    tool = sys.argv[1]
    with open(OUT / "crossings.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow("ellipsoid lat1 lon1 lat2 lon2 lat3 lon3 lat4 lon4 from1_m from3_m".split())
        table.writerows(crossings(tool))
    with open(OUT / "crossings_of_circles.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow("ellipsoid lat1 lon1 lat2 lon2 circle at_deg found_deg".split())
        for *row, found in circles():
            table.writerow([*row, " ".join(mp.nstr(x, 25) for x in found)])


main()
