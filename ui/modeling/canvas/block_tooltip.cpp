#include "ui/modeling/canvas/block_tooltip.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace espalier {

namespace {

constexpr int Width = 188;
constexpr int Padding = 10;
constexpr int Line = 18;

int heightOf(const QString& text)
{
    return QFontMetrics(textFont(TextStyle::Small))
        .boundingRect(QRect(0, 0, Width - 2 * Padding, 1000), Qt::TextWordWrap, text)
        .height();
}

} // namespace

BlockTooltip::BlockTooltip(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void BlockTooltip::setContent(const QList<Row>& rows, const QStringList& problems)
{
    m_rows = rows;
    m_problems = problems;
    resize(sizeHint());
    update();
}

QSize BlockTooltip::sizeHint() const
{
    int height = 2 * Padding - 2 + int(m_rows.size()) * Line;
    for (const QString& problem : m_problems)
        height += heightOf(problem) + 4;
    return {Width, height};
}

void BlockTooltip::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Tooltip));
    painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
    painter.setFont(textFont(TextStyle::Small));
    QRect line(Padding, Padding - 1, Width - 2 * Padding, Line);
    for (const Row& row : m_rows) {
        painter.setPen(theme.color(Role::TooltipSecondary));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, row.name);
        painter.setPen(theme.color(Role::TooltipText));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
        line.translate(0, Line);
    }
    painter.setPen(theme.color(Role::TooltipText));
    for (const QString& problem : m_problems) {
        line.setHeight(heightOf(problem) + 4);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, problem);
        line.translate(0, line.height());
    }
}

} // namespace espalier

#include "moc_block_tooltip.cpp"
