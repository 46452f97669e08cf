#!/usr/bin/env bash
# On the Windows machine of a release: gathers all that an installation holds.
#   packaging/msi/stage.sh BUILD LIBTORCH DEPS STAGE
# Not run yet, as .github/workflows/release.yml says.
set -euo pipefail
build=${1:?} torch=${2:?} deps=${3:?} stage=${4:?usage: stage.sh BUILD LIBTORCH DEPS STAGE}
here=$(dirname "$0")

cmake --install "$build" --prefix "$stage"
windeployqt --release --no-translations --no-opengl-sw --compiler-runtime \
    "$stage/espalier.exe" "$stage/espalier-cli.exe"
cp "$torch"/lib/*.dll "$stage/"
cp "$deps"/bin/*.dll "$VCPKG_INSTALLATION_ROOT"/installed/x64-windows/bin/*.dll "$stage/"
cp "$VCToolsRedistDir"/x64/Microsoft.VC*.CRT/*.dll "$VCToolsRedistDir"/x64/Microsoft.VC*.OpenMP/*.dll "$stage/"
cp "$here/../../LICENSE" "$stage/LICENSE.txt"
