#pragma once

#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/graph/block_catalogue.h"

#include <initializer_list>

/// Shape and cost rules that several families of blocks share.
namespace espalier {

using ShapeRule = std::function<Result<Shape>(const QList<Shape>&, const Parameters&)>;
using CostRule = std::function<BlockCost(const QList<Shape>&, const Shape&, const Parameters&)>;
using SummaryRule = std::function<QString(const Parameters&)>;

/// Products and sums that stay at the largest number instead of going over it: sizes come from
/// people and files.
[[nodiscard]] qint64 saturatedProduct(std::initializer_list<qint64> factors);
[[nodiscard]] qint64 saturatedProduct(const Shape& shape);
[[nodiscard]] qint64 saturatedSum(qint64 left, qint64 right);

/// A shape rule's refusal: "needs H×W×C, got 128".
[[nodiscard]] tl::unexpected<Error> shapeError(const QString& text);
[[nodiscard]] Status requireImage(const Shape& shape);    ///< H×W×C
[[nodiscard]] Status requireSequence(const Shape& shape); ///< L×C

/// Number of places of a window along one axis. Same: as many as steps begin inside; Valid: as
/// many as lie inside whole.
[[nodiscard]] Result<qint64> windowPlaces(qint64 size, qint64 window, qint64 stride,
                                          qint64 dilation, const Parameters& parameters);

[[nodiscard]] Result<Shape> sameShape(const QList<Shape>& inputs, const Parameters& parameters);

/// Nothing but the memory of the output.
[[nodiscard]] BlockCost outputCost(const QList<Shape>& inputs, const Shape& output,
                                   const Parameters& parameters);
/// Of `weights` multiplied and `biases` added (unless use_bias is off), counted while trainable.
[[nodiscard]] BlockCost weightCost(qint64 weights, qint64 biases, qint64 multiplyAdds,
                                   const Shape& output, const Parameters& parameters);

[[nodiscard]] QString noSummary(const Parameters& parameters);
[[nodiscard]] SummaryRule activationSummary();
/// "1 node", "10 nodes"; the plural is the noun with an s unless given.
[[nodiscard]] QString counted(qint64 count, const QString& noun, const QString& plural = {});
/// "2"; "2×1", height first as in shapes, when the strides differ.
[[nodiscard]] QString strideText(const Parameters& parameters);

} // namespace espalier
