#!/usr/bin/env python3
"""Writes segments.geojson and points.geojson of tests/data/norway-russia-sea.

    scripts/compile_norway_russia.py

The points are those of both treaties, read in tests/data/construct; every edge is one segment of two
vertices, because the engine joins two vertices by a geodesic, which is what the treaties say.
"""
import csv
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "tests/data"
OUT = DATA / "norway-russia-sea"


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
        note = NOTES.get((stem, name))
        printed = f"Printed as {row['latitude']} N, {row['longitude']} E.".replace('"N', '"').replace('"E', '"')
        printed = printed.replace("'", "′").replace('"', "″")
        properties["note"] = f"{printed} {note}" if note else printed
        POINTS.append(feature(f"{stem}-{name}", properties, "Point", [x, y]))
write("segments.geojson", SEGMENTS)
write("points.geojson", POINTS)
