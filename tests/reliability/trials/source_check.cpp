#include "tests/reliability/trials/source_check.h"

#include "core/dataset/store/append_file.h"
#include "core/dataset/store/packed_store.h"
#include "core/dataset/store/store_files.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

QByteArray digestOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(ContentDigest);
    if (file.open(QIODevice::ReadOnly))
        hash.addData(&file);
    return hash.result();
}

QByteArray digestOfColumn(const QString& folder, int index, StorageKind storage)
{
    const QByteArray values = digestOf(columnPath(folder, index, ColumnFile::Values));
    switch (storage) {
    case StorageKind::EncodedImage:
        return values + digestOf(columnPath(folder, index, ColumnFile::Ends));
    case StorageKind::Dictionary:
        return values + digestOf(columnPath(folder, index, ColumnFile::Texts));
    case StorageKind::Tensor:
        break;
    }
    return values;
}

QString fingerprintOf(const QString& folder, const SourceManifest& manifest)
{
    QJsonArray contents;
    for (int index = 0; index < manifest.columns.size(); ++index) {
        const ColumnSchema& column = manifest.columns[index];
        const QByteArray digest = digestOfColumn(folder, index, column.storage);
        contents.append(QJsonObject{{u"name"_s, column.name},
                                    {u"storage"_s, enumKey(column.storage)},
                                    {u"element"_s, enumKey(column.element)},
                                    {u"shape"_s, column.shape.toJson()},
                                    {u"detected"_s, enumKey(column.detected)},
                                    {u"rows"_s, manifest.rows},
                                    {u"digest"_s, QString::fromLatin1(digest.toHex())}});
    }
    const QByteArray content = QJsonDocument(contents).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(
        QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

} // namespace

QStringList checkSource(const QString& folder)
{
    const auto store = PackedStore::open(folder);
    if (!store)
        return {store.error().message};
    if (fingerprintOf(folder, (*store)->manifest()) != QFileInfo(folder).fileName())
        return {u"the content of the source %1 is not what its name says."_s.arg(
            QFileInfo(folder).fileName())};
    return {};
}

} // namespace espalier::trials
