#include "core/dataset/import/garments/cloth.h"
#include "core/dataset/import/garments/shapes.h"

#include <QPainter>

namespace espalier::garments {

namespace {

struct Trousers {
    double top = -12;
    double bottom = 12;
    double waist = 4;
    double hip = 5;
    double knee = 3; ///< width of one leg
    double hem = 2.6;
    double gap = 1; ///< between the legs, at the hem
    double crotch = -4;
};

QPainterPath trousersOutline(const Trousers& cut)
{
    const double kneeY = (cut.crotch + cut.bottom) / 2;
    QPainterPath half(QPointF(0, cut.top + 0.3));
    half.lineTo(cut.waist, cut.top);
    half.quadTo(QPointF(cut.hip, cut.top + 3), QPointF(cut.hip, cut.crotch));
    half.quadTo(QPointF(cut.gap / 2 + cut.knee + 0.6, kneeY - 2),
                QPointF(cut.gap / 2 + cut.knee, kneeY));
    half.lineTo(cut.gap + cut.hem, cut.bottom);
    half.lineTo(cut.gap, cut.bottom + 0.3);
    half.quadTo(QPointF(cut.gap / 2, kneeY), QPointF(0, cut.crotch));
    return mirrored(half);
}

struct Bag {
    double top = -3;
    double bottom = 9;
    double topWidth = 8; ///< half of it
    double bottomWidth = 9;
    double round = 1.5;
    double handle = 6; ///< height
    double handleWidth = 4;
    double handleThickness = 1;
};

QPainterPath bagOutline(const Bag& bag)
{
    QPainterPath half(QPointF(0, bag.top));
    half.lineTo(bag.topWidth - bag.round, bag.top);
    half.quadTo(QPointF(bag.topWidth, bag.top), QPointF(bag.topWidth, bag.top + bag.round));
    half.lineTo(bag.bottomWidth, bag.bottom - bag.round);
    half.quadTo(QPointF(bag.bottomWidth, bag.bottom),
                QPointF(bag.bottomWidth - bag.round, bag.bottom));
    half.lineTo(0, bag.bottom);
    return mirrored(half);
}

void paintHandle(QPainter& painter, const Bag& bag, const Cloth& cloth)
{
    QPainterPath handle(QPointF(-bag.handleWidth, bag.top + 0.5));
    handle.cubicTo(QPointF(-bag.handleWidth * 0.9, bag.top - bag.handle * 1.3),
                   QPointF(bag.handleWidth * 0.9, bag.top - bag.handle * 1.3),
                   QPointF(bag.handleWidth, bag.top + 0.5));
    strokeLine(painter, handle, cloth.base, bag.handleThickness);
}

void paintFlap(QPainter& painter, const Bag& bag, const Cloth& cloth, double depth)
{
    QPainterPath flap(QPointF(0, bag.top));
    flap.lineTo(bag.topWidth, bag.top);
    flap.quadTo(QPointF(bag.topWidth * 0.9, bag.top + depth), QPointF(0, bag.top + depth));
    fillCloth(painter, mirrored(flap), shaded(cloth, 0.88));
    painter.fillRect(QRectF(-0.8, bag.top + depth - 0.9, 1.6, 1.8),
                     QColor(cloth.seam, cloth.seam, cloth.seam));
}

} // namespace

void paintTrousers(QPainter& painter, Random& random)
{
    Trousers cut;
    const Cloth cloth = randomCloth(random, 0.3);
    cut.bottom = random.uniform(9, 12.8);
    cut.waist = random.uniform(2.8, 4.6);
    cut.hip = cut.waist + random.uniform(0.3, 1.6);
    cut.gap = random.uniform(0.1, 2.4);
    cut.knee = random.uniform(2.2, 4);
    cut.hem = cut.knee + random.uniform(-0.9, 1.2);
    cut.crotch = random.uniform(-5.5, -2.5);
    fillCloth(painter, trousersOutline(cut), cloth);

    QPainterPath seams(QPointF(-cut.waist, cut.top + 1.4));
    seams.lineTo(cut.waist, cut.top + 1.4);
    seams.moveTo(0, cut.top + 1.4);
    seams.lineTo(0, cut.crotch);
    strokeLine(painter, seams, cloth.seam, 0.45);
}

void paintBag(QPainter& painter, Random& random)
{
    Bag bag;
    const Cloth cloth = randomCloth(random, 0.35);
    bag.top = random.uniform(-6, 1);
    bag.bottom = random.uniform(7, 11.5);
    bag.bottomWidth = random.uniform(6.5, 12);
    bag.topWidth = bag.bottomWidth * random.uniform(0.7, 1.05);
    bag.round = random.uniform(0.3, 3);
    bag.handle = random.uniform(3, 10);
    bag.handleWidth = bag.topWidth * random.uniform(0.35, 0.85);
    bag.handleThickness = random.uniform(0.7, 1.8);
    if (chance(random, 0.88))
        paintHandle(painter, bag, cloth);
    fillCloth(painter, bagOutline(bag), cloth);
    if (chance(random, 0.55))
        paintFlap(painter, bag, cloth, (bag.bottom - bag.top) * random.uniform(0.3, 0.7));
}

} // namespace espalier::garments
