#pragma once

#include "core/base/feature_description.h"
#include "core/base/named_enum.h"
#include "core/graph/activations.h"

#include <QList>
#include <span>

namespace espalier {

enum class Loss {
    CategoricalCrossentropy,
    BinaryCrossentropy,
    SquaredHinge,
    MeanSquaredError,
    MeanAbsoluteError,
    MeanSquaredLogarithmicError,
    Poisson
};
[[nodiscard]] std::span<const EnumName<Loss>> enumNames(Loss);

/// What a loss is for: the advice of the Information list is derived from it.
struct LossDescription {
    Loss loss;
    QList<Encoding> encodings;     ///< targets that it can take
    QList<Activation> activations; ///< last activations that fit; the first is the advice
    bool singleLabel = false;      ///< exactly one class is right
    /// Last activations with which it can be computed: a logarithm wants probabilities, or numbers
    /// that are not negative. Empty: all.
    QList<Activation> computable{};
};
[[nodiscard]] const LossDescription& describeLoss(Loss loss);

} // namespace espalier
