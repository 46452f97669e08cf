#!/usr/bin/env bash
# Proves the Debian package in a clean Debian 12: packaging/tests/deb.sh
source "$(dirname "$0")/lib.sh"
package=$(ls "$packages"/espalier_*_amd64.deb)
system=$work/bookworm

has_no_errors() {
    lintian --allow-root --fail-on error --tag-display-limit 0 "$package" >"$work/lintian" 2>/dev/null ||
        { cat "$work/lintian"; return 1; }
    ! grep '^W:' "$work/lintian" || echo "(warnings are no errors)"
}

describes_itself() {
    dpkg-deb -x "$package" "$work/files"
    desktop-file-validate "$work/files/usr/share/applications/espalier.desktop"
    appstreamcli validate --no-net "$work"/files/usr/share/metainfo/*.xml ||
        appstreamcli validate --no-net --explain "$work"/files/usr/share/metainfo/*.xml
    man --warnings -l "$work/files/usr/share/man/man1/espalier-cli.1.gz" >/dev/null
}

# The metainfo of a release names screenshots, each of which is in the sources.
shows_itself() {
    local page=https://example.org/espalier picture
    cmake -S "$root" -B "$work/page" -G Ninja -DBUILD_TESTING=OFF -DESPALIER_PAGE=$page
    appstreamcli validate --no-net "$work/page/packaging/org.espalier.Espalier.metainfo.xml"
    sed -n "s|.*<image>$page/\(.*\)</image>.*|\1|p" "$work/page/packaging/"*.xml >"$work/pictures"
    [ -s "$work/pictures" ]
    while read -r picture; do ls "$root/$picture"; done <"$work/pictures"
}

# The commands of a person, in a system that knows nothing of it.
installs() {
    cp "$package" "$system/opt/espalier.deb"
    cp /etc/resolv.conf "$system/etc/resolv.conf"
    inside "$system" root apt-get update
    inside "$system" root DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends /opt/espalier.deb
}

self_test() { inside "$system" tester espalier --self-test; }
tutorial() { inside "$system" tester /opt/tutorial /usr/bin/espalier-cli /home/tester/workspace; }

is_removed() {
    inside "$system" root dpkg --purge espalier
    find "$system/usr" "$system/etc" "$system/var/lib" -xdev -name '*espalier*' \
        ! -path '*/var/lib/apt/*' >"$work/left"
    refuse . "$work/left"
    ls "$system"/home/tester/workspace/*/project.db
}

comes_back() {
    inside "$system" root dpkg -i /opt/espalier.deb
    inside "$system" tester ESPALIER_WORKSPACE=/home/tester/workspace \
        espalier-cli experiment list --project Clothes >"$work/experiments"
    expect Completed "$work/experiments"
}

prove "lintian finds no error" has_no_errors
prove "desktop file, metainfo and manual page" describes_itself
prove "screenshots of the metainfo" shows_itself
needs_root "a clean system"
prove "a clean Debian 12" make_system bookworm "$system"
if [ -x "$system/opt/inside" ]; then
    prove "apt installs it with all that it needs" installs
    prove "self-test" self_test
    prove "the tutorial on the embedded sample" tutorial
    prove "removed without a trace; the workspace stays" is_removed
    prove "installed again, it finds the workspace" comes_back
fi
summary
