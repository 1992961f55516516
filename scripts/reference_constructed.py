#!/usr/bin/env python3
"""Writes tests/data/construct/expected.csv, expected_points.csv, expected_between.csv and
expected_courses.csv from the lists in that folder.

    scripts/reference_constructed.py            # needs pyproj and mpmath

Nothing of treatyline is used. Geodesics are pyproj's (GeographicLib in C); lengths of parallels, of
rhumb lines and of lines straight in degrees are integrals of the ellipsoid's metric with 30 digits;
places on rhumb lines are found by bisection on the meridian arc; maps and NAD27 are pipelines of
PROJ, written out. Lengths of arcs, of straight lines on maps and of everything that goes through a
change of datum are those of polygons with 4,096 and 8,192 edges, extrapolated. Where
two methods exist, they are compared here. Areas are those of polygons whose edges are metres long;
largest distances are searched for with pyproj along both curves.
"""

import csv
import datetime
import math
import re
import sys
import tomllib
from pathlib import Path

from mpmath import atanh, cos, mp, mpf, quad, sin, sqrt
from pyproj import Geod, Transformer

mp.dps = 30
FOLDER = Path(__file__).resolve().parent.parent / "tests/data/construct"
WGS84 = Geod(ellps="WGS84")
CLARKE = Geod(ellps="clrk66")
# EPSG:1173, NAD27 to WGS 84 (4).
NAD27 = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=clrk66 +step +proj=helmert +x=-8 +y=160 +z=176 "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
# The definitions of the maps that the lists name.
MAPS = {"EPSG:3832": "+proj=merc +lon_0=150 +k=1 +ellps=WGS84"}
PARIS = 2 + 20 / 60 + 14.025 / 3600
METRES = {"km": 1000, "m": 1, "mi": 1609.344, "nmi": 1852, "M": 1852, "marine league": 5556}
# Places of each edge for the test of its vertices.
SHARES = 64


def obliquity(date):
    """Mean obliquity of the ecliptic, IAU 2006 (Capitaine et al. 2003, eq. 39), at noon."""
    t = (datetime.date.fromisoformat(date).toordinal() + 1721425 - 2451545.0) / 36525
    terms = (84381.406, -46.836769, -0.0001831, 0.00200340, -0.000000576, -0.0000000434)
    return sum(term * t**power for power, term in enumerate(terms)) / 3600


def angle(text):
    """Degrees of `70°16'28.95"N`, `21°40′E` or a tropic."""
    if text.startswith("tropic of Cancer "):
        return obliquity(text.rsplit(" ", 1)[1])
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    size = sum(number / 60**place for place, number in enumerate(numbers))
    return -size if text.strip()[-1] in "SW" else size


def metres(text):
    number, unit = re.fullmatch(r"([\d.,]+) (.+)", text).groups()
    return float(number.replace(",", "")) * METRES[unit]


def read(path):
    """Settings and rows of a list."""
    text = path.read_text()
    if path.suffix == ".toml":
        found = tomllib.loads(text)
        return found, found["point"]
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(lines)]
    return {key: row[key] for row in rows for key in ("system", "edge") if key in row and key == "system"}, rows


class Rhumb:
    """A rhumb line, from the isometric latitude and the meridian arc."""

    def __init__(self, geod, a, b):
        self.a, self.e2 = mpf(geod.a), mpf(geod.es)
        self.from_, self.to = a, b
        self.east = mpf(turned(b[0] - a[0])) * mp.pi / 180
        psi = [self.isometric(mpf(at[1]) * mp.pi / 180) for at in (a, b)]
        arc = self.arc(a[1], b[1])
        if a[1] == b[1]:
            self.length = abs(self.east) * parallel_radius(geod, a[1])
        else:
            self.length = abs(arc) * sqrt(1 + (self.east / (psi[1] - psi[0])) ** 2)
        self.psi = psi
        self.whole = arc

    def isometric(self, lat):
        e = sqrt(self.e2)
        return atanh(sin(lat)) - e * atanh(e * sin(lat))

    def arc(self, low, high):
        m = lambda lat: self.a * (1 - self.e2) / (1 - self.e2 * sin(lat) ** 2) ** mpf(1.5)
        return quad(m, [mpf(low) * mp.pi / 180, mpf(high) * mp.pi / 180])

    def at(self, share):
        """Equal shares of the length are equal shares of the meridian arc."""
        if self.from_[1] == self.to[1]:
            return self.from_[0] + float(self.east * 180 / mp.pi) * share, self.from_[1]
        # Meridians are geodesics.
        lat = WGS84.fwd(0, self.from_[1], 0, float(self.whole) * share)[1]
        psi = self.isometric(mpf(lat) * mp.pi / 180)
        part = (psi - self.psi[0]) / (self.psi[1] - self.psi[0])
        return turned(self.from_[0] + float(self.east * part * 180 / mp.pi)), lat


def parallel_radius(geod, lat):
    lat = mpf(lat) * mp.pi / 180
    return mpf(geod.a) * cos(lat) / sqrt(1 - mpf(geod.es) * sin(lat) ** 2)


def turned(degrees):
    return (degrees + 180) % 360 - 180


def in_degrees_length(geod, a, b):
    """The metric of the ellipsoid along a line straight in degrees."""
    e2 = mpf(geod.es)
    east, north = [mpf(d) * mp.pi / 180 for d in (turned(b[0] - a[0]), b[1] - a[1])]

    def speed(share):
        lat = mpf(a[1]) * mp.pi / 180 + share * north
        w = 1 - e2 * sin(lat) ** 2
        along = mpf(geod.a) * (1 - e2) / w ** mpf(1.5) * north
        return sqrt(along**2 + (mpf(geod.a) / sqrt(w) * cos(lat) * east) ** 2)

    return quad(speed, [0, mpf(1) / 2, 1])


def polygon_length(at):
    def of(count):
        path = [at(i / count) for i in range(count + 1)]
        return WGS84.line_length(*zip(*path))

    coarse, fine = of(4096), of(8192)
    return fine + (fine - coarse) / 3


class List:
    def __init__(self, path):
        self.name = path.name
        self.settings, self.rows = read(path)
        self.is_nad27 = self.settings.get("system") == "EPSG:4267"
        self.geod = CLARKE if self.is_nad27 else WGS84
        self.prime = PARIS if self.settings.get("prime_meridian") == "Paris" else 0
        self.points = {}
        for row in self.rows:
            self.points[row["point"]] = self.place(row)

    def place(self, row):
        if "latitude" in row:
            return angle(row["longitude"]) + self.prime, angle(row["latitude"])
        if "from" in row:
            return self.derived(row)
        one, other = row["crossing"].split(" with ")
        courses = dict(course.split(" ", 1) for course in (one, other) if course[:3] in ("par", "mer"))
        if len(courses) == 2:
            return angle(courses["meridian"]) + self.prime, angle(courses["parallel"])
        name, azimuth = one.split(" azimuth ")
        start, azimuth = self.points[name], angle(azimuth)
        kind, text = other.split(" ", 1)
        part, goal = (0, angle(text) + self.prime) if kind == "meridian" else (1, angle(text))
        low, high = 0, 4e6
        begins_below = start[part] < goal
        for _ in range(200):
            middle = (low + high) / 2
            is_before = (self.geod.fwd(*start, azimuth, middle)[part] < goal) == begins_below
            low, high = (middle, high) if is_before else (low, middle)
        return self.geod.fwd(*start, azimuth, low)[:2]

    def derived(self, row):
        start, way = self.points[row["from"]], metres(row["distance"])
        compass = {"due west": -1, "north": 0}
        if row["azimuth"] == "due west":
            return start[0] - float(mpf(way) / parallel_radius(self.geod, start[1]) * 180 / mp.pi), start[1]
        azimuth = 0 if row["azimuth"] in compass else angle(row["azimuth"])
        return self.geod.fwd(*start, azimuth, way)[:2]

    def wgs84(self, at):
        return NAD27.transform(*at) if self.is_nad27 else at

    def edges(self, unstated):
        on_line = [row for row in self.rows if row.get("on_line", True)]
        for row, to in zip(on_line, on_line[1:]):
            kind = row.get("edge", self.settings.get("edge"))
            kind = unstated if kind == "unstated" else kind
            yield self.edge(row, kind, self.points[row["point"]], self.points[to["point"]])

    def edge(self, row, kind, a, b):
        """The length of an edge on WGS 84, and its course there."""
        length, course = None, None
        if kind == "geodesic":
            azimuth, _, length = self.geod.inv(*a, *b)
            whole = length
            course = lambda share: self.geod.fwd(*a, azimuth, whole * share)[:2]
        elif kind == "rhumb":
            rhumb = Rhumb(self.geod, a, b)
            length, course = rhumb.length, rhumb.at
        elif kind in ("parallel", "meridian", "degrees"):
            length = in_degrees_length(self.geod, a, b)
            east = turned(b[0] - a[0])
            course = lambda share: (turned(a[0] + share * east), a[1] + share * (b[1] - a[1]))
            if kind == "parallel":
                assert abs(length - parallel_radius(self.geod, a[1]) * abs(east) * mp.pi / 180) < 1e-6
            if kind == "meridian":
                assert abs(float(length) - self.geod.inv(*a, *b)[2]) < 1e-6
        elif kind == "arc":
            centre = self.points[row["centre"]]
            begin, _, radius = self.geod.inv(*centre, *a)
            turn = (self.geod.inv(*centre, *b)[0] - begin) % 360
            assert row["turn"] == "right"
            course = lambda share: self.geod.fwd(*centre, begin + share * turn, radius)[:2]
        elif kind.startswith("straight-on-map:"):
            on_map = Transformer.from_pipeline(MAPS[kind.split(":", 1)[1]])
            (x, y), (u, v) = on_map.transform(*a), on_map.transform(*b)
            course = lambda share: on_map.transform(
                x + share * (u - x), y + share * (v - y), direction="INVERSE"
            )
        else:
            sys.exit(f"{self.name}: {kind}")
        there = lambda share: self.wgs84(course(share))
        if length is None or self.is_nad27:
            length = polygon_length(there)
            if kind.startswith("straight-on-map:"):
                # On a map by Mercator it is the rhumb line.
                assert abs(length - Rhumb(self.geod, a, b).length) < 1e-4
        else:
            assert abs(polygon_length(there) - float(length)) < 1e-4, (self.name, kind)
        return float(length), there


def area_between(one, other):
    """The area between two curves with the same ends that do not cross between them."""
    count = 20000
    there = [one(i / count) for i in range(count + 1)]
    back = [other(1 - i / count) for i in range(1, count)]
    return abs(WGS84.polygon_area_perimeter(*zip(*(there + back)))[0])


def nearest(at, curve, guess):
    """How far a place is from a curve, by golden sections around a share."""
    far = lambda share: WGS84.inv(*at, *curve(min(max(share, 0), 1)))[2]
    low, high = guess - 0.05, guess + 0.05
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if far(a) < far(b) else (a, high)
    return far((low + high) / 2)


def farthest(one, other):
    """The largest distance from a curve to another."""
    coarse = max(range(1, 50), key=lambda i: nearest(one(i / 50), other, i / 50)) / 50
    low, high = coarse - 0.02, coarse + 0.02
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(40):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        is_a = nearest(one(a), other, a) > nearest(one(b), other, b)
        low, high = (low, b) if is_a else (a, high)
    return nearest(one(low), other, low)


def write(name, head, rows):
    with open(FOLDER / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main():
    edges, points, between, courses = [], [], [], []
    for path in sorted(FOLDER.iterdir()):
        if path.name.startswith("expected") or path.suffix not in (".toml", ".csv"):
            continue
        found = List(path)
        is_unstated = "unstated" in [found.settings.get("edge"), *(row.get("edge") for row in found.rows)]
        kinds = {"geodesic": "geodesics", "rhumb": "rhumb lines", "degrees": "straight in degrees"}
        kinds = kinds if is_unstated else {"none": "as stated"}
        for name, at in found.points.items():
            lon, lat = found.wgs84(at)
            points.append([found.name, name, f"{turned(lon):.12f}", f"{lat:.12f}"])
        all_curves = {}
        for kind, reading in kinds.items():
            all_curves[reading] = list(found.edges(kind))
            for number, (length, course) in enumerate(all_curves[reading]):
                edges.append([found.name, reading, number, f"{length:.6f}"])
                for i in range(SHARES + 1):
                    lon, lat = course(i / SHARES)
                    courses.append([found.name, reading, number, f"{turned(lon):.12f}", f"{lat:.12f}"])
        names = list(all_curves)
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                pairs = [(p[1], q[1]) for p, q in zip(all_curves[a], all_curves[b])]
                area = sum(area_between(p, q) for p, q in pairs)
                far = max(max(farthest(p, q), farthest(q, p)) for p, q in pairs)
                between.append([found.name, a, b, f"{area:.1f}", f"{far:.4f}"])
    write("expected.csv", ["list", "reading", "edge", "length_m"], edges)
    write("expected_points.csv", ["list", "point", "lon", "lat"], points)
    write("expected_between.csv", ["list", "one", "other", "area_m2", "farthest_m"], between)
    write("expected_courses.csv", ["list", "reading", "edge", "lon", "lat"], courses)


main()
