"""Writes crates/treatyline-crs/tests/projections.txt: projected systems on WGS 84 and CGCS2000 as
files state them, and places all over where they are used.

With the argument `lines` it writes tests/data/formats/lines_in_systems.txt instead: systems, lines of
two positions in them, and their lengths.

Needs pyproj (its own build of PROJ). A line that begins with `=` is the definition of a system; the
lines below it, until the next one, are places: longitude, latitude, x, y. PROJ's own inverse is not
asked: of equal-area projections that of this version is good to a millimetre only.
"""

import sys

import pyproj
from pyproj import CRS, Transformer

NOTATIONS = ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019", "PROJJSON"]

# Codes that are written as codes: their parameters follow from the number. Some are looked at all
# over their area of use, the others at a few places.
ZONES = [32600 + zone for zone in range(1, 61)] + [32700 + zone for zone in range(1, 61)]
WHOLE_ZONES = [32601, 32632, 32644, 32660, 32733, 32756]
OTHERS = [3857, 3395, 3031, 3413, 3995, 3996, 5041, 5042, 32661, 32761]
CHINA = list(range(4491, 4555))

# Systems that are written down in each notation. Those with a code are widely used; the parameters of
# the others have no zeros in them, so that none can be forgotten.
WRITTEN = [
    "EPSG:32644", "EPSG:32719", "EPSG:3395", "EPSG:3832", "EPSG:3994", "EPSG:3857", "EPSG:3031",
    "EPSG:3413", "EPSG:5041", "EPSG:5042", "ESRI:102018", "ESRI:102021", "ESRI:102012",
    "ESRI:102024", "ESRI:102025", "ESRI:102022", "ESRI:102028", "EPSG:3571", "EPSG:3575",
    "ESRI:102017", "ESRI:102020", "EPSG:5921", "EPSG:3204", "EPSG:4502", "EPSG:4516",
]  # fmt: skip
MADE = {
    "+proj=tmerc +lat_0=41.5 +lon_0=75.25 +k=0.99987 +x_0=1234567.8 +y_0=-98765.4": (40, -80, 110, 84),
    "+proj=tmerc +lat_0=-12 +lon_0=-177 +k=1 +x_0=500000 +y_0=10000000": (163, -80, -157, 60),
    "+proj=merc +lat_ts=41.3 +lon_0=51.7 +x_0=1000 +y_0=-2000": (-128, -80, 231, 84),
    "+proj=merc +k=0.997 +lon_0=110.3 +x_0=3900000 +y_0=900000": (-69, -80, 290, 84),
    "+proj=lcc +lat_1=47.5 +lat_0=47.5 +lon_0=68.2 +k_0=0.99905 +x_0=600000 +y_0=200000":
        (0, -30, 140, 85),
    "+proj=lcc +lat_1=-20.5 +lat_2=-33.25 +lat_0=-27 +lon_0=135.5 +x_0=1000000 +y_0=2000000":
        (60, -85, 210, 20),
    "+proj=aea +lat_1=27 +lat_2=45.5 +lat_0=35.1 +lon_0=105.2 +x_0=4000000 +y_0=-300000":
        (20, -30, 190, 85),
    "+proj=aea +lat_1=-18 +lat_2=-36 +lat_0=5 +lon_0=132 +x_0=11 +y_0=22": (50, -85, 210, 30),
    "+proj=laea +lat_0=45.7 +lon_0=92.3 +x_0=4321000 +y_0=3210000": (10, -30, 170, 85),
    "+proj=laea +lat_0=0 +lon_0=-60 +x_0=0 +y_0=0": (-140, -70, 20, 70),
    "+proj=stere +lat_0=90 +lat_ts=63.5 +lon_0=-33.3 +x_0=500 +y_0=900": (-180, 20, 180, 90),
    "+proj=stere +lat_0=-90 +lat_ts=-80.2389 +lon_0=12 +x_0=7 +y_0=8": (-180, -90, 180, -20),
}  # fmt: skip
# Lengths in other units.
IN_FEET = "+proj=tmerc +lat_0=40 +lon_0=80 +k=0.9999 +x_0=304800.6 +y_0=3048.006 +units=us-ft"


def places(bounds, steps):
    west, south, east, north = bounds
    east += 360 if east < west else 0
    for i in range(steps + 1):
        for j in range(steps + 1):
            lon = west + (east - west) * (i + 0.02) / (steps + 0.05)
            yield (lon + 180) % 360 - 180, south + (north - south) * j / steps


def table(crs, bounds, steps):
    forward = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    for lon, lat in places(bounds, steps):
        lon, lat = round(lon, 3), round(lat, 3)
        x, y = forward.transform(lon, lat)
        print(f"{lon},{lat},{x:.5f},{y:.5f}")


def notations(crs):
    for notation in NOTATIONS:
        try:
            text = crs.to_json() if notation == "PROJJSON" else crs.to_wkt(notation)
        except pyproj.exceptions.CRSError:
            continue  # Esri has no such method
        yield " ".join(text.split())


def main():
    for number in ZONES + OTHERS + CHINA:
        crs = CRS(f"EPSG:{number}")
        is_whole = number in WHOLE_ZONES + OTHERS
        print(f"=EPSG:{number}")
        table(crs, crs.area_of_use.bounds, 6 if is_whole else 1)
    for number, code in enumerate(WRITTEN):
        crs = CRS(code)
        for notation in notations(crs):
            print(f"={notation}")
            table(crs, crs.area_of_use.bounds, 2)
    for definition, bounds in MADE.items():
        # PROJ has a system of its own make for these; only its name is not WGS 84.
        crs = CRS(definition + " +datum=WGS84 +type=crs")
        for notation in [*notations(crs), definition + " +datum=WGS84 +units=m +no_defs"]:
            print(f"={notation.replace(chr(34) + 'unknown' + chr(34), chr(34) + 'WGS 84' + chr(34))}")
            table(crs, bounds, 3)
    crs = CRS(IN_FEET + " +datum=WGS84 +type=crs")
    for notation in notations(crs):
        print(f"={notation.replace(chr(34) + 'unknown' + chr(34), chr(34) + 'WGS 84' + chr(34))}")
        table(crs, (75, 30, 85, 50), 2)


# Systems of the lines, the notation that each is written in, and the two ends.
LINES = """
EPSG:32644 code 80.1 44.9 83.2 45.3 | EPSG:32719 code -69.5 -20.1 -68.1 -22.9
EPSG:3857 code 80.1 42.2 87.3 49.1 | EPSG:3395 code -70.1 -30.2 -65.3 -28.9
EPSG:3031 code 45 -75 100 -80 | EPSG:3413 code -45 75 -20 82 | EPSG:5041 code 10 85 -150 88
EPSG:4502 code 74.1 40.2 76.3 39.5 | EPSG:4516 code 83.1 44.9 84.9 46.1
ESRI:102025 WKT1_ESRI 80.1 42.2 87.3 49.1 | ESRI:102012 WKT1_ESRI 80.1 42.2 87.3 49.1
ESRI:102017 WKT1_GDAL 80.1 42.2 87.3 49.1 | EPSG:3571 PROJJSON 80.1 72.2 87.3 69.1
EPSG:3395 WKT2_2019 80.1 42.2 87.3 49.1 | EPSG:32644 PROJ 80.1 44.9 83.2 45.3
"""


def lines():
    geod = pyproj.Geod(ellps="WGS84")
    for entry in LINES.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        code, notation, *ends = entry.split()
        lons, lats = [float(end) for end in ends[::2]], [float(end) for end in ends[1::2]]
        crs = CRS(code)
        x, y = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True).transform(lons, lats)
        positions = [[round(at, 3) for at in pair] for pair in zip(x, y)]
        if notation == "PROJ":
            text = "+proj=utm +zone=44 +datum=WGS84 +units=m +no_defs"
        else:
            texts = {"code": code, "PROJJSON": crs.to_json()}
            text = " ".join((texts.get(notation) or crs.to_wkt(notation)).split())
        print(text, positions, f"{geod.line_length(lons, lats):.4f}", sep="\t")


print(pyproj.proj_version_str, file=sys.stderr)
lines() if sys.argv[1:] == ["lines"] else main()
