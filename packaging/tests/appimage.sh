#!/usr/bin/env bash
# Proves the AppImage in bare Debian 12 and 13 systems: packaging/tests/appimage.sh [SUITE...]
source "$(dirname "$0")/lib.sh"
suites=("$@")
[ $# -gt 0 ] || suites=(bookworm trixie)
image=$(ls "$packages"/Espalier-*-x86_64.AppImage)
# What every desktop has (packaging/appimage/host-libraries.txt), and the helper of FUSE.
host=libgl1,libegl1,libopengl0,libgbm1,libx11-6,libx11-xcb1,libfontconfig1,libharfbuzz0b,fuse3

is_small() { [ "$(stat -c %s "$image")" -lt 120000000 ]; }

is_type_2() {
    gcc -std=gnu17 -Wall -o "$work/reader" "$root/packaging/tests/reader.c" -lappimage
    XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache HOME=$work "$work/reader" "$image"
    find "$work/data" -type f >"$work/registered"
    expect .desktop "$work/registered"
    expect mime/packages "$work/registered"
    expect hicolor/ "$work/registered"
}

update_information_is_kept() {
    "$root/packaging/appimage/runtime.sh" "$work/runtime" "zsync|https://example.org/a.zsync"
    [ "$("$work/runtime" --appimage-updateinformation)" = "zsync|https://example.org/a.zsync" ]
    [ "$(xxd -s 8 -l 3 -p "$work/runtime")" = 414902 ]
    [ "$("$image" --appimage-updateinformation)" = "${ESPALIER_UPDATES:-}" ]
    readelf -p .upd_info "$image" >"$work/section"
    [ -z "${ESPALIER_UPDATES:-}" ] || expect "$ESPALIER_UPDATES" "$work/section"
}

has_its_parts() {
    (cd "$work" && "$image" --appimage-extract '*' >"$work/list")
    local part
    for part in AppRun .DirIcon espalier.desktop usr/share/mime/packages/espalier.xml \
        usr/share/metainfo/org.espalier.Espalier.metainfo.xml \
        usr/share/doc/espalier/third-party/libtorch1.13.txt \
        usr/plugins/platforms/libqxcb.so usr/plugins/platforms/libqwayland-generic.so \
        usr/plugins/sqldrivers/libqsqlite.so usr/plugins/tls/libqopensslbackend.so \
        usr/plugins/imageformats/libqsvg.so usr/plugins/imageformats/libqwebp.so; do
        expect "squashfs-root/$part" "$work/list"
    done
    desktop-file-validate "$work/squashfs-root/espalier.desktop"
    rm -rf "$work/squashfs-root"
    refuse 'libfuse|libQt5|libopencv' "$work/list"
}

# --- in a bare system ---------------------------------------------------------------------
bare_system() { make_system "$suite" "$system" --include="$host"; }
is_bare() {
    find "$system" -xdev >"$work/files"
    refuse 'libQt|libtorch|libfuse\.so\.2' "$work/files"
}
self_test() { inside "$system" "$@" /opt/Espalier.AppImage --self-test; }
prove_by_fuse() {
    if has_fuse; then prove "$@"; else skip "$1" "the kernel of this machine has no FUSE"; fi
}
unpacks_where_fuse_is_missing() {
    local status=0
    ! has_fuse || mv "$system/dev/fuse" "$system/dev/no-fuse"
    inside "$system" tester /opt/Espalier.AppImage --cli snippet list || status=$?
    ! has_fuse || mv "$system/dev/no-fuse" "$system/dev/fuse"
    return $status
}
tutorial() { inside "$system" "$1" /opt/tutorial /opt/espalier-cli "$2"; }

exit_status_comes_through() {
    local status=0
    inside "$system" tester /opt/Espalier.AppImage --cli nonsense || status=$?
    [ "$status" = 2 ]
}

# The window on the project of the tutorial, while `check` looks at it; then it is ended with a signal.
with_window() {
    local check=$1 signal=$2 settings=$system/home/tester/.config/Espalier
    install -d -o 1000 -g 1000 "$system/home/tester/.config" "$settings"
    printf '[window]\ntab=2\n' >"$settings/espalier.conf"
    chown 1000:1000 "$settings/espalier.conf"
    rm -f "$system/home/tester/maps" "$system/home/tester/ready"
    inside "$system" tester DISPLAY="$display" /opt/window "$signal" >"$work/window" 2>&1 &
    local window=$!
    for _ in {1..1300}; do
        [ ! -e "$system/home/tester/ready" ] || break
        sleep 0.1
    done
    local status=0
    "$check" || status=$?
    touch "$system/home/tester/looked"
    wait "$window" || status=$?
    rm -f "$system/home/tester/looked"
    cat "$work/window"
    return $status
}

pixels() { # FILE COLOUR: how many have it
    convert "$1" -alpha off -depth 8 "rgb:-" | xxd -p -c 3 | grep -c "^${2#\#}$" || true
}

colour() { sed -n "s/.*Role::$1, *0xff\([0-9a-f]*\),.*/#\1/p" "$root/ui/theme/theme_colors.cpp"; }

# They are drawn when their numbers have been read, a moment after the window.
curves_are_visible() {
    local picture=$evidence/window-$suite.png training validation
    for _ in {1..20}; do
        sleep 0.5
        import -display "$display" -window root "$picture"
        training=$(pixels "$picture" "$(colour MetricTraining)")
        validation=$(pixels "$picture" "$(colour MetricValidation)")
        [ "$training" -le 100 ] || [ "$validation" -le 100 ] || return 0
    done
    echo "$training pixels of the training curve, $validation of the validation curve"
    return 1
}

# Everything that is mapped from outside is in the list, or needed by what is in the list.
only_host_libraries() {
    local outside allowed
    grep -oE '/[^ ]+\.so[.0-9]*$' "$system/home/tester/maps" | sort -u >"$work/mapped"
    expect libtorch_cpu "$work/mapped"
    outside=$(grep -v '^/tmp/\.mount_' "$work/mapped" | xargs -n 1 basename | sort -u)
    allowed=$(allowed_libraries)
    comm -23 <(echo "$outside") <(echo "$allowed") >"$work/strangers"
    [ ! -s "$work/strangers" ] || { echo "From outside, and not in the list:"; cat "$work/strangers"; return 1; }
}

# File names in the bare system of the libraries in the list, and of what they need themselves.
allowed_libraries() {
    local name
    for name in $(sed 's/#.*//' "$root/packaging/appimage/host-libraries.txt" | awk 'NF { print $1 }'); do
        chroot "$system" sh -c "readlink -e /lib/x86_64-linux-gnu/$name || exit 0
            ldd /lib/x86_64-linux-gnu/$name | awk '\$2 == \"=>\" { print \$3 }' | xargs -r readlink -e"
    done | xargs -n 1 basename | sort -u
}

prove "smaller than 120 MB ($(($(stat -c %s "$image") / 1000000)) MB)" is_small
prove "libappimage reads it as type 2, and registers program, icon and file type" is_type_2
prove "update information stands in its section" update_information_is_kept
prove "plugins, notices and file type are inside" has_its_parts

needs_root "bare systems"
start_display
for suite in "${suites[@]}"; do
    system=$work/$suite
    prove "$suite: a bare system" bare_system
    [ -x "$system/opt/inside" ] || continue
    cp "$image" "$system/opt/Espalier.AppImage"
    ln -s Espalier.AppImage "$system/opt/espalier-cli"
    install -m 755 "$root/packaging/tests/window.sh" "$system/opt/window"
    prove "$suite: no Qt, LibTorch or libfuse2 in it" is_bare
    for user in root tester; do
        prove_by_fuse "$suite: self-test as $user, by FUSE" self_test $user
        prove "$suite: self-test as $user, unpacked" self_test $user APPIMAGE_EXTRACT_AND_RUN=1
    done
    prove "$suite: starts where FUSE is missing" unpacks_where_fuse_is_missing
    prove "$suite: the exit status of the command line" exit_status_comes_through
    prove "$suite: the tutorial on the embedded sample" tutorial tester /home/tester/workspace
    prove_by_fuse "$suite: the window shows curves; nothing is left after its end" \
        with_window curves_are_visible TERM
    prove_by_fuse "$suite: only the libraries of the list come from outside; nothing is left after a kill" \
        with_window only_host_libraries KILL
    rm -rf --one-file-system "$system"
done
summary
