#!/bin/bash
# clang-tidy over core/, ui/ and app/, a file for each processor at a time: of the checks in
# .clang-tidy those for traps (bugprone, cert, concurrency, portability); the others are advice for
# an editor.
#
#   tests/reliability/tidy.sh [BUILD] [FILE]...
#
# BUILD: a build folder that has been built (it knows how each file is compiled, and holds what moc
# makes), default build/release. FILE: default all. CHECKS: instead of those for traps. Writes what is
# found, does not end with 0 then.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
build=${1:-build/release}
files=("${@:2}")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(git ls-files 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp')

# LibTorch has vectors of a class before that is complete. clang takes that only where a vector is
# not constexpr: in the standard library of GCC 11, which also has the omp.h that clang has not.
library=$(dirname "$(find /usr/lib/gcc -path '*/11/libstdc++.a' -print -quit)")
if [ "$library" = . ] || ! command -v clang-tidy-16 >/dev/null; then
    echo "Install clang-tidy-16 and libstdc++-11-dev, as packaging/bootstrap.sh fuzz does." >&2
    exit 2
fi
options=(-Wno-unknown-warning-option # The compile commands are g++'s, whose warnings clang does not all know.
         "--gcc-install-dir=$library" "-idirafter$library/include")

printf '%s\n' "${files[@]}" | xargs -n 1 -P "$(nproc)" nice clang-tidy-16 -quiet -p "$build" \
    --checks="${CHECKS:--readability-*,-modernize-*,-performance-*,-misc-*}" --warnings-as-errors='*' \
    "${options[@]/#/--extra-arg=}" 2> >(grep -v '^[0-9]* warnings\? ' >&2)
