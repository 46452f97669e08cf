#!/usr/bin/env bash
# Makes the Debian package: packaging/deb/build.sh BUILD OUT
set -euo pipefail
build=$(realpath "${1:?usage: build.sh BUILD OUT}")
out=$(realpath "${2:?usage: build.sh BUILD OUT}")
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$build/deb" >"$build/deb.log" 2>&1 ||
    { cat "$build/deb.log" >&2; exit 1; }
rm -f "$out"/espalier_*.deb
mv "$build"/deb/espalier_*.deb "$out/"
rm -rf "$build/deb"
for package in "$out"/espalier_*.deb; do
    echo "${package##*/}: $(($(stat -c %s "$package") / 1000)) kB"
done
