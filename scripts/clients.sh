#!/usr/bin/env bash
# Installs the programs that scripts/clients.py asks, as far as they can be had here, builds
# treatyline with every format, and asks them.
#
#   scripts/clients.sh [--qgis] [--lengths]
#   scripts/clients.sh --quick PROGRAM [--lengths]
#
# QGIS is some 230 MB and only installed when asked for; where it is installed already it is
# asked. --quick installs what is there within a minute, GDAL, GeoPandas and the validators, and
# asks about a program that has been built. Everything that is not the system's goes into
# target/clients.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(gdal-bin postgresql-15-postgis-3)
wheels=(geopandas==1.2.0 pyarrow==26.0.1 duckdb==2.0.1)
program=
arguments=()
while [ $# -gt 0 ]; do
    case $1 in
        --qgis) packages+=(qgis) ;;
        --quick)
            program=$2
            packages=(gdal-bin)
            arguments+=(--program "$program")
            shift
            ;;
        *) arguments+=("$1") ;;
    esac
    shift
done

# What takes how long: seconds since the last word.
note() {
    echo "clients.sh: $1 (${SECONDS} s)"
    SECONDS=0
}

# One package after the other: one that cannot be had does not cost the others. The list of
# packages is only fetched where one is not found.
fetched=
install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" \
        > /dev/null 2>&1
}
for package in "${packages[@]}"; do
    if dpkg -s "$package" > /dev/null 2>&1; then
        note "$package is installed"
    elif install "$package" ||
        { [ -z "$fetched" ] && fetched=1 && apt-get update -qq > /dev/null 2>&1 &&
            install "$package"; }; then
        note "$package has been installed"
    else
        note "$package is not available here"
    fi
done

mkdir -p target/clients
if python3 -m venv target/clients/python &&
    target/clients/python/bin/pip install --quiet --disable-pip-version-check \
        "${wheels[@]}"; then
    note "GeoPandas, pyarrow and DuckDB are in target/clients/python"
else
    note "GeoPandas, pyarrow or DuckDB is not available here"
fi
if npm install --silent --no-fund --no-audit --prefix target/clients \
    @mapbox/geojsonhint@3.2.0 @placemarkio/check-geojson@0.1.14; then
    note "two validators of GeoJSON are in target/clients/node_modules"
else
    note "the validators of GeoJSON are not available here"
fi

# What does not come with GDAL here is built, where its parts can be had.
if ogrinfo --formats 2> /dev/null | grep -q Parquet; then
    note "GDAL reads GeoParquet"
elif [ -n "$program" ]; then
    note "GDAL's driver for GeoParquet is built without --quick"
elif PATH="$PWD/target/clients/python/bin:$PATH" scripts/gdal_parquet.sh target/clients/gdal \
    > target/clients/gdal.log 2>&1; then
    export GDAL_DRIVER_PATH="$PWD/target/clients/gdal/plugins"
    note "GDAL's driver for GeoParquet has been built"
else
    note "GDAL's driver for GeoParquet cannot be built here (target/clients/gdal.log)"
fi

if [ -z "$program" ]; then
    cargo build --quiet --features formats
    note "treatyline is built with every format"
fi
python=target/clients/python/bin/python
[ -x "$python" ] || python=python3
"$python" scripts/clients.py "${arguments[@]}"
note "asked"
