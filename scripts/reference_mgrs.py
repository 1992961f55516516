#!/usr/bin/env python3
"""Writes crates/treatyline-io/src/printed/mgrs.csv: references of MGRS all over the world, and where
in UTM they are, by GEOTRANS of the National Geospatial-Intelligence Agency (`pip install mgrs`).

A fixed step through latitudes and longitudes, so that the table is the same each time; each place at
one of the six precisions in turn."""

import pathlib

import mgrs

GRID = mgrs.MGRS()
rows = []
lat, lon, precision = -79.9, -179.7, 0
while lat < 83.9:
    reference = GRID.toMGRS(lat, lon, MGRSPrecision=precision)
    zone, half, easting, northing = GRID.MGRSToUTM(reference)
    rows.append(f"{reference},{zone},{half},{easting:.2f},{northing:.2f},{precision}")
    lat += 0.7193
    lon = (lon + 31.417 + 180.0) % 360.0 - 180.0
    precision = (precision + 1) % 6
target = pathlib.Path(__file__).parents[1] / "crates/treatyline-io/src/printed/mgrs.csv"
target.write_text("reference,zone,half,easting,northing,precision\n" + "\n".join(rows) + "\n")
