#include "ui/theme/style/style_items.h"

#include "ui/theme/style/style_shapes.h"

#include <QApplication>
#include <QListView>
#include <QPainter>
#include <QTableView>
#include <QtMath>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::style {
namespace {

constexpr int HeaderPadding = 8, SortChevron = 14;

/// A selection is quieter while the focus is elsewhere, a field of the view's own included.
bool isInFocus(const QWidget* view)
{
    const QWidget* focus = QApplication::focusWidget();
    return view && focus && (view == focus || view->isAncestorOf(focus));
}

QColor itemFill(const QStyleOptionViewItem& option, const QWidget* view)
{
    if (isOn(option, QStyle::State_Selected))
        return colorOf(option, isInFocus(view) && isOn(option, QStyle::State_Active) &&
                                       isOn(option, QStyle::State_Enabled)
                                   ? Role::Selection
                                   : Role::SelectionInactive);
    const bool hover = isOn(option, QStyle::State_MouseOver) && isOn(option, QStyle::State_Enabled);
    return hover ? colorOf(option, Role::Hover) : QColor();
}

} // namespace

void drawItemPanel(const QStyleOptionViewItem& option, QPainter& painter, const QWidget* widget)
{
    if (option.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, option.backgroundBrush);
    const QColor fill = itemFill(option, widget);
    if (!fill.isValid())
        return;
    if (qobject_cast<const QListView*>(widget))
        drawBox(painter, option.rect, fill, {});
    else
        painter.fillRect(option.rect, fill);
}

void drawItemRow(const QStyleOptionViewItem& option, QPainter& painter, const QWidget* widget)
{
    const auto* table = qobject_cast<const QTableView*>(widget);
    if (table && !table->showGrid())
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                         colorOf(option, Role::Border));
}

void drawItemFocus(const QStyleOption& option, QPainter& painter, const QWidget& view)
{
    // The option always says "by keyboard" for items; the window knows.
    if (!view.window()->testAttribute(Qt::WA_KeyboardFocusChange))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colorOf(option, Role::Focus), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 5, 5);
    painter.restore();
}

void drawHeaderSection(const QStyleOptionHeader& option, QPainter& painter)
{
    if (isOn(option, QStyle::State_MouseOver) && isOn(option, QStyle::State_Enabled))
        painter.fillRect(option.rect, colorOf(option, Role::Hover));
    if (option.orientation == Qt::Horizontal)
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                         colorOf(option, Role::Border));
}

void drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter)
{
    QRect room = option.rect.adjusted(HeaderPadding, 0, -HeaderPadding, 0);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    if (sorted && option.textAlignment.testFlag(Qt::AlignRight))
        room.setLeft(option.rect.left()); // the chevron may stand at the edge
    const QColor ink = inkOf(option, sorted ? Role::TextPrimary : Role::TextSecondary);
    painter.save();
    const bool right = option.textAlignment.testFlag(Qt::AlignRight);
    // Rounded up: elidedText() cuts what is wider by a fraction.
    int width = qCeil(QFontMetricsF(option.fontMetrics).horizontalAdvance(option.text));
    if (!option.icon.isNull()) {
        // Beside the text, on whichever side that stands.
        const int left =
            right
                ? std::max(room.left(), room.right() - width - metrics::IconGap - metrics::Icon + 1)
                : room.left();
        const QRect place(left, room.center().y() - metrics::Icon / 2 + 1, metrics::Icon,
                          metrics::Icon);
        option.icon.paint(&painter, place);
        room.setLeft(place.right() + 1 + metrics::IconGap);
    }
    if (sorted) {
        // The chevron stands before a number column's name, after a text column's.
        width = qMin(width, room.width() - SortChevron - 4);
        const int left = right ? room.right() - width - SortChevron - 3 : room.left() + width + 4;
        // Qt's SortDown is ascending.
        const bool ascending = option.sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, ascending ? u"chevron-up"_s : u"chevron-down"_s,
                  QRect(left, room.center().y() - SortChevron / 2 + 1, SortChevron, SortChevron),
                  ink);
    }
    painter.setPen(ink);
    const Qt::Alignment across = right                                     ? Qt::AlignRight
                                 : option.textAlignment & Qt::AlignHCenter ? Qt::AlignHCenter
                                                                           : Qt::AlignLeft;
    const int elided = sorted ? room.width() - SortChevron - 4 : room.width();
    painter.drawText(room, int(across | Qt::AlignVCenter),
                     option.fontMetrics.elidedText(option.text, Qt::ElideRight, elided));
    painter.restore();
}

void drawBranch(const QStyleOption& option, QPainter& painter)
{
    if (!isOn(option, QStyle::State_Children))
        return;
    const QRect place(option.rect.center().x() - 6, option.rect.center().y() - 6, 14, 14);
    const bool leftToRight = option.direction == Qt::LeftToRight;
    const QString closed = leftToRight ? u"chevron-right"_s : u"chevron-left"_s;
    paintIcon(painter, isOn(option, QStyle::State_Open) ? u"chevron-down"_s : closed, place,
              colorOf(option, Role::TextSecondary));
}

} // namespace espalier::style
