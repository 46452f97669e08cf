#include "ui/shell/frame/focus_walk.h"

#include "ui/widgets/focus_order.h"

#include <QApplication>
#include <QWidget>

namespace espalier {

namespace {

QWidget* entryOf(QWidget* area)
{
    if (takesFocus(*area))
        return area;
    if (QWidget* last = area->focusWidget(); last && takesFocus(*last))
        return last;
    const QList<QWidget*> order = focusOrder(*area);
    return order.isEmpty() ? nullptr : order.constFirst();
}

} // namespace

void focusNextArea(const QList<QWidget*>& areas, int by)
{
    QWidget* focused = QApplication::focusWidget();
    qsizetype at = by > 0 ? -1 : 0;
    for (qsizetype i = 0; i < areas.size(); ++i)
        if (focused && (areas.at(i) == focused || areas.at(i)->isAncestorOf(focused)))
            at = i;
    const qsizetype count = areas.size();
    for (qsizetype step = 1; step <= count; ++step) {
        const qsizetype next = ((at + by * step) % count + count) % count;
        if (QWidget* entry = entryOf(areas.at(next)))
            return entry->setFocus(by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
}

} // namespace espalier
