#!/bin/sh
# Writes crates/treatyline-crs/src/with_proj/projected.csv: the projected systems of the EPSG in
# metres, the geographic system under each, the numbers of its projection and of its ellipsoid, and
# the box of its area of use. Systems that have both numbers in common have the same grid.
# Needs the program sqlite3, and a build with PROJ, whose database it reads.
# With --check it writes nothing and fails if the file is another one.
set -eu

cd "$(dirname "$0")/.."
file=crates/treatyline-crs/src/with_proj/projected.csv
# shellcheck disable=SC2012 # names of cargo's own making
database=$(ls -t target/*/build/proj-sys-*/out/share/proj/proj.db 2>/dev/null | head -n 1)
if [ -z "$database" ]; then
    echo "projected_systems: no build with PROJ in target; skipped" >&2
    exit 0
fi

made=$(mktemp)
trap 'rm -f "$made"' EXIT
sqlite3 -noheader -separator , "$database" >"$made" <<'SQL'
.print system,base,projection,ellipsoid,west,south,east,north
SELECT CAST(projected.code AS INTEGER) AS system, base.code,
    CAST(projected.conversion_code AS INTEGER) AS projection, datum.ellipsoid_code,
    west_lon, south_lat, east_lon, north_lat
FROM projected_crs AS projected
JOIN geodetic_crs AS base ON base.auth_name = 'EPSG' AND base.code = geodetic_crs_code
JOIN geodetic_datum AS datum ON datum.auth_name = 'EPSG' AND datum.code = base.datum_code
JOIN usage ON usage.object_auth_name = 'EPSG' AND usage.object_table_name = 'projected_crs'
    AND usage.object_code = projected.code
JOIN extent ON extent.auth_name = usage.extent_auth_name AND extent.code = usage.extent_code
WHERE projected.auth_name = 'EPSG' AND projected.geodetic_crs_auth_name = 'EPSG'
    AND projected.conversion_auth_name = 'EPSG' AND projected.deprecated = 0
    AND base.type = 'geographic 2D' AND base.deprecated = 0
    AND (SELECT COUNT(*) FROM axis WHERE axis.auth_name = 'EPSG' AND uom_code = 9001
         AND axis.coordinate_system_code = projected.coordinate_system_code) = 2
ORDER BY projection, datum.ellipsoid_code, system;
SQL

if [ "${1:-}" = --check ]; then
    cmp "$made" "$file"
else
    cp "$made" "$file"
fi
