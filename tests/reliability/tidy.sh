#!/bin/bash
# clang-tidy over core/, ui/ and app/, two files at a time: of the checks in .clang-tidy those for
# traps (bugprone, cert, concurrency, portability); the others are advice for an editor.
#
#   tests/reliability/tidy.sh [BUILD] [FILE]...
#
# BUILD: a build folder that has been built (it knows how each file is compiled, and holds what moc
# makes), default build/release. FILE: default all. Writes what is found, ends with 1 then.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
build=${1:-build/release}
files=("${@:2}")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(git ls-files 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp')
# The compile commands are those of g++, whose warnings clang does not all know.
printf '%s\n' "${files[@]}" | xargs -n 1 -P 2 nice clang-tidy -quiet -p "$build" \
    --checks='-readability-*,-modernize-*,-performance-*,-misc-*' --warnings-as-errors='*' \
    --extra-arg=-Wno-unknown-warning-option 2> >(grep -v '^[0-9]* warnings\? ' >&2)
