#include "ui/modeling/totals_line.h"

#include "core/graph/graph_analysis.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QFontMetricsF>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

TotalsLine::TotalsLine(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(metrics::StatusBar);
    setToolTip(tr("For one example: multiply-adds of one forward pass, memory of "
                  "all outputs"));
}

void TotalsLine::setTotals(const GraphAnalysis& analysis)
{
    const qsizetype blocks = analysis.blocks.size();
    const BlockCost& total = analysis.total;
    setParts(
        {{countText(blocks), blocks == 1 ? tr("block") : tr("blocks")},
         {countText(total.parameters), total.parameters == 1 ? tr("parameter") : tr("parameters")},
         {compactCountText(total.multiplyAdds), tr("multiply-adds")},
         {bytesText(double(total.activationBytes)), tr("memory per example")}});
}

void TotalsLine::clear()
{
    setParts({});
}

void TotalsLine::setParts(const QList<Part>& parts)
{
    m_parts = parts;
    setAccessibleName(text());
    update();
}

QString TotalsLine::text() const
{
    QStringList texts;
    for (const Part& part : m_parts)
        texts.append(part.number + u' ' + part.unit);
    return texts.join(u" · "_s);
}

void TotalsLine::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    painter.fillRect(0, 0, width(), 1, theme.color(Role::Border));
    QFont strong = textFont(TextStyle::SmallMedium);
    strong.setWeight(QFont::DemiBold);
    const QFont plain = textFont(TextStyle::Small);
    QRectF line(metrics::PanelPadding, 1, width() - 2 * metrics::PanelPadding, height() - 1);
    const auto write = [&](const QFont& font, Role role, const QString& text) {
        painter.setFont(font);
        painter.setPen(theme.color(role));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        line.setLeft(line.left() + QFontMetricsF(font).horizontalAdvance(text));
    };
    for (const Part& part : std::as_const(m_parts)) {
        if (&part != &m_parts.constFirst())
            write(plain, Role::TextSecondary, u"   ·   "_s);
        write(strong, Role::TextPrimary, part.number);
        write(plain, Role::TextSecondary, u' ' + part.unit);
    }
}

} // namespace espalier

#include "moc_totals_line.cpp"
