#!/usr/bin/env bash
# Measures the AppImage beside the program that it is made of, in turns, on a machine that does
# nothing else: packaging/tests/speed.sh [start] [training]
source "$(dirname "$0")/lib.sh"
image=$(ls "$packages"/Espalier-*-x86_64.AppImage)
ln -s "$image" "$work/espalier-cli"
rounds=5

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# Until the window has been painted.
start() {
    local workspace=$work/start began process
    rm -rf "$workspace"
    began=$(milliseconds)
    ESPALIER_WORKSPACE=$workspace HOME=$work DISPLAY=$display QT_QPA_PLATFORM=xcb "$1" >/dev/null 2>&1 &
    process=$!
    while ! grep -qs "Window ready" "$workspace/logs/espalier.log"; do
        kill -0 $process
        sleep 0.005
    done
    milliseconds | awk -v began="$began" '{ print $1 - began }'
    kill $process
    wait $process || true
}

prepare_training() {
    local cli=("$native/espalier-cli" --workspace "$work/training")
    "${cli[@]}" project create Speed
    "${cli[@]}" dataset import sample:clothes --name Clothes
    "${cli[@]}" dataset save Clothes@1
    "${cli[@]}" experiment create CNN --dataset Clothes@1 --snippet CNN --input image --target category
    "${cli[@]}" experiment set CNN epochs=6
}

# The first epoch finds the kernels for its shapes, and reads them from wherever the program is.
train() { # PROGRAM NAME: seconds of each epoch but the first
    "$native/espalier-cli" --workspace "$work/training" experiment duplicate CNN "$2" >/dev/null
    "$1" --workspace "$work/training" experiment run "$2" --json |
        grep '"event":"epoch"' | sed 's/.*"seconds":\([0-9.]*\).*/\1/' | tail -n +2
}

within() { awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN { exit !(a <= b * most) }'; }

starts_as_fast() {
    local round
    start "$native/espalier" >/dev/null
    start "$image" >/dev/null
    for ((round = 0; round < rounds; ++round)); do
        start "$native/espalier" >>"$work/native-start"
        start "$image" >>"$work/packed-start"
    done
    local plain packed
    plain=$(median <"$work/native-start") packed=$(median <"$work/packed-start")
    echo "window after $plain ms natively, $packed ms from the AppImage" | tee "$evidence/start.txt"
    within "$packed" "$plain" 1.3
}

trains_as_fast() {
    local round
    prepare_training >/dev/null
    for ((round = 0; round < 3; ++round)); do
        train "$native/espalier-cli" "native-$round" >>"$work/native-train"
        train "$work/espalier-cli" "packed-$round" >>"$work/packed-train"
    done
    local plain packed
    plain=$(median <"$work/native-train") packed=$(median <"$work/packed-train")
    echo "an epoch of the CNN in $plain s natively, $packed s in the AppImage" |
        tee "$evidence/training.txt"
    within "$packed" "$plain" 1.05
}

[ $# -gt 0 ] || set -- start training
for what in "$@"; do
    rm -f "$evidence/$what.txt"
    case $what in
        start) start_display; prove "starts within 1.3 times of the native program" starts_as_fast ;;
        training) prove "trains within 5 % of the native program" trains_as_fast ;;
        *) echo "unknown measurement $what" >&2; exit 2 ;;
    esac
    cat "$evidence/$what.txt" 2>/dev/null || true
done
summary
