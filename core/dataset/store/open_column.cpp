#include "core/dataset/store/open_column.h"

#include "core/dataset/store/store_files.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Result<QByteArray> finishDictionary(const QString& folder, int index, OpenColumn& column)
{
    const std::vector<qint32> order = dictionaryOrder(column.texts);
    std::vector<qint32> newCodes(order.size());
    column.schema.texts.clear();
    for (size_t code = 0; code < order.size(); ++code) {
        newCodes[size_t(order[code])] = qint32(code);
        column.schema.texts.append(column.texts[order[code]]);
    }
    column.codes.clear();
    column.texts.clear();
    const auto values = replaceCodes(column.values.path(), newCodes);
    if (!values)
        return failureOf(values);
    const auto texts =
        writeTexts(columnPath(folder, index, ColumnFile::Texts), column.schema.texts);
    if (!texts)
        return failureOf(texts);
    return *values + *texts;
}

} // namespace

Result<QByteArray> finishColumn(const QString& folder, int index, OpenColumn& column)
{
    if (auto finished = column.values.finish(); !finished)
        return failureOf(finished);
    if (column.schema.storage == StorageKind::Tensor)
        return column.values.digest();
    if (column.schema.storage == StorageKind::Dictionary)
        return finishDictionary(folder, index, column);
    if (auto finished = column.ends.finish(); !finished)
        return failureOf(finished);
    return column.values.digest() + column.ends.digest();
}

QJsonObject contentJson(const OpenColumn& column, const QByteArray& digest)
{
    const ColumnSchema& schema = column.schema;
    return {{u"name"_s, schema.name},
            {u"storage"_s, enumKey(schema.storage)},
            {u"element"_s, enumKey(schema.element)},
            {u"shape"_s, schema.shape.toJson()},
            {u"detected"_s, enumKey(schema.detected)},
            {u"rows"_s, column.rows},
            {u"digest"_s, QString::fromLatin1(digest.toHex())}};
}

} // namespace espalier
