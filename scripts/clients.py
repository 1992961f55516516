#!/usr/bin/env python3
"""Opens every export with other people's programs and compares what they find.

    scripts/clients.sh                        # installs what can be had, then runs this
    scripts/clients.py [--program PATH] [--lengths]

Exports all layers and two comparisons in every format, then asks GDAL, GeoPandas with
Shapely and pyproj, PostGIS, QGIS, DuckDB and two validators of GeoJSON about them, and
measures files that GDAL writes in other coordinate systems. Each line of the output says
who found what; a client that is not installed is skipped and named. Exit code 1 if any
found something else than we say. With --lengths it ends with the table of
docs/compare.md: how long each says that the border is.
"""

import argparse
import csv
import glob
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clients_lengths import lengths
from clients_same import difference, same_geometry
from clients_systems import reprojected, systems

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["segments", "points", "sectors", "line"]
# Name of the format, ending, driver of GDAL.
FORMATS = [
    ("geojson", "geojson", "GeoJSON"),
    ("geojsonl", "geojsonl", "GeoJSONSeq"),
    ("flatgeobuf", "fgb", "FlatGeobuf"),
    ("gpkg", "gpkg", "GPKG"),
    ("kml", "kml", "LIBKML"),
    ("csv", "csv", "CSV"),
    ("geoparquet", "parquet", "Parquet"),
]
# Relative difference allowed between two implementations of the same geodesic, and what
# a number printed to a tenth of a millimetre (square metre) may be off besides.
RELATIVE, PRINTED_M, PRINTED_M2 = 1e-9, 0.6e-4, 0.06

checked, failures, skipped = 0, [], []
csv.field_size_limit(2**31 - 1)  # a line of 20,000 vertices is one field


def say(client, what, wrong=None):
    global checked
    checked += 1
    print(f"{client}: {what}" + (f": WRONG: {wrong}" if wrong else ""), flush=True)
    if wrong:
        failures.append(f"{client}: {what}: {wrong}")


def skip(client, why):
    print(f"{client}: SKIPPED: {why}", flush=True)
    skipped.append(f"{client}: {why}")


def run(*command, check=True, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done


def family(feature):
    """In which order a KML has its folders."""
    kind = (feature["geometry"] or {"type": ""})["type"].removeprefix("Multi")
    return ["", "Point", "LineString", "Polygon"].index(kind)


class Exports:
    """Every export, in a directory."""

    def __init__(self, program, directory):
        self.program, self.directory = program, directory
        self.features = {}
        whole = json.loads(run(program, "export", "line").stdout)
        begin = whole["features"][0]["geometry"]["coordinates"][:2000]
        fine = self.input("changes-old", begin)
        # Two decimals: hundreds of faces, many of them slivers.
        coarse = self.input("changes-new", [[round(x, 2), round(y, 2)] for x, y in begin])
        west = self.input("pacific-old", [[179, 10], [-179, 10]])
        east = self.input("pacific-new", [[179, 10], [179.5, 10.1], [-179.5, 9.9], [-179, 10]])
        for name, command in [
            *((layer, ["export", layer]) for layer in LAYERS),
            ("changes", ["compare", fine, coarse, "--left", "China", "--right", "Kazakhstan"]),
            ("pacific", ["compare", west, east]),
        ]:
            for _, ending, _ in FORMATS:
                run(program, *command, "-o", self.path(name, ending))
            self.features[name] = json.loads(self.path(name, "geojson").read_text())["features"]

    def path(self, name, ending):
        return self.directory / f"{name}.{ending}"

    def input(self, name, coordinates):
        path = self.path(name, "geojson")
        path.write_text(json.dumps({"type": "LineString", "coordinates": coordinates}))
        return path

    def all(self):
        for name, features in self.features.items():
            for form, ending, driver in FORMATS:
                yield name, features, form, self.path(name, ending), driver

    def measured(self, name):
        """What we say of a layer, feature by feature."""
        output = run(self.program, "measure", self.path(name, "geojson"), "--format", "json").stdout
        return json.loads(output)["features"]


# ── GDAL ────────────────────────────────────────────────────────────────────────────────


def gdal(exports):
    if not shutil.which("ogrinfo"):
        return skip("GDAL", "ogrinfo is not installed (apt-get install gdal-bin)")
    version = run("ogrinfo", "--version").stdout.split(",")[0]
    drivers = run("ogrinfo", "--formats").stdout
    for name, features, form, path, driver in exports.all():
        if f" {driver} -vector-" not in drivers and f" {driver} -raster,vector-" not in drivers:
            skip(version, f"{name} as {form}: it has no driver {driver}")
            continue
        info = run("ogrinfo", "-ro", "-al", "-so", path, check=False)
        say(version, f"ogrinfo {path.name}", complaint(info))
        say(version, f"ogr2ogr {path.name} and back", round_trip(features, path, driver))


def complaint(done):
    words = [line for line in (done.stdout + done.stderr).splitlines()
             if "warning" in line.lower() or "error" in line.lower()]
    return "; ".join(words) or (f"exit code {done.returncode}" if done.returncode else None)


def round_trip(features, path, driver):
    """As GeoJSON, and as GeoJSON again by way of another file of the same format."""
    listed = run("ogrinfo", "-ro", "-q", path).stdout.splitlines()
    layers = [line.split(": ", 1)[1].rsplit(" (", 1)[0] for line in listed if ": " in line]
    once, twice = {}, {}
    for layer in layers:
        if layer == "layer_styles":
            continue
        again = path.with_name(f"again{path.suffix}")
        text, again_text = path.with_name("once.geojson"), path.with_name("twice.geojson")
        for file in [again, text, again_text]:
            file.unlink(missing_ok=True)
        options, reading = [], []
        if driver == "CSV":
            # Otherwise the text of a geometry is an attribute besides.
            options, reading = ["-lco", "GEOMETRY=AS_WKT"], ["-oo", "KEEP_GEOM_COLUMNS=NO"]
        if driver == "FlatGeobuf":
            options = ["-lco", "SPATIAL_INDEX=NO"]
        if driver in ("GeoJSON", "GeoJSONSeq"):
            options = ["-lco", "COORDINATE_PRECISION=15"]
        # GDAL gives each KML fields of its own, of a type that GeoJSON has not.
        columns = ["-mapFieldType", "DateTime=String"] if driver == "LIBKML" else []
        to_text = ["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", *reading, *columns]
        for command in [
            [*to_text, text, path, layer],
            ["ogr2ogr", "-f", driver, *options, *reading, *columns, again, path, layer],
            [*to_text, again_text, again],
        ]:
            done = run(*command, check=False)
            if complaint(done):
                return complaint(done)
        for found, file in [(once, text), (twice, again_text)]:
            for feature in json.loads(file.read_text())["features"]:
                key = feature["properties"].get("id") or feature.get("id")
                found[str(key)] = feature
    # GDAL leaves out what has no geometry when it writes FlatGeobuf.
    kept = [each for each in features if each["geometry"] or driver != "FlatGeobuf"]
    return difference(features, once) or difference(kept, twice)


# ── GeoPandas, Shapely, pyproj ──────────────────────────────────────────────────────────


def geopandas(exports):
    try:
        import warnings

        import geopandas as library
        import pyogrio
        import pyproj
        import shapely
    except ImportError as error:
        return skip("GeoPandas", f"{error} (pip install geopandas)")
    client = (f"GeoPandas {library.__version__}, Shapely {shapely.__version__}, "
              f"pyogrio {pyogrio.__version__} with GDAL {pyogrio.__gdal_version_string__}")
    warnings.simplefilter("error")
    for name, features, form, path, driver in exports.all():
        if form != "geoparquet" and driver not in pyogrio.list_drivers():
            driver = driver.removeprefix("LIB")
        try:
            if form == "geoparquet":
                frames = [library.read_parquet(path)]
            else:
                layers = [layer for layer in pyogrio.list_layers(path)[:, 0]
                          if layer != "layer_styles"]
                frames = [library.read_file(path, layer=layer) for layer in layers]
        except Exception as error:  # whatever it says is what we want to know
            say(client, f"reads {path.name}", f"{type(error).__name__}: {error}")
            continue
        if form == "csv":
            frames = [frame.set_geometry(library.GeoSeries.from_wkt(frame["WKT"].fillna("")))
                      if "WKT" in frame and "geometry" not in frame else frame for frame in frames]
        if form == "kml" and "medium" not in frames[0] and "kind" not in frames[0]:
            # Its driver knows no attributes, so their order has to distinguish the features.
            shapes = [shape for frame in frames for shape in frame.geometry]
            wanted = sorted(features, key=family) if len(frames) > 1 else features
            wrong = len(shapes) != len(wanted) or not all(
                same_geometry(feature["geometry"], shape and shape.__geo_interface__)
                for feature, shape in zip(wanted, shapes))
            wrong = "other geometries" if wrong else None
            say(client, f"reads {path.name}, geometries only", wrong)
            continue
        found = {}
        for frame in frames:
            for row in frame.to_dict("records"):
                shape = row.pop("geometry", None)
                geometry = shape.__geo_interface__ if shape is not None else None
                row = {key: value for key, value in row.items()
                       if not (isinstance(value, float) and math.isnan(value))}
                found[str(row.get("id"))] = {"geometry": geometry, "properties": row}
        say(client, f"reads {path.name}", difference(features, found))
    geod = pyproj.Geod(ellps="WGS84")
    client = f"pyproj {pyproj.__version__} with PROJ {pyproj.proj_version_str}"
    for name in exports.features:
        say(client, f"lengths and areas of {name}", unlike(exports, name, lambda shape: (
            geod.geometry_length(shape), abs(geod.geometry_area_perimeter(shape)[0]))))
    reasons = {feature["id"]: shapely.is_valid_reason(shapely.geometry.shape(feature["geometry"]))
               for features in exports.features.values() for feature in features
               if feature["geometry"]}
    unsound = [f"{id}: {reason}" for id, reason in reasons.items() if reason != "Valid Geometry"]
    say(f"Shapely {shapely.__version__} with GEOS {shapely.geos_version_string}",
        "all geometries are valid", "; ".join(unsound))


def unlike(exports, name, measure):
    """The first feature whose length or area differs from what we say."""
    from shapely.geometry import shape

    worst = 0.0
    for feature, said in zip(exports.features[name], exports.measured(name)):
        if not feature["geometry"] or feature["geometry"]["type"].endswith("Point"):
            continue
        geometry = shape(feature["geometry"])
        length_m, area_m2 = measure(geometry)
        for found, key, printed in [(length_m, "length_m", PRINTED_M),
                                    (area_m2, "area_m2", PRINTED_M2)]:
            ours = said.get(key)
            if ours is None:
                continue
            off = abs(found - ours)
            worst = max(worst, (off - printed) / ours if ours else 0.0)
            if off > RELATIVE * ours + printed:
                return f"{feature['id']}: {key} is {found}, we say {ours}"
    return None


# ── PostGIS ─────────────────────────────────────────────────────────────────────────────


class Cluster:
    """A database of its own, on a socket in its own directory, gone afterwards."""

    def __init__(self, directory):
        self.bin = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.directory = directory / "postgres"
        self.directory.mkdir()
        if os.getuid() == 0:
            directory.chmod(0o755)
            shutil.chown(self.directory, "postgres")
        self.as_postgres(self.bin / "initdb", "-D", self.directory / "data", "-A", "trust",
                         "-U", "postgres")
        options = f"-k {self.directory} -c listen_addresses= -c fsync=off"
        # Its log would hold our pipes open.
        self.as_postgres(self.bin / "pg_ctl", "-D", self.directory / "data", "-o", options,
                         "-l", self.directory / "log", "-w", "start")

    def as_postgres(self, *command):
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*user, *map(str, command)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/")

    def ask(self, sql):
        output = run("psql", "-h", self.directory, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-X",
                   "-q", "-A", "-t", "-F", "\t", input=sql)
        return [line.split("\t") for line in output.stdout.splitlines()]

    def stop(self):
        self.as_postgres(self.bin / "pg_ctl", "-D", self.directory / "data", "-m", "fast", "stop")


def postgis(exports):
    """Answers with a way to ask for lengths, if there is one."""
    if not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
        skip("PostGIS", "not installed (apt-get install postgresql-15-postgis-3)")
        return None
    try:
        cluster = Cluster(exports.directory)
    except (subprocess.CalledProcessError, IndexError) as error:
        skip("PostGIS", f"no cluster: {error}")
        return None
    cluster.ask("CREATE EXTENSION postgis;")
    version = f"PostGIS {cluster.ask('SELECT postgis_lib_version();')[0][0]}"
    for name in exports.features:
        with open(exports.path(name, "csv"), newline="") as table:
            rows = list(csv.DictReader(table))
        quoted = lambda text: "'" + text.replace("'", "''") + "'" if text else "NULL"
        values = ",".join(f"({n},{quoted(row['id'])},ST_GeomFromText({quoted(row['WKT'])},4326))"
                          for n, row in enumerate(rows))
        found = cluster.ask(
            f"CREATE TABLE {name} (n int, id text, geom geometry(Geometry, 4326));"
            f"INSERT INTO {name} VALUES {values};"
            f"SELECT coalesce(ST_IsValidReason(geom), ''), ST_Length(geom::geography), ST_Area(geom::geography),"
            f" ST_Perimeter(geom::geography) FROM {name} ORDER BY n;")
        unsound = [row["id"] for row, one in zip(rows, found)
                   if one[0] not in ("", "Valid Geometry")]
        say(version, f"ST_IsValid of {name}", ", ".join(unsound))
        wrong = None
        for row, (_, length, area, _), said in zip(rows, found, exports.measured(name)):
            for theirs, key, printed in [(length, "length_m", PRINTED_M),
                                         (area, "area_m2", PRINTED_M2)]:
                ours = said.get(key)
                if theirs and ours and abs(float(theirs) - ours) > RELATIVE * ours + printed:
                    wrong = wrong or f"{row['id']}: {key} is {theirs}, we say {ours}"
        say(version, f"ST_Length and ST_Area (geography) of {name}", wrong)
    return cluster


# ── QGIS ────────────────────────────────────────────────────────────────────────────────


def qgis(exports):
    """Answers with what QGIS measures."""
    python = "/usr/bin/python3"
    ready = run(python, "-c", "import qgis.core", check=False)
    if ready.returncode:
        return skip("QGIS", "not installed (apt-get install qgis)")
    script = ROOT / "scripts" / "clients_qgis.py"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    done = run(python, script, exports.directory, check=False, env=environment)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        return say("QGIS", "runs", done.stderr.strip()[-500:] or f"exit code {done.returncode}")
    report = json.loads(lines[-1])
    client = f"QGIS {report['version']}"
    for each in report["layers"]:
        name = Path(each["file"]).stem
        wrong = None
        if not each["valid"]:
            wrong = "it does not load"
        elif each["file"].endswith(".gpkg") and each["renderer"] != "RuleRenderer":
            wrong = f"it is drawn by {each['renderer']}, not by the rules of the file"
        elif each["undrawn"]:
            wrong = f"no rule draws {each['undrawn'][:3]}"
        say(client, f"loads {each['file']} ({each['layer']}, {each['features']} features"
                    f"{', styled: ' + ', '.join(each['legend']) if each['legend'] else ''})", wrong)
        if each["file"] == "segments.gpkg":
            ours = sum(one["length_m"] for one in exports.measured(name))
            theirs = each["length_m"]
            off = abs(theirs - ours) > RELATIVE * ours
            say(client, "length of segments.gpkg", f"{theirs}, we say {ours}" if off else None)
    qgis_process(client, exports, environment)
    return report


def qgis_process(client, exports, environment):
    """Its command line: a field with the length of each segment."""
    # Debian's script around it passes on an option that it does not know.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if not program:
        return skip(f"{client}, qgis_process", "not installed")
    path, out = exports.path("segments", "gpkg"), exports.directory / "processed.csv"
    done = run(program, "run", "native:fieldcalculator", "--ellipsoid=EPSG:7030",
               "--distance_units=meters", "--", f"INPUT={path}", "FIELD_NAME=qgis_m",
               "FIELD_TYPE=0", "FORMULA=$length", f"OUTPUT={out}", check=False,
               env={**environment, "XDG_RUNTIME_DIR": str(exports.directory)})
    if done.returncode or not out.exists():
        return say(f"{client}, qgis_process", "runs", done.stderr.strip()[-500:])
    with open(out, newline="") as table:
        theirs = {row["id"]: float(row["qgis_m"]) for row in csv.DictReader(table)}
    wrong = [f"{said['id']}: {theirs.get(said['id'])}, we say {said['length_m']}"
             for said in exports.measured("segments")
             if abs(theirs.get(said["id"], math.inf) - said["length_m"])
             > RELATIVE * said["length_m"] + PRINTED_M]
    say(f"{client}, qgis_process", "native:fieldcalculator, $length of segments.gpkg",
        "; ".join(wrong[:3]))


# ── DuckDB ──────────────────────────────────────────────────────────────────────────────


def duckdb(exports):
    try:
        import duckdb as library
    except ImportError:
        return skip("DuckDB", "not installed (pip install duckdb)")
    client = f"DuckDB {library.__version__}"
    database = library.connect()
    for name, features in exports.features.items():
        path = exports.path(name, "parquet")
        ids = [row[0] for row in database.execute(f"SELECT id FROM '{path}'").fetchall()]
        wrong = None if ids == [feature["id"] for feature in features] else "other features"
        say(client, f"reads {path.name} as a table", wrong)
    try:
        database.execute("INSTALL spatial; LOAD spatial;")
    except Exception as error:
        skip(f"{client} spatial", f"its extension cannot be had: {str(error).splitlines()[0][:100]}")
        return None
    # It wants latitude before longitude.
    length = database.execute(
        "SELECT sum(ST_Length_Spheroid(ST_FlipCoordinates(geometry))) FROM "
        f"'{exports.path('segments', 'parquet')}'").fetchone()[0]
    ours = sum(one["length_m"] for one in exports.measured("segments"))
    off = abs(length - ours) > RELATIVE * ours
    say(f"{client} spatial", "length of segments", f"{length}, we say {ours}" if off else None)
    return length


# ── Validators of GeoJSON ───────────────────────────────────────────────────────────────

HINT = """
const fs = require('fs'), hint = require('@mapbox/geojsonhint');
const {check} = require('@placemarkio/check-geojson');
for (const file of process.argv.slice(1)) {
  const text = fs.readFileSync(file, 'utf8');
  const found = hint.hint(text).map(each => each.message);
  let other = [];
  try { check(text); } catch (error) { other = (error.issues || [error]).map(each => each.message); }
  console.log(JSON.stringify({file, found, other}));
}
"""


def validators(exports):
    modules = ROOT / "target" / "clients" / "node_modules"
    if not (modules / "@mapbox" / "geojsonhint").exists():
        return skip("geojsonhint", "not installed (npm install @mapbox/geojsonhint "
                                   "@placemarkio/check-geojson)")
    files = [exports.path(name, "geojson") for name in exports.features]
    output = run("node", "-e", HINT, *files, env={**os.environ, "NODE_PATH": str(modules)})
    version = lambda name: json.loads((modules / name / "package.json").read_text())["version"]
    for line in output.stdout.splitlines():
        each = json.loads(line)
        name = Path(each["file"]).name
        for client, key in [("@mapbox/geojsonhint", "found"), ("@placemarkio/check-geojson", "other")]:
            say(f"{client} {version(client)}", name, "; ".join(each[key][:3]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, default=ROOT / "target/debug/treatyline")
    parser.add_argument("--lengths", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        exports = Exports(arguments.program.resolve(), Path(directory))
        gdal(exports)
        geopandas(exports)
        systems(exports, run, say, skip)
        reprojected(exports, run, say, skip, shutil)
        validators(exports)
        duckdb_length = duckdb(exports)
        qgis_report = qgis(exports)
        cluster = postgis(exports)
        try:
            if arguments.lengths:
                lengths(exports, cluster, qgis_report, duckdb_length)
        finally:
            if cluster:
                cluster.stop()
    print(f"\n{checked} checks, {len(skipped)} skipped, {len(failures)} wrong")
    for failure in failures:
        print(f"  wrong: {failure}")
    for left_out in skipped:
        print(f"  skipped: {left_out}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
