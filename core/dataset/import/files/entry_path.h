#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace espalier {

/// Paths inside archives and folders are UTF-8 bytes with '/' between the parts: tens of millions
/// of them are looked up, and most are ASCII.

enum class PathKind {
    Usable,
    Ignored, ///< clutter of file managers: dot-files, __MACOSX, Thumbs.db
    Unsafe   ///< absolute, with "..", a drive letter or a backslash
};
[[nodiscard]] PathKind pathKind(QByteArrayView path);

/// The form in which paths are compared: '/' instead of '\', no leading "./", composed letters
/// (macOS archives hold decomposed ones), Latin-1 taken for what is not UTF-8.
[[nodiscard]] QByteArray normalizedPath(const QByteArray& path);

/// "images/" of "images/1.png"; empty without a folder.
[[nodiscard]] QByteArray folderOf(const QByteArray& path);
/// "1.png" of "images/1.png".
[[nodiscard]] QByteArray fileNameOf(const QByteArray& path);
/// Lower case, without the dot and without a last ".gz": "png", "csv".
[[nodiscard]] QByteArray suffixOf(const QByteArray& path);

[[nodiscard]] bool isImageName(const QByteArray& path); ///< png, jpg, jpeg, gif, bmp, webp
[[nodiscard]] bool isArrayName(const QByteArray& path); ///< npy

} // namespace espalier
