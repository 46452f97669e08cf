#!/bin/bash
# Builds the installed Qt's libraries without a window from Debian's sources with the thread
# sanitizer, into build/tsan/qt: it sees an order between threads only where the code that makes it
# was compiled for it, and QMutex, QSemaphore, QThreadPool, QFuture and queued signals live in there.
# What is not built here (Qt Gui, LibTorch, oneDNN, SQLite) comes from the system.
#
#   tests/reliability/threads/build_qt.sh      needs what packaging/bootstrap.sh threads installs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
version=$(dpkg-query -W -f '${source:Version}' qt6-base-dev)
place=$PWD/build/tsan/qt
[ "$(cat "$place/version" 2>/dev/null)" != "$version" ] || exit 0
rm -rf "$place"
mkdir -p "$place/apt/partial"

# apt with lists of its own, so that the machine's stay as they are.
apt-get indextargets --format 'deb-src $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    sort -u >"$place/sources.list"
sources=(-qq -o "Dir::Etc::sourcelist=$place/sources.list" -o Dir::Etc::sourceparts=-
         -o "Dir::State::lists=$place/apt" -o "APT::Sandbox::User=$(id -un)")
(
    cd "$place"
    apt-get "${sources[@]}" update
    apt-get "${sources[@]}" source --download-only "qt6-base=$version"
    dpkg-source --extract qt6-base_*.dsc source >/dev/null
)

# Places and features as in Debian's build, as far as the libraries without a window know of them.
libraries=lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
cmake -S "$place/source" -B "$place/build" -G Ninja -Wno-dev --log-level=ERROR \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1 -fsanitize=thread" \
    -DCMAKE_C_FLAGS_RELWITHDEBINFO="-O1 -g1 -fsanitize=thread" \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_C_COMPILER_LAUNCHER=ccache \
    -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF -DBUILD_WITH_PCH=OFF \
    -DCMAKE_INSTALL_PREFIX=/usr -DINSTALL_LIBDIR="$libraries" -DINSTALL_PLUGINDIR="$libraries/qt6/plugins" \
    -DINSTALL_ARCHDATADIR="$libraries/qt6" -DFEATURE_relocatable=OFF -DFEATURE_rpath=OFF \
    -DFEATURE_gui=OFF -DFEATURE_widgets=OFF -DFEATURE_xml=OFF -DFEATURE_dbus=OFF -DFEATURE_testlib=ON \
    -DFEATURE_mimetype_database=OFF -DFEATURE_glib=ON -DFEATURE_icu=ON -DFEATURE_system_pcre2=ON \
    -DFEATURE_system_doubleconversion=ON -DFEATURE_system_libb2=ON -DFEATURE_system_zlib=ON \
    -DFEATURE_sql_odbc=OFF -DFEATURE_sql_mysql=OFF -DFEATURE_sql_psql=OFF -DFEATURE_system_sqlite=ON
cmake --build "$place/build" --target Core Concurrent Network Sql Test QSQLiteDriverPlugin
ln -sfn "build/$libraries" "$place/lib"
echo "$version" >"$place/version"
