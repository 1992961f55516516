#!/bin/sh
# Writes crates/treatyline-crs/src/with_proj/registered.csv: which operations of the EPSG lead from a
# geographic system to WGS 84, or from WGS 84 to it. PROJ has no call for that list which its safe
# interface passes on.
# Needs the program sqlite3, and a build with PROJ, whose database it reads.
# With --check it writes nothing and fails if the file is another one.
set -eu

cd "$(dirname "$0")/.."
file=crates/treatyline-crs/src/with_proj/registered.csv
# shellcheck disable=SC2012 # names of cargo's own making
database=$(ls -t target/*/build/proj-sys-*/out/share/proj/proj.db 2>/dev/null | head -n 1)
if [ -z "$database" ]; then
    echo "registered_operations: no build with PROJ in target; skipped" >&2
    exit 0
fi

made=$(mktemp)
trap 'rm -f "$made"' EXIT
sqlite3 -noheader -separator , "$database" >"$made" <<'SQL'
.print system,datum,operation,grids,accuracy_m,west,south,east,north
WITH used AS (
    SELECT CAST(code AS INTEGER) AS operation, grid_name, grid2_name
    FROM grid_transformation WHERE auth_name = 'EPSG'
    UNION
    SELECT CAST(operation_code AS INTEGER), grid_name, grid2_name
    FROM concatenated_operation_step
    JOIN grid_transformation AS grid ON grid.auth_name = 'EPSG' AND grid.code = step_code
    WHERE operation_auth_name = 'EPSG'
), named AS (
    SELECT operation, grid_name AS name FROM used
    UNION
    -- PROJ has both of a pair, of latitudes and of longitudes, in one file.
    SELECT operation, grid2_name FROM used
    JOIN grid_alternatives ON original_grid_name = grid2_name
), with_grid AS (
    -- By the name that PROJ looks for, if it has one for the grid.
    SELECT operation, group_concat(name, ' ') AS grids FROM (
        SELECT operation, coalesce(nullif(proj_grid_name, ''), name) AS name
        FROM named LEFT JOIN grid_alternatives ON original_grid_name = name
        ORDER BY operation, 2
    ) GROUP BY operation
), ends AS (
    SELECT table_name, code, CAST(code AS INTEGER) AS operation, accuracy,
           CAST(CASE WHEN source_crs_code = 4326 THEN target_crs_code ELSE source_crs_code END
                AS INTEGER) AS system
    FROM coordinate_operation_view
    WHERE auth_name = 'EPSG' AND deprecated = 0
      AND source_crs_auth_name = 'EPSG' AND target_crs_auth_name = 'EPSG'
      AND (source_crs_code = 4326 OR target_crs_code = 4326)
      AND CAST(code AS INTEGER) NOT IN (
          SELECT CAST(superseded_code AS INTEGER) FROM supersession
          WHERE superseded_auth_name = 'EPSG' AND superseded_table_name = table_name
      )
)
SELECT system, datum_code, ends.operation, replace(grids, ',', ''), accuracy,
    west_lon, south_lat, east_lon, north_lat
FROM ends
LEFT JOIN with_grid ON with_grid.operation = ends.operation
JOIN usage ON usage.object_auth_name = 'EPSG' AND usage.object_table_name = table_name
    AND usage.object_code = ends.code
JOIN extent ON extent.auth_name = usage.extent_auth_name AND extent.code = usage.extent_code
JOIN geodetic_crs ON geodetic_crs.auth_name = 'EPSG'
    AND CAST(geodetic_crs.code AS INTEGER) = system
WHERE type = 'geographic 2D'
ORDER BY system, ends.operation;
SQL

if [ "${1:-}" = --check ]; then
    cmp "$made" "$file"
else
    cp "$made" "$file"
fi
