#!/usr/bin/env bash
# The tutorial in the terminal: a network learns to tell the garments of the embedded sample.
#   packaging/tutorial.sh build/release/bin/espalier-cli [WORKSPACE]
set -euo pipefail
cli=$(realpath -s "${1:?usage: packaging/tutorial.sh CLI [WORKSPACE]}")
workspace=${2:-$(dirname "$cli")/../tutorial}
rm -rf "$workspace"

step() { printf '\n\033[1m%s\033[0m\n' "$1"; }
run() { printf '$ espalier-cli %s\n' "$*"; "$cli" --workspace "$workspace" "$@"; }

step '1. A project, and a dataset in it: 7,000 drawn garments of ten classes'
run project create Clothes
run dataset import sample:clothes --project Clothes --name Garments
run dataset save Garments@1

step '2. A convolutional network, from the CNN snippet'
run experiment create CNN --project Clothes --dataset Garments@1 --snippet CNN --input image --target category
run experiment set CNN epochs=5
run experiment check CNN

step '3. It learns'
run experiment run CNN

step '4. What it gets right, and what it confuses'
run evaluate CNN

printf '\nThe project is kept in %s\n' "$(realpath "$workspace")"
