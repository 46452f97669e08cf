#include "core/graph/blocks/block_rules.h"

#include "core/graph/activations.h"
#include "core/graph/blocks/parameter_specs.h"

#include <QtNumeric>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 Largest = std::numeric_limits<qint64>::max();

qint64 times(qint64 left, qint64 right)
{
    qint64 product = 0;
    return qMulOverflow(left, right, &product) ? Largest : product;
}

} // namespace

qint64 saturatedProduct(std::initializer_list<qint64> factors)
{
    qint64 product = 1;
    for (qint64 factor : factors)
        product = times(product, factor);
    return product;
}

qint64 saturatedProduct(const Shape& shape)
{
    qint64 product = shape.isEmpty() ? 0 : 1;
    for (qint64 size : shape.sizes())
        product = times(product, size);
    return product;
}

qint64 saturatedSum(qint64 left, qint64 right)
{
    qint64 sum = 0;
    return qAddOverflow(left, right, &sum) ? Largest : sum;
}

tl::unexpected<Error> shapeError(const QString& text)
{
    return failure(ErrorCode::InvalidInput, text);
}

Status requireImage(const Shape& shape)
{
    if (shape.rank() != 3)
        return shapeError(u"needs H×W×C, got "_s + shape.toString());
    return {};
}

Status requireSequence(const Shape& shape)
{
    if (shape.rank() != 2)
        return shapeError(u"needs L×C, got %1; a Reshape block before it can give that shape"_s.arg(
            shape.toString()));
    return {};
}

Result<qint64> windowPlaces(qint64 size, qint64 window, qint64 stride, qint64 dilation,
                            const Parameters& parameters)
{
    if (parameters.text(u"padding"_s) == enumKey(Padding::Same))
        return (size + stride - 1) / stride;
    const qint64 extent = dilation * (window - 1) + 1;
    if (extent > size)
        return shapeError(u"has a window of %1 that does not fit into %2; choose padding Same or a "
                          "smaller window"_s.arg(extent)
                              .arg(size));
    return (size - extent) / stride + 1;
}

Result<Shape> sameShape(const QList<Shape>& inputs, const Parameters&)
{
    return inputs.first();
}

BlockCost outputCost(const QList<Shape>&, const Shape& output, const Parameters&)
{
    return {0, 0, saturatedProduct({saturatedProduct(output), qint64(sizeof(float))})};
}

BlockCost weightCost(qint64 weights, qint64 biases, qint64 multiplyAdds, const Shape& output,
                     const Parameters& parameters)
{
    BlockCost cost = outputCost({}, output, parameters);
    cost.multiplyAdds = multiplyAdds;
    if (parameters.flag(u"trainable"_s))
        cost.parameters =
            saturatedSum(weights, parameters.flag(u"use_bias"_s) ? biases : qint64(0));
    return cost;
}

QString noSummary(const Parameters&)
{
    return {};
}

SummaryRule activationSummary()
{
    return [](const Parameters& parameters) {
        return labelOf<Activation>(parameters.text(u"activation"_s));
    };
}

QString counted(qint64 count, const QString& noun, const QString& plural)
{
    const QString many = plural.isEmpty() ? noun + u"s"_s : plural;
    return QString::number(count) + u" "_s + (count == 1 ? noun : many);
}

QString strideText(const Parameters& parameters)
{
    const qint64 vertical = parameters.integer(u"vertical_stride"_s);
    const qint64 horizontal = parameters.integer(u"horizontal_stride"_s);
    if (vertical == horizontal)
        return QString::number(vertical);
    return Shape({vertical, horizontal}).toString();
}

} // namespace espalier
