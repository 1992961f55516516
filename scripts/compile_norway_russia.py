#!/usr/bin/env python3
"""Writes segments.geojson, points.geojson and sectors.geojson of data/norway-russia-sea.

    scripts/compile_norway_russia.py      # pip install pyproj

The points are those of both treaties, read in tests/data/construct; every edge is one segment of two
vertices, because the engine joins two vertices by a geodesic, which is what the treaties say.
"""
import csv
import json
import pathlib
import re

from pyproj import Geod

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "tests/data"
OUT = ROOT / "data/norway-russia-sea"


def degrees(text):
    d, m, s = map(float, re.match(r"(\d+)°(\d+)'([\d.]+)\"", text).groups())
    return round(d + m / 60 + s / 3600, 9)


def points(year):
    lines = (DATA / f"construct/norway-russia-{year}.csv").read_text().splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [(r["point"], degrees(r["longitude"]), degrees(r["latitude"]), r) for r in rows]


def feature(key, properties, kind, coordinates):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": key, "properties": properties, "geometry": geometry}


def write(name, features):
    rows = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = '{\n"type": "FeatureCollection",\n"features": [\n' + rows + "\n]\n}\n"
    (OUT / name).write_text(text)


NOTES = {
    ("varanger", "3"): "Where the outer limits of the territorial seas meet.",
    ("varanger", "6"): "Also point 1 of 2010: not on the page of that treaty that was read.",
}
SEGMENTS, POINTS = [], []
for stem, stretch, year, instrument in [
    ("varanger", "varangerfjord", 2007, "agreement-2007"),
    ("barents", "barents-sea", 2010, "treaty-2010"),
]:
    places = points(year)
    for number, (a, b) in enumerate(zip(places, places[1:]), 1):
        SEGMENTS.append(
            feature(
                f"{stem}-{a[0]}-{b[0]}",
                {
                    "instrument": instrument,
                    "points": f"{a[0]}–{b[0]}",
                    "medium": "sea",
                    "course": "straight",
                    "stated_course": "straight",
                    "evidence": ["treaty-text"],
                    "stretch": stretch,
                    "sources": [instrument],
                    "accuracy_m": 0.3,
                    "start_m": 0.0,
                },
                "LineString",
                [[a[1], a[2]], [b[1], b[2]]],
            )
        )
    for name, x, y, row in places:
        if stem == "barents" and name == "1":
            continue
        properties = {
            "kind": "boundary-point",
            "name": f"Point {name} of {year}",
            "number": name,
            "position": "line",
            "accuracy_m": 0.3,
            "instrument": instrument,
            "sources": [instrument],
        }
        printed = {axis: row[axis].replace("'", "′").replace('"', "″") for axis in ("latitude", "longitude")}
        printed = {"name": f"the text of {year}", **printed, "source": instrument}
        properties["positions"] = [printed]
        if note := NOTES.get((stem, name)):
            properties["note"] = note
        POINTS.append(feature(f"{stem}-{name}", properties, "Point", [x, y]))
write("segments.geojson", SEGMENTS)
write("points.geojson", POINTS)

# Norway's part of the disputed area: west of the line, up to the Soviet sector line of 1926, which is
# taken to step to 35° E between 74° and 81° N, where the box of the treaty of 1920 is. Meridians and
# parallels are exact.
SECTOR = degrees("32°04'35\"")
line = [(x, y) for _, x, y, _ in points(2010)]


def crossing(a, b, is_past):
    """Where the geodesic from a to b passes a limit, by bisection."""
    geod = Geod(ellps="WGS84")
    azimuth, _, length = geod.inv(*a, *b)
    low, high = 0.0, length
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if is_past(geod.fwd(*a, azimuth, middle)) else (middle, high)
    x, y, _ = geod.fwd(*a, azimuth, low)
    return x, y


# From point 6 on the line runs some metres west of 35° E: the part in the south ends where the line
# passes the box, the one in the north begins where it passes 81°.
_, y = crossing(line[4], line[5], lambda at: at[0] < 35.0)
x, _ = crossing(line[5], line[6], lambda at: at[1] > 81.0)
box = (35.0, round(y, 9))
# The first and the last point lie 4 and 125 m west of the sector line: the parts begin and end where the
# line passes it.
_, first = crossing(line[0], line[1], lambda at: at[0] > SECTOR)
_, last = crossing(line[6], line[7], lambda at: at[0] < SECTOR)
BEGIN, END = (SECTOR, round(first, 9)), (SECTOR, round(last, 9))
SOUTH = [BEGIN] + line[1:5] + [box, (35.0, 74.0), (SECTOR, 74.0), BEGIN]
NORTH = [(SECTOR, 81.0), (round(x, 9), 81.0), line[6], END, (SECTOR, 81.0)]
write(
    "sectors.geojson",
    [
        feature(
            "norway",
            {
                "name": "Norway's part of the disputed area",
                "area": "area-disputed * 50 %",
                "assumes": "“two parts of approximately the same size” means equal halves, and the sector "
                "line steps to 35° E between 74° and 81° N",
                "parallels": True,
                "evidence": "inferred",
                "accuracy_m": 150.0,
                "settled_by": "treaty-2010",
                "sources": ["joint-statement-2010", "springer-sector", "zilanov-2013", "own-work"],
                "note": "Between the line of 2010 and the sector line of 1926, whose step around Svalbard "
                "is inferred: points 6 and 7 of 2010 lie on 35° E. The decree names no datum, so its "
                "meridians are taken to be good to 150 m. The outline begins and ends where the "
                "line passes the sector line, 125 m before its last point.",
            },
            "MultiPolygon",
            [[[list(at) for at in ring]] for ring in (SOUTH, NORTH)],
        )
    ],
)
