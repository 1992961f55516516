#!/usr/bin/env python3
"""Writes segments.geojson, points.geojson and sectors.geojson of the United States–Mexico dossier.

    compile_us_mexico.py [--boundaries DIR] [OUT]      # pip install pyproj

The line is that of the International Boundary and Water Commission as kept in us-mexico.geojson (six
stretches, Gulf to Pacific); numbers of monuments are those that us-mexico-monuments.csv infers by counting.
Nothing is moved or thinned. Two of the 39,673 vertices repeat the one before to the last digit and are left
out: 39,671 remain. The line is cut at source vertices where an instrument, the medium or the course changes.
"""
import argparse
import csv
import json
import pathlib
import re

from pyproj import Geod

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARSER = argparse.ArgumentParser()
PARSER.add_argument("--boundaries", type=pathlib.Path, default=ROOT.parent / "shared/data/boundaries")
PARSER.add_argument("out", type=pathlib.Path, nargs="?", default=ROOT / "data/us-mexico")
ARGS = PARSER.parse_args()
GEOD = Geod(ellps="WGS84")


def degrees(text):
    """32°32′03.82″N as decimal degrees, nine decimals."""
    d, m, s, way = re.match(r"(\d+)°(\d+)′([\d.]+)″([NSEW])", text).groups()
    return round((int(d) + int(m) / 60 + float(s) / 3600) * (-1 if way in "SW" else 1), 9)


def feature(key, properties, kind, coordinates):
    geometry = coordinates and {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": key, "properties": properties, "geometry": geometry}


def write(name, features, **members):
    head = [f'"{key}": {json.dumps(value, ensure_ascii=False)},\n' for key, value in members.items()]
    rows = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = '{\n"type": "FeatureCollection",\n' + "".join(head) + '"features": [\n' + rows + "\n]\n}\n"
    (ARGS.out / name).write_text(text)


# ---------------------------------------------------------------------------
# The source: one list of vertices, as the source numbers them
# ---------------------------------------------------------------------------

SOURCE = json.loads((ARGS.boundaries / "us-mexico.geojson").read_text())
VERTICES = []
for stretch in sorted(SOURCE["features"], key=lambda it: it["properties"]["order"]):
    path = stretch["geometry"]["coordinates"]
    assert len(VERTICES) == 0 or VERTICES[-1] == path[0], stretch["id"]
    VERTICES += path[1:] if VERTICES else path
assert len(VERTICES) == 39_673

with open(ARGS.boundaries / "us-mexico-monuments.csv", newline="") as file:
    ROWS = list(csv.DictReader(file))
# Where each numbered monument is in the line.
MONUMENT = {int(row["number_inferred"]): int(row["source_index"]) for row in ROWS if row["number_inferred"]}
for row in ROWS:
    x, y = VERTICES[int(row["source_index"])]
    assert abs(x - float(row["longitude_nad83"])) < 6e-8 and abs(y - float(row["latitude_nad83"])) < 6e-8


def piece(begin, end):
    """Source vertices from begin to end, without those that repeat the one before."""
    path = VERTICES[begin : end + 1]
    return [at for i, at in enumerate(path) if i == 0 or at != path[i - 1]]


RIVER_END, GILA, COAST, LAST = 38_716, 39_609, 39_668, 39_672

# ---------------------------------------------------------------------------
# Segments
# ---------------------------------------------------------------------------

# 10″ between plumb line and normal are 300 m. Positions of the 1850s are by the stars; how far the plumb line
# is off here no source says: 10″ is this dossier's choice, of the size that mountains make.
PLUMB_M = 300.0
SEGMENTS = [
    # id, first and last source vertex, properties
    ("gulf", 0, 1, {
        "instrument": "treaty-1970", "medium": "sea", "course": "straight", "evidence": ["treaty-text"],
        "stretch": "gulf", "sources": ["treaty-1978", "ibwc-line", "marpol"], "accuracy_m": 50.0,
        "note": "That a treaty of 1970 runs for twelve nautical miles into the sea is read in the preamble of "
        "1978; article V with the points was not found. Both vertices are whole hundredths of a second, as if "
        "typed from a list; a list in the annex to MARPOL has both some 45 m to the north-west (point/gulf-end, "
        "point/mouth): it seems that they are coordinates of NAD27, never transformed."}),
    ("rio-grande", 1, RIVER_END, {
        "instrument": "treaty-1970", "medium": "river", "course": "river", "evidence": ["treaty-text"],
        "stretch": "rio-grande", "moves_with_river": True,
        "sources": ["treaty-1848", "treaty-1853", "treaty-1970", "ibwc-line", "ibwc-history"],
        "accuracy_m": 15.0,
        "note": "“Up the middle” of the river, where there is more than one channel of the deepest (1848, article "
        "V). Slow movements move the boundary, sudden ones do not (1884); the treaty of 1970, whose title keeps "
        "the river as the boundary, was read in its opening only. Digitised by the commission from orthophotos of 2004 and "
        "2005, to 5 m, less well where the channel is hard to see. The part that was straightened after "
        "1933 and the new channel of 1963 are in it; where they begin and end no source says."}),
    ("parallel-31-47", RIVER_END, MONUMENT[40], {
        "instrument": "treaty-1853", "points": "river – Monument 40", "medium": "land", "course": "straight",
        "stated_course": "parallel 31°47′N", "plumb_line_m": PLUMB_M, "evidence": ["treaty-text"],
        "stretch": "rio-grande-to-colorado", "sources": ["treaty-1853", "ibwc-line", "own-work"],
        "accuracy_m": 5.0,
        "note": "“Due west one hundred miles”. Straight edges from monument to monument."}),
    ("meridian", MONUMENT[40], MONUMENT[53], {
        "instrument": "treaty-1853", "points": "Monuments 40–53", "medium": "land", "course": "straight",
        "stated_course": "meridian", "evidence": ["treaty-text"],
        "stretch": "rio-grande-to-colorado", "sources": ["treaty-1853", "ibwc-line"], "accuracy_m": 5.0,
        "note": "“South”, from the end of the hundred miles."}),
    ("parallel-31-20", MONUMENT[53], MONUMENT[127], {
        "instrument": "treaty-1853", "points": "Monuments 53–127", "medium": "land", "course": "straight",
        "stated_course": "parallel 31°20′N", "plumb_line_m": PLUMB_M, "evidence": ["treaty-text"],
        "stretch": "rio-grande-to-colorado", "sources": ["treaty-1853", "ibwc-line", "own-work"],
        "accuracy_m": 5.0,
        "note": "To “the 111th meridian of longitude west of Greenwich”. Straight edges from monument to monument."}),
    ("oblique", MONUMENT[127], MONUMENT[205], {
        "instrument": "treaty-1853", "points": "Monuments 127–205", "medium": "land", "course": "straight",
        "stated_course": "straight", "plumb_line_m": PLUMB_M, "evidence": ["treaty-text"],
        "stretch": "rio-grande-to-colorado", "sources": ["treaty-1853", "ibwc-line", "own-work"],
        "accuracy_m": 5.0,
        "note": "“A straight line”. Tested between the monuments at both ends; what is straight is read as a geodesic. "
        "It is two geodesics that meet at Monument 174, one within 26 m and one within 49 m. From the rhumb line between the same ends it is up to "
        "630 m, from a line straight in degrees up to 796 m: of which kind its straight line is the treaty does not say, "
        "but the line in California is a geodesic, within 69 m."}),
    ("colorado", MONUMENT[205], GILA, {
        "instrument": "treaty-1970", "medium": "river", "course": "river", "evidence": ["treaty-text"],
        "stretch": "colorado", "moves_with_river": True,
        "sources": ["treaty-1853", "treaty-1970", "ibwc-line", "ibwc-history"], "accuracy_m": 15.0,
        "note": "“Up the middle” of the river (1853, article I). The commission's line of 1972. Its upper end is near the old "
        "mouth of the Gila."}),
    ("california", GILA, MONUMENT[258], {
        "instrument": "treaty-1848", "points": "river – Monument 258", "medium": "land", "course": "straight",
        "stated_course": "straight", "plumb_line_m": PLUMB_M, "evidence": ["treaty-text"],
        "stretch": "california", "sources": ["treaty-1848", "ibwc-line", "own-work"], "accuracy_m": 5.0,
        "note": "“A straight line” from the middle of the Gila, where it meets the Colorado, to a point on the "
        "Pacific one marine league south of the port of San Diego (article V)."}),
    ("shore", MONUMENT[258], COAST, {
        "instrument": "treaty-1970", "medium": "land", "course": "straight", "evidence": ["reference-work", "inferred"],
        "stretch": "california", "sources": ["van-zandt", "ibwc-line", "marpol"], "accuracy_m": 15.0,
        "note": "From Monument 258 to the first point of the line at sea. The monument is “about 200 yards from the "
        "shoreline” (van-zandt); by its metadata the commission extended the line here from the "
        "map of 1970. That this edge is the land between them is inferred."}),
    ("pacific", COAST, LAST, {
        "instrument": "treaty-1970", "medium": "sea", "course": "straight", "evidence": ["treaty-text"],
        "stretch": "pacific", "sources": ["treaty-1978", "ibwc-line", "marpol"], "accuracy_m": 50.0,
        "note": "As in the Gulf; but these vertices are not whole hundredths of a second, and they agree with "
        "the annex to MARPOL."}),
]
# How far the beginning of a segment may be from the true one, along the line: the accuracy of the two that
# meet there. The line itself begins in the sea.
PATHS, KEPT = {}, 1
rows = []
before = None
for key, begin, end, properties in SEGMENTS:
    PATHS[key] = piece(begin, end)
    KEPT += len(PATHS[key]) - 1
    start = 0.0 if before is None else max(before, properties["accuracy_m"])
    before = properties["accuracy_m"]
    order = ["instrument", "points", "medium", "course", "stated_course", "plumb_line_m", "evidence", "stretch",
             "moves_with_river", "sources", "accuracy_m"]
    ordered = {name: properties[name] for name in order if name in properties}
    ordered |= {"start_m": start, "note": properties["note"]}
    rows.append(feature(key, ordered, "LineString", PATHS[key]))
assert KEPT == 39_671, KEPT

write(
    "segments.geojson",
    rows,
    title="The United States–Mexico boundary of the International Boundary and Water Commission, Gulf to Pacific",
    licence=SOURCE["licence"],
    attribution=SOURCE["attribution"],
    method="NAD83 coordinates taken unchanged as WGS 84 and rounded to seven decimals; cut into ten segments; two "
    "vertices that repeat the one before left out. Not endorsed by the commission; provisional, and not for critical uses.",
)

# ---------------------------------------------------------------------------
# What the words of 1853 say, constructed (also in readings/1853.toml)
# ---------------------------------------------------------------------------

P4700, P3120, M111 = 31 + 47 / 60, 31 + 20 / 60, -111.0


def along_parallel(latitude, from_longitude, metres):
    """The longitude that many metres west of another one along a parallel of WGS 84."""
    import math

    a, e2 = GEOD.a, GEOD.es
    phi = math.radians(latitude)
    radius = a * math.cos(phi) / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    return from_longitude - math.degrees(metres / radius)


MILES_END = round(along_parallel(P4700, VERTICES[RIVER_END][0], 160_934.4), 9)
LATITUDE_47, LATITUDE_20 = round(P4700, 9), round(P3120, 9)

# ---------------------------------------------------------------------------
# Points
# ---------------------------------------------------------------------------

COUNTED = "Its number is inferred by counting the vertices of the line from Monument 1, which closes at 40, 53, 71, 127, 205 and 258."
POINTS = []


def point(key, kind, name, place, *, position="line", accuracy=None, **more):
    properties = {"kind": kind, "name": name}
    order = ["names", "number"]
    properties |= {name: more[name] for name in order if name in more}
    properties["position"] = position
    if place:
        properties["accuracy_m"] = accuracy
    order = ["opposite", "instrument", "sources", "positions", "note"]
    properties |= {name: more[name] for name in order if name in more}
    POINTS.append(feature(key, properties, "Point", place))


def marpol(latitude, longitude):
    return {"name": "the annex to MARPOL", "latitude": latitude, "longitude": longitude, "source": "marpol"}


def monument(number, note=None, **more):
    note = f"{note} {COUNTED}" if note else COUNTED
    point(f"monument-{number}", "boundary-point", f"Monument {number}", VERTICES[MONUMENT[number]],
          number=str(number), accuracy=5.0, instrument="convention-1882",
          **({"sources": ["ibwc-line"]} | more), note=note)


point("gulf-end", "boundary-point", "End in the Gulf of Mexico", VERTICES[0], accuracy=50.0,
      instrument="treaty-1970", sources=["ibwc-line", "marpol"],
      positions=[marpol("25°58′32″N", "96°55′28″W")],
      note="In the line exactly 25°58′30.57″ N, 96°55′27.37″ W. Read as NAD27 and brought to WGS 84 by EPSG:1173 "
      "this is 25°58′31.88″ N, 96°55′28.35″ W, which the annex has to the second. That the annex is on WGS 84 "
      "(or NAD83) is inferred: it names no datum, but has the points in the Pacific where the line has them.")
point("mouth", "mouth", "Mouth of the Rio Grande", VERTICES[1], accuracy=50.0,
      names={"es": "desembocadura del río Bravo"}, instrument="treaty-1970", sources=["ibwc-line", "marpol", "mundogeo"],
      positions=[marpol("25°57′24″N", "97°08′21″W")],
      note="In the line exactly 25°57′22.18″ N, 97°08′19.76″ W; through EPSG:1173, as if NAD27, 25°57′23.49″ N, "
      "97°08′20.76″ W.")
point("initial-point", "boundary-point", "Middle of the Rio Grande at 31°47′", VERTICES[RIVER_END], accuracy=50.0,
      instrument="treaty-1853", sources=["ibwc-line", "treaty-1853"],
      note="Where the line leaves the river. The accuracy is for the treaty's point: the river of 2004 and 2005 "
      "need not have its middle where that of 1853 or 1892 had it.")
monument(1)
monument(40, "West end of the parallel of 31°47′.")
monument(53, "South end of the meridian.", sources=["ibwc-line", "emory-1855"],
         positions=[{"name": "the commission of 1855", "latitude": "31°20′N", "longitude": "108°09′41.85″W",
                     "exact": True, "datum": "unknown", "datum_m": PLUMB_M, "source": "emory-1855"}])
monument(71, "Arizona and New Mexico meet here.")
monument(127, "Where the parallel of 31°20′ ends.", sources=["ibwc-line", "treaty-1853", "emory-1855"],
         positions=[{"name": "the treaty of 1853", "latitude": "31°20′N", "longitude": "111°W", "exact": True,
                     "datum": "unknown", "datum_m": PLUMB_M, "source": "treaty-1853"}])
monument(174, "Here the oblique line is farthest from its chord: 1,404 m.")
monument(175, "By Sonoyta: 1,366 m from the chord, given elsewhere as the largest distance.")
monument(205, "On the bank of the Colorado.", sources=["ibwc-line", "frus-1897"])
monument(206, "Near the old mouth of the Gila.")
point("gila", "boundary-point", "Upper end of the Colorado", VERTICES[GILA], accuracy=15.0,
      instrument="treaty-1848", sources=["ibwc-line", "treaty-1848"],
      note="Where the line leaves the river: by the treaty the middle of the Gila where it meets the Colorado. "
      "The Gila's mouth has moved since.")
monument(258, "Its coordinates are printed as 32°32′03.82″ N, 117°07′18.84″ W, NAD 1927 (van-zandt). The format has "
         "no place for latitude and longitude alone in another datum, so the position is these brought to WGS 84 "
         "by EPSG:1173 with pyproj; what is allowed for the datum, 10 m, is the accuracy that operation declares.",
         sources=["ibwc-line", "van-zandt", "epsg", "mundogeo"],
         positions=[{"name": "Van Zandt, through EPSG:1173", "latitude": "32°32′04.07″N", "longitude": "117°07′21.91″W",
                     "datum": "unknown", "datum_m": 10.0, "source": "van-zandt"}])
point("coast", "boundary-point", "Pacific coast", VERTICES[COAST], accuracy=15.0, instrument="treaty-1970",
      sources=["ibwc-line", "marpol"], positions=[marpol("32°32′04″N", "117°07′29″W")])
for number, (latitude, longitude) in enumerate(
    [("32°31′39″N", "117°14′20″W"), ("32°33′13″N", "117°15′50″W"), ("32°34′21″N", "117°22′01″W"),
     ("32°35′23″N", "117°27′53″W")], 1):
    at = COAST + number
    key, name = (f"pacific-{number}", f"Turning point {number} in the Pacific") if at < LAST else ("pacific-end", "End in the Pacific")
    point(key, "boundary-point", name, VERTICES[at], accuracy=50.0, instrument="treaty-1970",
          sources=["ibwc-line", "marpol"], positions=[marpol(latitude, longitude)])
point("port-san-diego", "landmark", "Southernmost point of the port of San Diego", None, position="none",
      instrument="treaty-1848", sources=["treaty-1848"],
      note="After Pantoja's plan of 1782 (article V); no source gives its coordinates.")

# Where the words of 1853 put three corners. They are not on the line.
WORDS = ["treaty-1853", "ibwc-line", "own-work"]
point("words-100-miles", "boundary-point", "One hundred miles west of the river", [MILES_END, LATITUDE_47],
      position="none", accuracy=50.0, instrument="treaty-1853", sources=WORDS,
      note="100 statute miles along the geodetic parallel of 31°47′ on WGS 84 from the longitude at which the line leaves the river.")
point("words-111", "boundary-point", "111° W on 31°20′ N", [M111, LATITUDE_20], position="none", accuracy=PLUMB_M,
      instrument="treaty-1853", sources=WORDS)

# Towns, to test the sides. Their places are the middles that a gazetteer gives, taken as good to 500 m; towns
# nearer to the line than that (Brownsville, San Luis) test nothing and are left out.
for us, mx in [
    (("laredo", "Laredo", -99.50754, 27.50641, 4705349), ("nuevo-laredo", "Nuevo Laredo", -99.51639, 27.47629, 3522551)),
    (("eagle-pass", "Eagle Pass", -100.49952, 28.70914, 5520677), ("piedras-negras", "Piedras Negras", -100.52353, 28.70007, 3992619)),
    (("el-paso", "El Paso", -106.48693, 31.75872, 5520993), ("ciudad-juarez", "Ciudad Juárez", -106.46084, 31.72024, 4013708)),
    (("douglas", "Douglas", -109.54534, 31.34455, 5293083), ("agua-prieta", "Agua Prieta", -109.54251, 31.3224, 4019260)),
    (("nogales-arizona", "Nogales (Arizona)", -110.93425, 31.34038, 5306611), ("nogales-sonora", "Nogales (Sonora)", -110.94217, 31.30862, 4004886)),
    (("calexico", "Calexico", -115.49888, 32.67895, 5332698), ("mexicali", "Mexicali", -115.45446, 32.62781, 3996069)),
    (("imperial-beach", "Imperial Beach", -117.11308, 32.58394, 5359054), ("tijuana", "Tijuana", -117.00371, 32.5027, 3981609)),
]:
    for party, (key, name, x, y, number), other in [("USA", us, mx), ("MEX", mx, us)]:
        opposite = {"opposite": other[0]} if party == "USA" else {}
        point(key, "settlement", name, [x, y], position=party, accuracy=500.0, sources=["geonames"], **opposite,
              note=f"GeoNames {number}. A town's middle is not known better than to some 500 m.")
write("points.geojson", POINTS, title="Points of the United States–Mexico boundary")

# ---------------------------------------------------------------------------
# Sectors: land between the words of 1853 and the line; tracts that treaties exchanged
# ---------------------------------------------------------------------------


def geodesic(a, b, step_m=5_000.0):
    """Vertices between two places along the geodesic, so that no program draws it otherwise."""
    azimuth, _, length = GEOD.inv(*a, *b)
    count = max(1, round(length / step_m))
    between = [GEOD.fwd(*a, azimuth, length * i / count)[:2] for i in range(1, count)]
    return [a] + [[round(x, 7), round(y, 7)] for x, y in between] + [b]


def counter_clockwise(ring):
    ring = ring if ring[0] == ring[-1] else ring + [ring[0]]
    return ring if GEOD.polygon_area_perimeter(*zip(*ring))[0] > 0 else ring[::-1]


M40, M53, M127, M205 = (VERTICES[MONUMENT[n]] for n in (40, 53, 127, 205))
CORNER = [M111, LATITUDE_20]
# The strip between the meridian of the monuments and that of the hundred miles; its ends are the geodetic parallels.
STRIP = [[M40[0], LATITUDE_47], [MILES_END, LATITUDE_47], [MILES_END, LATITUDE_20], [M53[0], LATITUDE_20]]
CHORD = geodesic(M127, M205)
TREATY = geodesic(CORNER, M205)
OBLIQUE = PATHS["oblique"]
# Between the line that the treaty describes and the line; the short side is from Monument 127, 110 m south of
# the parallel, to the corner.
WHOLE = TREATY + OBLIQUE[-2::-1]
TRIANGLE = TREATY + CHORD[-2::-1]


def tract(key, name, area, award, party, treaty, sources, note):
    awards = {"awards": {party: award}} if isinstance(award, str) else {"awards": award}
    return feature(key, {"name": name, **({"area": area} if area else {}), **awards, "settled_by": treaty,
                         "sources": sources, "note": note}, "Polygon", None)


WORDS_NOTE = "Nobody disputes it today; Mexico proposed in 1897 to rectify the line by the words of 1853 (frus-1897)."
SECTORS = [
    feature("hundred-miles", {
        "name": "The hundred miles' strip", "area": "area-hundred-miles", "parallels": True, "accuracy_m": 55.0,
        "evidence": "inferred", "sources": ["treaty-1853", "frus-1897", "ibwc-line", "own-work"],
        "note": "Between the meridian of the monuments and the one that is a hundred miles from the river, from 31°47′ to 31°20′. By the words of 1853 in "
        "the United States, by the line in Mexico. Accuracy: that of the river's end, 50 m, and of the monuments. " + WORDS_NOTE},
        "Polygon", [counter_clockwise(STRIP)]),
    feature("oblique-1853", {
        "name": "The oblique line and the words of 1853", "area": "area-oblique", "accuracy_m": 5.0,
        "evidence": "inferred", "sources": ["treaty-1853", "ibwc-line", "own-work"],
        "note": "Between the geodesic from 111° W on 31°20′ N to Monument 205 and the line. By the words of "
        "1853 in Mexico, by the line in the United States. The stars may have moved the corner by some 300 m. " + WORDS_NOTE},
        "Polygon", [counter_clockwise(WHOLE)]),
    feature("oblique-overshoot", {
        "name": "The overshot 111th meridian", "area": "area-overshoot", "accuracy_m": 5.0,
        "evidence": "inferred", "sources": ["treaty-1853", "ibwc-line", "own-work"],
        "note": "A part of the land between the oblique line and the words of 1853: between the geodesics to Monument 205 from 111° W and from Monument 127. The other part, between the line and its chord, is what course/oblique measures; the line crosses its chord, so that it has no simple outline."},
        "Polygon", [counter_clockwise(TRIANGLE)]),
    tract("chamizal", "El Chamizal and Cordova Island", None,
          {"MEX": "area-chamizal-mexico", "USA": "area-chamizal-usa"}, None, "chamizal-1963",
          ["historicalmarkerproject", "worldhistoryproject", "chamizal-1963"],
          "No source gives outlines. Mexico received 630.34 acres, and the United States 193.16 of equal worth in exchange."),
    tract("presidio-ojinaga", "Tracts at Presidio and Ojinaga", None, "area-presidio", "MEX", "treaty-1970",
          ["enwiki-1970"], "No source gives outlines."),
    tract("hidalgo-reynosa", "Tract at Hidalgo and Reynosa", None, "area-hidalgo", "USA", "treaty-1970",
          ["enwiki-1970"], "No source gives outlines."),
]
write("sectors.geojson", SECTORS,
      method="Geodesics with a vertex each 5 km, parallels of WGS 84, and edges of the line.")
