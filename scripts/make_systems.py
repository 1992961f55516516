"""Writes crates/treatyline-crs/tests/systems.csv: places of all continents in sixty systems, and
where they are on WGS 84.

Needs pyproj (its own build of PROJ). A system is followed by the operation of the EPSG's that is
declared for the place; without one it is on WGS 84 itself. The place and four around it are brought
into the system, rounded as people round, and brought back through the operation by name. PROJ's
formulas from a map back to the globe are approximations in some projections: what they answer is
improved by Newton's method until its map is the place's.
"""

import csv
import math
import sys

import pyproj
from pyproj import CRS, Transformer

# Code of the system, operation, longitude and latitude near the place.
SYSTEMS = """
EPSG:32632 - 9.5 47.2 | EPSG:32644 - 81.2 45.1 | EPSG:32733 - 15.4 -22.3 | EPSG:32719 - -69.2 -20.1
EPSG:3031 - 45.0 -75.0 | EPSG:3995 - 30.0 80.0 | EPSG:3413 - -45.0 75.0 | EPSG:5041 - 10.0 85.0
EPSG:5042 - 10.0 -85.0 | EPSG:3857 - 80.2 42.2 | EPSG:3395 - -70.1 -30.2 | EPSG:4087 - 12.0 50.0
EPSG:6933 - 100.0 -20.0 | ESRI:102025 - 90.0 50.0 | ESRI:54009 - 25.0 -10.0 | ESRI:54030 - -100.0 41.3
EPSG:4979 - 12.0 50.0
EPSG:4258 EPSG:1149 8.1 47.6 | EPSG:25832 EPSG:1149 8.1 47.6 | EPSG:3035 EPSG:1149 22.3 60.2
EPSG:25835 EPSG:1149 28.3 69.5 | EPSG:25833 EPSG:1149 15.1 60.2 | EPSG:2154 EPSG:1671 2.5 46.7
EPSG:4269 EPSG:1188 -100.2 48.9 | EPSG:26914 EPSG:1188 -100.2 40.1 | EPSG:2264 EPSG:1188 -80.1 35.3
EPSG:3347 EPSG:1188 -100.0 52.0 | EPSG:6318 EPSG:9774 -105.1 39.2 | EPSG:6350 EPSG:9774 -105.1 39.2
EPSG:4674 EPSG:15894 -58.1 -20.4 | EPSG:31980 EPSG:15894 -62.4 -9.7 | EPSG:5880 EPSG:15894 -54.0 -12.0
EPSG:5343 EPSG:9264 -68.2 -40.1 | EPSG:4283 EPSG:1150 133.2 -25.1 | EPSG:28353 EPSG:1150 133.2 -25.1
EPSG:7844 EPSG:8450 133.2 -25.1 | EPSG:7855 EPSG:8450 146.5 -36.1 | EPSG:2193 EPSG:1565 174.1 -40.2
EPSG:6668 EPSG:9936 139.2 36.1 | EPSG:6677 EPSG:9936 139.2 36.1 | EPSG:4612 EPSG:1826 139.2 36.1
EPSG:4148 EPSG:1505 25.3 -29.1 | EPSG:2053 EPSG:1505 28.6 -29.3 | EPSG:4737 EPSG:15831 127.6 37.2
EPSG:5186 EPSG:15831 127.6 37.2 | EPSG:4326 - 80.2 42.2 | EPSG:4284 EPSG:15865 80.2 44.2
EPSG:28414 EPSG:15865 81.1 44.2 | EPSG:28415 EPSG:15865 85.3 48.1 | EPSG:2500 EPSG:15865 85.3 48.1
EPSG:4490 - 90.1 44.3 | EPSG:4479 - 90.1 44.3 | EPSG:4526 - 114.2 23.1 | EPSG:4548 - 117.0 40.1
EPSG:4314 EPSG:1777 11.4 49.2 | EPSG:31468 EPSG:1777 11.4 49.2 | EPSG:4277 EPSG:1314 -3.1 53.2
EPSG:27700 EPSG:1314 -3.1 53.2 | EPSG:4807 EPSG:8094 2.5 46.7 | EPSG:2056 EPSG:1676 8.2 46.8
EPSG:4203 EPSG:1669 133.2 -25.1 | EPSG:4240 EPSG:1812 100.5 15.2 | EPSG:24047 EPSG:1812 100.5 15.2
"""


def entries():
    for entry in SYSTEMS.replace("\n", "|").split("|"):
        if entry.strip():
            code, operation, lon, lat = entry.split()
            yield code, operation, float(lon), float(lat)


def through(operation, base):
    """From the geographic system to WGS 84, longitude before latitude."""
    named = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::" + operation[5:])
    # Registered operations keep the order of their systems, latitude first.
    assert base.axis_info[0].direction == "north", base

    def convert(lon, lat):
        lat, lon = named.transform(lat, lon)
        return lon, lat

    return convert


# Degrees of longitude and latitude from the place to the others.
AROUND = [(0, 0), (0.23, 0.11), (-0.19, 0.17), (0.13, -0.21), (-0.29, -0.07)]


def unprojected(back, x, y):
    """From the map of a system to the globe, exactly."""
    def left(place):
        fx, fy = back.transform(*place, direction="INVERSE")
        return x - fx, y - fy

    lon, lat = back.transform(x, y)
    dx, dy = left((lon, lat))
    part = 1.0
    for _ in range(60):
        if max(abs(dx), abs(dy)) < 1e-8:
            break
        h = 1e-6
        (ex, ey), (nx, ny) = left((lon + h, lat)), left((lon, lat + h))
        a, b, c, d = (dx - ex) / h, (dx - nx) / h, (dy - ey) / h, (dy - ny) / h
        place = (lon + part * (d * dx - b * dy) / (a * d - b * c),
                 lat + part * (a * dy - c * dx) / (a * d - b * c))
        next_dx, next_dy = left(place)
        # Where the projection has a bend, half of a step may be better than all of it.
        if math.hypot(next_dx, next_dy) < math.hypot(dx, dy):
            (lon, lat), dx, dy, part = place, next_dx, next_dy, 1.0
        else:
            part /= 2
    return lon, lat


def main(out):
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["system", "operation", "x", "y", "lon", "lat"])
    for code, operation, lon, lat in entries():
        crs = CRS.from_user_input(code)
        if crs.is_geocentric:
            continue
        base = crs.geodetic_crs
        if base.is_geocentric or len(base.axis_info) > 2:
            base = base.to_2d()
        geographic = Transformer.from_crs(base, crs.to_2d(), always_xy=True)
        back = Transformer.from_crs(crs.to_2d(), base, always_xy=True)
        for east, north in AROUND:
            at = lon + east, lat + north
            x, y = geographic.transform(*at) if crs.is_projected else at
            if code == "EPSG:4807":  # grads from Paris
                x, y = (at[0] - 2.337229167) / 0.9, at[1] / 0.9
            decimals = 2 if crs.is_projected else 7
            x, y = round(x, decimals), round(y, decimals)
            at = unprojected(back, x, y) if crs.is_projected else back.transform(x, y)
            if operation != "-":
                at = through(operation, base)(*at)
            rows.writerow([code, operation, x, y, f"{at[0]:.11f}", f"{at[1]:.11f}"])


print(pyproj.proj_version_str, file=sys.stderr)
main(sys.stdout)
