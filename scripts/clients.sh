#!/usr/bin/env bash
# Installs the programs that scripts/clients.py asks, as far as they can be had here, builds
# treatyline with every format, and asks them.
#
#   scripts/clients.sh [--qgis] [--lengths]
#
# QGIS is some 230 MB and only installed when asked for; where it is installed already it is
# asked. Everything that is not the system's goes into target/clients.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(gdal-bin postgresql-15-postgis-3)
arguments=()
for argument in "$@"; do
    case $argument in
        --qgis) packages+=(qgis) ;;
        *) arguments+=("$argument") ;;
    esac
done

# One package after the other: one that cannot be had does not cost the others.
for package in "${packages[@]}"; do
    if ! dpkg -s "$package" > /dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "$package" > /dev/null 2>&1 || echo "clients.sh: $package cannot be had here"
    fi
done

mkdir -p target/clients
python3 -m venv target/clients/python
target/clients/python/bin/pip install --quiet --disable-pip-version-check \
    geopandas==1.2.0 pyarrow==26.0.1 duckdb==2.0.1 ||
    echo "clients.sh: GeoPandas cannot be had here"
npm install --silent --no-fund --no-audit --prefix target/clients \
    @mapbox/geojsonhint@3.2.0 @placemarkio/check-geojson@0.1.14 ||
    echo "clients.sh: the validators of GeoJSON cannot be had here"

cargo build --quiet --features formats
target/clients/python/bin/python scripts/clients.py "${arguments[@]}"
