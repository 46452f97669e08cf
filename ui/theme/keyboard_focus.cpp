#include "ui/theme/keyboard_focus.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QEvent>
#include <QFocusFrame>
#include <QKeyEvent>
#include <QScrollBar>

namespace espalier {
namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
           key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

/// Fields, views and own drawings show focus inside of themselves.
bool wantsRing(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) ||
           (qobject_cast<const QAbstractSlider*>(widget) &&
            !qobject_cast<const QScrollBar*>(widget));
}

} // namespace

KeyboardFocus::KeyboardFocus(QObject* parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { follow(now); });
}

KeyboardFocus::~KeyboardFocus()
{
    delete m_ring;
}

bool KeyboardFocus::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (watched->isWidgetType() && !isModifier(static_cast<QKeyEvent*>(event)->key()))
            setByKeyboard(static_cast<QWidget*>(watched)->window(), true);
        break;
    case QEvent::MouseButtonPress:
        if (watched->isWidgetType())
            setByKeyboard(static_cast<QWidget*>(watched)->window(), false);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void KeyboardFocus::setByKeyboard(QWidget* window, bool byKeyboard)
{
    m_byKeyboard = byKeyboard;
    if (window->testAttribute(Qt::WA_KeyboardFocusChange) == byKeyboard)
        return;
    window->setAttribute(Qt::WA_KeyboardFocusChange, byKeyboard);
    follow(QApplication::focusWidget());
    if (QWidget* focus = QApplication::focusWidget())
        focus->update();
}

void KeyboardFocus::follow(QWidget* widget)
{
    if (widget)
        widget->window()->setAttribute(Qt::WA_KeyboardFocusChange, m_byKeyboard);
    const bool shown = widget && m_byKeyboard && wantsRing(widget);
    if (!shown) {
        // A frame stays on its window: a new one comes with the next focus.
        delete m_ring;
        return;
    }
    if (!m_ring)
        m_ring = new QFocusFrame(widget);
    m_ring->setWidget(widget);
}

bool showsFocus(const QWidget& widget)
{
    return widget.hasFocus() && widget.window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace espalier
