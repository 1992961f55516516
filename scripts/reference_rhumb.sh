#!/bin/sh
# Writes tests/data/geodesy/rhumb.csv: rhumb lines by RhumbSolve of GeographicLib (C. F. F. Karney,
# MIT licence; Debian's geographiclib-tools), which computes them by elliptic integrals.
# Places are decimal degrees, taken as exact; azimuth in degrees, length in metres to 0.1 nm.
set -eu

cd "$(dirname "$0")/.."
file=tests/data/geodesy/rhumb.csv

# From 180° to 0° RhumbSolve 2.1 goes west, although its manual says east: not asked here.
# Short, long, across 180°, nearly and exactly along a parallel or a meridian, up to 89.9°.
pairs() {
    for lat in -89.9 -85 -60 -30 -0.001 0 20 45 70 84 89.9; do
        echo "$lat 10 $lat 13.5"
        echo "$lat -179.5 $lat 178.25"
    done
    cat <<'PAIRS'
45 80 45.0000000001 82
45 80 45.00001 85
-33.3 170 -33.299 -170
70 19 69.999999 31
84.9 0 84.90000001 120
89.9 0 89.8999999 90
45 80 45.00001 80.00001
45 80 45.001 79.999
68.5 -140.25 68.4 -140.1
-55 -68.6 -55.1 -68.5
0 0 0.00001 0.00001
88 15 88.001 15.01
10 20 50 20
-30 140 -89.9 140
0 -179.9999 0.5 179.9999
-5 -179 5 179
51.5 -0.1 40.7 -74
-33.9 151.2 37.6 -122.4
35.7 139.7 47.6 -122.3
-89.9 -100 89.9 70
60 -30 -60 149.9
0 0 89.9 179
89 5 89.9 -5
-10 0 10 180
0 179.999 30 0
49 -95 49 -123.3
22 25 22 31.5
-8.5 141 -8 141.01
72 -141 69.6 -141
65.5 -168.97 72 -168.98
PAIRS
}

solve() {
    pairs | RhumbSolve -i -p 10 ${2:+-e "$2" "$3"} | paste -d ' ' - /dev/null |
        while read -r azimuth length _; do echo "$azimuth,$length"; done >"$made.solved"
    pairs | tr ' ' ',' | sed "s/^/$1,/" | paste -d ',' - "$made.solved" >>"$made"
}

made=$(mktemp)
trap 'rm -f "$made" "$made.solved"' EXIT
echo "ellipsoid,lat1,lon1,lat2,lon2,azimuth_deg,length_m" >"$made"
solve WGS84
solve KRASOVSKY 6378245 1/298.3
solve SPHERE 6371008.7714 0
cat "$made" >"$file"
