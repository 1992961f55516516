#!/usr/bin/env bash
# Builds the Parquet driver that Debian's GDAL comes without (Debian has no Arrow), as a plugin:
#
#   scripts/gdal_parquet.sh DIR
#   GDAL_DRIVER_PATH=DIR/plugins ogrinfo -so -al FILE.parquet
#
# The driver's source is that of the very GDAL that is installed, or its classes would be laid
# out otherwise; Arrow is that of pyarrow's wheel, whose path goes into the plugin. Nothing is
# installed, and the system's list of packages stays as it is. A minute, 270 MB.
set -euo pipefail
mkdir -p "$1"
directory=$(realpath "$1")
cd "$directory"
mkdir -p apt/parts apt/lists/partial development/include objects plugins

# The first wheel whose libraries have the C++ ABI of Debian's.
arrow=pyarrow==13.0.0
platform=manylinux_2_28_x86_64

fetch() { # the driver's source, the two headers that configure GDAL, and Arrow
    local version
    version=$(dpkg-query --show --showformat '${source:Version}' libgdal32)
    sed 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/debian.sources \
        > apt/parts/debian.sources
    local apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null
        -o Dir::Etc::SourceParts="$directory/apt/parts" -o Dir::State::Lists="$directory/apt/lists"
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
    "${apt[@]}" update
    "${apt[@]}" source --download-only "gdal=$version"
    "${apt[@]}" download libgdal-dev
    tar xf gdal_*.orig.tar.xz --wildcards 'gdal-*/port' 'gdal-*/gcore' 'gdal-*/ogr' 'gdal-*/alg' \
        'gdal-*/apps'
    dpkg-deb -x libgdal-dev_*.deb development
    # A header includes this one by a path that only the build of GDAL has.
    ln -sfn ../usr/include/gdal development/include/gdal_version_full
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --python-version 3.11 --platform "$platform" "$arrow"
    python3 -m zipfile -e pyarrow-*.whl arrow
}

compile() {
    local source objects=() library="$directory/arrow/pyarrow"
    source=$(echo gdal-*/)
    source=${source%/}
    local drivers="$source/ogr/ogrsf_frmts"
    for part in driver dataset layer writerdataset writerlayer; do
        g++ -std=c++17 -O1 -fPIC -w -DGDAL_COMPILATION \
            -I"$drivers/parquet" -I"$drivers/arrow_common" -I"$drivers" -I"$drivers/generic" \
            -I"$drivers/mem" -I"$source/ogr" -I"$source/port" -I"$source/gcore" -I"$source/alg" \
            -I"$source/apps" -Idevelopment/usr/include/gdal -Idevelopment/include \
            -isystem "$library/include" \
            -c "$drivers/parquet/ogrparquet$part.cpp" -o "objects/$part.o"
        objects+=("objects/$part.o")
    done
    g++ -shared -o plugins/ogr_Parquet.so "${objects[@]}" "$library"/libparquet.so.*00 \
        "$library"/libarrow.so.*00 -l:libgdal.so.32 -Wl,-rpath,"$library" -Wl,--no-undefined
}

[ -d arrow ] || fetch
[ -f plugins/ogr_Parquet.so ] || compile
GDAL_DRIVER_PATH=plugins ogrinfo --formats | grep -q Parquet
