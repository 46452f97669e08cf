#!/usr/bin/env bash
# Sets up Espalier on a fresh Debian 12: installs what is missing, builds, and does one thing.
#
#   packaging/bootstrap.sh run        start Espalier (without a display: the tutorial in the terminal)
#   packaging/bootstrap.sh test       run the tests
#   packaging/bootstrap.sh sanitize   run the core's tests under the address and undefined sanitizers
#   packaging/bootstrap.sh threads    run the tests of threads under the thread sanitizer
#   packaging/bootstrap.sh fuzz       feed what reads strangers' data with what clang's libFuzzer makes up
#   packaging/bootstrap.sh reliability [--short]   run tests/reliability/run.sh
#   packaging/bootstrap.sh build      build only
#   packaging/bootstrap.sh packages [NAME...]   build what packaging/build.sh needs, with its tools
#   packaging/bootstrap.sh proofs [NAME...]     install what packaging/test.sh needs
#
# A second call does only what is new: it takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

toolchain=(g++ cmake ninja-build ccache)
qt=(qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev libqt6sql6-sqlite
    qt6-image-formats-plugins)
# libopenblas0-openmp: the reference BLAS that LibTorch falls back to is some fifty times slower.
libraries=(libtorch-dev libdnnl-dev libopenblas0-openmp libquazip1-qt6-dev libspdlog-dev
           libexpected-dev libcsv-dev zlib1g-dev libbenchmark-dev ca-certificates fonts-inter)
# What each package is made with and of, and what proves it (some proofs make a variant).
declare -A makes=(
    [deb]=""
    [appimage]="libsquashfuse-dev libfuse3-dev libzstd-dev liblz4-dev liblzo2-dev liblzma-dev
                squashfs-tools patchelf librsvg2-bin qt6-wayland qt6-xdgdesktopportal-platformtheme"
    [msi]="wixl icoutils librsvg2-bin python3 gcc-mingw-w64-x86-64-posix")
declare -A proves=(
    [deb]="mmdebstrap lintian desktop-file-utils appstream man-db"
    [appimage]="${makes[appimage]} mmdebstrap fuse3 xvfb imagemagick libappimage-dev
                desktop-file-utils xxd"
    [msi]="${makes[msi]} msitools wine64"
    [windows]="g++-mingw-w64-x86-64-posix clang-tidy-16 libstdc++-11-dev"
    [speed]="xvfb")
# What finds inputs that break promises (libFuzzer), and what reads the code for traps (clang-tidy).
# clang-tidy 16 with the standard library of GCC 11 can read LibTorch's headers as C++20.
fuzzing=(clang libclang-rt-14-dev libomp-dev clang-tidy-16 libstdc++-11-dev)

# What Qt's own libraries are built of once more, for the thread sanitizer.
instrumenting=(dpkg-dev libglib2.0-dev libicu-dev libpcre2-dev libdouble-conversion-dev libb2-dev
               libzstd-dev libssl-dev libsqlite3-dev libproxy-dev libbrotli-dev)

# Compiled files are shared between clones of the project, wherever they are.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

say() { printf '\n== %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

install_missing() {
    local missing=() package wanted=("$@")
    if ! command -v apt-get >/dev/null; then
        say "This is no Debian: please install the counterparts of ${wanted[*]}"
        return
    fi
    for package in "${wanted[@]}"; do
        installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    for package in "${missing[@]}"; do # else every later call would ask the network again
        installed "$package" || { say "$package only stands for another package: name that here"; exit 1; }
    done
}

install_common() { install_missing "${toolchain[@]}" "${qt[@]}" "${libraries[@]}"; }

# needs TABLE [NAME...]: what the table has for the names; for all without one.
needs() {
    local -n table=$1
    local name
    shift
    [ $# -gt 0 ] || set -- "${!table[@]}"
    for name in "$@"; do
        [ -n "${table[$name]+known}" ] || { say "There is no package $name: ${!table[*]}"; exit 2; }
        printf '%s\n' ${table[$name]}
    done | sort -u
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    say "Building ($preset)"
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset" ${1:+--target "$@"}
}

build_for_threads() {
    install_common
    install_missing "${instrumenting[@]}"
    say "Building Qt (thread sanitizer)"
    tests/reliability/threads/build_qt.sh
    build tsan
}

# The window where there is a display and this build has one.
start() {
    local window=build/release/bin/espalier
    if [ -x "$window" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec "$window"
    fi
    exec packaging/tutorial.sh build/release/bin/espalier-cli
}

# CI treats warnings as errors; people should not be stopped by those of a newer compiler.
preset=release
[ -z "${CI:-}" ] || preset=ci

verb=${1:-}
[ $# = 0 ] || shift
case "$verb" in
    run) install_common; build "$preset" espalier espalier-cli; start ;;
    test) install_common; build "$preset"; ctest --preset "$preset" ;;
    sanitize) install_common; build asan; ctest --preset asan ;;
    threads) build_for_threads; ctest --preset tsan ;;
    fuzz)
        install_common
        install_missing "${fuzzing[@]}"
        build fuzz
        tests/reliability/fuzz.sh 30 ;;
    reliability)
        install_common
        install_missing "${fuzzing[@]}"
        build "$preset" reliability
        build fuzz
        [ "${1:-}" = --short ] || build_for_threads
        tests/reliability/run.sh "$@" ;;
    build) install_common; build "$preset" ;;
    packages)
        install_common
        wanted=$(needs makes "$@")
        install_missing $wanted
        build "$preset" espalier espalier-cli espalier_documents ;;
    proofs)
        wanted=$(needs proves "$@")
        install_missing $wanted ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
