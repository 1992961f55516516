#!/usr/bin/env python3
"""Prints how lengths and areas compare in speed with what else is installed.

    cargo bench --bench geodesy && scripts/measure_others.py

With --stream [RUNS]: how long it takes from a GeoJSON file of 199 MB to the total length of its
lines, and in how much memory; after `cargo bench --bench stream`, which makes the file.

Reads what Criterion measured last, then times pyproj, GeographicLib (C++) and PostGIS on
the same ring, each only where it is installed, and prints times and ratios. Run both in
one go: ratios of one sitting mean something, those across days do not. PostGIS is asked
through psql, with the database that the PG* variables name.
"""

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT = 1_000_000
ROOT = Path(__file__).resolve().parent.parent


def ring(count):
    """The ring of benches/geodesy.rs."""
    vertices = []
    for i in range(count):
        turn = i / count * 2 * math.pi
        radius = count * 1e-5 * (1 + 1e-4 * math.sin(i * 0.3))
        vertices.append((80 + 1.3 * radius * math.cos(turn), 45 + radius * math.sin(turn)))
    return [*vertices, vertices[0]]


def best(work, repeats=3):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def criterion(group):
    """Nanoseconds per edge by name, and for rings of 1,000 as well."""
    found = {}
    for estimates in sorted((ROOT / "target/criterion" / group).glob("*/*/new/estimates.json")):
        name, count = estimates.parts[-4], int(estimates.parts[-3])
        median = json.loads(estimates.read_text())["median"]["point_estimate"]
        found.setdefault(name, {})[count] = median / count
    return found


def pyproj(vertices):
    try:
        import numpy
        import pyproj as library
    except ImportError:
        return "pyproj", None
    geod = library.Geod(ellps="WGS84")
    lon, lat = numpy.array(vertices).T
    return f"pyproj {library.__version__}", {
        "length": best(lambda: geod.line_length(lon, lat)),
        "area": best(lambda: geod.polygon_area_perimeter(lon, lat)),
    }


CPP = r"""
#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/PolygonArea.hpp>
#include <chrono>
#include <cstdio>
#include <vector>
using namespace GeographicLib;
int main(int, char** argv) {
  std::vector<double> lon, lat;
  std::FILE* in = std::fopen(argv[1], "r");
  for (double x, y; std::fscanf(in, "%lf %lf", &x, &y) == 2;) { lon.push_back(x); lat.push_back(y); }
  const Geodesic& geod = Geodesic::WGS84();
  for (int area = 0; area < 2; ++area) {
    double best = 1e9, total = 0;
    for (int k = 0; k < 3; ++k) {
      auto start = std::chrono::steady_clock::now();
      if (area) {
        PolygonArea ring(geod);
        for (size_t i = 1; i < lon.size(); ++i) ring.AddPoint(lat[i], lon[i]);
        double perimeter;
        ring.Compute(false, true, perimeter, total);
      } else {
        total = 0;
        for (size_t i = 1; i < lon.size(); ++i) {
          double s;
          geod.Inverse(lat[i - 1], lon[i - 1], lat[i], lon[i], s);
          total += s;
        }
      }
      std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      if (took.count() < best) best = took.count();
    }
    std::printf("%.9f %.17g\n", best, total);
  }
}
"""


def geographiclib(vertices):
    name = "GeographicLib, C++"
    compiler = shutil.which("c++")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "time.cpp").write_text(CPP)
        (folder / "ring.txt").write_text("\n".join(f"{x!r} {y!r}" for x, y in vertices))
        for library in ["GeographicLib", "Geographic"]:
            build = [compiler or "c++", "-O3", "-march=native", "time.cpp", "-o", "time", f"-l{library}"]
            if compiler and subprocess.run(build, cwd=folder, capture_output=True).returncode == 0:
                lines = subprocess.run(
                    ["./time", "ring.txt"], cwd=folder, capture_output=True, text=True, check=True
                ).stdout.splitlines()
                length, area = (float(line.split()[0]) for line in lines)
                return name, {"length": length, "area": area}
    return name, None


def postgis(vertices):
    name = "PostGIS, geography"

    def ask(sql):
        asked = subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], input=sql, capture_output=True, text=True
        )
        return asked.stdout if asked.returncode == 0 else None

    if not shutil.which("psql") or ask("SELECT postgis_full_version();") is None:
        return name, None
    points = ",".join(f"{x!r} {y!r}" for x, y in vertices)
    out = ask(
        "CREATE TEMP TABLE ring (line geography, face geography);\n"
        f"INSERT INTO ring SELECT g, ST_MakePolygon(g::geometry)::geography FROM"
        f" (SELECT 'LINESTRING({points})'::geography AS g) AS given;\n"
        "\\timing on\n" + "SELECT ST_Length(line) FROM ring;\n" * 3
        + "SELECT ST_Area(face) FROM ring;\n" * 3
    )
    times = [
        float(line.split()[1]) / 1e3 for line in (out or "").splitlines() if line.startswith("Time:")
    ]
    if len(times) != 6:
        return name, None
    return name, {"length": min(times[:3]), "area": min(times[3:])}


GEOPANDAS = """
import sys, geopandas, pyproj, shapely
geod = pyproj.Geod(ellps="WGS84")
frame = geopandas.read_file(sys.argv[1])
print(repr(sum(geod.geometry_length(line) for line in frame.geometry)))
"""


def measured(command, repeats):
    """Medians of seconds on the clock, of the processors, and of the peak of memory in
    bytes, and what the program printed last."""
    times, last = [], ""
    for _ in range(repeats):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        lines = process.stdout.read().split("\n")
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            return None
        seconds = time.perf_counter() - start
        times.append((seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024))
        last = next((line for line in reversed(lines) if line.strip()), "")
    return *(statistics.median(column) for column in zip(*times)), last


def stream(repeats):
    folder = ROOT / "target/stream"
    if not (folder / "measured.json").exists():
        raise SystemExit("run `cargo bench --bench stream` first")
    program = ROOT / "target/release/treatyline"
    for decimals, ways in json.loads((folder / "measured.json").read_text()).items():
        path, size = ways.pop("path"), ways.pop("bytes")
        rows = [(name, way["seconds"], way["processor_s"], way["peak_bytes"], way["length_m"])
                for name, way in ways.items()]
        commands = {
            "the command, `measure --summary`":
                [program, "measure", "--summary", "--format", "csv", path],
            "geopandas + pyproj": [sys.executable, "-c", GEOPANDAS, path],
            "`ogrinfo -al -so`, no lengths": ["ogrinfo", "-al", "-so", path],
        }
        for name, command in commands.items():
            found = measured(command, repeats) if shutil.which(str(command[0])) else None
            if found is None:
                print(f"{name}: not installed")
                continue
            *numbers, last = found
            length = ""
            if "measure" in name:
                length = last.split(",")[8]
            elif "pyproj" in name:
                length = last
            rows.append((name, *numbers, length))
        ours_s, ours_processor_s = ways["treatyline"]["seconds"], ways["treatyline"]["processor_s"]
        print(f"\n{size / 1e6:.0f} MB, {decimals} decimals")
        print("| | s | times ours | processor, s | times ours | peak, MB | length, m |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for name, seconds, processor_s, peak, length in sorted(rows, key=lambda row: row[1]):
            print(f"| {name} | {seconds:.3f} | {seconds / ours_s:.1f} | {processor_s:.2f} | "
                  f"{processor_s / ours_processor_s:.1f} | {peak / 1e6:.0f} | {length} |")


def main():
    if sys.argv[1:2] == ["--stream"]:
        return stream(int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    vertices = ring(COUNT)
    others = [tool(vertices) for tool in (geographiclib, pyproj, postgis)]
    for group in ["length", "area"]:
        measured = criterion(group)
        base = measured.get("geographiclib-rs")
        if not base:
            raise SystemExit("run `cargo bench --bench geodesy` first")
        print(f"\n| {group} | ns per edge, 10⁶ | × geographiclib-rs | ns per edge, 10³ | × |")
        print("|---|--:|--:|--:|--:|")
        for name, times in sorted(measured.items(), key=lambda item: item[1].get(COUNT, 0)):
            cells = [f"| {time:.2f} | {base[count] / time:.0f} " if (time := times.get(count))
                     else "| – | – " for count in (COUNT, 1000)]
            print(f"| {name} {''.join(cells)}|")
        for name, times in others:
            if times is None:
                print(f"| {name} | not installed | | | |")
            else:
                each = times[group] / COUNT * 1e9
                print(f"| {name} | {each:.0f} | {base[COUNT] / each:.1f} | | |")


if __name__ == "__main__":
    main()
