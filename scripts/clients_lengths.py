"""How long each program says that the border is: the table of docs/compare.md."""

import math


def lengths(exports, cluster, qgis_report, duckdb_length):
    """Prints the table."""
    from pyproj import Geod, Transformer, __version__ as pyproj_version

    segments = exports.features["segments"]
    media = ["land", "river"]  # there is no lake
    geod = Geod(ellps="WGS84")
    paths = [(f["properties"]["medium"], f["geometry"]["coordinates"]) for f in segments]

    def table(measure):
        by = {medium: math.fsum(measure(path) for of, path in paths if of == medium)
              for medium in media}
        return [math.fsum(by.values()), *(by[medium] for medium in media)]

    def haversine(radius):
        def edge(a, b):
            (x1, y1), (x2, y2) = (map(math.radians, at) for at in (a, b))
            h = (math.sin((y2 - y1) / 2) ** 2
                 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2)
            return 2 * radius * math.asin(math.sqrt(h))
        return lambda path: math.fsum(edge(a, b) for a, b in zip(path, path[1:]))

    def flat(crs):
        move = Transformer.from_crs(4326, crs, always_xy=True)
        def length(path):
            x, y = move.transform(*zip(*path))
            return math.fsum(math.dist(a, b) for a, b in zip(zip(x, y), zip(x[1:], y[1:])))
        return length

    def geodesic(path):
        return geod.line_length(*zip(*path))

    def straight(parts):
        """Edges straight in longitude and latitude, in `parts` parts each."""
        def length(path):
            dense = [path[0]]
            for (x1, y1), (x2, y2) in zip(path, path[1:]):
                dense += [(x1 + (x2 - x1) * i / parts, y1 + (y2 - y1) * i / parts)
                          for i in range(1, parts + 1)]
            return geodesic(dense)
        return length

    def rounded(decimals):
        return lambda path: geodesic([(round(x, decimals), round(y, decimals)) for x, y in path])

    ours = dict.fromkeys(media, 0.0)
    for feature, said in zip(segments, exports.measured("segments")):
        ours[feature["properties"]["medium"]] += said["length_m"]
    rows = [("treatyline", [math.fsum(ours.values()), *(ours[medium] for medium in media)])]
    rows.append((f"pyproj {pyproj_version}, `Geod.line_length`", table(geodesic)))
    if cluster:
        version = cluster.ask("SELECT postgis_lib_version();")[0][0]
        of = dict(zip((str(n) for n in range(len(paths))), (of for of, _ in paths)))
        for what, sql in [("`ST_Length(geography)`", "ST_Length(geom::geography)"),
                          ("`ST_Length(geography, false)`", "ST_Length(geom::geography, false)"),
                          ("`ST_Length(geometry)`, degrees", "ST_Length(geom)")]:
            found = dict.fromkeys(media, 0.0)
            for number, length in cluster.ask(f"SELECT n, {sql} FROM segments ORDER BY n;"):
                found[of[number]] += float(length)
            rows.append((f"PostGIS {version}, {what}", [sum(found.values()), *found.values()]))
    if qgis_report:
        each = next(one for one in qgis_report["layers"] if one["file"] == "segments.gpkg")
        for what, by in each["lengths"].items():
            rows.append((f"QGIS {qgis_report['version']}, {what}",
                         [sum(by.values()), *(by[medium] for medium in media)]))
    if duckdb_length:
        rows.append(("DuckDB spatial, `ST_Length_Spheroid`", [duckdb_length, *[math.nan] * 2]))
    rows.append(("haversine, R = 6,371,008.8 m (turf, `geo`)", table(haversine(6_371_008.8))))
    rows.append(("haversine, R = 6,378,137 m", table(haversine(6_378_137.0))))
    rows.append(("UTM zone 44N (EPSG:32644), planar", table(flat(32644))))
    rows.append(("Web Mercator (EPSG:3857), planar", table(flat(3857))))
    rows.append(("edges straight in longitude and latitude", table(straight(64))))
    for decimals in [5, 4, 3, 2]:
        rows.append((f"vertices rounded to {decimals} decimals", table(rounded(decimals))))
    edges = sum(len(path) - 1 for _, path in paths)
    print(f"\nlengths in metres, {edges:,} edges\n")
    print("| by | total | less ours | land | river |\n|---|--:|--:|--:|--:|")
    for name, values in rows:
        off = values[0] - rows[0][1][0]
        cells = [f"{value:,.4f}" for value in values]
        print(f"| {name} | {cells[0]} | {off:+,.4f} | " + " | ".join(cells[1:]) + " |")
