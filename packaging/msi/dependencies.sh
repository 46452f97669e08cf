#!/usr/bin/env bash
# On the Windows machine of a release: the libraries beside Qt and LibTorch, into the folder DEPS.
#   packaging/msi/dependencies.sh DEPS
# Not run yet, as .github/workflows/release.yml says.
set -euo pipefail
mkdir -p "${1:?usage: dependencies.sh DEPS}"
deps=$(realpath "$1")
quazip=v1.4
onednn=v2.6.3 # as in Debian 12; version 3 has another interface
libcsv=b1d5212831842ee5869d99bc208a21837e4037d5

vcpkg install --triplet x64-windows spdlog tl-expected zlib bzip2
toolchain=$VCPKG_INSTALLATION_ROOT/scripts/buildsystems/vcpkg.cmake

git clone -q --depth 1 --branch $quazip https://github.com/stachenov/quazip.git
cmake -S quazip -B quazip/build -G Ninja -DCMAKE_BUILD_TYPE=Release -DQUAZIP_QT_MAJOR_VERSION=6 \
    -DCMAKE_TOOLCHAIN_FILE="$toolchain" -DCMAKE_INSTALL_PREFIX="$deps"
cmake --build quazip/build --target install

git clone -q --depth 1 --branch $onednn https://github.com/oneapi-src/oneDNN.git
cmake -S oneDNN -B oneDNN/build -G Ninja -DCMAKE_BUILD_TYPE=Release -DDNNL_CPU_RUNTIME=OMP \
    -DDNNL_BUILD_TESTS=OFF -DDNNL_BUILD_EXAMPLES=OFF -DCMAKE_INSTALL_PREFIX="$deps"
cmake --build oneDNN/build --target install

git clone -q https://github.com/rgamble/libcsv.git
git -C libcsv checkout -q $libcsv
mkdir -p "$deps/include" "$deps/lib"
(cd libcsv && cl -nologo -c -O2 -MD libcsv.c && lib -nologo -out:csv.lib libcsv.obj)
cp libcsv/csv.h "$deps/include/"
cp libcsv/csv.lib "$deps/lib/"
