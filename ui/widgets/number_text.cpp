#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {
namespace {

constexpr QChar enDash = u'\u2013';

QString translate(const char* text)
{
    return QCoreApplication::translate("espalier::NumberText", text);
}

/// The C locale of bare systems knows no thousands; the program speaks English there.
QLocale locale()
{
    const QLocale system;
    return system.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates)
                                           : system;
}

QString withRealMinus(QString text)
{
    return text.replace(u'-', u'\u2212');
}

QString number(double value, char format, int precision)
{
    return withRealMinus(locale().toString(value, format, precision));
}

QString withUnit(const QString& value, const QString& unit)
{
    return value + u' ' + unit;
}

QString metric(double value, int digits)
{
    if (std::isnan(value))
        return enDash;
    if (std::isinf(value))
        return value < 0 ? u"\u2212\u221E"_s : u"\u221E"_s;
    const double size = std::abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e7))
        return number(value, 'e', digits - 1);
    const int before = size < 10 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
    return number(value, 'f', std::max(0, digits + 1 - before));
}

/// Three digits: 7.47, 12.4, 280.
QString threeDigits(double value)
{
    const double size = std::abs(value);
    return number(value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

QString twoUnits(qint64 large, const char* largeUnit, qint64 small, const char* smallUnit)
{
    const QString first = withUnit(countText(large), translate(largeUnit));
    return small == 0 ? first : first + u' ' + withUnit(countText(small), translate(smallUnit));
}

} // namespace

QString countText(qint64 count)
{
    return withRealMinus(locale().toString(count));
}

QString metricText(double value)
{
    return metric(value, 4);
}

QString preciseMetricText(double value)
{
    return metric(value, 5);
}

QString compactCountText(qint64 count)
{
    struct Unit {
        double size;
        const char* name;
    };
    static constexpr std::array units{Unit{1e12, QT_TRANSLATE_NOOP("espalier::NumberText", "T")},
                                      Unit{1e9, QT_TRANSLATE_NOOP("espalier::NumberText", "G")},
                                      Unit{1e6, QT_TRANSLATE_NOOP("espalier::NumberText", "M")}};
    const auto value = static_cast<double>(count);
    for (const Unit& unit : units)
        if (std::abs(value) >= unit.size * 0.9995)
            return std::abs(value) < unit.size && unit.size == 1e6
                       ? countText(count)
                       : withUnit(threeDigits(value / unit.size), translate(unit.name));
    return countText(count);
}

QString bytesText(double bytes)
{
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    if (std::isnan(bytes))
        return enDash;
    std::size_t unit = 0;
    double value = bytes;
    while (std::abs(value) >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    const bool whole = unit == 0 || (unit == 1 && std::abs(value) >= 9.95);
    const QString digits = whole       ? number(value, 'f', 0)
                           : unit == 1 ? number(value, 'f', 1)
                                       : threeDigits(value);
    return withUnit(digits, QString::fromLatin1(units[unit]));
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds))
        return enDash;
    if (seconds < 0.95)
        return withUnit(number(std::max(0.0, seconds), 'f', 1),
                        translate(QT_TRANSLATE_NOOP("espalier::NumberText", "s")));
    const qint64 whole = std::llround(seconds);
    if (whole < 60)
        return withUnit(countText(whole), translate("s"));
    if (whole < 3600)
        return twoUnits(whole / 60, QT_TRANSLATE_NOOP("espalier::NumberText", "min"), whole % 60,
                        "s");
    if (whole < 86400)
        return twoUnits(whole / 3600, QT_TRANSLATE_NOOP("espalier::NumberText", "h"),
                        whole % 3600 / 60, "min");
    return twoUnits(whole / 86400, QT_TRANSLATE_NOOP("espalier::NumberText", "d"),
                    whole % 86400 / 3600, "h");
}

QString percentText(double fraction)
{
    if (std::isnan(fraction))
        return enDash;
    return withUnit(number(fraction * 100, 'f', 0), u"%"_s);
}

QString dateTimeText(const QDateTime& time, const QDateTime& now)
{
    if (!time.isValid())
        return enDash;
    const QDateTime local = time.toLocalTime();
    const QString clock = locale().toString(local.time(), u"HH:mm"_s);
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0)
        return translate(QT_TRANSLATE_NOOP("espalier::NumberText", "Today, %1")).arg(clock);
    if (days == 1)
        return translate(QT_TRANSLATE_NOOP("espalier::NumberText", "Yesterday, %1")).arg(clock);
    const bool thisYear = local.date().year() == now.toLocalTime().date().year();
    return locale().toString(local.date(), thisYear ? u"d MMMM"_s : u"d MMMM yyyy"_s);
}

QString dateTimeText(const QDateTime& time)
{
    return dateTimeText(time, QDateTime::currentDateTime());
}

QString valueText(double value)
{
    if (std::isnan(value))
        return u"–"_s;
    QString text = value == std::trunc(value) && std::abs(value) < 1e15
                       ? QLocale().toString(qint64(value))
                       : QLocale().toString(value, 'g', 5);
    return text.replace(u'-', u'−');
}

} // namespace espalier
