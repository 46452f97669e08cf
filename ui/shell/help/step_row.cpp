#include "ui/shell/help/step_row.h"

#include "ui/shell/frame/flat_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int HeaderHeight = 32;
constexpr int Badge = 18;
constexpr int BadgeLeft = 8;
constexpr int TextLeft = BadgeLeft + Badge + 10;

} // namespace

class StepRow::Header final : public QAbstractButton {
public:
    Header(int number, QWidget* parent)
        : QAbstractButton(parent)
        , m_number(number)
    {
        setFixedHeight(HeaderHeight);
        setFocusPolicy(Qt::TabFocus);
    }

    void setState(bool done, bool current)
    {
        m_done = done;
        m_current = current;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = Theme::of(palette());
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(Role::Hover));
            painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
        }
        paintBadge(painter, theme);
        painter.setFont(textFont(m_current ? TextStyle::BodyStrong : TextStyle::BodyMedium));
        painter.setPen(theme.color(m_done ? Role::TextSecondary : Role::TextPrimary));
        painter.drawText(rect().adjusted(TextLeft, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         text());
        paintFocusRing(painter, *this);
    }

    void paintBadge(QPainter& painter, const Theme& theme) const
    {
        const QRectF badge(BadgeLeft, (height() - Badge) / 2.0, Badge, Badge);
        if (m_done)
            return paintIcon(painter, u"done"_s, badge.adjusted(1, 1, -1, -1),
                             theme.color(Role::LevelDone));
        painter.setPen(m_current ? QPen(Qt::NoPen) : QPen(theme.color(Role::BorderControl)));
        painter.setBrush(m_current ? QBrush(theme.color(Role::Accent)) : QBrush(Qt::NoBrush));
        painter.drawEllipse(badge.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setFont(textFont(TextStyle::CaptionStrong));
        painter.setPen(theme.color(m_current ? Role::AccentText : Role::TextSecondary));
        painter.drawText(badge, Qt::AlignCenter, QString::number(m_number));
    }

    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    int m_number;
    bool m_done = false;
    bool m_current = false;
};

StepRow::StepRow(int number, QWidget* parent)
    : QWidget(parent)
    , m_header(new Header(number, this))
    , m_text(new TextLabel({}, TextStyle::Body, Role::TextSecondary, this))
{
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setContentsMargins(TextLeft, 0, 8, 10);
    m_text->hide();
    connect(m_header, &QAbstractButton::clicked, this, &StepRow::clicked);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_header);
    layout->addWidget(m_text);
}

void StepRow::setStep(const TutorialStep& step, bool current)
{
    m_header->setText(step.title);
    m_header->setAccessibleName(step.done ? tr("%1, done").arg(step.title) : step.title);
    m_header->setState(step.done, current);
    m_text->setText(step.text);
}

void StepRow::setUnfolded(bool unfolded)
{
    m_text->setVisible(unfolded);
    m_header->setAccessibleDescription(unfolded ? tr("Unfolded") : tr("Folded"));
}

} // namespace espalier
