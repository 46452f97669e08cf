#!/bin/bash
# Proves what is promised about crashes, faults, strangers' data and load: a line per figure, and
# an exit status of 1 when one falls short. Builds nothing.
#
#   tests/reliability/run.sh [--short] [--only PART]... [BUILD]
#
# BUILD: the build folder, default build/release; its target `reliability` builds all that is run.
# --short: what fits into CI. PART: the name of a file in parts/ without number and ending.
#
# A part is a script parts/NN-NAME.sh, or NN-NAME.long.sh where it has no short form. It gets BUILD, FORM (short or long) and SCRATCH (an empty
# folder that goes afterwards), writes `ok FIGURE` or `SHORT FIGURE` for everything that it looked
# at, whatever else it has to say to standard error, and ends with 1 when something fell short.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_root=$(cd "$here/../.." && pwd)
FORM=long
BUILD=$source_root/build/release
only=()

usage() {
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
    exit "$1"
}

while [ $# -gt 0 ]; do
    case $1 in
    --short) FORM=short ;;
    --only)
        [ $# -gt 1 ] || usage 2 >&2
        only+=("$2")
        shift
        ;;
    -h | --help) usage 0 ;;
    -*) usage 2 >&2 ;;
    *) BUILD=$(cd "$1" && pwd) || exit 2 ;;
    esac
    shift
done
if [ ! -d "$BUILD" ]; then
    echo "There is no build in $BUILD: build the target reliability first." >&2
    exit 2
fi
export FORM BUILD QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

isWanted() {
    [ ${#only[@]} -eq 0 ] && return 0
    local name
    for name in "${only[@]}"; do [ "$name" = "$1" ] && return 0; done
    return 1
}

# A part that says nothing, or says that all is well and ends otherwise, has fallen short itself.
runPart() {
    local name=$1 script=$2 started=$SECONDS status figures
    SCRATCH=$(mktemp -d) || return 1
    export SCRATCH
    figures=$(mktemp)
    bash "$script" | tee "$figures"
    status=${PIPESTATUS[0]}
    rm -rf "$SCRATCH"
    if ! grep -q '^ok ' "$figures" && ! grep -q '^SHORT ' "$figures"; then
        echo "SHORT $name: no figure (exit status $status)"
        status=1
    elif grep -q '^SHORT ' "$figures"; then
        status=1
    elif [ "$status" -ne 0 ]; then
        echo "SHORT $name: exit status $status"
    fi
    rm -f "$figures"
    echo "$name: $((SECONDS - started)) s" >&2
    return "$((status != 0))"
}

failed=0
found=0
for script in "$here"/parts/[0-9][0-9]-*.sh; do
    name=$(basename "$script" .sh)
    name=${name#[0-9][0-9]-}
    [ "$FORM" = short ] && [ "$name" != "${name%.long}" ] && continue
    name=${name%.long}
    isWanted "$name" || continue
    found=1
    runPart "$name" "$script" || failed=1
done
if [ $found -eq 0 ]; then
    echo "There is no such part; there is: $(ls "$here/parts")" >&2
    exit 2
fi
exit $failed
