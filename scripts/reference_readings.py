#!/usr/bin/env python3
"""The lengths of the Chad-Libya readings, and how far the line of the Department of State is from each.

Writes tests/data/readings/expected.csv. Lengths are GeographicLib's, through pyproj; the tropic is the
obliquity of Capitaine, Wallace & Chapront 2003. Distances are between places every 40 m of both lines
(the nearest of them is at most 0.1 m farther than the nearest of the line), areas are GEOS's in a
cylindrical equal-area projection.

    pip install pyproj numpy shapely
"""

import csv
import json
import math
import pathlib

import numpy
import pyproj
from shapely import LineString, unary_union
from shapely.ops import polygonize

ROOT = pathlib.Path(__file__).resolve().parent.parent
GEOD = pyproj.Geod(ellps="WGS84")
ECEF = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)
CEA = pyproj.Transformer.from_crs(4326, "+proj=cea +lon_0=20 +lat_ts=21 +ellps=WGS84", always_xy=True)
STEP_M = 40.0


def tropic_deg(year, month, day):
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    number = day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045
    t = (number - 2451545.0) / 36525  # noon
    return (84381.406 - 46.836769 * t - 0.0001831 * t**2 + 0.00200340 * t**3) / 3600


def geodesic(a, b):
    length = GEOD.inv(*a, *b)[2]
    between = GEOD.npts(*a, *b, int(length / STEP_M))
    return [a, *between, b], length


def degrees(a, b):
    count = int(GEOD.inv(*a, *b)[2] / STEP_M)
    path = [(a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count) for i in range(count + 1)]
    return path, GEOD.line_length(*zip(*path))


def isometric(latitude_deg):
    e = math.sqrt(GEOD.es)
    s = math.sin(math.radians(latitude_deg))
    return math.atanh(s) - e * math.atanh(e * s)


def rhumb(a, b):
    """Evenly in latitude: a rhumb line is straight where the isometric latitude is a coordinate."""
    count = int(GEOD.inv(*a, *b)[2] / STEP_M)
    low, high = isometric(a[1]), isometric(b[1])
    path = []
    for i in range(count + 1):
        latitude = a[1] + (b[1] - a[1]) * i / count
        share = (isometric(latitude) - low) / (high - low)
        path.append((a[0] + (b[0] - a[0]) * share, latitude))
    return path, GEOD.line_length(*zip(*path))


def dense(path):
    points = [path[0]]
    for a, b in zip(path, path[1:]):
        points.extend(geodesic(a, b)[0][1:])
    return points


def farthest(a, b):
    a, b = [numpy.array(ECEF.transform(*zip(*path), numpy.zeros(len(path)))).T for path in (a, b)]
    return max(directed(a, b), directed(b, a))


def directed(a, b):
    """The largest distance of a place of `a` from the nearest of `b`."""
    squares = (b * b).sum(axis=1)
    far = 0.0
    for part in numpy.array_split(a, len(a) // 500):
        # The difference of large numbers is good to a centimetre only; the nearest one is then measured.
        near = (squares - 2.0 * part @ b.T).argmin(axis=1)
        far = max(far, numpy.linalg.norm(part - b[near], axis=1).max())
    return far


def land_m2(a, b):
    a, b = [list(zip(*CEA.transform(*zip(*path)))) for path in (a, b)]
    ends = [LineString([a[0], b[0]]), LineString([a[-1], b[-1]])]
    lines = [LineString(a), LineString(b), *[end for end in ends if end.length > 0]]
    return sum(face.area for face in polygonize(unary_union(lines)))


def main():
    features = json.load(open(ROOT / "data/chad-libya/segments.geojson"))["features"]
    line = [tuple(at) for feature in features for at in feature["geometry"]["coordinates"]]
    line = dense([at for i, at in enumerate(line) if i == 0 or at != line[i - 1]])
    rows = []
    for year, date in [(1899, (1899, 3, 21)), (1955, (1955, 8, 10)), (1994, (1994, 2, 3))]:
        corner = (16.0, tropic_deg(*date))
        for name, edge in [("geodesics", geodesic), ("rhumb lines", rhumb), ("straight in degrees", degrees)]:
            (west, west_m), (east, east_m) = edge((15.0, 23.0), corner), edge(corner, (24.0, 19.5))
            path = west + east[1:]
            rows.append([
                f"the tropic of {year}, {name}", f"{west_m:.2f}", f"{east_m:.2f}",
                f"{farthest(line, path):.1f}", f"{land_m2(line, path):.0f}",
            ])
    target = ROOT / "tests/data/readings"
    target.mkdir(exist_ok=True)
    with open(target / "expected.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["reading", "west_m", "east_m", "farthest_m", "between_m2"])
        out.writerows(rows)


main()
