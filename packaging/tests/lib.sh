# Shared by the proofs: results, and bare Debian systems to prove things in. To be sourced.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
packages=$root/build/packages
native=$root/build/release/bin
evidence=$packages/proofs
mkdir -p "$evidence"
work=$(mktemp -d "${TMPDIR:-/tmp}/espalier-proof-XXXXXX")
chmod 755 "$work"
background=()

finish() {
    local process
    for process in "${background[@]}"; do kill "$process" 2>/dev/null || true; done
    rm -rf --one-file-system "$work"
}
trap finish EXIT

passed=0 failed=0 skipped=0
# A proof fails by its own status; the others still run.
prove() {
    local what=$1 began=$SECONDS status
    shift
    set +e
    (set -e; "$@") >"$work/output" 2>&1
    status=$?
    set -e
    if [ $status = 0 ]; then
        passed=$((passed + 1))
        echo "PASS  $what ($((SECONDS - began)) s)"
    else
        failed=$((failed + 1))
        echo "FAIL  $what"
        sed 's/^/      /' "$work/output" | tail -40
    fi
}

# What a machine lacks is said, and no reason to pass in CI.
skip() {
    if [ -n "${CI:-}" ]; then
        failed=$((failed + 1))
        echo "FAIL  $1: $2"
    else
        skipped=$((skipped + 1))
        echo "SKIP  $1: $2"
    fi
}

summary() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}

expect() { # TEXT FILE: the file has the text
    grep -qF -- "$1" "$2" || { echo "'$1' is missing in:"; cat "$2"; return 1; }
}

refuse() { # PATTERN FILE: no line matches
    if grep -E -- "$1" "$2"; then
        echo "None of these should be there."
        return 1
    fi
}

# make_system SUITE FOLDER [OPTION...]: a Debian with nothing but its smallest set of packages.
# ESPALIER_SYSTEMS: a folder that keeps them for the next time.
make_system() {
    local suite=$1 folder=$2 kept
    kept=${ESPALIER_SYSTEMS:-$work/none}/$(echo "$*" | sed "s|$work||g" | sha256sum | cut -c 1-16).tar
    shift 2
    if [ -e "$kept" ]; then
        mkdir -p "$folder"
        tar -C "$folder" --numeric-owner -xpf "$kept"
        prepare_system "$folder"
        return
    fi
    mmdebstrap --quiet --mode=root --variant=minbase --format=directory \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        "$@" "$suite" "$folder"
    # As every system that has booted; fusermount3 -u looks there.
    ln -sf ../proc/self/mounts "$folder/etc/mtab"
    [ -z "${ESPALIER_SYSTEMS:-}" ] || tar -C "$folder" --numeric-owner -cpf "$kept" .
    prepare_system "$folder"
}

# The bare systems get a device of their own: what counts is the kernel, which may load its module late.
has_fuse() { [ -e /dev/fuse ] || grep -qw fuse /proc/filesystems; }

prepare_system() {
    local folder=$1
    echo 'tester:x:1000:1000::/home/tester:/bin/bash' >>"$folder/etc/passwd"
    install -d -o 1000 -g 1000 "$folder/home/tester"
    ! has_fuse || mknod -m 666 "$folder/dev/fuse" c 10 229
    mkdir -p "$folder/tmp/.X11-unix" "$folder/opt"
    chmod 1777 "$folder/tmp" "$folder/tmp/.X11-unix"
    install -m 755 "$root/packaging/tests/inside.sh" "$folder/opt/inside"
    install -m 755 "$root/packaging/tutorial.sh" "$folder/opt/tutorial"
}

# inside FOLDER root|tester [NAME=VALUE...] COMMAND...: runs it there, in namespaces of its own, and
# fails when it leaves a mount or an unpacked program behind.
inside() {
    local folder=$1 user=$2 home=/root id=0
    shift 2
    [ "$user" = root ] || { home=/home/$user; id=1000; }
    unshare --mount --pid --fork --kill-child bash -c '
        folder=$1 id=$2; shift 2
        mount -t proc proc "$folder/proc"
        [ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$folder/tmp/.X11-unix"
        exec chroot --userspec="$id:$id" "$folder" "$@"' bash "$folder" "$id" \
        /usr/bin/env -i --chdir="$home" HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        /opt/inside "$@"
}

needs_root() {
    [ "$(id -u)" = 0 ] || { skip "$1" "bare systems can only be made by root"; summary; exit; }
}

start_display() {
    display=:$((90 + RANDOM % 900))
    Xvfb "$display" -screen 0 1600x1000x24 -nolisten tcp >/dev/null 2>&1 &
    background+=($!)
    for _ in {1..100}; do
        [ ! -S "/tmp/.X11-unix/X${display#:}" ] || return 0
        sleep 0.1
    done
    echo "Xvfb does not start" >&2
    return 1
}
