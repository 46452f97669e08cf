#!/usr/bin/env bash
# Builds the runtime: packaging/appimage/runtime.sh OUT [UPDATE-INFORMATION]
set -euo pipefail
out=${1:?usage: runtime.sh OUT [UPDATE-INFORMATION]}
updates=${2:-}
source=$(dirname "$(realpath "$0")")/runtime

[ ${#updates} -lt 1024 ] || { echo "The update information is longer than its section." >&2; exit 1; }
# libfuse's loader of modules, which is never called, warns of being linked statically.
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -s -Wl,--no-warnings \
    -o "$out" "$source"/*.c \
    -lsquashfuse_ll -lsquashfuse -lfuse3 -lzstd -lz -llz4 -llzma -llzo2 2>"$out.log" ||
    { cat "$out.log" >&2; exit 1; }
rm "$out.log"

at() { readelf -SW "$out" | awk -v name="$1" '{ sub(/^ *\[ *[0-9]+\] */, "") } $1 == name { print $4 }'; }
write_at() { dd of="$out" bs=1 seek="$1" conv=notrunc status=none; }
printf '%s' "$updates" | write_at "$((16#$(at .upd_info)))"
printf 'AI\x02' | write_at 8
