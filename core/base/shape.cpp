#include "core/base/shape.h"

#include <QStringList>

namespace espalier {

qint64 Shape::elementCount() const
{
    if (m_sizes.isEmpty())
        return 0;
    qint64 count = 1;
    for (qint64 size : m_sizes)
        count *= size;
    return count;
}

QString Shape::toString() const
{
    if (m_sizes.isEmpty())
        return QStringLiteral("–");
    QStringList parts;
    for (qint64 size : m_sizes)
        parts.append(QString::number(size));
    return parts.join(QChar(u'×'));
}

QJsonArray Shape::toJson() const
{
    QJsonArray json;
    for (qint64 size : m_sizes)
        json.append(size);
    return json;
}

Shape Shape::fromJson(const QJsonArray& json)
{
    QList<qint64> sizes;
    for (const QJsonValue& value : json) {
        const qint64 size = value.toInteger(-1);
        if (size <= 0)
            return {};
        sizes.append(size);
    }
    return Shape(std::move(sizes));
}

} // namespace espalier
