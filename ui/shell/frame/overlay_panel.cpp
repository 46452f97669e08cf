#include "ui/shell/frame/overlay_panel.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace espalier {

OverlayPanel::OverlayPanel(QWidget* window)
    : QFrame(window)
{
    setFocusPolicy(Qt::ClickFocus);
    hide();
    window->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &OverlayPanel::followFocus);
}

void OverlayPanel::openOn(QWidget* first)
{
    if (!isVisible())
        m_before = window()->focusWidget();
    setGeometry(placement(parentWidget()->rect()));
    show();
    raise();
    first->setFocus(Qt::ShortcutFocusReason);
    qApp->installEventFilter(this);
}

void OverlayPanel::dismiss()
{
    if (!isVisible())
        return;
    qApp->removeEventFilter(this);
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    hide();
    if (hadFocus && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void OverlayPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(palette());
    painter.setPen(theme.color(Role::BorderButton));
    painter.setBrush(theme.color(Role::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::Radius,
                            metrics::Radius);
}

void OverlayPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

bool OverlayPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        setGeometry(placement(parentWidget()->rect()));
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto* pressed = static_cast<QWidget*>(watched);
        const bool inside = pressed == this || isAncestorOf(pressed);
        const bool elsewhere = pressed->window() != window() || pressed == m_opener;
        if (!inside && !elsewhere)
            dismiss();
    }
    return QFrame::eventFilter(watched, event);
}

void OverlayPanel::followFocus(QWidget*, QWidget* current)
{
    if (isVisible() && current && current != this && current->window() == window() &&
        !isAncestorOf(current))
        dismiss();
}

} // namespace espalier
