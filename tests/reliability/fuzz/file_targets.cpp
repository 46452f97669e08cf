#include "core/dataset/dataset.h"
#include "core/dataset/import/formats/image_decoder.h"
#include "core/dataset/import/importer.h"
#include "core/dataset/store/packed_store.h"
#include "tests/reliability/fuzz/fuzz_targets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace espalier::fuzz {

namespace {

constexpr qint64 LargestInput = 1 << 20;

/// Small enough for an input that makes the most of them to be done in a moment.
constexpr ImportLimits Limits{.entryBytes = 8 << 20,
                              .totalBytes = 32 << 20,
                              .imagePixels = 1 << 20,
                              .rows = 100'000,
                              .columns = 1000,
                              .retries = 0};

QStringList contentOf(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System |
                                  QDir::NoDotAndDotDot);
}

QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& bytes)
{
    QFile file(folder.filePath(name));
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(),
            "the temporary folder can be written");
    return file.fileName();
}

/// What a person does with a fresh import: look at the cells and at the statistics.
void readAll(const ImportedSource& imported)
{
    const auto store = PackedStore::open(imported.folder);
    require(store.has_value(), "what was imported can be opened");
    require((*store)->rows() == imported.manifest.rows && imported.manifest.rows > 0,
            "an import has the rows that it tells");
    const auto dataset = Dataset::open(*store, defaultSettings(imported.manifest));
    require(dataset.has_value(), "what was imported is a dataset");
    for (int feature = 0; feature < (*dataset)->features().size(); ++feature) {
        (void)(*dataset)->statistics(feature);
        (void)(*dataset)->histogram(feature);
    }
}

void import(const QTemporaryDir& folder, const QStringList& sources)
{
    const QStringList before = contentOf(folder.path());
    const QString data = folder.filePath(u"data"_s);
    const auto imported = importSources(sources, data, Limits);
    if (imported)
        readAll(*imported);
    else
        require(!imported.error().message.isEmpty() && contentOf(data).isEmpty(),
                "an import that fails says why and leaves nothing");
    require(contentOf(data).size() == (imported ? 1 : 0), "an import leaves one folder");
    require(contentOf(folder.path()).size() == before.size() + 1,
            "an import writes nowhere but into its folder");
}

void importFile(const QString& name, const QByteArray& bytes)
{
    if (bytes.size() > LargestInput)
        return;
    const QTemporaryDir folder;
    import(folder, {write(folder, name, bytes)});
}

/// Four labels, as IDX: what stands beside images is a file of its own.
QByteArray fourLabels()
{
    return QByteArray("\0\0\x08\x01\0\0\0\x04\1\2\1\0", 12);
}

} // namespace

void fuzzZip(const QByteArray& bytes)
{
    importFile(u"archive.zip"_s, bytes);
}

void fuzzCsv(const QByteArray& bytes)
{
    importFile(u"table.csv"_s, bytes);
}

void fuzzNpy(const QByteArray& bytes)
{
    importFile(u"numbers.npy"_s, bytes);
}

void fuzzIdx(const QByteArray& bytes)
{
    if (bytes.size() > LargestInput)
        return;
    const QTemporaryDir folder;
    import(folder, {write(folder, u"train-images-idx3-ubyte"_s, bytes),
                    write(folder, u"train-labels-idx1-ubyte"_s, fourLabels())});
}

void fuzzImage(const QByteArray& bytes)
{
    const auto image = decodeImage(bytes, Limits.imagePixels);
    if (!image) {
        require(!image.error().message.isEmpty(), "an image is refused with a reason");
        return;
    }
    require(image->shape.rank() == 3 && image->shape[0] * image->shape[1] <= Limits.imagePixels,
            "an image is no larger than the limit");
    require(!image->encoded().isEmpty(), "an image can be stored as a file");
    if (image->pixels.isNull())
        return;
    QByteArray pixels(image->shape[0] * image->shape[1] * 3, '\0');
    image->copyPixels(3, pixels.data());
    (void)thumbnailOf(image->pixels);
}

/// The first two bytes divide the rest into the description of a source and its largest file.
void fuzzSource(const QByteArray& bytes)
{
    if (bytes.size() < 2 || bytes.size() > LargestInput)
        return;
    const qsizetype length = qFromLittleEndian<quint16>(bytes.constData());
    const QTemporaryDir folder;
    write(folder, u"source.json"_s, bytes.mid(2, length));
    const QByteArray values = bytes.mid(2 + length);
    write(folder, u"column-000.bin"_s, values);
    write(folder, u"column-000.idx"_s, values.left(24));
    write(folder, u"column-000.txt"_s, values);
    write(folder, u"column-001.bin"_s, values.left(12));
    write(folder, u"column-001.idx"_s, values);
    write(folder, u"column-001.txt"_s, QByteArray("\1\0\0\0a\1\0\0\0b", 10));
    const auto store = PackedStore::open(folder.path());
    if (!store) {
        require(!store.error().message.isEmpty(), "a source is refused with a reason");
        return;
    }
    const SourceManifest& manifest = (*store)->manifest();
    const auto dataset = Dataset::open(*store, defaultSettings(manifest));
    for (int feature = 0; dataset && feature < (*dataset)->features().size(); ++feature) {
        (void)(*dataset)->statistics(feature);
        (void)(*dataset)->histogram(feature);
        if (manifest.rows > 0)
            (void)(*dataset)->cellText(feature, RowIndex(manifest.rows - 1));
    }
}

} // namespace espalier::fuzz
