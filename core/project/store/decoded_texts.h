#pragma once

#include "core/project/store/values.h"

#include <QHash>

namespace espalier {

/// Values decoded from JSON texts of the database, kept by their text: lists are read again after
/// every change of one entry, and decoding costs many times what reading costs.
template <typename T>
class DecodedTexts final {
public:
    /// `decode` takes the object to a Result<T>.
    template <typename Decode>
    [[nodiscard]] Result<T> get(const QString& text, Decode&& decode)
    {
        if (const auto found = m_values.constFind(text); found != m_values.cend())
            return *found;
        Result<T> value = objectFromText(text).and_then(std::forward<Decode>(decode));
        if (!value)
            return value;
        if (m_values.size() >= Limit)
            m_values.clear();
        m_values.insert(text, *value);
        return value;
    }

private:
    static constexpr qsizetype Limit = 20'000;
    QHash<QString, T> m_values;
};

} // namespace espalier
