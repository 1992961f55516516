#!/usr/bin/env python3
"""Makes the GeoTIFF files of tests/data/relief. Needs: pip install numpy tifffile
imagecodecs rasterio pyproj.

    scripts/make_relief.py tests/data/relief

Files `in_*` have those heights in other systems, written by GDAL; `in_other_systems.csv` has places
in them, brought to WGS 84 by pyproj through the operation named, and the surface there.

All files `heights_*` have the same heights in the same places: with c and r counted from the
middle of the first pixel, 1000 + 20 c + 7 r + c r metres. That surface is what bilinear
interpolation gives between any four of its points. Pixels are 0.01 degrees; the middle of the
first is at 80.005 E, 44.995 N. Files `gap_*` lack some pixels. Files `refused_*` are refused,
each for the reason in its name. `ridge_and_valley.tif` is a landscape: a ridge along 45 N west of
80.5 E, a valley along it to the east, and a plain north of 45.2 N.
"""
import os
import struct
import sys
from pathlib import Path

import numpy as np
import rasterio
import tifffile
from pyproj import CRS, Transformer
from rasterio.transform import from_origin

OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)
COLUMNS, ROWS, STEP = 40, 26, 0.01
WEST, NORTH = 80.0, 45.0
c, r = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
HEIGHTS = 1000 + 20 * c + 7 * r + c * r

AREA, POINT = 1, 2
WGS84 = ((2048, 4326), (2054, 9102))


def keys(numbers, kind=2, raster=AREA, texts=()):
    """The GeoKeys, and the text they point into."""
    entries, text = [(1024, 0, 1, kind), (1025, 0, 1, raster)], ""
    entries += [(key, 0, 1, value) for key, value in numbers]
    for key, value in texts:
        entries.append((key, 34737, len(value) + 1, len(text)))
        text += value + "|"
    entries.sort()
    flat = [1, 1, 0, len(entries)] + [n for entry in entries for n in entry]
    tags = [(34735, "H", len(flat), flat, True)]
    if text:
        tags.append((34737, "s", 0, text, True))
    return tags


def place(west=WEST, north=NORTH, step=STEP):
    return [
        (33550, "d", 3, (step, step, 0.0), True),
        (33922, "d", 6, (0.0, 0.0, 0.0, west, north, 0.0), True),
    ]


def matrix(a, b, west, d, e, north):
    values = (a, b, 0.0, west, d, e, 0.0, north, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    return [(34264, "d", 16, values, True)]


def no_data(text):
    return [(42113, "s", 0, text, True)]


def write(name, data, tags=None, **options):
    tags = keys(WGS84) + place() if tags is None else tags
    options = {"photometric": "minisblack", "metadata": None, "software": False, **options}
    path = OUT / f"{name}.tif"
    tifffile.imwrite(path, data, extratags=tags, **options)
    return path


def patch(path, tag, value):
    """Sets the value of a tag of a small file that holds it in the directory itself."""
    data = bytearray(path.read_bytes())
    at = struct.unpack_from("<I", data, 4)[0]
    for n in range(struct.unpack_from("<H", data, at)[0]):
        entry = at + 2 + 12 * n
        if struct.unpack_from("<H", data, entry)[0] == tag:
            kind = struct.unpack_from("<H", data, entry + 2)[0]
            struct.pack_into("<H" if kind == 3 else "<I", data, entry + 8, value)
    path.write_bytes(data)


TILES = {"tile": (16, 16)}
STRIPS = {"rowsperstrip": 4}

# The same heights, stored in many ways.
write("heights_strips_i16", HEIGHTS.astype("<i2"), **STRIPS)
write("heights_strips_i16_deflate", HEIGHTS.astype("<i2"), compression="zlib", **STRIPS)
path = write("heights_strips_i16_old_deflate", HEIGHTS.astype("<i2"), compression="zlib", **STRIPS)
patch(path, 259, 32946)
write("heights_strips_i16_lzw_2", HEIGHTS.astype("<i2"), compression="lzw", predictor=2, **STRIPS)
write("heights_strips_f32_lzw", HEIGHTS.astype("<f4"), compression="lzw", **STRIPS)
write("heights_strips_u32_big_endian_deflate_2", HEIGHTS.astype(">u4"), byteorder=">",
      compression="zlib", predictor=2, **STRIPS)
write("heights_strips_f64_big_endian_deflate_3", HEIGHTS.astype(">f8"), byteorder=">",
      compression="zlib", predictor=3, **STRIPS)
write("heights_one_strip_i32_zstd", HEIGHTS.astype("<i4"), compression="zstd", rowsperstrip=ROWS)
write("heights_tiles_i16_deflate_2", HEIGHTS.astype("<i2"), compression="zlib", predictor=2, **TILES)
write("heights_tiles_i16_bigtiff_deflate", HEIGHTS.astype("<i2"), bigtiff=True, compression="zlib",
      **TILES)
write("heights_tiles_f32", HEIGHTS.astype("<f4"), compression="zlib", **TILES)
write("heights_tiles_f32_deflate_3", HEIGHTS.astype("<f4"), compression="zlib", predictor=3, **TILES)
write("heights_tiles_u16_packbits", HEIGHTS.astype("<u2"), compression="packbits", **TILES)
small = {"compression": "zlib", "predictor": 2, **STRIPS}
heights = HEIGHTS.astype("<i2")
write("heights_point", heights, keys(WGS84, raster=POINT) + place(WEST + STEP / 2, NORTH - STEP / 2),
      **small)
write("heights_matrix", heights, keys(WGS84) + matrix(STEP, 0.0, WEST, 0.0, -STEP, NORTH), **small)
write("heights_south_up", heights[::-1],
      keys(WGS84) + matrix(STEP, 0.0, WEST, 0.0, STEP, NORTH - ROWS * STEP), **small)
write("heights_turned_360", heights, keys(WGS84) + place(WEST - 360), **small)
write("heights_wgs84_3d", heights, keys(((2048, 4979), (2054, 9102), (4099, 9001))) + place(), **small)

# By GDAL: an overview, and a tile that is left out.
profile = {"driver": "GTiff", "width": COLUMNS, "height": ROWS, "count": 1, "crs": "EPSG:4326",
           "transform": from_origin(WEST, NORTH, STEP, STEP), "dtype": "int16"}
tiled = {"tiled": True, "blockxsize": 16, "blockysize": 16, "compress": "deflate", "predictor": 2}
with rasterio.open(OUT / "heights_gdal_overview.tif", "w", **profile, **tiled) as file:
    file.write(heights, 1)
    file.build_overviews([2])
    file.update_tags(1, note="metadata of GDAL")
with rasterio.open(OUT / "gap_gdal_sparse.tif", "w", **profile, **tiled, nodata=-500, sparse_ok=True) as file:
    missing = heights.copy()
    missing[:16, 16:32] = -500
    file.write(missing, 1)

# In other systems: code, corner in the north-west, size of a pixel, operation to WGS 84.
OTHERS = [
    ("EPSG:32644", 420000, 5010000, 90, None),
    ("EPSG:3995", 3900000, 1500000, 1000, None),
    ("EPSG:4503", 420000, 5010000, 30, None),
    ("EPSG:4490", 80.0, 45.0, 0.01, None),
    ("EPSG:28414", 14420000, 5010000, 30, "EPSG:15865"),
    ("EPSG:3035", 4200000, 3300000, 25, "EPSG:1149"),
]
with open(OUT / "in_other_systems.csv", "w") as table:
    table.write("file,operation,lon,lat,height_m\n")
    for code, west, north, size, operation in OTHERS:
        name = f"in_{code.lower().replace(':', '_')}"
        made = {**profile, "crs": code, "transform": from_origin(west, north, size, size)}
        with rasterio.open(OUT / f"{name}.tif", "w", **made, compress="deflate") as file:
            file.write(heights, 1)
        crs = CRS(code)
        to_base = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
        urn = "urn:ogc:def:coordinateOperation:EPSG::"
        to_wgs84 = operation and Transformer.from_pipeline(urn + operation.removeprefix("EPSG:"))
        for column, row in [(0.25, 0.5), (11.5, 3.75), (20.0, 13.0), (38.6, 24.3), (30.1, 2.2)]:
            lon, lat = to_base.transform(west + (column + 0.5) * size, north - (row + 0.5) * size)
            if to_wgs84:
                lat, lon = to_wgs84.transform(lat, lon)
            height_m = 1000 + 20 * column + 7 * row + column * row
            table.write(f"{name}.tif,{operation or ''},{lon:.12f},{lat:.12f},{height_m:.6f}\n")

# The pixel in row 5 and column 7 has no height, each time said another way.
def gap(kind, value):
    data = HEIGHTS.astype(kind)
    data[5, 7] = value
    return data


write("gap_i16", gap("<i2", -500), keys(WGS84) + place() + no_data("-500"), **small)
write("gap_f32", gap("<f4", np.float32(-3.4028234663852886e38)),
      keys(WGS84) + place() + no_data("-3.40282346638529e+38"), compression="zlib", **STRIPS)
write("gap_nan", gap("<f4", np.nan), compression="zlib", **STRIPS)
write("gap_nan_said", gap("<f8", np.nan), keys(WGS84) + place() + no_data("nan"), compression="zlib",
      predictor=3, **STRIPS)
write("gap_absurd", gap("<i2", -32768), **small)

# What is refused. The pixels do not matter.
few = np.arange(12, dtype="<i2").reshape(3, 4)
xian = keys(((3072, 2337),), kind=1, texts=[(1026, "Xian 1980 / Gauss-Kruger CM 81E")])
write("refused_projected", few, xian + place(500000.0, 5000000.0, 30.0))
feet = keys(((3072, 32644), (3076, 9002)), kind=1)
write("refused_in_feet", few, feet + place(500000.0, 5000000.0, 30.0))
write("refused_own_projection", few, keys(((3072, 32767),), kind=1) + place(500000.0, 5000000.0, 30.0))
xian = keys(((2048, 4610), (2054, 9102)), texts=[(2049, "Xian 1980")])
write("refused_other_system", few, xian + place())
own = keys(((2048, 32767), (2054, 9102)), texts=[(2049, "GCS Name = somewhere")])
write("refused_own_system", few, own + place())
write("refused_gons", few, keys(((2048, 4326), (2054, 9105))) + place())
write("refused_no_system", few, place())
write("refused_no_place", few, keys(WGS84))
write("refused_beyond_the_pole", few, keys(WGS84) + place(80.0, 95.0, 1.0))
write("refused_rotated", few, keys(WGS84) + matrix(STEP, 0.001, WEST, -0.001, -STEP, NORTH))
points = (0.0, 0.0, 0.0, 80.0, 45.0, 0.0, 4.0, 0.0, 0.0, 80.1, 45.01, 0.0, 0.0, 3.0, 0.0, 80.0, 44.9, 0.0)
write("refused_control_points", few, keys(WGS84) + [(33922, "d", 18, points, True)])
write("refused_bands", np.stack([few, few], axis=-1), planarconfig="contig", extrasamples=[0])
write("refused_planes", np.stack([few, few]), planarconfig="separate", extrasamples=[0])
write("refused_palette", few.astype("u1"), photometric="palette",
      colormap=np.zeros((3, 256), dtype="u2"))
write("refused_white_is_zero", few, photometric="miniswhite")
write("refused_lerc", few.astype("<f4"), compression="lerc")
write("refused_lzma", few, compression="lzma")
write("refused_jpeg", np.zeros((16, 16), dtype="u1"), compression="jpeg")
write("refused_complex", few.astype("<c8"))
write("refused_half", few.astype("<f2"))
write("refused_feet", few, keys(WGS84 + ((4099, 9003),)) + place())
write("refused_feet_by_system", few, keys(WGS84 + ((4096, 6360),)) + place())
xml = '<GDALMetadata>\n  <Item name="{}" sample="0" role="{}">{}</Item>\n</GDALMetadata>\n'
write("refused_feet_gdal", few, keys(WGS84) + place()
      + [(42112, "s", 0, xml.format("UNITTYPE", "unittype", "ft"), True)])
write("refused_scaled", few, keys(WGS84) + place()
      + [(42112, "s", 0, xml.format("SCALE", "scale", "0.1"), True)])
write("refused_no_data", few, keys(WGS84) + place() + no_data("none"))
path = write("refused_absurd_size", few, rowsperstrip=3)
patch(path, 256, 2**31 - 1)
patch(path, 257, 2**31 - 1)
patch(path, 278, 1)
path = write("refused_gigabytes_in_a_strip", few, rowsperstrip=3)
patch(path, 256, 65535)
patch(path, 257, 65535)
patch(path, 278, 65535)
with tifffile.TiffWriter(OUT / "refused_pages.tif") as file:
    for n in range(2):
        file.write(few + n, photometric="minisblack", metadata=None, software=False,
                   extratags=keys(WGS84) + place())
os.environ["GDAL_TIFF_INTERNAL_MASK"] = "YES"
with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
    with rasterio.open(OUT / "refused_mask.tif", "w", **profile, compress="deflate") as file:
        file.write(heights, 1)
        file.write_mask(heights > 1100)

# A landscape. The step is 0.005 degrees; ridge and valley fall or rise by 0.1 m per metre.
c, r = np.meshgrid(np.arange(200), np.arange(100))
east, north = 80 + 0.005 * (c + 0.5), 45.3 - 0.005 * (r + 0.5)
fall = 11112 * np.abs(north - 45.0)
land = np.where(east < 80.5, 2000 - fall, 500 + fall)
land = np.where(north > 45.2, 300.0, land)
write("ridge_and_valley", land.astype("<f4"), keys(WGS84) + place(80.0, 45.3, 0.005),
      compression="zlib", predictor=3, tile=(32, 32))
