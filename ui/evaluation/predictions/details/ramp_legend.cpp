#include "ui/evaluation/predictions/details/ramp_legend.h"

#include <QFontMetrics>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Steps = 7;
constexpr int StepWidth = 11;
constexpr int StepHeight = 10;
constexpr int Gap = 6;

int widthOf(const QString& text)
{
    return text.isEmpty()
               ? 0
               : QFontMetrics(textFont(TextStyle::Caption)).horizontalAdvance(text) + Gap;
}

} // namespace

RampLegend::RampLegend(Ramp ramp, QWidget* parent)
    : QWidget(parent)
    , m_ramp(ramp)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RampLegend::setTexts(const QString& before, const QString& after)
{
    m_before = before;
    m_after = after;
    setAccessibleName(u"%1 %2"_s.arg(before, after).trimmed());
    updateGeometry();
    update();
}

void RampLegend::setReversed(bool reversed)
{
    m_reversed = reversed;
    update();
}

QSize RampLegend::sizeHint() const
{
    return {widthOf(m_before) + Steps * StepWidth + widthOf(m_after), 16};
}

void RampLegend::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, m_before);
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_after);
    const int top = (height() - StepHeight) / 2;
    for (int step = 0; step < Steps; ++step) {
        const int place = m_reversed ? Steps - 1 - step : step;
        painter.fillRect(widthOf(m_before) + place * StepWidth, top, StepWidth, StepHeight,
                         theme.ramp(m_ramp, double(step) / (Steps - 1)));
    }
}

} // namespace espalier
