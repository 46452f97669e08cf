#include "ui/theme/style/style_shapes.h"

#include <QPainter>

namespace espalier::style {

void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline,
             double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (outline.isValid()) {
        painter.setPen(QPen(outline, 1));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

} // namespace espalier::style
