#pragma once

#include <QJsonArray>
#include <QList>
#include <QString>
#include <initializer_list>

namespace espalier {

/// The shape of one example, without the batch: H×W×C for images, L×C for sequences, N for
/// vectors. An empty shape is a shape that is not known.
class Shape {
public:
    Shape() = default;
    Shape(std::initializer_list<qint64> sizes)
        : m_sizes(sizes)
    {
    }
    explicit Shape(QList<qint64> sizes)
        : m_sizes(std::move(sizes))
    {
    }

    [[nodiscard]] qsizetype rank() const { return m_sizes.size(); }
    [[nodiscard]] bool isEmpty() const { return m_sizes.isEmpty(); }
    [[nodiscard]] qint64 operator[](qsizetype axis) const { return m_sizes.at(axis); }
    /// Size along the last axis: the channels of an image, the length of a vector.
    [[nodiscard]] qint64 channels() const { return m_sizes.isEmpty() ? 0 : m_sizes.last(); }
    [[nodiscard]] const QList<qint64>& sizes() const { return m_sizes; }
    /// Product of the sizes; 0 when the shape is not known.
    [[nodiscard]] qint64 elementCount() const;
    /// "28×28×1"; an en dash when the shape is not known.
    [[nodiscard]] QString toString() const;

    [[nodiscard]] QJsonArray toJson() const;
    /// Entries that are no positive whole numbers give an empty shape.
    [[nodiscard]] static Shape fromJson(const QJsonArray& json);

    bool operator==(const Shape&) const = default;

private:
    QList<qint64> m_sizes;
};

} // namespace espalier
