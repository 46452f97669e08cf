#include "ui/shell/jobs/jobs_delegate.h"

#include "ui/shell/jobs/jobs_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QPainter>

namespace espalier {

namespace {

constexpr int Inset = 8;
constexpr int RowPadding = 12;

void drawElided(QPainter* painter, const QRect& place, TextStyle style, const QString& text)
{
    const QFont font = textFont(style);
    painter->setFont(font);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, place.width()));
}

/// Draws at the right and gives what is left of the place.
QRect drawAside(QPainter* painter, const QRect& place, const QString& text)
{
    const QFont font = textFont(TextStyle::Small);
    painter->setFont(font);
    painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
    return place.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(text) - RowPadding, 0);
}

} // namespace

void paintProgress(QPainter& painter, const QRectF& rect, double fraction, const QPalette& palette)
{
    const Theme& theme = Theme::of(palette);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Pressed));
    painter.drawRoundedRect(rect, 2, 2);
    if (fraction <= 0)
        return;
    QRectF done = rect;
    done.setWidth(rect.width() * std::min(1.0, fraction));
    painter.setBrush(theme.color(Role::Accent));
    painter.drawRoundedRect(done, 2, 2);
}

void JobsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(option.palette);
    const QRect row = option.rect.adjusted(Inset, 0, -Inset, 0);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(selected ? Role::Selection : Role::Hover));
        painter->drawRoundedRect(row, metrics::Radius, metrics::Radius);
    }
    const QRect content = row.adjusted(RowPadding - 4, 6, -RowPadding + 4, -6);
    const QRect top(content.left(), content.top(), content.width(), 20);
    const QRect bottom(content.left(), content.bottom() - 17, content.width(), 18);
    const double fraction = index.data(JobsModel::JobFractionRole).toDouble();
    painter->setPen(theme.color(Role::TextSecondary));
    const QRect name = drawAside(painter, top, fraction < 0 ? QString() : percentText(fraction));
    const QRect detail = drawAside(painter, bottom, index.data(JobsModel::JobTimeRole).toString());
    const bool failed = index.data(JobsModel::JobFailedRole).toBool();
    painter->setPen(theme.color(failed ? Role::LevelError : Role::TextSecondary));
    drawElided(painter, detail, TextStyle::Small, index.data(JobsModel::JobDetailRole).toString());
    painter->setPen(theme.color(Role::TextPrimary));
    drawElided(painter, name, TextStyle::BodyMedium, index.data(Qt::DisplayRole).toString());
    if (fraction >= 0)
        paintProgress(*painter, QRectF(content.left(), top.bottom() + 3, content.width(), 4),
                      fraction, option.palette);
    painter->restore();
}

QSize JobsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, RowHeight};
}

} // namespace espalier
