# Threads of ours under the thread sanitizer: build/tsan, made by packaging/bootstrap.sh threads.
source_root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$(dirname "$0")/lib.sh"
export TSAN_OPTIONS=history_size=4
figure "no data race in any test of threads" \
    ctest --test-dir "$source_root/build/tsan" -L threads --no-tests=error --output-on-failure
