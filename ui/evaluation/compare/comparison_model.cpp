#include "ui/evaluation/compare/comparison_model.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmap>

namespace espalier {

namespace {

constexpr int Square = 10;
constexpr int Scale = 2;

QPixmap squareOf(const QColor& color)
{
    QPixmap pixmap(metrics::Icon * Scale, metrics::Icon * Scale); // as large as it is shown
    pixmap.setDevicePixelRatio(Scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    constexpr double edge = (metrics::Icon - Square) / 2.0;
    painter.drawRoundedRect(QRectF(edge, edge, Square, Square), 2, 2);
    return pixmap;
}

} // namespace

void ComparisonModel::set(const QStringList& names, const QList<ComparisonRow>& rows)
{
    if (m_names == names && m_rows == rows)
        return;
    beginResetModel();
    m_names = names;
    m_rows = rows;
    endResetModel();
}

void ComparisonModel::setColors(const QList<QColor>& colors)
{
    if (m_colors == colors)
        return;
    m_colors = colors;
    if (columnCount() > 1)
        Q_EMIT headerDataChanged(Qt::Horizontal, 1, columnCount() - 1);
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + int(m_names.size());
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const ComparisonRow& row = m_rows[index.row()];
    const int experiment = index.column() - 1;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return experiment < 0 ? row.label : row.values.value(experiment);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (experiment < 0 ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::AccessibleTextRole: {
        const QString text = experiment < 0 ? row.label : row.values.value(experiment);
        return experiment >= 0 && row.best == experiment ? tr("%1, best").arg(text) : text;
    }
    case HeadingRole:
        return row.values.isEmpty();
    case BestRole:
        return experiment >= 0 && row.best == experiment;
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > m_names.size())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return section == 0 ? QString() : m_names[section - 1];
    case Qt::ToolTipRole:
        return section == 0 ? QVariant() : m_names[section - 1];
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | Qt::AlignRight);
    case Qt::DecorationRole:
        return section > 0 && section <= m_colors.size() ? squareOf(m_colors[section - 1])
                                                         : QVariant();
    default:
        return {};
    }
}

} // namespace espalier
