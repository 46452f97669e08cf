#include "ui/theme/style/style_bars.h"

#include "ui/theme/style/style_shapes.h"

#include <QPainter>

namespace espalier::style {
namespace {

constexpr int Thin = 6, ShortestThumb = 24;

QRect thumbOf(const QStyleOptionSlider& option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRect rect = option.rect;
    const int length = horizontal ? rect.width() : rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int thumb = length;
    if (range > 0)
        thumb = static_cast<int>(qint64(option.pageStep) * length / (range + option.pageStep));
    thumb = qBound(qMin(ShortestThumb, length), thumb, length);
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown);
    return horizontal ? QRect(rect.left() + start, rect.top(), thumb, rect.height())
                      : QRect(rect.left(), rect.top() + start, rect.width(), thumb);
}

} // namespace

void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter)
{
    if (option.maximum <= option.minimum || !isOn(option, QStyle::State_Enabled))
        return;
    const bool horizontal = option.orientation == Qt::Horizontal;
    const bool wide = isOn(option, QStyle::State_MouseOver) || isOn(option, QStyle::State_Sunken);
    QRectF thumb = QRectF(thumbOf(option));
    const double inset = wide ? 0 : ScrollBarExtent - Thin - 1;
    const double edge = wide ? 0 : 1;
    thumb = horizontal ? thumb.adjusted(2, inset, -2, -edge) : thumb.adjusted(inset, 2, -edge, -2);
    const double radius = qMin(thumb.width(), thumb.height()) / 2;
    drawBox(painter, thumb, colorOf(option, wide ? Role::BorderControl : Role::BorderButton), {},
            radius);
}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part)
{
    const QRect rect = option.rect, thumb = thumbOf(option);
    const bool horizontal = option.orientation == Qt::Horizontal;
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return thumb;
    case QStyle::SC_ScrollBarGroove:
        return rect;
    case QStyle::SC_ScrollBarSubPage:
        return horizontal ? QRect(rect.topLeft(), QPoint(thumb.left() - 1, rect.bottom()))
                          : QRect(rect.topLeft(), QPoint(rect.right(), thumb.top() - 1));
    case QStyle::SC_ScrollBarAddPage:
        return horizontal ? QRect(QPoint(thumb.right() + 1, rect.top()), rect.bottomRight())
                          : QRect(QPoint(rect.left(), thumb.bottom() + 1), rect.bottomRight());
    default:
        return {};
    }
}

void drawProgressBar(const QStyleOptionProgressBar& option, QPainter& painter)
{
    const QRect rect(option.rect.left(), option.rect.center().y() - 1, option.rect.width(), 4);
    drawBox(painter, rect, colorOf(option, Role::Pressed), {}, 2);
    const double range = double(option.maximum) - option.minimum;
    if (range <= 0 || option.progress <= option.minimum)
        return;
    QRect done = rect;
    done.setWidth(qRound(rect.width() * (option.progress - option.minimum) / range));
    drawBox(painter, QStyle::visualRect(option.direction, rect, done),
            colorOf(option, Role::Accent), {}, 2);
}

} // namespace espalier::style
