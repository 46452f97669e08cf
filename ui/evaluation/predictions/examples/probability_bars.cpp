#include "ui/evaluation/predictions/examples/probability_bars.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int RowHeight = 24;
constexpr int HalfBar = 2;
constexpr int NumberWidth = 52;
constexpr double NameShare = 0.42;

} // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProbabilityBars::setBars(QList<ProbabilityBar> bars)
{
    m_bars = std::move(bars);
    QStringList texts;
    for (const ProbabilityBar& bar : m_bars)
        texts.append(u"%1 %2"_s.arg(oneLine(bar.name), metricText(bar.probability)));
    setAccessibleName(texts.join(u", "_s));
    updateGeometry();
    update();
}

QSize ProbabilityBars::sizeHint() const
{
    return {280, int(m_bars.size()) * RowHeight};
}

QSize ProbabilityBars::minimumSizeHint() const
{
    return {180, int(m_bars.size()) * RowHeight};
}

void ProbabilityBars::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int nameWidth = int(width() * NameShare);
    const int barLeft = nameWidth + 8;
    const int barWidth = std::max(0, width() - barLeft - NumberWidth - 8);
    for (qsizetype i = 0; i < m_bars.size(); ++i) {
        const ProbabilityBar& bar = m_bars.at(i);
        const QRect row(0, int(i) * RowHeight, width(), RowHeight);
        painter.setFont(textFont(bar.strong ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(theme.color(Role::TextPrimary));
        painter.drawText(
            row.adjusted(0, 0, nameWidth - width(), 0), Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(oneLine(bar.name), Qt::ElideRight, nameWidth));
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, metricText(bar.probability));
        const QRectF track(barLeft, row.center().y() + 1 - HalfBar, barWidth, 2 * HalfBar);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Role::Pressed));
        painter.drawRoundedRect(track, 2, 2);
        QRectF filled = track;
        filled.setWidth(track.width() * std::clamp(bar.probability, 0.0, 1.0));
        painter.setBrush(theme.color(bar.strong ? Role::Accent : Role::BorderControl));
        painter.drawRoundedRect(filled, 2, 2);
    }
}

bool ProbabilityBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = help->pos().y() / RowHeight;
        if (row >= 0 && row < m_bars.size())
            QToolTip::showText(help->globalPos(),
                               Qt::convertFromPlainText(oneLine(m_bars.at(row).name)), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace espalier
