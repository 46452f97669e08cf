#include "ui/widgets/focus_order.h"

#include <QApplication>
#include <QLayout>
#include <QWidget>
#include <algorithm>

namespace espalier {

namespace {

void appendWidgets(const QLayout& layout, QList<QWidget*>& widgets)
{
    for (int i = 0; i < layout.count(); ++i) {
        const QLayoutItem* item = layout.itemAt(i);
        if (QWidget* widget = item->widget())
            widgets.append(widget);
        else if (const QLayout* inner = layout.itemAt(i)->layout())
            appendWidgets(*inner, widgets);
    }
}

bool isAbove(const QWidget* a, const QWidget* b)
{
    return a->y() != b->y() ? a->y() < b->y() : a->x() < b->x();
}

QList<QWidget*> childrenInOrder(const QWidget& parent)
{
    QList<QWidget*> children;
    if (const QLayout* layout = parent.layout())
        appendWidgets(*layout, children);
    QList<QWidget*> others;
    for (QWidget* child : parent.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (!child->isWindow() && !children.contains(child))
            others.append(child);
    std::ranges::stable_sort(others, isAbove);
    return children + others;
}

void append(QWidget* widget, QList<QWidget*>& order)
{
    if (!widget->isVisible())
        return;
    if (takesFocus(*widget))
        order.append(widget);
    for (QWidget* child : childrenInOrder(*widget))
        append(child, order);
}

} // namespace

bool takesFocus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) &&
           !widget.focusProxy();
}

QList<QWidget*> focusOrder(const QWidget& root)
{
    QList<QWidget*> order;
    for (QWidget* child : childrenInOrder(root))
        append(child, order);
    return order;
}

bool focusNextIn(const QWidget& window, bool next)
{
    const QList<QWidget*> order = focusOrder(window);
    if (order.isEmpty())
        return false;
    const QWidget* focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < order.size(); ++i)
        if (focus && (order.at(i) == focus || order.at(i)->isAncestorOf(focus)))
            at = i;
    const qsizetype to = at < 0 ? (next ? 0 : order.size() - 1)
                                : (at + (next ? 1 : order.size() - 1)) % order.size();
    order.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace espalier
