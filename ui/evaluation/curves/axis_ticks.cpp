#include "ui/evaluation/curves/axis_ticks.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double Tiny = 1e-9;
constexpr double LeastPlain = 1e-4; // below and from 10^6 on, numbers are written with an exponent

/// The smallest round step that gives at most `most` ticks.
double roundStep(double length, int most, bool whole)
{
    const double wanted = length / std::max(1, most);
    for (int exponent = int(std::floor(std::log10(wanted))) - 1;; ++exponent) {
        const double power = std::pow(10, exponent);
        for (const double mantissa : {1.0, 2.0, 2.5, 5.0}) {
            const double step = mantissa * power;
            const bool fits = std::floor(length / step + Tiny) + 1 <= most || most <= 1;
            const bool isWhole = std::abs(step - std::round(step)) < Tiny && step >= 1;
            if (step >= wanted * (1 - Tiny) && fits && (!whole || isWhole))
                return step;
        }
    }
}

int decimalsOf(double step)
{
    int decimals = 0;
    while (decimals < 12 && std::abs(step - std::round(step)) > Tiny * 1000 * std::max(1.0, step)) {
        step *= 10;
        ++decimals;
    }
    return decimals;
}

QString withMinus(QString text)
{
    return text.replace(u'-', QChar(0x2212));
}

QString numberText(double value, int decimals, double step)
{
    const double largest = std::max(std::abs(value), step);
    if (largest < LeastPlain || largest >= 1e6)
        return withMinus(QLocale().toString(value, 'g', 3));
    return withMinus(QLocale().toString(value, 'f', decimals));
}

QList<AxisTick> ticksOf(const AxisRange& range, int most, bool whole)
{
    QList<AxisTick> ticks;
    if (!(range.length() > 0) || !std::isfinite(range.length()))
        return ticks;
    const double step = roundStep(range.length(), most, whole);
    const int decimals = whole ? 0 : decimalsOf(step);
    for (auto i = qint64(std::ceil(range.from / step - Tiny));
         double(i) * step <= range.to + Tiny * step; ++i) {
        const double value = double(i) * step;
        ticks.append({value, numberText(value, decimals, step)});
    }
    return ticks;
}

QString powerText(double value)
{
    const int decimals = std::max(0, int(-std::floor(std::log10(value) + Tiny)));
    return numberText(value, std::min(decimals, 4), value);
}

QList<AxisTick> ticksOfMantissas(const AxisRange& range, const QList<double>& mantissas, int every)
{
    QList<AxisTick> ticks;
    for (int exponent = int(std::floor(range.from)); exponent <= int(std::ceil(range.to));
         ++exponent) {
        if (exponent % every != 0)
            continue;
        for (const double mantissa : mantissas) {
            const double at = exponent + std::log10(mantissa);
            if (at >= range.from - Tiny && at <= range.to + Tiny)
                ticks.append({at, powerText(std::pow(10, at))});
        }
    }
    return ticks;
}

} // namespace

QList<AxisTick> linearTicks(const AxisRange& range, int most)
{
    return ticksOf(range, most, false);
}

QList<AxisTick> wholeTicks(const AxisRange& range, int most)
{
    return ticksOf(range, most, true);
}

QList<AxisTick> logTicks(const AxisRange& range, int most)
{
    if (!(range.length() > 0) || !std::isfinite(range.length()))
        return {};
    const QList<double> fine{1, 2, 5};
    if (const QList<AxisTick> ticks = ticksOfMantissas(range, fine, 1);
        ticks.size() <= most && ticks.size() >= 3)
        return ticks;
    if (range.length() < 1) { // less than a decade: round numbers, where the axis has them
        QList<AxisTick> ticks;
        for (AxisTick tick : linearTicks({std::pow(10, range.from), std::pow(10, range.to)}, most))
            if (tick.value > 0)
                ticks.append({std::log10(tick.value), tick.text});
        return ticks;
    }
    for (int every = 1;; ++every)
        if (const QList<AxisTick> ticks = ticksOfMantissas(range, {1}, every); ticks.size() <= most)
            return ticks;
}

AxisRange padded(const AxisRange& range, double share)
{
    if (range.length() > 0)
        return {range.from - share * range.length(), range.to + share * range.length()};
    const double around = range.from == 0 ? 0.5 : std::abs(range.from) * 0.1;
    return {range.from - around, range.to + around};
}

} // namespace espalier
