#include "ui/evaluation/predictions/examples/filter_chip.h"

#include "ui/theme/theme.h"

#include <QFocusEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Height = 24;
constexpr int Side = 10;
constexpr int Cross = 14;

} // namespace

FilterChip::FilterChip(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("Show nothing"));
}

void FilterChip::setFilterText(const QString& text)
{
    setText(text);
    setAccessibleName(tr("Examples of: %1. Press to show none.").arg(text));
    updateGeometry();
    update();
}

QSize FilterChip::sizeHint() const
{
    const int text = QFontMetrics(textFont(TextStyle::SmallMedium)).horizontalAdvance(this->text());
    return {text + 2 * Side + Cross + 6, Height};
}

QSize FilterChip::minimumSizeHint() const
{
    return {2 * Side + Cross + 24, Height};
}

void FilterChip::focusInEvent(QFocusEvent* event)
{
    m_ring = event->reason() != Qt::MouseFocusReason;
    QAbstractButton::focusInEvent(event);
}

void FilterChip::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    const double radius = pill.height() / 2;
    painter.setPen(Qt::NoPen);
    const Role fill = isDown() ? Role::Pressed : underMouse() ? Role::Hover : Role::Selection;
    painter.setBrush(theme.color(fill));
    painter.drawRoundedRect(pill, radius, radius);
    if (m_ring && hasFocus()) {
        painter.setPen(QPen(theme.color(Role::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(pill, radius, radius);
    }
    painter.setFont(textFont(TextStyle::SmallMedium));
    painter.setPen(theme.color(Role::TextPrimary));
    const QRect room = rect().adjusted(Side, 0, -Side - Cross - 4, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width()));
    paintIcon(painter, u"close"_s,
              QRectF(width() - Side - Cross, (height() - Cross) / 2.0, Cross, Cross),
              theme.color(Role::TextPrimary));
}

} // namespace espalier
