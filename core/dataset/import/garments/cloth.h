#pragma once

#include "core/base/random.h"

#include <QPainterPath>
#include <initializer_list>
#include <utility>

class QPainter;

namespace espalier::garments {

/// True with probability `probability`.
[[nodiscard]] inline bool chance(Random& random, double probability)
{
    return random.uniform() < probability;
}

/// One of several values, each with its share; the shares add up to 1.
template <typename T>
[[nodiscard]] T pick(Random& random, std::initializer_list<std::pair<double, T>> choices)
{
    double left = random.uniform();
    for (const auto& [share, value] : choices) {
        left -= share;
        if (left < 0)
            return value;
    }
    return choices.begin()->second;
}

enum class Texture { Plain, HorizontalStripes, VerticalStripes, Checks, Gradient, Print };

/// What a garment is made of. Grey values go from 0 (the background) to 255.
struct Cloth {
    int base = 200;
    int second = 120; ///< of stripes, checks, prints and the far end of gradients
    int seam = 90;    ///< of lines and edges
    Texture texture = Texture::Plain;
    double period = 3; ///< of stripes and checks, in pixels of the 28×28 image
};

/// Cloth with a texture drawn from all of them; `patterned` is the share that is not plain.
[[nodiscard]] Cloth randomCloth(Random& random, double patterned);

/// The same cloth, every grey value multiplied.
[[nodiscard]] Cloth shaded(Cloth cloth, double factor);

/// Fills `shape` with cloth and draws its edge as a seam.
void fillCloth(QPainter& painter, const QPainterPath& shape, const Cloth& cloth);

/// Strokes `line` in `grey`; `width` in pixels of the 28×28 image.
void strokeLine(QPainter& painter, const QPainterPath& line, int grey, double width);

/// Closes an outline drawn from the axis x = 0 down the right side with its mirror image.
[[nodiscard]] QPainterPath mirrored(const QPainterPath& rightHalf);

} // namespace espalier::garments
