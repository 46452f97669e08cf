#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace espalier {

/// How values that SQLite does not know are kept: objects as compact JSON, times as ISO 8601 UTC.
[[nodiscard]] QString toText(const QJsonObject& object);
[[nodiscard]] QString toText(const QDateTime& time);
[[nodiscard]] Result<QJsonObject> objectFromText(const QString& text);
[[nodiscard]] QDateTime timeFromText(const QString& text);

} // namespace espalier
