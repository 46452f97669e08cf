#include "core/project/store/values.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace espalier {

QString toText(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString toText(const QDateTime& time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

Result<QJsonObject> objectFromText(const QString& text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (!document.isObject())
        return failure(ErrorCode::InvalidInput,
                       u"The database of the project holds an entry that is no JSON object (%1): "
                       "restore it from a backup."_s.arg(error.errorString()));
    return document.object();
}

QDateTime timeFromText(const QString& text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

} // namespace espalier
