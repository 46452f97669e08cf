#pragma once

#include "core/dataset/import/importer.h"

#include <QBuffer>
#include <QColor>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QList>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <memory>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>
#include <utility>

/// Small data for the tests of importing, made on the spot.
namespace espalier::fixtures {

using namespace Qt::StringLiterals;

using Entries = QList<std::pair<QString, QByteArray>>;

inline QByteArray encoded(const QImage& image, const char* format = "png")
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// A grey image whose pixels are value, value + 1, …
inline QByteArray greyPng(int value, int width = 4, int height = 3)
{
    QImage image(width, height, QImage::Format_Grayscale8);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.scanLine(y)[x] = uchar(value + y * width + x);
    return encoded(image);
}

inline QByteArray colorPng(const QColor& color, int width = 4, int height = 3)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(color);
    return encoded(image);
}

inline void writeBytes(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

struct ZipOptions {
    int method = Z_DEFLATED;
    const char* password = nullptr;
    quint32 unixMode = 0; ///< with the file type; of all entries
};

inline void writeZip(const QString& path, const Entries& entries, const ZipOptions& options = {})
{
    QuaZip zip(path);
    zip.setUtf8Enabled(true);
    QVERIFY(zip.open(QuaZip::mdCreate));
    for (const auto& [name, content] : entries) {
        QuaZipNewInfo info(name);
        info.externalAttr = options.unixMode << 16;
        QuaZipFile file(&zip);
        QVERIFY(file.open(QIODevice::WriteOnly, info, options.password, 0, options.method));
        QCOMPARE(file.write(content), content.size());
        file.close();
    }
    zip.close();
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Replaces every place of a pattern in a file, which must be there.
inline void patch(const QString& path, const QByteArray& before, const QByteArray& after)
{
    QByteArray bytes = bytesOf(path);
    QVERIFY(bytes.contains(before));
    writeBytes(path, bytes.replace(before, after));
}

/// An .npy file, version 1, of bytes that are numbers already.
inline QByteArray npy(const QByteArray& type, const QByteArray& shape, const QByteArray& numbers,
                      const QByteArray& fortran = "False")
{
    QByteArray header =
        "{'descr': " + type + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    while ((10 + header.size() + 1) % 64 != 0)
        header += ' ';
    header += '\n';
    QByteArray size(2, '\0');
    qToLittleEndian(quint16(header.size()), size.data());
    return QByteArray("\x93NUMPY\x01\x00", 8) + size + header + numbers;
}

template <typename T>
QByteArray numberBytes(std::initializer_list<T> numbers)
{
    return QByteArray(reinterpret_cast<const char*>(numbers.begin()),
                      qsizetype(numbers.size() * sizeof(T)));
}

/// An IDX file of bytes.
inline QByteArray idx(std::initializer_list<quint32> sizes, const QByteArray& numbers)
{
    QByteArray bytes("\0\0\x08", 3);
    bytes += char(sizes.size());
    for (quint32 size : sizes) {
        QByteArray big(4, '\0');
        qToBigEndian(size, big.data());
        bytes += big;
    }
    return bytes + numbers;
}

/// What is in a folder, also hidden: an import that failed leaves nothing.
inline QStringList leftIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System |
                                  QDir::NoDotAndDotDot);
}

inline int columnOf(const PackedStore& store, const QString& name)
{
    const int column = store.columnIndex(name);
    if (column < 0)
        qFatal("There is no column %s", qPrintable(name));
    return column;
}

inline QStringList textsOf(const PackedStore& store, const QString& name)
{
    const int column = columnOf(store, name);
    QStringList texts;
    for (qint32 code : store.codes(column))
        texts.append(code < 0 ? u"–"_s : store.manifest().columns[column].texts[code]);
    return texts;
}

inline QList<double> numbersOf(const PackedStore& store, const QString& name)
{
    const auto bytes = store.tensor(columnOf(store, name));
    const auto* numbers = reinterpret_cast<const double*>(bytes.data());
    return QList<double>(numbers, numbers + bytes.size() / sizeof(double));
}

inline QByteArray bytesOfColumn(const PackedStore& store, const QString& name)
{
    const auto bytes = store.tensor(columnOf(store, name));
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

/// First pixel of every image of a column that is stored as pixels.
inline QByteArray firstPixels(const PackedStore& store, const QString& name)
{
    const ColumnSchema& schema = store.manifest().columns[columnOf(store, name)];
    const QByteArray bytes = bytesOfColumn(store, name);
    QByteArray pixels;
    for (qsizetype i = 0; i < bytes.size(); i += schema.shape.elementCount())
        pixels += bytes[i];
    return pixels;
}

inline QString problemTexts(const SourceManifest& manifest)
{
    QStringList texts;
    for (const ImportProblem& problem : manifest.problems)
        texts.append(u"%1@%2: %3"_s.arg(problem.file).arg(problem.row).arg(problem.reason));
    return texts.join(u'\n');
}

/// A temporary folder with sources in it, and the folder that they are imported into.
class ImportBench {
public:
    void startOver() { m_folder = std::make_unique<QTemporaryDir>(); }
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString dataFolder() const { return path(u"data"_s); }

    Result<ImportedSource> import(const QStringList& sources, const ImportLimits& limits = {})
    {
        return importSources(sources, dataFolder(), limits);
    }

    /// Imports what must be importable.
    std::shared_ptr<const PackedStore> store(const QStringList& sources)
    {
        const auto imported = import(sources);
        if (!imported) {
            qWarning("%s", qPrintable(imported.error().message));
            return nullptr;
        }
        m_manifest = imported->manifest;
        return PackedStore::open(imported->folder).value_or(nullptr);
    }

    void refuses(const QStringList& sources, const QString& says, const ImportLimits& limits = {})
    {
        const auto imported = import(sources, limits);
        QVERIFY(!imported);
        QVERIFY2(imported.error().message.contains(says), qPrintable(imported.error().message));
        QCOMPARE(leftIn(dataFolder()), QStringList());
    }

    [[nodiscard]] const SourceManifest& manifest() const { return m_manifest; }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    SourceManifest m_manifest;
};

} // namespace espalier::fixtures
