#include "ui/shell/jobs/job_summary.h"

#include "ui/shell/frame/flat_button.h"
#include "ui/shell/jobs/jobs_delegate.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <algorithm>

namespace espalier {

namespace {

constexpr int Margin = 8;
constexpr int Gap = 10;
constexpr int LineWidth = 120;
constexpr int MostName = 200;
constexpr int MostDetail = 260;

int widthOf(const QString& text, TextStyle style)
{
    return QFontMetrics(textFont(style)).horizontalAdvance(text) + 2; // parts of a pixel
}

} // namespace

JobSummary::JobSummary(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setJobs({});
}

void JobSummary::setJobs(const QList<Job>& jobs)
{
    m_job = jobs.isEmpty() ? std::nullopt : std::optional(jobs.constFirst());
    m_others = std::max<qsizetype>(0, jobs.size() - 1);
    QStringList parts;
    if (m_job)
        for (const QString& part : {m_job->name, m_job->detail, m_job->percent(), m_job->timeLeft})
            if (!part.isEmpty())
                parts.append(part);
    setText(m_job ? parts.join(QStringLiteral(", ")) : tr("Nothing is running"));
    setToolTip(m_job ? tr("Show runs and imports") : tr("Runs and imports"));
    updateGeometry();
    update();
}

QString JobSummary::more() const
{
    return m_others > 0 ? QStringLiteral("+%1").arg(m_others) : QString();
}

QSize JobSummary::sizeHint() const
{
    constexpr int Height = 22;
    if (!m_job)
        return {widthOf(text(), TextStyle::Small) + 2 * Margin, Height};
    int width = 2 * Margin + std::min(MostName, widthOf(m_job->name, TextStyle::SmallMedium)) +
                Gap + std::min(MostDetail, widthOf(m_job->detail, TextStyle::Small));
    if (m_job->fraction >= 0)
        width += Gap + LineWidth + Gap + widthOf(m_job->percent(), TextStyle::Small);
    for (const QString& part : {m_job->timeLeft, more()})
        width += part.isEmpty() ? 0 : Gap + widthOf(part, TextStyle::Small);
    return {width, Height};
}

void JobSummary::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(palette());
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(isDown() ? Role::Pressed : Role::Hover));
        painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
    }
    int left = Margin;
    const auto draw = [&](const QString& text, TextStyle style, Role role, int most) {
        if (text.isEmpty())
            return;
        const QFont font = textFont(style);
        const int width = std::min(most, widthOf(text, style));
        painter.setFont(font);
        painter.setPen(theme.color(role));
        painter.drawText(QRect(left, 0, width, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, width));
        left += width + Gap;
    };
    if (!m_job) {
        draw(text(), TextStyle::Small, Role::TextSecondary, width());
        return paintFocusRing(painter, *this);
    }
    draw(m_job->name, TextStyle::SmallMedium, Role::TextPrimary, MostName);
    draw(m_job->detail, TextStyle::Small, m_job->failed ? Role::LevelError : Role::TextSecondary,
         MostDetail);
    if (m_job->fraction >= 0) {
        paintProgress(painter, QRectF(left, (height() - 4) / 2.0, LineWidth, 4), m_job->fraction,
                      palette());
        left += LineWidth + Gap;
        draw(m_job->percent(), TextStyle::Small, Role::TextSecondary, width());
    }
    draw(m_job->timeLeft, TextStyle::Small, Role::TextSecondary, width());
    draw(more(), TextStyle::Small, Role::TextSecondary, width());
    paintFocusRing(painter, *this);
}

void JobSummary::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void JobSummary::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace espalier
