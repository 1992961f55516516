#!/usr/bin/env python3
"""Heights at random places of a GeoTIFF, by rasterio (GDAL) and SciPy's interpolation between the
middles of pixels; `none` where a pixel around the place has no data or there is none.
Needs: pip install numpy scipy rasterio.

    scripts/relief_reference.py FILE.tif 1000 > tests/data/relief/globe_30s.csv
"""
import sys

import numpy as np
import rasterio
from scipy.interpolate import RegularGridInterpolator

with rasterio.open(sys.argv[1]) as file:
    z, t, nodata = file.read(1).astype(float), file.transform, file.nodata
z[z == nodata] = np.nan
rows, columns = z.shape
lon = t.c + t.a * (np.arange(columns) + 0.5)
lat = t.f + t.e * (np.arange(rows) + 0.5)
height = RegularGridInterpolator((lat[::-1], lon), z[::-1], bounds_error=False, fill_value=np.nan)
random = np.random.default_rng(1998)
print("longitude,latitude,height_m")
# Two pixels more on each side, so that some places are outside.
x = random.uniform(t.c - 2 * t.a, t.c + (columns + 2) * t.a, int(sys.argv[2])).round(6)
y = random.uniform(t.f + (rows + 2) * t.e, t.f - 2 * t.e, int(sys.argv[2])).round(6)
for x, y, z in zip(x, y, height(np.c_[y, x])):
    print(f"{x},{y}," + ("none" if np.isnan(z) else f"{z:.7f}"))
