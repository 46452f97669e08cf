#!/usr/bin/env bash
# Proves the packages that packaging/build.sh has made, installing first what that takes.
#   packaging/test.sh [deb] [appimage] [msi] [windows] [speed]      all without a name
# What this machine lacks is skipped with its reason; with CI set that is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- deb appimage msi windows speed
packaging/bootstrap.sh proofs "$@" || exit 1
status=0
for package in "$@"; do
    echo
    echo "== $package"
    "packaging/tests/$package.sh" || status=1
done
exit $status
