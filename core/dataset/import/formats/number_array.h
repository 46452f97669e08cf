#pragma once

#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

class QIODevice;

namespace espalier {

/// Type of the numbers in a file.
enum class NumberType {
    Bool,
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    UInt64,
    Int64,
    Float16,
    Float32,
    Float64
};

/// What stands before the numbers of an .npy or IDX file.
struct ArrayHeader {
    NumberType type = NumberType::UInt8;
    bool bigEndian = false;
    QList<qint64> sizes; ///< first axis: examples; empty for a single number

    [[nodiscard]] qint64 examples() const { return sizes.value(0, 1); }
    [[nodiscard]] bool isWhole() const; ///< whether the numbers are integers
    [[nodiscard]] qint64 elementBytes() const;
    /// Of everything; -1 when it is beyond what can be counted.
    [[nodiscard]] qint64 totalBytes() const;
    /// What the store keeps: exact for every type up to 2⁵³.
    [[nodiscard]] ElementType element() const;
    /// Of one example; {1} for a number.
    [[nodiscard]] Shape exampleShape() const;
    /// The whole array as one example, as it is named by a cell of a table.
    [[nodiscard]] Shape wholeShape() const;
};

/// H×W×C of examples that are pictures: uint8 of H×W, H×W×1 or H×W×3. Empty for anything else.
[[nodiscard]] Shape imageShape(NumberType type, const Shape& shape);

/// The numbers of a file in the element type of the store. `raw` holds whole numbers.
[[nodiscard]] QByteArray convertNumbers(QByteArrayView raw, const ArrayHeader& header,
                                        ElementType element);

/// Exactly `size` bytes of a device, or a failure (InvalidInput) that says how many there were.
[[nodiscard]] Result<QByteArray> readExactly(QIODevice& device, qint64 size);

/// An .npy file up to its first number (NEP 1, versions 1 to 3).
/// https://numpy.org/neps/nep-0001-npy-format.html
[[nodiscard]] Result<ArrayHeader> readNpyHeader(QIODevice& device);
[[nodiscard]] bool isNpy(QByteArrayView head);

/// An IDX file up to its first number. https://yann.lecun.com/exdb/mnist/
[[nodiscard]] Result<ArrayHeader> readIdxHeader(QIODevice& device);
[[nodiscard]] bool isIdx(QByteArrayView head);

} // namespace espalier
