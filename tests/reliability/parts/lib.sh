# What the parts share; a part begins with: . "$(dirname "$0")/lib.sh"

# isShort: whether this is CI's form.
isShort() { [ "$FORM" = short ]; }

# program NAME: the program of that name in the build folder; a figure fails where there is none.
program() {
    local found
    found=$(find "$BUILD" -type f -name "$1" -perm -u+x -print -quit)
    [ -n "$found" ] || echo "$1 is not built: build the target reliability." >&2
    echo "$found"
}

# figure "WHAT" COMMAND...: one figure, ok when the command ends with 0; what the command writes
# goes to standard error.
figure() {
    local what=$1 started=$SECONDS
    shift
    if "$@" >&2; then
        echo "ok $what ($((SECONDS - started)) s)"
    else
        echo "SHORT $what (exit status $?)"
        return 1
    fi
}
