#!/usr/bin/env python3
"""How often random places are called ridge, valley or flat, by the relief around them: the reason
for the threshold in src/course/relief.rs. Needs: pip install numpy scipy rasterio pyproj.

    scripts/relief_plains.py ../shared/data/relief/globe_30s.tif
"""
import sys

import numpy as np
import rasterio
from pyproj import Geod
from scipy.interpolate import RegularGridInterpolator
from scipy.ndimage import maximum_filter, minimum_filter

COUNT, OFFSET, SQUARE = 400_000, 2500.0, 25
with rasterio.open(sys.argv[1]) as file:
    z, t = file.read(1).astype(float), file.transform
lon = t.c + t.a * (np.arange(z.shape[1]) + 0.5)
lat = t.f + t.e * (np.arange(z.shape[0]) + 0.5)


def at(values, x, y, method="linear"):
    grid = RegularGridInterpolator((lat[::-1], lon), values[::-1], method=method, bounds_error=False)
    return grid(np.c_[y, x])


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
        print(f"    flat within {flat} m: {is_flat.mean():.1%}, ridge or valley {(extreme[m] & ~is_flat).mean():.1%}")
