#!/usr/bin/env bash
# Makes the packages into build/packages/, installing first what that takes on a Debian 12.
#   packaging/build.sh [deb] [appimage] [msi]      all three without a name
# ESPALIER_UPDATES   where the AppImage looks for updates, as its specification writes it
# ESPALIER_PAGE      web address of the sources, by which the metainfo names screenshots
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- deb appimage msi
build=build/release
out=build/packages

packaging/bootstrap.sh packages "$@"
cmake -B "$build" -DESPALIER_PAGE="${ESPALIER_PAGE:-}" >/dev/null
mkdir -p "$out"
for package in "$@"; do
    began=$SECONDS
    case $package in
        deb) packaging/deb/build.sh "$build" "$out" ;;
        appimage)
            packaging/appimage/build.sh "$build" "$out" \
                ${ESPALIER_UPDATES:+--update-information "$ESPALIER_UPDATES"} ;;
        msi) packaging/msi/build.sh --stand-in "$build" "$out" ;;
        *) echo "unknown package $package" >&2; exit 2 ;;
    esac
    echo "  made in $((SECONDS - began)) s"
done
