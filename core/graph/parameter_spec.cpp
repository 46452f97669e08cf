#include "core/graph/block_catalogue.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MaximumRank = 3;

bool isNumber(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Float:
    case QMetaType::Double:
        return true;
    default:
        return false;
    }
}

std::optional<double> number(const QVariant& value)
{
    bool understood = isNumber(value);
    double result = understood ? value.toDouble() : 0;
    if (value.typeId() == QMetaType::QString)
        result = value.toString().trimmed().toDouble(&understood);
    if (!understood || !std::isfinite(result))
        return std::nullopt;
    return result;
}

QVariant integer(const ParameterSpec& spec, const QVariant& value)
{
    const auto real = number(value);
    if (!real || *real < spec.minimum || *real > spec.maximum || *real != std::floor(*real))
        return {};
    return qlonglong(*real);
}

QVariant real(const ParameterSpec& spec, const QVariant& value)
{
    const auto real = number(value);
    if (!real || *real < spec.minimum || *real > spec.maximum)
        return {};
    return *real;
}

QVariant boolean(const ParameterSpec&, const QVariant& value)
{
    if (value.typeId() == QMetaType::Bool)
        return value;
    const QString text = value.toString().trimmed().toLower();
    if (QStringList{u"true"_s, u"on"_s, u"yes"_s, u"1"_s}.contains(text))
        return true;
    if (QStringList{u"false"_s, u"off"_s, u"no"_s, u"0"_s}.contains(text))
        return false;
    return {};
}

QVariant choice(const ParameterSpec& spec, const QVariant& value)
{
    const QString text = value.toString().trimmed();
    for (const ParameterChoice& candidate : spec.choices)
        if (text.compare(candidate.key, Qt::CaseInsensitive) == 0 ||
            text.compare(candidate.label, Qt::CaseInsensitive) == 0)
            return candidate.key;
    return {};
}

QVariant feature(const ParameterSpec&, const QVariant& value)
{
    return value.typeId() == QMetaType::QString ? value : QVariant();
}

std::optional<Shape> shapeFromText(const QString& text)
{
    static const QRegularExpression separator(u"\\s*[×xX*,\\s]\\s*"_s);
    QList<qint64> sizes;
    for (const QString& part : text.trimmed().split(separator)) {
        bool understood = false;
        const qint64 size = part.toInt(&understood);
        if (!understood || size < 1 || sizes.size() == MaximumRank)
            return std::nullopt;
        sizes.append(size);
    }
    return Shape(std::move(sizes));
}

QVariant shape(const ParameterSpec&, const QVariant& value)
{
    if (isNumber(value))
        return shape({}, QVariant(value.toString()));
    if (value.typeId() != QMetaType::QString)
        return {};
    if (value.toString().trimmed().isEmpty())
        return QString();
    const auto shape = shapeFromText(value.toString());
    return shape ? QVariant(shape->toString()) : QVariant();
}

QString choiceLabels(const ParameterSpec& spec)
{
    QStringList labels;
    std::ranges::transform(spec.choices, std::back_inserter(labels), &ParameterChoice::label);
    return u"one of "_s + labels.join(u", "_s);
}

QString range(const ParameterSpec& spec)
{
    return u"from %1 to %2"_s.arg(spec.minimum, 0, 'g', 10).arg(spec.maximum, 0, 'g', 10);
}

/// What is known of a type of parameter.
struct TypeTraits {
    ParameterType type;
    const char16_t* key;
    const char16_t* label;
    QVariant (*normalized)(const ParameterSpec&, const QVariant&); ///< invalid: does not fit
    QString (*takes)(const ParameterSpec&);
};

constexpr TypeTraits AllTraits[] = {
    {ParameterType::Integer, u"integer", u"Whole number", integer,
     [](const ParameterSpec& spec) { return u"a whole number "_s + range(spec); }},
    {ParameterType::Real, u"real", u"Number", real,
     [](const ParameterSpec& spec) { return u"a number "_s + range(spec); }},
    {ParameterType::Boolean, u"boolean", u"On or off", boolean,
     [](const ParameterSpec&) { return u"on or off"_s; }},
    {ParameterType::Choice, u"choice", u"Choice", choice, choiceLabels},
    {ParameterType::Feature, u"feature", u"Feature", feature,
     [](const ParameterSpec&) { return u"the name of a feature"_s; }},
    {ParameterType::Shape, u"shape", u"Shape", shape,
     [](const ParameterSpec&) { return u"up to three sizes such as 7×7×64"_s; }},
};

const TypeTraits& traitsOf(ParameterType type)
{
    return *std::ranges::find(AllTraits, type, &TypeTraits::type);
}

} // namespace

std::span<const EnumName<ParameterType>> enumNames(ParameterType)
{
    static const QList<EnumName<ParameterType>> names = [] {
        QList<EnumName<ParameterType>> list;
        for (const TypeTraits& traits : AllTraits)
            list.append({traits.type, traits.key, traits.label});
        return list;
    }();
    return names;
}

Result<QVariant> ParameterSpec::normalized(const QVariant& value) const
{
    const TypeTraits& traits = traitsOf(type);
    if (const QVariant result = traits.normalized(*this, value); result.isValid())
        return result;
    return failure(
        ErrorCode::InvalidInput,
        u"%1 takes %2, not '%3'."_s.arg(label, traits.takes(*this), value.toString().left(80)));
}

QString ParameterSpec::toText(const QVariant& value) const
{
    switch (type) {
    case ParameterType::Boolean:
        return value.toBool() ? u"on"_s : u"off"_s;
    case ParameterType::Real:
        return QString::number(value.toDouble(), 'g', 10);
    case ParameterType::Choice:
        for (const ParameterChoice& candidate : choices)
            if (candidate.key == value.toString())
                return candidate.label;
        [[fallthrough]];
    default:
        return value.toString();
    }
}

} // namespace espalier
