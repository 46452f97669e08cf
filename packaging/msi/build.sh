#!/usr/bin/env bash
# Makes the Windows installer, with wixl on Linux or WiX 3 on Windows.
#   packaging/msi/build.sh STAGE VERSION OUT.msi     of a folder with the Windows program
#   packaging/msi/build.sh --stand-in BUILD OUT      around a stand-in, to prove the installer itself:
#                                                    LibTorch for Windows can be used with MSVC alone,
#                                                    so the program is built by a Windows machine
set -euo pipefail
here=$(dirname "$(realpath "$0")")
common=$here/../common

make_icon() { # FOLDER
    local size
    if ! command -v icotool >/dev/null; then
        magick -background none "$common/espalier.svg" -define icon:auto-resize=256,48,32,16 \
            "$1/espalier.ico"
        return
    fi
    for size in 16 32 48 256; do
        rsvg-convert -w $size -h $size "$common/espalier.svg" -o "$1/icon-$size.png"
    done
    icotool -c -o "$1/espalier.ico" "$1"/icon-*.png
}

compile() { # VERSION OUT.msi
    if command -v wixl >/dev/null; then
        wixl -a x64 -D Version="$1" -D Icon=espalier.ico -o "$2" product.wxs payload.wxs
    else
        "${WIX}bin/candle" -nologo -arch x64 -dVersion="$1" -dIcon=espalier.ico product.wxs payload.wxs
        "${WIX}bin/light" -nologo -spdb -out "$2" product.wixobj payload.wixobj
    fi
}

make_installer() { # STAGE VERSION OUT.msi
    local parts out
    parts=$(mktemp -d)
    out=$(realpath -m "$3")
    make_icon "$parts"
    cp -r "$1" "$parts/stage"
    cp "$here/product.wxs" "$parts/"
    (cd "$parts" && python3 "$here/payload.py" stage >payload.wxs)
    (cd "$parts" && compile "$2" "$out")
    rm -rf "$parts"
    echo "${3##*/}: $(($(stat -c %s "$3") / 1000)) kB"
}

make_stand_in() { # VERSION STAGE [EXTRA-FILE]
    mkdir -p "$2/plugins/platforms"
    local program
    for program in espalier espalier-cli; do
        x86_64-w64-mingw32-gcc-posix -O2 -s -DVERSION="\"$1\"" -o "$2/$program.exe" "$here/stand_in.c"
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
