#include "core/dataset/import/garments/cloth.h"

#include <QLinearGradient>
#include <QPainter>
#include <QTransform>
#include <algorithm>
#include <cmath>

namespace espalier::garments {

namespace {

QColor grey(int value)
{
    const int bounded = std::clamp(value, 0, 255);
    return QColor(bounded, bounded, bounded);
}

void paintBands(QPainter& painter, const QRectF& area, const Cloth& cloth, bool across)
{
    const QColor colour = grey(cloth.second);
    const double begin = across ? area.top() : area.left();
    const int bands = int(std::ceil((across ? area.height() : area.width()) / cloth.period));
    for (int band = 0; band < bands; ++band) {
        const double at = begin + band * cloth.period;
        const double width = cloth.period * 0.45;
        painter.fillRect(across ? QRectF(area.left(), at, area.width(), width)
                                : QRectF(at, area.top(), width, area.height()),
                         colour);
    }
}

void paintPrint(QPainter& painter, const QRectF& area, const Cloth& cloth)
{
    const QPointF centre(area.center().x(), area.top() + area.height() * 0.42);
    painter.setPen(Qt::NoPen);
    painter.setBrush(grey(cloth.second));
    painter.drawEllipse(centre, cloth.period, cloth.period * 0.7);
}

void paintTexture(QPainter& painter, const QRectF& area, const Cloth& cloth)
{
    switch (cloth.texture) {
    case Texture::Plain:
    case Texture::Gradient:
        break;
    case Texture::HorizontalStripes:
        paintBands(painter, area, cloth, true);
        break;
    case Texture::VerticalStripes:
        paintBands(painter, area, cloth, false);
        break;
    case Texture::Checks:
        paintBands(painter, area, cloth, true);
        paintBands(painter, area, cloth, false);
        break;
    case Texture::Print:
        paintPrint(painter, area, cloth);
        break;
    }
}

QBrush ground(const QRectF& area, const Cloth& cloth)
{
    if (cloth.texture != Texture::Gradient)
        return grey(cloth.base);
    QLinearGradient gradient(area.topLeft(), area.bottomLeft());
    gradient.setColorAt(0, grey(cloth.base));
    gradient.setColorAt(1, grey(cloth.second));
    return gradient;
}

} // namespace

Cloth randomCloth(Random& random, double patterned)
{
    Cloth cloth;
    cloth.base = int(random.uniform(90, 250));
    const double contrast = random.uniform(0.5, 0.95);
    cloth.second = chance(random, 0.75) || cloth.base > 170
                       ? int(cloth.base * contrast)
                       : std::min(255, int(cloth.base / contrast));
    cloth.seam = int(cloth.base * random.uniform(0.3, 0.75));
    cloth.period = random.uniform(1.8, 4.5);
    cloth.texture = chance(random, patterned)
                        ? pick<Texture>(random, {{0.26, Texture::HorizontalStripes},
                                                 {0.16, Texture::VerticalStripes},
                                                 {0.16, Texture::Checks},
                                                 {0.22, Texture::Gradient},
                                                 {0.2, Texture::Print}})
                        : Texture::Plain;
    return cloth;
}

Cloth shaded(Cloth cloth, double factor)
{
    cloth.base = int(cloth.base * factor);
    cloth.second = int(cloth.second * factor);
    return cloth;
}

void fillCloth(QPainter& painter, const QPainterPath& shape, const Cloth& cloth)
{
    const QRectF area = shape.boundingRect();
    painter.save();
    painter.fillPath(shape, ground(area, cloth));
    painter.setClipPath(shape, Qt::IntersectClip);
    paintTexture(painter, area, cloth);
    painter.restore();
    strokeLine(painter, shape, cloth.seam, 0.3);
}

void strokeLine(QPainter& painter, const QPainterPath& line, int value, double width)
{
    painter.strokePath(line, QPen(grey(value), width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

QPainterPath mirrored(const QPainterPath& rightHalf)
{
    QPainterPath whole = rightHalf;
    whole.connectPath(QTransform::fromScale(-1, 1).map(rightHalf).toReversed());
    whole.closeSubpath();
    return whole;
}

} // namespace espalier::garments
