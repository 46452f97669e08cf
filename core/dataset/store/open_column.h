#pragma once

#include "core/base/result.h"
#include "core/dataset/store/append_file.h"
#include "core/dataset/store/packed_store.h"

#include <QHash>
#include <QJsonObject>

namespace espalier {

/// A column that is being written.
struct OpenColumn {
    ColumnSchema schema;
    AppendFile values;
    AppendFile ends;              ///< of EncodedImage
    QHash<QString, qint32> codes; ///< of Dictionary, in the order of their first use
    QStringList texts;
    qint64 rows = 0;
};

/// Puts everything on the disk, dictionaries sorted; gives the digest of the content.
[[nodiscard]] Result<QByteArray> finishColumn(const QString& folder, int index, OpenColumn& column);

/// What the fingerprint of a source is computed over: same content, same object.
[[nodiscard]] QJsonObject contentJson(const OpenColumn& column, const QByteArray& digest);

} // namespace espalier
