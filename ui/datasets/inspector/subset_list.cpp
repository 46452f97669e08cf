#include "ui/datasets/inspector/subset_list.h"

#include "ui/datasets/dataset_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QPainter>
#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Mark = 10;
constexpr int TextLeft = 20;
constexpr int BarHeight = 8;

} // namespace

QColor subsetColor(int index, const QPalette& palette)
{
    const Theme& theme = Theme::of(palette);
    if (index < 2)
        return theme.color(index == 0 ? Role::MetricTraining : Role::MetricValidation);
    return theme.series(index - 2);
}

void SubsetListModel::set(const DatasetSettings& settings, qint64 rows,
                          const std::optional<SubsetReport>& report)
{
    const bool sameRows = settings.subsets.size() == m_settings.subsets.size();
    if (!sameRows)
        beginResetModel();
    m_settings = settings;
    m_rows = rows;
    m_counts = report ? report->rows : QList<qint64>();
    if (!sameRows)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int SubsetListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_settings.subsets.size());
}

QVariant SubsetListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SubsetSettings& subset = m_settings.subsets[index.row()];
    const bool known = index.row() < m_counts.size();
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(subset.name);
    case SummaryRole:
    case Qt::ToolTipRole:
        return subsetSummary(subset, m_settings);
    case PercentRole:
        return known && m_rows > 0 ? percentText(double(m_counts[index.row()]) / double(m_rows))
                                   : QString();
    case RowsRole:
        return known ? tr("%1 rows").arg(countText(m_counts[index.row()])) : QString();
    case Qt::AccessibleTextRole:
        return QStringList{oneLine(subset.name), data(index, PercentRole).toString(),
                           subsetSummary(subset, m_settings), data(index, RowsRole).toString()}
            .join(u", "_s);
    default:
        return {};
    }
}

QSize SubsetDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {160, Height};
}

void SubsetDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QRect& row = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setBrush(theme.color(selected ? Role::Selection : Role::Hover));
        painter->drawRoundedRect(row.adjusted(0, 1, 0, -1), metrics::Radius, metrics::Radius);
    }
    painter->setBrush(subsetColor(index.row(), option.palette));
    painter->drawRoundedRect(QRectF(row.left() + 8, row.top() + 8, Mark, Mark), 2, 2);

    const QRect upper = row.adjusted(8 + TextLeft, 4, -8, 0);
    const QRect first(upper.left(), upper.top(), upper.width(), 18);
    const QRect second(upper.left(), upper.top() + 18, upper.width(), 16);
    const auto drawPair = [&](const QRect& line, const QString& left, const QString& right) {
        const int rightWidth = painter->fontMetrics().horizontalAdvance(right);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, right);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(
                              left, Qt::ElideRight, std::max(line.width() - rightWidth - 8, 0)));
    };
    painter->setFont(textFont(TextStyle::BodyMedium));
    painter->setPen(theme.color(Role::TextPrimary));
    drawPair(first, index.data().toString(), index.data(SubsetListModel::PercentRole).toString());
    painter->setFont(textFont(TextStyle::Small));
    painter->setPen(theme.color(Role::TextSecondary));
    drawPair(second, index.data(SubsetListModel::SummaryRole).toString(),
             index.data(SubsetListModel::RowsRole).toString());
    painter->restore();
}

SubsetBar::SubsetBar(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(BarHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SubsetBar::set(const QList<qint64>& counts, qint64 all)
{
    m_counts = counts;
    m_all = all;
    update();
}

QSize SubsetBar::sizeHint() const
{
    return {160, BarHeight};
}

void SubsetBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::of(palette()).color(Role::Pressed));
    const qint64 sum = std::accumulate(m_counts.begin(), m_counts.end(), qint64(0));
    const double whole = double(std::max({sum, m_all, qint64(1)}));
    if (sum < m_all)
        painter.drawRoundedRect(rect(), 2, 2);
    double left = 0;
    for (int i = 0; i < m_counts.size(); ++i) {
        const double width = double(m_counts[i]) / whole * (this->width() + 2);
        painter.setBrush(subsetColor(i, palette()));
        if (m_counts[i] > 0)
            painter.drawRoundedRect(QRectF(left, 0, std::max(width - 2, 1.0), height()), 2, 2);
        left += width;
    }
}

} // namespace espalier
