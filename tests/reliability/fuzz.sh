#!/bin/bash
# Feeds every reader of strangers' data with what libFuzzer makes of the corpus; two at a time.
#
#   tests/reliability/fuzz.sh [SECONDS] [TARGET]...
#
# SECONDS: for each target, default 600. TARGET: a folder of tests/data/fuzz, default all. Needs
# build/fuzz (packaging/bootstrap.sh fuzz). A line per target: `ok`, or `SHORT` with the input that
# broke a promise, which stays in build/fuzz/found/TARGET. Put it, made small, into
# tests/data/fuzz/TARGET before the mend: tst_fuzz_corpus then keeps it from coming back.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$root/build/fuzz/bin/espalier_fuzz
seconds=${1:-600}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls "$root/tests/data/fuzz")
if [ ! -x "$program" ]; then
    echo "SHORT fuzzing: $program is not there; packaging/bootstrap.sh fuzz builds it"
    exit 1
fi

# Files that live for a moment need no disk.
[ -d /dev/shm ] && export TMPDIR=/dev/shm
export ASAN_OPTIONS=detect_leaks=1:detect_odr_violation=0:allocator_may_return_null=1
export LSAN_OPTIONS=suppressions=$root/tests/data/lsan.supp
export UBSAN_OPTIONS=print_stacktrace=1

fuzz() {
    local target=$1 work
    work=$(mktemp -d)
    mkdir "$work/corpus"
    mkdir -p "$root/build/fuzz/found/$target"
    if ESPALIER_FUZZ=$target TMPDIR=$work "$program" -max_total_time="$seconds" -timeout=20 \
        ${ESPALIER_SEED:+-seed="$ESPALIER_SEED"} \
        -rss_limit_mb=2048 -max_len=20000 -print_final_stats=1 -verbosity=1 \
        -artifact_prefix="$root/build/fuzz/found/$target/" \
        "$work/corpus" "$root/tests/data/fuzz/$target" >"$root/build/fuzz/found/$target/log" 2>&1; then
        echo "ok fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' \
            "$root/build/fuzz/found/$target/log") inputs in $seconds s"
    else
        echo "SHORT fuzz $target: see build/fuzz/found/$target/log"
    fi
    rm -rf "$work"
}

export root program seconds
export -f fuzz
figures=$(mktemp)
printf '%s\n' "${targets[@]}" | xargs -n 1 -P 2 bash -c 'fuzz "$1"' fuzz | tee "$figures"
! grep -q '^SHORT' "$figures"
status=$?
rm -f "$figures"
exit $status
