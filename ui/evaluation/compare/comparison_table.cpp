#include "ui/evaluation/compare/comparison_table.h"

#include "ui/evaluation/compare/comparison_model.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

namespace espalier {

namespace {

constexpr int LeastValue = 92;
constexpr int MostValue = 180;
constexpr int LeastLabel = 160;
constexpr int Padding = 8;

class ComparisonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool heading = index.data(ComparisonModel::HeadingRole).toBool();
        const bool best = index.data(ComparisonModel::BestRole).toBool();
        const bool label = index.column() == 0;
        painter->setPen(theme.color(Role::Border));
        const double line = option.rect.bottom() + 0.5;
        painter->drawLine(QPointF(option.rect.left(), line),
                          QPointF(option.rect.right() + 1, line));
        const QString text = index.data().toString();
        const QRect box = option.rect.adjusted(label ? 0 : Padding, 0, label ? 0 : -Padding, 0);
        painter->setFont(textFont(heading || best ? TextStyle::BodyStrong : TextStyle::Body));
        if (best)
            paintChip(*painter, box, text, theme);
        painter->setFont(textFont(heading ? TextStyle::SmallMedium
                                  : best  ? TextStyle::BodyStrong
                                          : TextStyle::Body));
        painter->setPen(theme.color(label && !heading ? Role::TextSecondary : Role::TextPrimary));
        painter->drawText(box, index.data(Qt::TextAlignmentRole).toInt(),
                          painter->fontMetrics().elidedText(text, Qt::ElideMiddle, box.width()));
        if (option.state.testFlag(QStyle::State_HasFocus))
            paintFocus(*painter, option.rect, theme);
        painter->restore();
    }

private:
    static void paintChip(QPainter& painter, const QRect& box, const QString& text,
                          const Theme& theme)
    {
        const int width = std::min(box.width(), painter.fontMetrics().horizontalAdvance(text));
        const QRectF chip(box.right() - width - Padding + 1, box.center().y() - 9,
                          width + 2 * Padding, 20);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Role::Selection));
        painter.drawRoundedRect(chip, 4, 4);
    }

    static void paintFocus(QPainter& painter, const QRect& cell, const Theme& theme)
    {
        painter.setPen(QPen(theme.color(Role::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -2), 4, 4);
    }
};

} // namespace

ComparisonTable::ComparisonTable(QWidget* parent)
    : QTableView(parent)
    , m_model(new ComparisonModel(this))
{
    setModel(m_model);
    setItemDelegate(new ComparisonDelegate(this));
    setFrameShape(NoFrame);
    setShowGrid(false);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(metrics::TableRow);
    verticalHeader()->setMinimumSectionSize(metrics::TableRow);
    horizontalHeader()->setFixedHeight(metrics::TableRow + 4);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    viewport()->setAutoFillBackground(false);
}

void ComparisonTable::setRows(const QStringList& names, const QList<ComparisonRow>& rows)
{
    m_model->set(names, rows);
    clearSpans();
    for (int row = 0; row < rows.size(); ++row)
        if (rows[row].values.isEmpty() && names.size() > 0)
            setSpan(row, 0, 1, int(names.size()) + 1);
    applyColors();
    fitColumns();
    updateGeometry();
}

void ComparisonTable::applyColors()
{
    QList<QColor> colors;
    for (int i = 0; i + 1 < m_model->columnCount(); ++i)
        colors.append(Theme::of(palette()).series(i));
    m_model->setColors(colors);
}

void ComparisonTable::fitColumns()
{
    const int experiments = m_model->columnCount() - 1;
    if (experiments < 1)
        return;
    const int all = viewport()->width();
    const int wanted = std::clamp((all - LeastLabel) / experiments, LeastValue, MostValue);
    for (int column = 1; column <= experiments; ++column)
        setColumnWidth(column, wanted);
    setColumnWidth(0, std::max(LeastLabel, all - wanted * experiments));
}

QSize ComparisonTable::sizeHint() const
{
    const int scroll = horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff ? 0 : 8;
    return {LeastLabel + 2 * LeastValue,
            horizontalHeader()->height() + m_model->rowCount() * metrics::TableRow + scroll};
}

QSize ComparisonTable::minimumSizeHint() const
{
    return {LeastLabel + LeastValue, sizeHint().height()};
}

void ComparisonTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ComparisonTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

} // namespace espalier
