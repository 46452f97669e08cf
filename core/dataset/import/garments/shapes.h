#pragma once

#include "core/base/random.h"

class QPainter;

namespace espalier::garments {

/// Each paints one garment of its class with its own proportions, cut, cloth and details, all
/// drawn from `random`. The ranges of neighbouring classes overlap: a shirt without visible
/// buttons may look like a pullover. The origin is the middle of the 28×28 image, y grows
/// downwards; the painter's transformation gives the pose.

void paintTShirt(QPainter& painter, Random& random);
void paintPullover(QPainter& painter, Random& random);
void paintDress(QPainter& painter, Random& random);
void paintCoat(QPainter& painter, Random& random);
void paintShirt(QPainter& painter, Random& random);

void paintSandal(QPainter& painter, Random& random);
void paintSneaker(QPainter& painter, Random& random);
void paintAnkleBoot(QPainter& painter, Random& random);

void paintTrousers(QPainter& painter, Random& random);
void paintBag(QPainter& painter, Random& random);

} // namespace espalier::garments
