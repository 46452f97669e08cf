#pragma once

#include <QHashFunctions>
#include <QtGlobal>
#include <compare>

namespace espalier {

/// A number that names one thing of one kind; ids of different kinds do not mix.
/// 0 is "none". Usage: `using BlockId = Id<struct BlockTag>;`
template <typename Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(qint64 value)
        : m_value(value)
    {
    }

    [[nodiscard]] constexpr qint64 value() const { return m_value; }
    [[nodiscard]] constexpr bool isValid() const { return m_value > 0; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    qint64 m_value = 0;
};

template <typename Tag>
size_t qHash(Id<Tag> id, size_t seed = 0)
{
    return ::qHash(id.value(), seed);
}

} // namespace espalier
