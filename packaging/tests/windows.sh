#!/usr/bin/env bash
# Proves that the sources without LibTorch are portable: every file of the core's modules, the command
# line and the program is read by a compiler for Windows, and by clang-tidy for what is not portable.
# Qt's headers of this machine serve: they ask the compiler for the system. What only MSVC says, the
# Windows machine of the release says.
#   packaging/tests/windows.sh [ROOM...]
source "$(dirname "$0")/lib.sh"
cd "$root"
rooms=("$@")
[ $# -gt 0 ] || rooms=(core/base core/graph core/dataset core/project app)
qt=/usr/include/x86_64-linux-gnu/qt6

# Headers alone, next to those of the compiler for Windows and before none of them.
borrowed=$work/include
mkdir -p "$borrowed"
for name in tl spdlog fmt csv.h zlib.h zconf.h; do
    ln -s "/usr/include/$name" "$borrowed/"
done

compiler=(x86_64-w64-mingw32-g++-posix -std=c++20 -fsyntax-only -Wall -Wextra -Wno-unknown-pragmas
          -DQT_NO_KEYWORDS -DQT_NO_FOREACH -DQT_NO_CAST_FROM_ASCII -DQT_NO_CAST_TO_ASCII
          -DSPDLOG_FMT_EXTERNAL -DESPALIER_VERSION='"0"' -I. -isystem "$borrowed")
for include in /usr/include/QuaZip-Qt6-*/ "$qt"/ "$qt"/Qt{Core,Gui,Widgets,Network,Concurrent,Sql}; do
    compiler+=(-isystem "$include")
done

# What moc has made is the same for every system.
while read -r made; do compiler+=(-I "$made"); done < <(find build/release -path '*_autogen/include' -type d)

sources() { find "$1" -name '*.cpp' -not -path '*/linux/*'; }
reads() { sources "$1" | xargs -P "$(nproc)" -I{} sh -c '"$@" || { echo "in $0"; exit 1; }' {} "${compiler[@]}" {}; }

finds_nothing() {
    CHECKS='-*,portability-*' tests/reliability/tidy.sh build/release $(sources "$1")
}

refuses_posix() {
    printf '#include <sys/resource.h>\nint main() { rusage usage{}; return getrusage(0, &usage); }\n' >"$work/posix.cpp"
    if "${compiler[@]}" "$work/posix.cpp" 2>"$work/errors"; then return 1; fi
    expect "sys/resource.h" "$work/errors"
}

prove "what is not on Windows is refused" refuses_posix
for room in "${rooms[@]}"; do
    prove "$room: $(sources "$room" | wc -l) files read by a compiler for Windows" reads "$room"
    prove "$room: clang-tidy finds nothing that is not portable" finds_nothing "$room"
done
summary
