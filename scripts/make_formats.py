#!/usr/bin/env python3
"""Writes the files of tests/data/formats from its two GeoJSON files, through GDAL.

    pip install pyogrio pyarrow geopandas
    scripts/make_formats.py

Every format gets the same lines and areas, so that they measure the same; some get them in
another coordinate system too, so that it is seen what becomes of that. TopoJSON and WKT are
written here, for GDAL does not write them as files.
"""

import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas
import pyogrio

HERE = Path(__file__).resolve().parent.parent / "tests/data/formats"
KINDS = ("lines", "areas")
SHAPES = {"lines": "LineString", "areas": "Polygon"}


def write(table, name, driver, geometry_type="Unknown", **options):
    pyogrio.write_arrow(
        table, HERE / name, driver=driver, geometry_name="wkb_geometry",
        geometry_type=geometry_type, crs="EPSG:4326", **options)


def shrink(name):
    """GDAL's databases are mostly empty pages."""
    database = sqlite3.connect(HERE / name)
    # The time of writing is not needed, and would change with every run.
    database.execute("UPDATE gpkg_contents SET last_change = '2026-01-01T00:00:00.000Z'")
    # Triggers that keep a spatial index: there is none here.
    database.commit()
    database.execute("PRAGMA page_size = 512")
    database.execute("VACUUM")
    database.close()


def topology(collections):
    """Every ring and line is an arc of its own; the second of two is walked backwards."""
    arcs, objects = [], {}

    def arc(path):
        backwards = len(arcs) % 2 == 1
        arcs.append(path[::-1] if backwards else path)
        return [~(len(arcs) - 1) if backwards else len(arcs) - 1]

    def nested(coordinates):
        if isinstance(coordinates[0][0], (int, float)):
            return arc(coordinates)
        return [nested(each) for each in coordinates]

    for name, collection in collections.items():
        objects[name] = {"type": "GeometryCollection", "geometries": [
            {"type": feature["geometry"]["type"], "id": feature["id"],
             "properties": feature["properties"],
             "arcs": nested(feature["geometry"]["coordinates"])}
            for feature in collection["features"]]}
    return {"type": "Topology", "objects": objects, "arcs": arcs}


def main():
    collections = {}
    for kind in KINDS:
        collections[kind] = json.loads((HERE / f"{kind}.geojson").read_text())
        _, table = pyogrio.read_arrow(HERE / f"{kind}.geojson")
        table = table.drop_columns([c for c in table.column_names if c in ("id", "ogc_fid")])
        write(table, f"{kind}.fgb", "FlatGeobuf", layer_options={"SPATIAL_INDEX": "NO"})
        write(table, f"{kind}_indexed.fgb", "FlatGeobuf")
        write(table, f"{kind}.shp", "ESRI Shapefile", layer_options={"ENCODING": "UTF-8"},
              geometry_type=SHAPES[kind])
        write(table, f"{kind}.kml", "LIBKML")
        write(table, f"{kind}.gpkg", "GPKG", layer_options={"SPATIAL_INDEX": "NO"})
        frame = geopandas.read_file(HERE / f"{kind}.geojson").drop(columns="id")
        codecs = {"": "snappy", "_zstd": "zstd", "_gzip": "gzip"} if kind == "lines" else {"": None}
        for suffix, codec in codecs.items():
            frame.to_parquet(HERE / f"{kind}{suffix}.parquet", compression=codec, index=False)
        wkt = "".join(f"SRID=4326;{each.wkt}\n" for each in frame.geometry)
        (HERE / f"{kind}.wkt").write_text(wkt)
        text = json.dumps(topology({kind: collections[kind]}), ensure_ascii=False)
        (HERE / f"{kind}.topojson").write_text(text + "\n")
        shrink(f"{kind}.gpkg")
    # Both in one file.
    both = HERE / "both.gpkg"
    both.unlink(missing_ok=True)
    for kind in KINDS:
        table = pyogrio.read_arrow(HERE / f"{kind}.gpkg")[1]
        pyogrio.write_arrow(
            table, both, driver="GPKG", layer=kind, geometry_name="geom",
            geometry_type="Unknown", crs="EPSG:4326", append=both.exists(),
            layer_options={"SPATIAL_INDEX": "NO"})
    shrink("both.gpkg")
    text = json.dumps(topology(collections), ensure_ascii=False)
    (HERE / "both.topojson").write_text(text + "\n")
    with zipfile.ZipFile(HERE / "lines.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HERE / "lines.kml", "doc.kml")
    # Other systems: one on WGS 84, one on another datum.
    for suffix, crs in (("utm", "EPSG:32644"), ("pulkovo", "EPSG:4284")):
        frame = geopandas.read_file(HERE / "lines.geojson").drop(columns="id").to_crs(crs)
        frame = frame[["name", "geometry"]]
        for ending in ("fgb", "shp", "gpkg"):
            # In the order they are in, which an index would change.
            options = {"layer_options": {"SPATIAL_INDEX": "NO"}} if ending != "shp" else {}
            pyogrio.write_dataframe(frame, HERE / f"lines_{suffix}.{ending}", **options)
        frame.to_parquet(HERE / f"lines_{suffix}.parquet", index=False)
        shrink(f"lines_{suffix}.gpkg")
    for index in HERE.glob("*.shx"):
        index.unlink()


if __name__ == "__main__":
    main()
