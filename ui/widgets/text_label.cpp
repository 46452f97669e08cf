#include "ui/widgets/widgets.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace espalier {

TextLabel::TextLabel(const QString& text, TextStyle style, Role role, QWidget* parent)
    : QLabel(text, parent)
    , m_style(style)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    setFont(textFont(style));
    // On a parent with another background, Qt would take another role than the one set here.
    setForegroundRole(QPalette::WindowText);
    applyRole();
}

void TextLabel::setRole(Role role)
{
    m_role = role;
    applyRole();
}

void TextLabel::setElided(bool elided)
{
    m_elided = elided;
    updateGeometry();
    update();
}

void TextLabel::setDispensable(bool dispensable)
{
    m_dispensable = dispensable;
    updateGeometry();
    update();
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    if (m_dispensable)
        return {0, hint.height()};
    if (!m_elided)
        return hint;
    return {qMin(hint.width(), fontMetrics().horizontalAdvance(u'\u2026') * 3), hint.height()};
}

bool TextLabel::event(QEvent* event)
{
    const bool cut = m_elided && sizeHint().width() > width();
    if (event->type() == QEvent::ToolTip && cut && toolTip().isEmpty()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyRole();
}

void TextLabel::paintEvent(QPaintEvent* event)
{
    const bool fits = sizeHint().width() <= width();
    if (m_dispensable && !fits)
        return;
    if (!m_elided || fits)
        return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QRect room = contentsRect().marginsRemoved({margin(), margin(), margin(), margin()});
    painter.drawText(room, int(alignment()),
                     fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

void TextLabel::applyRole()
{
    const Theme& theme = Theme::of(palette());
    const QColor ink = theme.color(m_role);
    if (ink == palette().color(QPalette::Active, QPalette::WindowText))
        return;
    QPalette own;
    own.setColor(QPalette::WindowText, ink);
    own.setColor(QPalette::Disabled, QPalette::WindowText, theme.color(Role::TextDisabled));
    setPalette(own);
}

} // namespace espalier
