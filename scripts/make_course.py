#!/usr/bin/env python3
"""Writes the files of tests/data/course: a line, the same drawn otherwise, and its rivers.

    scripts/make_course.py ../shared/data/world/natural_earth_10m_boundary_lines_land.geojson

The line runs over the landscape of tests/data/relief/ridge_and_valley.tif: from 80.1 E eastwards
along its ridge, from 80.5 E along its valley, then across a lake and over three long straight
edges on the slope to the north, the last one out of the raster. In the valley a river runs 200 m
next to it, then another one; a third river crosses it. The other drawing is
300 m away, has a bay of 3 km in the second river, and is drawn the other way.

france_spain.geojson is the boundary of France and Spain out of Natural Earth, 1:10m (public
domain), as it is there: three lines that Andorra keeps apart. It was not prepared for this.
"""

import json
import math
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "tests/data/course"


def write(name, features, **members):
    rows = ",\n".join(json.dumps(f, ensure_ascii=False) for f in features)
    head = "".join(f"{json.dumps(k)}: {json.dumps(v)},\n" for k, v in members.items())
    text = f'{{"type": "FeatureCollection",\n{head}"features": [\n{rows}\n]}}\n'
    (OUT / f"{name}.geojson").write_text(text)


def feature(kind, coordinates, **properties):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def path(start, end, north_m=0.0, bend_m=60.0):
    """Along 45 N with a vertex every 0.004 degrees (315 m), which bends a little; moved north."""
    steps = round((end - start) / 0.004)
    degrees = [start + 0.004 * i for i in range(steps + 1)]
    bend = lambda x: bend_m * math.sin(2 * math.pi * x / 0.05)
    return [[round(x, 6), round(45 + (north_m + bend(x)) / 111132, 6)] for x in degrees]


line = path(80.1, 80.9) + [[80.92, 45.03], [80.92, 45.06], [81.1, 45.1]]
write("line", [feature("LineString", line)], title="Ridge and valley", nominal_scale=100000)

bay = lambda x, y: [x, round(y + 0.027, 6)] if 80.68 < x < 80.72 else [x, y]
other = [bay(x, round(y + 0.0027, 6)) for x, y in line[:-1]]
write("other", [feature("LineString", other[::-1])], title="The same, drawn otherwise")

lake = path(80.75, 80.83, 1500, 0) + path(80.75, 80.83, -1500, 0)[::-1]
rivers = [
    feature("LineString", path(80.51, 80.58, 200), name="Sweet Water", level=1),
    feature("LineString", path(80.64, 80.73, -200), name="霍尔果斯河", level=1),
    feature("Polygon", [lake + lake[:1]], name="Still Water"),
    feature("LineString", [[80.3, 44.95 + 0.01 * i] for i in range(11)], name="Crossing"),
    feature("Point", [80.74, 45.0], name="a spring"),
]
write("rivers", rivers)

if len(sys.argv) > 1:
    world = json.loads(Path(sys.argv[1]).read_text())["features"]
    sides = lambda f: {f["properties"][k] for k in ("adm0_a3_l", "adm0_a3_r")}
    kept = ("featurecla", "adm0_a3_l", "adm0_a3_r")
    pair = [
        {**f, "properties": {k: f["properties"][k] for k in kept}}
        for f in world
        if sides(f) == {"FRA", "ESP"}
    ]
    write("france_spain", pair, title="France and Spain, Natural Earth 1:10m",
          nominal_scale=10000000)
