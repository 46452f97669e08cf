#include "core/graph/losses.h"

#include <algorithm>

namespace espalier {

std::span<const EnumName<Loss>> enumNames(Loss)
{
    static constexpr EnumName<Loss> names[] = {
        {Loss::CategoricalCrossentropy, u"categorical_crossentropy", u"Categorical crossentropy"},
        {Loss::BinaryCrossentropy, u"binary_crossentropy", u"Binary crossentropy"},
        {Loss::SquaredHinge, u"squared_hinge", u"Squared hinge"},
        {Loss::MeanSquaredError, u"mean_squared_error", u"Mean squared error"},
        {Loss::MeanAbsoluteError, u"mean_absolute_error", u"Mean absolute error"},
        {Loss::MeanSquaredLogarithmicError, u"mean_squared_logarithmic_error",
         u"Mean squared logarithmic error"},
        {Loss::Poisson, u"poisson", u"Poisson"},
    };
    return names;
}

const LossDescription& describeLoss(Loss loss)
{
    using enum Activation;
    using enum Encoding;
    static const QList<Activation> anyNumber = {Linear, ReLU, TanH, Sigmoid,
                                                Swish,  GELU, ELU,  LeakyReLU};
    static const QList<LossDescription> table = {
        {Loss::CategoricalCrossentropy, {Categorical}, {Softmax}, true, {Softmax, Sigmoid}},
        {Loss::BinaryCrossentropy,
         {Binary, Categorical, Numeric},
         {Sigmoid},
         false,
         {Sigmoid, Softmax}},
        {Loss::SquaredHinge, {Binary, Categorical, Numeric}, {TanH, Linear}},
        {Loss::MeanSquaredError, {Numeric}, anyNumber},
        {Loss::MeanAbsoluteError, {Numeric}, anyNumber},
        {Loss::MeanSquaredLogarithmicError, {Numeric}, {ReLU, Sigmoid}},
        {Loss::Poisson, {Numeric}, {ReLU}, false, {ReLU, Sigmoid, Softmax}},
    };
    return *std::ranges::find(table, loss, &LossDescription::loss);
}

} // namespace espalier
