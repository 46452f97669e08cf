#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QStyle>
#include <QTimerEvent>
#include <cmath>

namespace espalier {
namespace {

constexpr int Height = 4, Steps = 48, StepMs = 40;

} // namespace

ProgressLine::ProgressLine(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(Height);
}

void ProgressLine::setValue(double value)
{
    const double next = std::isnan(value) ? -1 : qMin(value, 1.0);
    if (next == m_value)
        return;
    m_value = next;
    setAccessibleDescription(m_value < 0 ? tr("Busy") : percentText(m_value));
    // Without animations a busy line rests in the middle.
    const bool moves = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (m_value >= 0 || !moves)
        m_busy.stop();
    else if (!m_busy.isActive())
        m_busy.start(StepMs, this);
    if (m_value < 0 && !moves)
        m_step = Steps / 2;
    update();
}

QSize ProgressLine::sizeHint() const
{
    return {120, Height};
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Pressed));
    painter.drawRoundedRect(rect(), 2, 2);
    QRectF done = rect();
    if (m_value >= 0) {
        done.setWidth(width() * m_value);
        if (layoutDirection() == Qt::RightToLeft)
            done.moveRight(width());
    } else {
        const double part = width() * 0.3;
        done.setWidth(part);
        done.moveLeft((width() + part) * m_step / Steps - part);
    }
    painter.setBrush(theme.color(Role::Accent));
    painter.drawRoundedRect(done & rect(), 2, 2);
}

void ProgressLine::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_busy.timerId())
        return QWidget::timerEvent(event);
    m_step = (m_step + 1) % (Steps + 1);
    update();
}

} // namespace espalier
