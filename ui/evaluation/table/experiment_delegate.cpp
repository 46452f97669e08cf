#include "ui/evaluation/table/experiment_delegate.h"

#include "ui/evaluation/table/experiment_table_model.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int TickSize = 16;
constexpr int TickRadius = 4;
constexpr int Inset = 8;
constexpr int TextLeft = 32;
constexpr int StateIcon = 14;

bool isSelected(const QStyleOptionViewItem& option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

void drawElided(QPainter& painter, const QRect& box, const QString& text, TextStyle style,
                const QColor& color, Qt::Alignment alignment = Qt::AlignLeft)
{
    painter.setFont(textFont(style));
    painter.setPen(color);
    painter.drawText(box, int(alignment | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
}

} // namespace

QRect ExperimentDelegate::tickBox(const QRect& cell)
{
    return {cell.left() + Inset, cell.center().y() - TickSize / 2 + 1, TickSize, TickSize};
}

QSize ExperimentDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {80, metrics::ListRow};
}

void ExperimentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option, index);
    if (index.column() == int(ExperimentColumn::Name)) {
        paintTick(*painter, option, index);
        paintName(*painter, option, index);
    } else {
        paintNumber(*painter, option, index);
    }
    painter->restore();
}

/// One rounded bar over the whole row, of which each cell paints its part.
void ExperimentDelegate::paintBackground(QPainter& painter, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (!view || (!isSelected(option) && !hovered))
        return;
    const Theme& theme = Theme::of(option.palette);
    const Role role = !isSelected(option)                           ? Role::Hover
                      : option.state.testFlag(QStyle::State_Active) ? Role::Selection
                                                                    : Role::SelectionInactive;
    const QRect row(0, option.rect.top(), view->viewport()->width(), option.rect.height());
    painter.save();
    painter.setClipRect(option.rect);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(role));
    painter.drawRoundedRect(row.adjusted(0, 1, 0, -1), metrics::Radius, metrics::Radius);
    painter.restore();
    Q_UNUSED(index)
}

void ExperimentDelegate::paintTick(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QRectF box = QRectF(tickBox(option.rect)).adjusted(0.5, 0.5, -0.5, -0.5);
    const int series = index.data(ExperimentTableModel::SeriesRole).toInt();
    if (series < 0) {
        painter.setPen(theme.color(Role::BorderControl));
        painter.setBrush(theme.color(Role::Surface));
        painter.drawRoundedRect(box, TickRadius, TickRadius);
        return;
    }
    const QColor fill = m_comparing ? theme.series(series) : theme.color(Role::Accent);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), TickRadius, TickRadius);
    paintIcon(painter, u"check"_s, box.adjusted(1, 1, -1, -1), Theme::textOn(fill));
}

void ExperimentDelegate::paintName(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QRect text = option.rect.adjusted(TextLeft, 6, 0, -6);
    const QRect first(text.left(), text.top(), text.width(), 18);
    const QRect second(text.left(), text.top() + 19, text.width(), 16);
    drawElided(painter, first, index.data().toString(),
               isSelected(option) ? TextStyle::BodyStrong : TextStyle::BodyMedium,
               theme.color(Role::TextPrimary));
    paintIcon(
        painter, index.data(ExperimentTableModel::StateIconRole).toString(),
        QRectF(second.left(), second.center().y() - StateIcon / 2.0 + 0.5, StateIcon, StateIcon),
        theme.color(Role(index.data(ExperimentTableModel::StateColorRole).toInt())));
    drawElided(painter, second.adjusted(StateIcon + 4, 0, 0, 0),
               index.data(ExperimentTableModel::SecondLineRole).toString(), TextStyle::Small,
               theme.color(Role::TextSecondary));
}

void ExperimentDelegate::paintNumber(QPainter& painter, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QString below = index.data(ExperimentTableModel::SecondLineRole).toString();
    const QRect text = option.rect.adjusted(2, 6, -Inset, -6);
    const bool best = index.column() == int(ExperimentColumn::Best);
    const bool alone = below.isEmpty();
    drawElided(painter, alone ? text : QRect(text.left(), text.top(), text.width(), 18),
               index.data().toString(), best ? TextStyle::BodyMedium : TextStyle::Small,
               theme.color(best ? Role::TextPrimary : Role::TextSecondary), Qt::AlignRight);
    if (!alone)
        drawElided(painter, {text.left(), text.top() + 19, text.width(), 16}, below,
                   TextStyle::Small, theme.color(Role::TextSecondary), Qt::AlignRight);
}

void ExperimentDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                              const QModelIndex&) const
{
    const QRect cell = option.rect.adjusted(TextLeft - 6, 0, -2, 0);
    editor->setGeometry(cell.left(), cell.center().y() - metrics::Control / 2, cell.width(),
                        metrics::Control);
}

bool ExperimentDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                     const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease ||
        index.column() != int(ExperimentColumn::Name))
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton ||
        !tickBox(option.rect).adjusted(-6, -8, 4, 8).contains(mouse->position().toPoint()))
        return false;
    const bool ticked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, ticked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace espalier
