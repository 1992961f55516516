"""Files in other coordinate systems, as GDAL writes them: part of clients.py.

pyproj brings the border into some twenty systems by an operation whose name and accuracy it states, and
GDAL writes each with the system's description in its own words. What treatyline says of the file
is compared with the border as it was:

- *Places*: the operation that treatyline chooses is good to a metres, the one that made the file to g.
  So no place may be farther off than a + g; if both are the same operation, it is undone, and
  nothing but rounding is left.
- *Length*: an operation that moves places by d moves neighbours alike. What differs between two
  operations is at most d over the Earth's radius, of the length.
- *The scale that is stated*, from the length on the system's own ellipsoid: it is that of the places
  looked at. Along a line of extent s a shift by d changes it by up to d s / R².
"""

import json

RADIUS_M = 6_371_000
# What is left where an operation is undone: a millimetre of PROJ, and one of what is printed.
ROUNDED_M = 2e-3

# Systems, and the driver of GDAL that writes a file in them.
SYSTEMS = {
    "GPKG": ["EPSG:32644", "EPSG:3395", "ESRI:102025", "EPSG:4258", "EPSG:28414", "EPSG:4490",
             "EPSG:4200", "EPSG:9057"],
    "ESRI Shapefile": ["EPSG:32645", "EPSG:3857", "ESRI:102012", "EPSG:3413", "EPSG:4284",
                       "EPSG:4503", "EPSG:28415", "EPSG:4322", "EPSG:3035"],
    "GeoJSON": ["EPSG:32644", "EPSG:3995", "EPSG:3575", "ESRI:54009", "EPSG:20014", "EPSG:4516",
                "EPSG:9000"],
    "FlatGeobuf": ["EPSG:6933", "EPSG:28475", "EPSG:4534", "EPSG:32244"],
}  # fmt: skip
# Nobody has published how these lie to WGS 84. PROJ moves nothing and reports success.
REFUSED = {"GPKG": ["EPSG:4610"], "ESRI Shapefile": ["EPSG:2337"], "GeoJSON": ["EPSG:4555"]}
ENDINGS = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "GeoJSON": "geojson", "FlatGeobuf": "fgb"}


class Written:
    """The border in a system, in a file that GDAL wrote."""

    def __init__(self, system, driver, places, directory):
        import geopandas
        import pyproj
        from pyproj.transformer import TransformerGroup
        from shapely.geometry import LineString

        self.name = f"the border in {system}, written by GDAL as {driver}"
        crs = pyproj.CRS(system)
        group = TransformerGroup("EPSG:4326", crs, always_xy=True)
        operation = group.transformers[0]
        self.operation, self.accuracy_m = operation.description, max(operation.accuracy, 0.0)
        lons, lats = zip(*places)
        xs, ys = operation.transform(lons, lats)
        frame = geopandas.GeoDataFrame(geometry=[LineString(zip(xs, ys))], crs=crs)
        self.path = directory / f"in_{system.replace(':', '_')}.{ENDINGS[driver]}"
        options = {"COORDINATE_PRECISION": 15} if driver == "GeoJSON" else {}
        frame.to_file(self.path, driver=driver, engine="pyogrio", **options)
        # On the system's own ellipsoid.
        own = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
        own_lons, own_lats = own.transform(xs, ys)
        self.own_m = crs.get_geod().line_length(own_lons, own_lats)
        geod = pyproj.Geod(ellps="WGS84")
        self.shift_m = max(geod.inv(own_lons, own_lats, lons, lats)[2])
        self.shift_m += abs(crs.get_geod().a - geod.a)
        self.extent_m = max(geod.inv([lons[0]] * len(lons), [lats[0]] * len(lats), lons, lats)[2])
        self.length_m = geod.line_length(lons, lats)

    def is_undone_by(self, chosen):
        """Whether an operation of treatyline's is the one that made the file."""
        operation = chosen["operation"]
        return operation is None or f"Inverse of {operation['name']} " in self.operation + " "


def wrong(written, measured, compared):
    """What does not hold, if anything."""
    [chosen] = measured["operations"]
    allowed_m = chosen["accuracy_m"] + written.accuracy_m
    far_m = compared["hausdorff"]["symmetric_m"]
    length_m = measured["features"][0]["length_m"]
    is_undone = written.is_undone_by(chosen)
    if far_m > ROUNDED_M + (0 if is_undone else allowed_m):
        return f"{far_m} m away, {chosen['text']}; made by {written.operation}"
    relative = 1e-9 if is_undone else 1e-9 + allowed_m / RADIUS_M
    off_m = length_m - written.length_m
    if abs(off_m) > relative * written.length_m:
        return f"{off_m:.4f} m longer, {chosen['text']}; made by {written.operation}"
    if chosen["scale_ppm"] is not None:
        scale_ppm = (length_m / written.own_m - 1) * 1e6
        varies_ppm = written.shift_m * written.extent_m / RADIUS_M**2 * 1e6
        if abs(scale_ppm - chosen["scale_ppm"]) > varies_ppm + 1e-3:
            return f"{scale_ppm:.2f} ppm longer than on its ellipsoid, {chosen['text']}"
    return None


def systems(exports, run, say, skip):
    try:
        import pyogrio
    except ImportError as error:
        return skip("files of GDAL in other systems", f"{error} (pip install geopandas)")
    client = f"GDAL {pyogrio.__gdal_version_string__} through pyogrio"
    # Every tenth vertex: the border from end to end, in a tenth of the time.
    places = exports.features["line"][0]["geometry"]["coordinates"][::10]
    border = exports.input("border", places)
    for driver, codes in SYSTEMS.items():
        for code in codes:
            written = Written(code, driver, places, exports.directory)
            measured = run(exports.program, "measure", written.path, "--format", "json")
            compared = run(exports.program, "compare", border, written.path, "--format", "json")
            say(client, written.name,
                wrong(written, json.loads(measured.stdout), json.loads(compared.stdout)))
    for driver, codes in REFUSED.items():
        for code in codes:
            written = Written(code, driver, places, exports.directory)
            done = run(exports.program, "measure", written.path, check=False)
            is_refused = done.returncode == 2 and "no operation to WGS 84 is known" in done.stderr
            say(client, f"{written.name} is refused",
                None if is_refused else f"exit code {done.returncode}: {done.stderr}")


# Systems into which ogr2ogr brings the border by an operation of its own choice.
OF_WGS84 = ["EPSG:32644", "EPSG:3395", "EPSG:3413", "EPSG:3857"]
OF_OTHERS = ["EPSG:28414", "EPSG:4284", "EPSG:4490", "EPSG:4200", "EPSG:4258"]


def reprojected(exports, run, say, skip, shutil):
    """Files that GDAL has reprojected itself have the border's length."""
    if not shutil.which("ogr2ogr"):
        return skip("files that GDAL reprojects", "ogr2ogr is not installed (apt-get install gdal-bin)")
    client = run("ogrinfo", "--version").stdout.split(",")[0]
    places = exports.features["line"][0]["geometry"]["coordinates"][::10]
    border = exports.input("border_to_reproject", places)

    def length_m(path):
        done = json.loads(run(exports.program, "measure", path, "--format", "json").stdout)
        return done["features"][0]["length_m"], done.get("operations", [])

    expected_m, _ = length_m(border)
    for code in [*OF_WGS84, *OF_OTHERS]:
        path = exports.directory / f"reprojected_{code.replace(':', '_')}.gpkg"
        run("ogr2ogr", "-f", "GPKG", "-t_srs", code, path, border)
        found_m, operations = length_m(path)
        # Which operation GDAL took it does not say. That of treatyline is as good as it states: places are
        # no farther off than that, and lengths as much as places over the Earth's radius.
        stated_m = max((it["accuracy_m"] for it in operations), default=0) if code in OF_OTHERS else 0
        allowed_m = ROUNDED_M + stated_m / RADIUS_M * expected_m
        off_m = abs(found_m - expected_m)
        say(client, f"the border, reprojected to {code} by ogr2ogr, is as long",
            None if off_m <= allowed_m else f"{off_m:.4f} m off, allowed are {allowed_m:.4f}")
