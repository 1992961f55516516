#!/usr/bin/env python3
"""Heights of a GeoTIFF by other programs: rasterio (GDAL) and SciPy's interpolation between the
middles of pixels. Needs: pip install numpy scipy rasterio pyproj.

    scripts/relief.py heights FILE.tif 1000 > tests/data/relief/globe_30s.csv
    scripts/relief.py plains ../shared/data/relief/globe_30s.tif

`heights` are those at random places; `none` where a pixel around the place has no data or there is
none. `plains` says how often random places are called ridge, valley or flat, by the relief around
them: the reason for the threshold in src/course/relief.rs.
"""
import sys

import numpy as np
import rasterio
from pyproj import Geod
from scipy.interpolate import RegularGridInterpolator
from scipy.ndimage import maximum_filter, minimum_filter

COUNT, OFFSET, SQUARE = 400_000, 2500.0, 25
with rasterio.open(sys.argv[2]) as file:
    z, t, nodata = file.read(1).astype(float), file.transform, file.nodata
rows, columns = z.shape
lon = t.c + t.a * (np.arange(columns) + 0.5)
lat = t.f + t.e * (np.arange(rows) + 0.5)


def at(values, x, y, method="linear"):
    grid = RegularGridInterpolator(
        (lat[::-1], lon), values[::-1], method=method, bounds_error=False, fill_value=np.nan)
    return grid(np.c_[y, x])


def heights(count):
    z[z == nodata] = np.nan
    random = np.random.default_rng(1998)
    # Two pixels more on each side, so that some places are outside.
    x = random.uniform(t.c - 2 * t.a, t.c + (columns + 2) * t.a, count).round(6)
    y = random.uniform(t.f + (rows + 2) * t.e, t.f - 2 * t.e, count).round(6)
    print("longitude,latitude,height_m")
    for x, y, height in zip(x, y, at(z, x, y)):
        print(f"{x},{y}," + ("none" if np.isnan(height) else f"{height:.7f}"))


def plains():
    random = np.random.default_rng(1)
    x = random.uniform(lon[0] + 0.1, lon[-1] - 0.1, COUNT)
    y = random.uniform(lat[-1] + 0.1, lat[0] - 0.1, COUNT)
    azimuth = random.uniform(0, 360, COUNT)
    around = at(maximum_filter(z, SQUARE) - minimum_filter(z, SQUARE), x, y, "nearest")
    geod, off = Geod(ellps="WGS84"), np.full(COUNT, OFFSET)
    left, right = (at(z, *geod.fwd(x, y, azimuth + turn, off)[:2]) for turn in (-90, 90))
    on = at(z, x, y)
    high, low = np.maximum(left, right), np.minimum(left, right)
    spread = np.maximum(on, high) - np.minimum(on, low)
    extreme = (on > high) | (on < low)
    for least, most in ((20, 60), (60, 100), (100, 200), (200, 400), (400, 9000)):
        m = (around >= least) & (around < most)
        print(f"relief {least} to {most} m: {m.sum()} places, ridge or valley {extreme[m].mean():.1%}")
        for flat in (5, 10, 15, 20, 30):
            is_flat = spread[m] <= flat
            not_flat = (extreme[m] & ~is_flat).mean()
            print(f"    flat within {flat} m: {is_flat.mean():.1%}, ridge or valley {not_flat:.1%}")


heights(int(sys.argv[3])) if sys.argv[1] == "heights" else plains()
