#pragma once

#include <QString>
#include <QStringList>
#include <algorithm>
#include <optional>

namespace espalier {

/// One row of the table that names the values of an enumeration: `key` for files and the command
/// line (never changes), `label` for people.
///
/// An enumeration gets its names by one overload, found by argument-dependent look-up:
/// @code
///   std::span<const EnumName<Padding>> enumNames(Padding);
/// @endcode
template <typename E>
struct EnumName {
    E value;
    const char16_t* key;
    const char16_t* label;
};

template <typename E>
[[nodiscard]] QString enumKey(E value)
{
    for (const auto& name : enumNames(E{}))
        if (name.value == value)
            return QString::fromUtf16(name.key);
    return {};
}

template <typename E>
[[nodiscard]] QString enumLabel(E value)
{
    for (const auto& name : enumNames(E{}))
        if (name.value == value)
            return QString::fromUtf16(name.label);
    return {};
}

/// Accepts a key or a label, in any case.
template <typename E>
[[nodiscard]] std::optional<E> enumFromName(const QString& text)
{
    for (const auto& name : enumNames(E{}))
        if (text.compare(QString::fromUtf16(name.key), Qt::CaseInsensitive) == 0 ||
            text.compare(QString::fromUtf16(name.label), Qt::CaseInsensitive) == 0)
            return name.value;
    return std::nullopt;
}

template <typename E>
[[nodiscard]] QStringList enumKeys()
{
    QStringList keys;
    for (const auto& name : enumNames(E{}))
        keys.append(QString::fromUtf16(name.key));
    return keys;
}

} // namespace espalier
