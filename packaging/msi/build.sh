#!/usr/bin/env bash
# Makes the Windows installer on Linux.
#   packaging/msi/build.sh STAGE VERSION OUT.msi     of a folder with the Windows program
#   packaging/msi/build.sh --stand-in BUILD OUT      around a stand-in, to prove the installer itself:
#                                                    LibTorch for Windows can be used with MSVC alone,
#                                                    so the program is built by a Windows machine
set -euo pipefail
here=$(dirname "$(realpath "$0")")
common=$here/../common

make_icon() {
    local size
    for size in 16 32 48 256; do
        rsvg-convert -w $size -h $size "$common/espalier.svg" -o "$1/icon-$size.png"
    done
    icotool -c -o "$1/espalier.ico" "$1"/icon-*.png
}

make_installer() { # STAGE VERSION OUT.msi
    local parts out
    parts=$(mktemp -d)
    out=$(realpath -m "$3")
    make_icon "$parts"
    ln -s "$(realpath "$1")" "$parts/stage"
    cp "$here/product.wxs" "$parts/"
    (cd "$parts" && python3 "$here/payload.py" stage >payload.wxs)
    (cd "$parts" && wixl -a x64 -D Version="$2" -D Icon=espalier.ico -o "$out" product.wxs payload.wxs)
    rm -rf "$parts"
    echo "${3##*/}: $(($(stat -c %s "$3") / 1000)) kB"
}

make_stand_in() { # VERSION STAGE [EXTRA-FILE]
    mkdir -p "$2/plugins/platforms"
    local program
    for program in espalier espalier-cli; do
        x86_64-w64-mingw32-gcc -O2 -s -DVERSION="\"$1\"" -o "$2/$program.exe" "$here/stand_in.c"
    done
    echo "A file two folders down." >"$2/plugins/platforms/a file with spaces.txt"
    cp "$here/../../LICENSE" "$2/LICENSE.txt"
    [ -z "${3:-}" ] || echo "A file of this version." >"$2/$3"
}

if [ "${1:-}" = --stand-in-of ]; then # VERSION OUT.msi [EXTRA-FILE]; keeps OUT.stage, for tests
    make_stand_in "$2" "${3%.msi}.stage" "${4:-}"
    make_installer "${3%.msi}.stage" "$2" "$3"
elif [ "${1:-}" = --stand-in ]; then
    version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$2/CMakeCache.txt")
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    make_stand_in "$version" "$stage"
    make_installer "$stage" "$version" "$(realpath "$3")/Espalier-$version-stand-in.msi"
else
    make_installer "${1:?usage: build.sh STAGE VERSION OUT.msi}" "${2:?version}" "${3:?file}"
fi
