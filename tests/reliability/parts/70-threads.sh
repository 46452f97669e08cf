# Threads of ours under the thread sanitizer: build/tsan, made by packaging/bootstrap.sh threads.
source_root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$(dirname "$0")/lib.sh"
BUILD=$source_root/build/tsan
export TSAN_OPTIONS=suppressions=$source_root/tests/data/tsan.supp:history_size=4
status=0
sanitized() { figure "no data race in $1" "$(program "$1")" -silent || status=1; }
sanitized tst_parallel
sanitized tst_run_records
sanitized tst_training_session
if ! isShort; then
    figure "no data race in any test of threads" \
        ctest --test-dir "$BUILD" -L threads --output-on-failure || status=1
fi
exit $status
