#!/usr/bin/env bash
# Proves the Windows installer under wine, around a stand-in for the program: packaging/tests/msi.sh
source "$(dirname "$0")/lib.sh"
export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe="
unset DISPLAY WAYLAND_DISPLAY
wine=/usr/lib/wine/wine64
drive=$WINEPREFIX/drive_c
folder="$drive/Program Files/Espalier"
projects=$drive/users/$(id -un)/AppData/Local/espalier/workspace

make_version() { # VERSION [EXTRA-FILE]
    "$root/packaging/msi/build.sh" --stand-in-of "$1" "$work/$1.msi" "${2:-}"
}

installer() { timeout 300 "$wine" msiexec "$@" /qn >/dev/null 2>&1; }

tables_are_right() {
    local msi=$work/1.0.0.msi table
    msiinfo export "$msi" Property >"$work/Property"
    msiinfo export "$msi" Upgrade >"$work/Upgrade"
    msiinfo export "$msi" Shortcut >"$work/Shortcut"
    msiinfo export "$msi" Registry >"$work/Registry"
    expect "{6E1C1E57-6A1B-5B0E-9C0E-3A4F0B2D7E11}" "$work/Property"
    expect "WIX_DOWNGRADE_DETECTED" "$work/Upgrade"
    expect "[INSTALLDIR]espalier.exe" "$work/Shortcut"
    expect 'Directory\shell\Espalier\command' "$work/Registry"
}

components_keep_their_names() {
    local version
    for version in 1.0.0 2.0.0; do
        msiinfo export "$work/$version.msi" Component | awk -F '\t' 'NR > 3 { print $1, $2 }' |
            sort >"$work/components-$version"
    done
    comm -23 "$work/components-1.0.0" "$work/components-2.0.0" >"$work/changed"
    refuse . "$work/changed"
}

extraction_equals_stage() {
    msiextract -C "$work/extracted" "$work/1.0.0.msi" >/dev/null
    diff -r "$work/1.0.0.stage" "$(dirname "$(find "$work/extracted" -name espalier.exe)")"
}

entries() { # how many the list of installed programs has
    "$wine" reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s >"$work/entries" 2>/dev/null ||
        true
    grep -cE 'DisplayName .*Espalier' "$work/entries" || true
}

runs() { # VERSION
    "$wine" "$folder/espalier.exe" --self-test
    # Never through a pipe: a program of wine may wait for its reader for ever.
    "$wine" "$folder/espalier.exe" --version >"$work/version"
    expect "espalier $1" "$work/version"
}

makes_a_system() { timeout 300 "$wine" wineboot --init >/dev/null 2>&1; [ -d "$drive/Program Files" ]; }

installs() {
    mkdir -p "$projects/clothes"
    echo "work of a person" >"$projects/clothes/project.db"
    installer /i "$work/1.0.0.msi"
    diff -r "$work/1.0.0.stage" "$folder"
    [ "$(entries)" = 1 ]
    runs 1.0.0
}

upgrades() {
    installer /i "$work/2.0.0.msi"
    diff -r "$work/2.0.0.stage" "$folder"
    [ "$(entries)" = 1 ]
    runs 2.0.0
}

refuses_to_downgrade() {
    local status=0
    installer /i "$work/1.0.0.msi" || status=$?
    [ "$status" = 67 ] # 1603 (fatal error) in eight bits
    runs 2.0.0
}

uninstalls() {
    installer /x "$work/2.0.0.msi"
    [ ! -e "$folder" ]
    [ "$(entries)" = 0 ]
    expect "work of a person" "$projects/clothes/project.db"
}

prove "stand-ins of two versions" eval 'make_version 1.0.0 && make_version 2.0.0 "new in 2.txt"'
prove "tables" tables_are_right
prove "components keep their GUIDs between versions" components_keep_their_names
prove "extraction equals what went in" extraction_equals_stage
prove "a Windows of wine" makes_a_system
prove "installs and runs" installs
prove "upgrades, leaving one entry" upgrades
prove "refuses to downgrade" refuses_to_downgrade
prove "uninstalls, and leaves the workspace alone" uninstalls
timeout 30 /usr/lib/wine/wineserver64 -k 2>/dev/null || true
summary
