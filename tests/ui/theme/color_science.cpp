#include "tests/ui/theme/color_science.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace color_science {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

Triple times(const Matrix& matrix, const Triple& value)
{
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k)
            result[i] += matrix[i][k] * value[k];
    return result;
}

double toLinear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double fromLinear(double channel)
{
    return channel <= 0.0031308 ? channel * 12.92 : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
}

Triple linear(const QColor& color)
{
    return {toLinear(color.redF()), toLinear(color.greenF()), toLinear(color.blueF())};
}

double luminance(const QColor& color)
{
    const Triple rgb = linear(color);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

Triple lab(const QColor& color)
{
    constexpr Matrix toXyz{{{0.4124564, 0.3575761, 0.1804375},
                            {0.2126729, 0.7151522, 0.0721750},
                            {0.0193339, 0.1191920, 0.9503041}}};
    const Triple xyz = times(toXyz, linear(color));
    const Triple white{0.95047, 1, 1.08883};
    Triple f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double part = xyz[i] / white[i];
        f[i] = part > 216.0 / 24389 ? std::cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180;
}

double hue(double a, double b)
{
    const double angle = std::atan2(b, a) * 180 / std::numbers::pi;
    return angle < 0 ? angle + 360 : angle;
}

double meanHue(double first, double second)
{
    const double sum = first + second;
    if (std::abs(first - second) <= 180)
        return sum / 2;
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

double seventh(double chroma)
{
    const double power = std::pow(chroma, 7);
    return std::sqrt(power / (power + std::pow(25.0, 7)));
}

} // namespace

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first), b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor seenBy(Vision vision, const QColor& color)
{
    static constexpr std::array<Matrix, 3> matrices{{
        {{{0.152286, 1.052583, -0.204868},
          {0.114503, 0.786281, 0.099216},
          {-0.003882, -0.048116, 1.051998}}},
        {{{0.367322, 0.860646, -0.227968},
          {0.280085, 0.672501, 0.047413},
          {-0.011820, 0.042940, 0.968881}}},
        {{{1.255528, -0.076749, -0.178779},
          {-0.078411, 0.930809, 0.147602},
          {0.004733, 0.691367, 0.303900}}},
    }};
    if (vision == Vision::Normal)
        return color;
    const Triple seen = times(matrices[static_cast<std::size_t>(vision) - 1], linear(color));
    const auto channel = [&](std::size_t i) {
        return static_cast<float>(fromLinear(std::clamp(seen[i], 0.0, 1.0)));
    };
    return QColor::fromRgbF(channel(0), channel(1), channel(2));
}

double difference(const QColor& first, const QColor& second)
{
    const Triple one = lab(first), two = lab(second);
    const double meanC = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double g = 0.5 * (1 - seventh(meanC));
    const double a1 = one[1] * (1 + g), a2 = two[1] * (1 + g);
    const double c1 = std::hypot(a1, one[2]), c2 = std::hypot(a2, two[2]);
    const double h1 = hue(a1, one[2]), h2 = hue(a2, two[2]);
    double dh = h2 - h1;
    if (dh > 180)
        dh -= 360;
    else if (dh < -180)
        dh += 360;
    const bool grey = c1 * c2 == 0;
    const double deltaL = two[0] - one[0];
    const double deltaC = c2 - c1;
    const double deltaH = grey ? 0 : 2 * std::sqrt(c1 * c2) * std::sin(radians(dh) / 2);
    const double meanL = (one[0] + two[0]) / 2, mean = (c1 + c2) / 2;
    const double meanH = grey ? h1 + h2 : meanHue(h1, h2);
    const double t = 1 - 0.17 * std::cos(radians(meanH - 30)) +
                     0.24 * std::cos(radians(2 * meanH)) + 0.32 * std::cos(radians(3 * meanH + 6)) -
                     0.20 * std::cos(radians(4 * meanH - 63));
    const double offset = (meanL - 50) * (meanL - 50);
    const double sl = 1 + 0.015 * offset / std::sqrt(20 + offset);
    const double sc = 1 + 0.045 * mean, sh = 1 + 0.015 * mean * t;
    const double turn = 30 * std::exp(-std::pow((meanH - 275) / 25, 2));
    const double rt = -2 * seventh(mean) * std::sin(radians(2 * turn));
    const double l = deltaL / sl, c = deltaC / sc, h = deltaH / sh;
    return std::sqrt(l * l + c * c + h * h + rt * c * h);
}

} // namespace color_science
