#!/usr/bin/env python3
"""Writes crates/treatyline-io/src/printed/mgrs.csv: references of MGRS all over the world, and where
in UTM or near the poles they are, by GEOTRANS of the National Geospatial-Intelligence Agency (`pip install mgrs pyproj`).

A fixed step through latitudes and longitudes, near the poles a finer one, so that the table is the
same each time; each place at one of the six precisions in turn."""

import pathlib

import mgrs
import pyproj

GRID = mgrs.MGRS()
UPS = {half: pyproj.Transformer.from_crs(4326, code, always_xy=True) for half, code in (("N", 5041), ("S", 5042))}


def ups(reference):
    """Where a reference is in the polar grids, called zone 0. The package has no method for these: its
    degrees are brought there by PROJ, and are good to some micrometres."""
    lat, lon = GRID.toLatLon(reference)
    half = "N" if lat > 0 else "S"
    return 0, half, *UPS[half].transform(lon, lat)


rows = []
lat, lon, precision = -90.0, -179.7, 0
while lat < 90.0:
    reference = GRID.toMGRS(lat, lon, MGRSPrecision=precision)
    polar = reference[0] in "ABYZ"
    zone, half, easting, northing = ups(reference) if polar else GRID.MGRSToUTM(reference)
    rows.append(f"{reference},{zone},{half},{easting:.2f},{northing:.2f},{precision}")
    lat += 0.1193 if polar else 0.7193
    lon = (lon + 31.417 + 180.0) % 360.0 - 180.0
    precision = (precision + 1) % 6
target = pathlib.Path(__file__).parents[1] / "crates/treatyline-io/src/printed/mgrs.csv"
target.write_text("reference,zone,half,easting,northing,precision\n" + "\n".join(rows) + "\n")
