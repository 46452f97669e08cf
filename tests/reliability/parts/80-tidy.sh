# Traps in the code that clang-tidy knows: in CI's form those of core/base, else all (an hour).
source_root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$(dirname "$0")/lib.sh"
cd "$source_root" || exit 2
if isShort; then
    figure "clang-tidy finds nothing in core/base" tests/reliability/tidy.sh "$BUILD" core/base/*.cpp
else
    figure "clang-tidy finds nothing in core, ui and app" tests/reliability/tidy.sh "$BUILD"
fi
