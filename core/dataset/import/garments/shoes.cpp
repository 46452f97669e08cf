#include "core/dataset/import/garments/cloth.h"
#include "core/dataset/import/garments/shapes.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace espalier::garments {

namespace {

/// A shoe seen from the side, its toe to the left. Heights are above the ground.
struct Shoe {
    double ground = 7;
    double toe = -12;
    double back = 10.5;
    double heel = 0; ///< height of the heel
    double heelWidth = 5;
    double sole = 1.3;
    double toeHeight = 3.5;
    double instep = 8;    ///< height of the front of the opening
    double shaft = 8;     ///< height of the back of the opening
    double opening = 6.5; ///< width of the opening

    [[nodiscard]] double ball() const { return toe + 0.42 * (back - toe); }
    /// Upper side of the sole.
    [[nodiscard]] double bedY(double x) const
    {
        const double rise = std::clamp((x - ball()) / (back - heelWidth - ball()), 0.0, 1.0);
        return ground - sole - heel * rise * rise * (3 - 2 * rise);
    }
    /// Upper side of a foot in the shoe.
    [[nodiscard]] double footY(double x) const
    {
        const double along = std::clamp((x - toe) / (back - opening - toe), 0.0, 1.0);
        return bedY(x) - toeHeight * 0.6 - (instep - toeHeight * 0.6) * along * along;
    }
};

QPainterPath soleOutline(const Shoe& shoe)
{
    QPainterPath sole(QPointF(shoe.toe, shoe.ground - shoe.sole));
    sole.quadTo(QPointF(shoe.toe, shoe.ground), QPointF(shoe.toe + 2, shoe.ground));
    sole.lineTo(shoe.ball(), shoe.ground);
    const double front = shoe.back - shoe.heelWidth;
    for (int i = 1; i <= 6; ++i) {
        const double x = shoe.ball() + (front - shoe.ball()) * i / 6;
        sole.lineTo(x, shoe.bedY(x) + shoe.sole);
    }
    sole.lineTo(front + shoe.heel * 0.12, shoe.ground);
    sole.lineTo(shoe.back - shoe.heel * 0.1, shoe.ground);
    sole.lineTo(shoe.back, shoe.bedY(shoe.back));
    for (int i = 6; i >= 0; --i) {
        const double x = shoe.ball() + (front - shoe.ball()) * i / 6;
        sole.lineTo(x, shoe.bedY(x));
    }
    sole.closeSubpath();
    return sole;
}

QPainterPath upperOutline(const Shoe& shoe)
{
    const double bed = shoe.bedY(shoe.back);
    const double front = shoe.back - shoe.opening;
    const double top = bed - shoe.shaft;
    const double tongue = bed - shoe.instep;
    QPainterPath upper(QPointF(shoe.toe + 0.3, shoe.ground - shoe.sole));
    upper.cubicTo(QPointF(shoe.toe - 0.3, shoe.ground - shoe.sole - shoe.toeHeight),
                  QPointF(shoe.toe + 3, shoe.ground - shoe.sole - shoe.toeHeight),
                  QPointF(shoe.toe + 5.5, shoe.ground - shoe.sole - shoe.toeHeight));
    upper.cubicTo(QPointF(front - 3, shoe.ground - shoe.sole - shoe.toeHeight - 0.6),
                  QPointF(front, std::max(tongue, top) + 2), QPointF(front, tongue));
    upper.quadTo(QPointF(shoe.back - shoe.opening * 0.4, std::max(tongue, top) + 0.8),
                 QPointF(shoe.back - 0.3, top));
    upper.quadTo(QPointF(shoe.back - 0.8, (top + bed) / 2), QPointF(shoe.back, bed));
    const int steps = int(std::ceil(shoe.back - 1 - shoe.ball()));
    for (int step = 1; step <= steps; ++step)
        upper.lineTo(shoe.back - step, shoe.bedY(shoe.back - step));
    upper.closeSubpath();
    return upper;
}

void paintLaces(QPainter& painter, const Shoe& shoe, const Cloth& cloth, int count)
{
    QPainterPath laces;
    const double front = shoe.back - shoe.opening;
    for (int i = 0; i < count; ++i) {
        const double x = front - 0.4 - i * 1.6;
        laces.moveTo(x, shoe.footY(x) + 0.4);
        laces.lineTo(x + 1.7, shoe.footY(x) + 2.2);
    }
    strokeLine(painter, laces, cloth.seam, 0.55);
}

void paintStrap(QPainter& painter, const Shoe& shoe, const Cloth& cloth, double x, double lean,
                double width)
{
    QPainterPath strap(QPointF(x, shoe.bedY(x)));
    strap.quadTo(QPointF(x + lean * 0.2, shoe.footY(x + lean) + 0.8),
                 QPointF(x + lean, shoe.footY(x + lean)));
    strokeLine(painter, strap, cloth.base, width);
}

void paintAnkleStrap(QPainter& painter, const Shoe& shoe, const Cloth& cloth, double width)
{
    const double bed = shoe.bedY(shoe.back);
    QPainterPath strap(QPointF(shoe.back - 0.5, bed));
    strap.quadTo(QPointF(shoe.back - 1.4, bed - shoe.shaft * 0.5),
                 QPointF(shoe.back - 0.6, bed - shoe.shaft));
    strap.quadTo(QPointF(shoe.back - shoe.opening * 0.5, bed - shoe.shaft + 1.6),
                 QPointF(shoe.back - shoe.opening, bed - shoe.instep));
    strokeLine(painter, strap, cloth.base, width);
}

Shoe randomShoe(Random& random)
{
    Shoe shoe;
    shoe.toe = random.uniform(-12.8, -11);
    shoe.back = random.uniform(9.5, 12);
    shoe.toeHeight = random.uniform(2.6, 4.2);
    shoe.opening = random.uniform(5.5, 8);
    shoe.sole = random.uniform(0.7, 2);
    shoe.heelWidth = random.uniform(3.5, 7);
    return shoe;
}

} // namespace

void paintSandal(QPainter& painter, Random& random)
{
    Shoe shoe = randomShoe(random);
    const Cloth cloth = randomCloth(random, 0.2);
    shoe.heel = chance(random, 0.5) ? random.uniform(2, 7.5) : random.uniform(0, 1.5);
    shoe.heelWidth = shoe.heel > 2 ? random.uniform(1.5, 6) : shoe.heelWidth;
    shoe.sole = random.uniform(1, 2.4);
    shoe.instep = random.uniform(4.5, 7.5);
    shoe.shaft = random.uniform(4.5, 9.5);
    shoe.ground = 5.5 + shoe.heel * 0.45;
    fillCloth(painter, soleOutline(shoe), shaded(cloth, 0.85));
    const int straps = 1 + int(random.below(4));
    const double from = shoe.toe + 2;
    const double step = (shoe.back - shoe.opening - from) / (straps + 0.5);
    for (int i = 0; i < straps; ++i)
        paintStrap(painter, shoe, cloth, from + i * step + random.uniform(0, 1),
                   random.uniform(0.5, 3.5), random.uniform(1.2, 3));
    if (chance(random, 0.7))
        paintAnkleStrap(painter, shoe, cloth, random.uniform(1, 2.2));
}

void paintSneaker(QPainter& painter, Random& random)
{
    Shoe shoe = randomShoe(random);
    const Cloth cloth = randomCloth(random, 0.3);
    shoe.shaft = random.uniform(4.5, 9.4);
    shoe.instep = shoe.shaft + random.uniform(0, 1.5);
    shoe.heel = random.uniform(0, 0.7);
    shoe.ground = 4.5 + shoe.shaft * 0.25;
    fillCloth(painter, upperOutline(shoe), cloth);
    fillCloth(
        painter, soleOutline(shoe),
        {.base = std::min(255, int(cloth.base * random.uniform(0.6, 1.5))), .seam = cloth.seam});
    if (chance(random, 0.75))
        paintLaces(painter, shoe, cloth, 2 + int(random.below(3)));
    if (chance(random, 0.5)) {
        QPainterPath stripe(QPointF(shoe.ball() + 1, shoe.bedY(0) - 0.8));
        stripe.quadTo(QPointF(shoe.back - 5, shoe.bedY(0) - 1.5),
                      QPointF(shoe.back - random.uniform(1, 4), shoe.bedY(0) - 3.6));
        strokeLine(painter, stripe, cloth.second, random.uniform(0.6, 1.5));
    }
}

void paintAnkleBoot(QPainter& painter, Random& random)
{
    Shoe shoe = randomShoe(random);
    const Cloth cloth = randomCloth(random, 0.15);
    shoe.heel = chance(random, 0.55) ? random.uniform(1, 5) : random.uniform(0, 1);
    shoe.heelWidth = shoe.heel > 2 ? random.uniform(2, 6) : shoe.heelWidth;
    shoe.shaft = random.uniform(8.4, 16 - shoe.heel * 0.6);
    shoe.instep = shoe.shaft + random.uniform(-1.2, 1);
    shoe.ground = 3 + (shoe.shaft + shoe.heel) * 0.48;
    fillCloth(painter, upperOutline(shoe), cloth);
    fillCloth(painter, soleOutline(shoe), shaded(cloth, random.uniform(0.5, 1)));
    if (chance(random, 0.35))
        paintLaces(painter, shoe, cloth, 2 + int(random.below(3)));
    if (chance(random, 0.4)) {
        const double x = shoe.back - shoe.opening * random.uniform(0.3, 0.6);
        QPainterPath zip(QPointF(x, shoe.bedY(x) - shoe.shaft * 0.8));
        zip.lineTo(x - 0.4, shoe.bedY(x) - 1.5);
        strokeLine(painter, zip, cloth.seam, 0.6);
    }
}

} // namespace espalier::garments
