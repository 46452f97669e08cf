#include "core/dataset/import/garments/cloth.h"
#include "core/dataset/import/garments/shapes.h"

#include <QPainter>
#include <QTransform>
#include <algorithm>
#include <cmath>

namespace espalier::garments {

namespace {

enum class Neck { Round, Vee, Boat, Collar, Lapels, High, Hood };
enum class Front { Closed, Buttons, HalfButtons, Zip, Open };

/// The cut of everything that is worn on the upper body. Widths are half widths.
struct Top {
    double top = -11;
    double bottom = 11;
    double neck = 2.6;
    double neckDepth = 2;
    double shoulder = 6;
    double chest = 6.2;
    double waist = 6;
    double hem = 6.2;
    double sleeve = 4; ///< length; 0: none
    double cuff = 2.2;
    double spread = 0.2; ///< tangent of half the angle between sleeve and body
    double hemCurve = 0;
    Neck collar = Neck::Round;
    Front front = Front::Closed;
    bool pockets = false;
    bool belt = false;
    bool ribs = false;

    [[nodiscard]] double shoulderY() const { return top + 1.7; }
    [[nodiscard]] double armpitY() const { return shoulderY() + 4.6; }
    [[nodiscard]] double waistY() const { return top + 0.52 * (bottom - top); }
};

QPainterPath bodyOutline(const Top& cut)
{
    const double depth = cut.top + (cut.collar == Neck::High ? -1.6 : cut.neckDepth);
    QPainterPath half(QPointF(0, depth));
    if (cut.collar == Neck::Vee || cut.collar == Neck::Lapels)
        half.lineTo(cut.neck, cut.top);
    else
        half.quadTo(QPointF(cut.neck, depth), QPointF(cut.neck, cut.top));
    half.lineTo(cut.shoulder, cut.shoulderY());
    half.quadTo(QPointF(cut.shoulder - 0.8, cut.armpitY() - 1), QPointF(cut.chest, cut.armpitY()));
    half.cubicTo(QPointF(cut.chest, cut.armpitY() + 2), QPointF(cut.waist, cut.waistY() - 2),
                 QPointF(cut.waist, cut.waistY()));
    half.cubicTo(QPointF(cut.waist, cut.waistY() + 2), QPointF(cut.hem, cut.bottom - 4),
                 QPointF(cut.hem, cut.bottom));
    half.quadTo(QPointF(cut.hem * 0.6, cut.bottom + cut.hemCurve),
                QPointF(0, cut.bottom + cut.hemCurve));
    return mirrored(half);
}

QPainterPath sleeveOutline(const Top& cut)
{
    const double scale = 1 / (1 + cut.spread * cut.spread);
    const QPointF along(2 * cut.spread * scale, (1 - cut.spread * cut.spread) * scale);
    const QPointF inwards(-along.y(), along.x());
    const QPointF start(cut.shoulder - 0.6, cut.shoulderY() - 0.2);
    const QPointF end = QPointF(cut.shoulder, cut.shoulderY()) + along * cut.sleeve;
    const QPointF armpit(cut.chest - 0.3, cut.armpitY());

    QPainterPath sleeve(start);
    sleeve.quadTo(QPointF(cut.shoulder + 0.9, cut.shoulderY() + 0.6), end);
    sleeve.lineTo(end + inwards * cut.cuff);
    sleeve.lineTo(armpit);
    sleeve.closeSubpath();
    return sleeve;
}

void paintSleeves(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    if (cut.sleeve <= 0)
        return;
    const QPainterPath right = sleeveOutline(cut);
    const Cloth darker = shaded(cloth, 0.93);
    fillCloth(painter, right, darker);
    fillCloth(painter, QTransform::fromScale(-1, 1).map(right), darker);
}

/// The inside of the back, seen through the neck.
void paintBackOfNeck(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    if (cut.collar == Neck::High)
        return;
    QPainterPath back(QPointF(0, cut.top - 0.4));
    back.quadTo(QPointF(cut.neck * 0.8, cut.top - 0.5), QPointF(cut.neck, cut.top));
    back.quadTo(QPointF(cut.neck * 0.8, cut.top + cut.neckDepth),
                QPointF(0, cut.top + cut.neckDepth));
    fillCloth(painter, mirrored(back), shaded({.base = cloth.base, .seam = cloth.seam}, 0.55));
}

void paintCollar(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    const bool lapels = cut.collar == Neck::Lapels;
    if (!lapels && cut.collar != Neck::Collar)
        return;
    const double depth = cut.top + cut.neckDepth + (lapels ? 2.5 : 0.6);
    QPainterPath wing(QPointF(cut.neck - 0.4, cut.top - 1));
    wing.lineTo(cut.neck + 1.1, cut.top + 0.5);
    wing.lineTo(cut.neck * (lapels ? 1.3 : 0.9), depth - 1);
    wing.lineTo(0.2, depth);
    wing.closeSubpath();
    const Cloth lighter = shaded({.base = cloth.base, .seam = cloth.seam}, 1.08);
    fillCloth(painter, wing, lighter);
    fillCloth(painter, QTransform::fromScale(-1, 1).map(wing), lighter);
}

void paintHood(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    if (cut.collar != Neck::Hood)
        return;
    QPainterPath hood(QPointF(0, cut.top - 2.2));
    hood.quadTo(QPointF(cut.neck + 1, cut.top - 2), QPointF(cut.neck + 1, cut.top + 0.4));
    hood.quadTo(QPointF(cut.neck * 0.6, cut.top + 2.6), QPointF(0, cut.top + 2.8));
    fillCloth(painter, mirrored(hood), shaded(cloth, 0.85));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(cloth.seam / 2, cloth.seam / 2, cloth.seam / 2));
    painter.drawEllipse(QPointF(0, cut.top), cut.neck * 0.8, 1.5);
}

void paintFront(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    if (cut.front == Front::Closed)
        return;
    const double start = cut.top + (cut.collar == Neck::High ? -1.5 : cut.neckDepth);
    const double end = cut.front == Front::HalfButtons ? start + 5 : cut.bottom + cut.hemCurve;
    if (cut.front == Front::Open) {
        QPainterPath gap(QPointF(0, start));
        gap.lineTo(cut.hem * 0.22, end);
        gap.lineTo(0, end);
        painter.fillPath(mirrored(gap), QColor(20, 20, 20));
        return;
    }
    QPainterPath line(QPointF(0, start));
    line.lineTo(0, end);
    strokeLine(painter, line, cloth.seam, cut.front == Front::Zip ? 0.9 : 0.4);
    if (cut.front == Front::Zip)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(cloth.seam / 2, cloth.seam / 2, cloth.seam / 2));
    const int buttons = int(std::ceil((end - start - 1.6) / 2.6));
    for (int button = 0; button < buttons; ++button)
        painter.drawEllipse(QPointF(0.5, start + 1 + button * 2.6), 0.5, 0.5);
}

void paintDetails(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    QPainterPath lines;
    if (cut.pockets) {
        for (const double side : {-1.0, 1.0}) {
            lines.moveTo(side * cut.waist * 0.35, cut.waistY() + 3.4);
            lines.lineTo(side * cut.waist * 0.8, cut.waistY() + 2.8);
        }
    }
    if (cut.ribs) {
        lines.moveTo(-cut.hem, cut.bottom - 1.5);
        lines.lineTo(cut.hem, cut.bottom - 1.5);
    }
    strokeLine(painter, lines, cloth.seam, 0.5);
    if (cut.belt)
        painter.fillRect(QRectF(-cut.waist, cut.waistY() - 0.7, 2 * cut.waist, 1.5),
                         QColor(cloth.seam, cloth.seam, cloth.seam));
}

void paintTop(QPainter& painter, const Top& cut, const Cloth& cloth)
{
    paintBackOfNeck(painter, cut, cloth);
    paintSleeves(painter, cut, cloth);
    fillCloth(painter, bodyOutline(cut), cloth);
    paintDetails(painter, cut, cloth);
    paintFront(painter, cut, cloth);
    paintHood(painter, cut, cloth);
    paintCollar(painter, cut, cloth);
}

void cutShortSleeves(Top& cut, Random& random)
{
    cut.sleeve = random.uniform(3.2, 8.5);
    cut.spread = random.uniform(0.2, 0.46);
    cut.cuff = random.uniform(3.0, 4.2);
}

void cutLongSleeves(Top& cut, Random& random)
{
    cut.sleeve = random.uniform(14, 20);
    cut.spread = random.uniform(0.07, 0.2);
    cut.cuff = random.uniform(1.8, 2.7);
}

Top randomTop(Random& random)
{
    Top cut;
    cut.bottom = random.uniform(9, 11.6);
    cut.neck = random.uniform(1.9, 3.3);
    cut.neckDepth = random.uniform(0.8, 2.6);
    cut.shoulder = random.uniform(5.2, 6.8);
    cut.chest = cut.shoulder + random.uniform(-0.6, 0.6);
    cut.waist = cut.chest + random.uniform(-1.2, 0.5);
    cut.hem = cut.waist + random.uniform(-0.3, 1.2);
    return cut;
}

} // namespace

void paintTShirt(QPainter& painter, Random& random)
{
    Top cut = randomTop(random);
    cutShortSleeves(cut, random);
    cut.collar = pick<Neck>(
        random, {{0.6, Neck::Round}, {0.2, Neck::Vee}, {0.1, Neck::Boat}, {0.1, Neck::Collar}});
    cut.front = chance(random, 0.12) ? Front::HalfButtons : Front::Closed;
    paintTop(painter, cut, randomCloth(random, 0.5));
}

void paintPullover(QPainter& painter, Random& random)
{
    Top cut = randomTop(random);
    cutLongSleeves(cut, random);
    cut.collar = pick<Neck>(
        random, {{0.5, Neck::Round}, {0.22, Neck::Vee}, {0.2, Neck::High}, {0.08, Neck::Hood}});
    cut.front = chance(random, 0.1) ? Front::HalfButtons : Front::Closed;
    cut.ribs = chance(random, 0.6);
    cut.cuff += random.uniform(0, 0.5);
    paintTop(painter, cut, randomCloth(random, 0.5));
}

void paintDress(QPainter& painter, Random& random)
{
    Top cut = randomTop(random);
    cut.top = -12.2;
    cut.bottom = random.uniform(10, 12.8);
    cut.shoulder = random.uniform(3.4, 5.2);
    cut.chest = random.uniform(3.8, 5.2);
    cut.waist = random.uniform(3, 4.8);
    cut.hem = cut.waist + random.uniform(0, 3.8);
    const double kind = random.uniform();
    cut.sleeve = 0;
    if (kind > 0.75)
        cutLongSleeves(cut, random);
    else if (kind > 0.4)
        cutShortSleeves(cut, random);
    cut.sleeve *= 0.85;
    cut.cuff *= 0.85;
    cut.collar = pick<Neck>(random, {{0.45, Neck::Round}, {0.35, Neck::Vee}, {0.2, Neck::Boat}});
    cut.front = chance(random, 0.1) ? Front::Buttons : Front::Closed;
    cut.belt = chance(random, 0.3);
    cut.hemCurve = random.uniform(0, 0.7);
    paintTop(painter, cut, randomCloth(random, 0.5));
}

void paintCoat(QPainter& painter, Random& random)
{
    Top cut = randomTop(random);
    cutLongSleeves(cut, random);
    cut.bottom = random.uniform(10.8, 13.2);
    cut.hem += random.uniform(0, 1.2);
    cut.cuff += random.uniform(0.3, 1.1);
    cut.collar = pick<Neck>(
        random,
        {{0.5, Neck::Lapels}, {0.15, Neck::Collar}, {0.17, Neck::High}, {0.18, Neck::Hood}});
    cut.front = pick<Front>(
        random,
        {{0.45, Front::Buttons}, {0.3, Front::Zip}, {0.17, Front::Open}, {0.08, Front::Closed}});
    cut.pockets = chance(random, 0.6);
    cut.belt = chance(random, 0.2);
    paintTop(painter, cut, randomCloth(random, 0.25));
}

void paintShirt(QPainter& painter, Random& random)
{
    Top cut = randomTop(random);
    if (chance(random, 0.3))
        cutShortSleeves(cut, random);
    else
        cutLongSleeves(cut, random);
    cut.collar = pick<Neck>(
        random, {{0.7, Neck::Collar}, {0.15, Neck::Vee}, {0.1, Neck::Round}, {0.05, Neck::High}});
    cut.front = pick<Front>(random, {{0.73, Front::Buttons},
                                     {0.17, Front::HalfButtons},
                                     {0.08, Front::Closed},
                                     {0.02, Front::Open}});
    cut.hemCurve = random.uniform(0, 1.5);
    cut.pockets = chance(random, 0.1);
    paintTop(painter, cut, randomCloth(random, 0.55));
}

} // namespace espalier::garments
