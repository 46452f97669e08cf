#!/usr/bin/env bash
# Gathers the licences of everything from Debian that a package carries.
#   packaging/common/notices.sh FOLDER FILE...
# FILEs are the originals on this machine. FOLDER gets the copyright file of the Debian package of
# each, and README.txt, which names package, version and source package.
set -euo pipefail
folder=${1:?usage: notices.sh FOLDER FILE...}
shift
mkdir -p "$folder"

# Debian's database knows a file by the path that its package has, with or without /usr.
owners=$(dpkg-query -S "$@" "${@/#\/usr/}" 2>/dev/null || true)
for file in "$@"; do
    if ! grep -qE ": (/usr)?${file#/usr}\$" <<<"$owners"; then
        echo "No package owns $file: its licence is not known." >&2
        exit 1
    fi
done
packages=$(sed 's/[:,].*//' <<<"$owners" | sort -u)
{
    echo "Espalier carries parts of the following packages of Debian, unchanged but for the names of"
    echo "libraries that they load. Their source is in Debian under the version given."
    echo
    for package in $packages; do
        dpkg-query -W -f '${Package} ${Version} (source ${source:Package} ${source:Version})\n' \
            "$package" | sort -u
        cp "$(realpath "/usr/share/doc/$package/copyright")" "$folder/$package.txt"
    done
} >"$folder/README.txt"
