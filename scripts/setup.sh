#!/bin/sh
# Installs what the bundled PROJ needs to compile: cmake, a C++ compiler,
# pkg-config, the sqlite3 program and the SQLite development files.
# Does nothing when all of it is there. Safe to run again.
set -eu

missing=""
need() { # need NAME COMMAND...: note NAME unless the command succeeds
    name=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $name"
}

need cmake command -v cmake
need c++ command -v c++
need pkg-config command -v pkg-config
need sqlite3 command -v sqlite3
need libsqlite3 sh -c 'command -v pkg-config && pkg-config --exists sqlite3'

if [ -z "$missing" ]; then
    exit 0
fi
echo "setup: missing:$missing" >&2

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
        sudo=""
    elif command -v sudo >/dev/null 2>&1; then
        sudo="sudo"
    else
        echo "setup: as root, run: apt-get install cmake g++ pkg-config sqlite3 libsqlite3-dev" >&2
        exit 1
    fi
    $sudo apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
        cmake g++ make pkg-config sqlite3 libsqlite3-dev >&2
elif command -v brew >/dev/null 2>&1; then
    # The compiler comes with Xcode's command line tools.
    brew install cmake pkgconf sqlite >&2
    command -v c++ >/dev/null 2>&1 || {
        echo "setup: no C++ compiler; run: xcode-select --install" >&2
        exit 1
    }
else
    cat >&2 <<'MSG'
setup: no apt-get and no brew here. Install these yourself, then run this again:
  cmake, a C++17 compiler, pkg-config, the sqlite3 program,
  SQLite's development files (libsqlite3-dev, sqlite-devel)
Or build without PROJ, which needs no C code at all:
  cargo run --release --no-default-features -- report
MSG
    exit 1
fi
