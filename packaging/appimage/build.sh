#!/usr/bin/env bash
# Makes the AppImage of an installed tree.
#   packaging/appimage/build.sh BUILD OUT [--runtime FILE] [--update-information TEXT]
# BUILD: build folder with both programs. OUT: folder for Espalier-VERSION-x86_64.AppImage.
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
here=$root/packaging/appimage
build=$(realpath "${1:?usage: build.sh BUILD OUT [OPTIONS]}")
out=$(realpath "${2:?usage: build.sh BUILD OUT [OPTIONS]}")
shift 2
runtime="" updates=""
while [ $# -gt 0 ]; do
    case $1 in
        --runtime) runtime=$(realpath "$2"); shift 2 ;;
        --update-information) updates=$2; shift 2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
done

fail() { echo "AppImage: $*" >&2; exit 1; }

triplet=x86_64-linux-gnu
qt_plugins=/usr/lib/$triplet/qt6/plugins
# Plugins of Qt by folder; what is not here is not wanted (printing brings 17 libraries).
plugins=(platforms/libqxcb platforms/libqwayland-generic platforms/libqwayland-egl
         platforms/libqoffscreen platforms/libqminimal
         platformthemes/libqxdgdesktopportal
         platforminputcontexts/libcomposeplatforminputcontextplugin
         platforminputcontexts/libibusplatforminputcontextplugin
         xcbglintegrations/libqxcb-egl-integration xcbglintegrations/libqxcb-glx-integration
         wayland-shell-integration/libxdg-shell
         wayland-decoration-client/libbradient
         wayland-graphics-integration-client/libqt-plugin-wayland-egl
         iconengines/libqsvgicon sqldrivers/libqsqlite tls/libqopensslbackend tls/libqcertonlybackend
         imageformats/libqgif imageformats/libqjpeg imageformats/libqsvg imageformats/libqwebp
         imageformats/libqwbmp imageformats/libqico imageformats/libqtiff)
# Loaded by name: by the TLS plugin.
loaded=(libssl.so.3 libcrypto.so.3)
faces=(Regular Italic Medium SemiBold Bold)

app=$build/appimage/AppDir
rm -rf "$app"
mkdir -p "$app"
cmake --install "$build" --prefix "$app/usr" --strip >/dev/null
lib=$app/usr/lib
plugin_folder=$app/usr/plugins
mkdir -p "$lib" "$plugin_folder"

mapfile -t host < <(sed 's/#.*//' "$here/host-libraries.txt" | awk 'NF { print $1 }')
declare -A is_host=() known=() origin=()
for name in "${host[@]}"; do is_host[$name]=1; done

declare -A system=()
while read -r name path; do
    [ -n "${system[$name]:-}" ] || system[$name]=$path
done < <(ldconfig -p | awk '/x86-64/ { print $1, $NF }')

needed() { patchelf --print-needed "$1"; }

# Debian's LibTorch names libraries of which it uses nothing (OpenCV, ffmpeg, ...): left out.
drop_unused() {
    local original=$1 copy=$2 path options=()
    while read -r path; do
        options+=(--remove-needed "$(basename "$path")")
    done < <(ldd -u "$original" 2>/dev/null | awk '$1 ~ /^\// { print $1 }')
    [ ${#options[@]} -eq 0 ] || patchelf "${options[@]}" "$copy"
}

# Copies what a file needs and has not been copied, and what that needs.
add_needs_of() {
    local name path
    for name in $(needed "$1"); do
        [ -z "${is_host[$name]:-}" ] && [ -z "${known[$name]:-}" ] || continue
        add_library "$name"
    done
}

add_library() {
    local name=$1 path
    path=$(realpath "${system[$name]:-/missing/$name}") || true
    [ -f "$path" ] || fail "$name is needed, and nowhere on this machine."
    known[$name]=1
    origin[$path]=1
    install -m 644 "$path" "$lib/$name"
    case $name in libtorch*) drop_unused "$path" "$lib/$name" ;; esac
    add_needs_of "$lib/$name"
    patchelf --set-rpath '$ORIGIN' "$lib/$name"
}

add_plugin() {
    local file=$qt_plugins/$1.so
    [ -f "$file" ] || fail "the Qt plugin $1 is not installed."
    origin[$(realpath "$file")]=1
    install -D -m 644 "$file" "$plugin_folder/$1.so"
    add_needs_of "$plugin_folder/$1.so"
    patchelf --set-rpath '$ORIGIN/../../lib' "$plugin_folder/$1.so"
}

for program in espalier espalier-cli; do
    add_needs_of "$app/usr/bin/$program"
    patchelf --set-rpath '$ORIGIN/../lib' "$app/usr/bin/$program"
done
for plugin in "${plugins[@]}"; do add_plugin "$plugin"; done
for name in "${loaded[@]}"; do [ -n "${known[$name]:-}" ] || add_library "$name"; done
strip --strip-unneeded "$lib"/*.so* 2>/dev/null || true

printf '[Paths]\nPrefix = ..\nPlugins = plugins\n' >"$app/usr/bin/qt.conf"
fonts=$app/usr/share/espalier/fonts
mkdir -p "$fonts"
for face in "${faces[@]}"; do
    font=/usr/share/fonts/opentype/inter/Inter-$face.otf
    origin[$font]=1
    install -m 644 "$font" "$fonts/"
done

"$root/packaging/common/notices.sh" "$app/usr/share/doc/espalier/third-party" "${!origin[@]}"

# The newest symbol version that any file asks of the C library.
symbols() { find "$app/usr/bin" "$lib" "$plugin_folder" -type f -exec objdump -T {} + 2>/dev/null || true; }
glibc=$(symbols | grep -oE 'GLIBC_2\.[0-9]+' | sort -uV | tail -1)
sed "s/@glibc@/${glibc#GLIBC_}/" "$here/AppRun.in" >"$app/AppRun"
chmod 755 "$app/AppRun"
cp "$app/usr/share/applications/espalier.desktop" "$app/"
cp "$root/packaging/common/espalier.svg" "$app/"
for size in 64 256; do
    folder=$app/usr/share/icons/hicolor/${size}x$size/apps
    mkdir -p "$folder"
    rsvg-convert -w $size -h $size "$root/packaging/common/espalier.svg" -o "$folder/espalier.png"
done
cp "$app/usr/share/icons/hicolor/256x256/apps/espalier.png" "$app/.DirIcon"

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
sed -i "/^Type=/a X-AppImage-Version=$version" "$app/espalier.desktop"
if [ -z "$runtime" ]; then
    runtime=$build/appimage/runtime
    "$here/runtime.sh" "$runtime" "$updates"
fi
image=$build/appimage/image.squashfs
# Small blocks: a program asks for pieces, and of each block that a piece touches all is unpacked.
mksquashfs "$app" "$image" -comp zstd -Xcompression-level 15 -b 64K -root-owned -noappend \
    -mkfs-time 0 -all-time 0 -no-xattrs -quiet -no-progress
target=$out/Espalier-$version-x86_64.AppImage
cat "$runtime" "$image" >"$target"
chmod 755 "$target"
rm "$image"
printf '%s: %s MB, %s libraries, glibc %s or newer\n' "${target##*/}" \
    "$(($(stat -c %s "$target") / 1000000))" "${#known[@]}" "${glibc#GLIBC_}"
