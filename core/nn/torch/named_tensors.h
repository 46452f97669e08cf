#pragma once

#include "core/base/result.h"
#include "core/nn/checkpoint.h"

#include <ATen/core/Tensor.h>
#include <QList>
#include <vector>

namespace espalier {

/// A tensor of a network under the name that it has in a state.
struct TensorSlot {
    QString name;
    at::Tensor tensor; ///< float32 or int64, on any device
};

/// Copies of them all.
[[nodiscard]] QList<NamedTensor> copyTensors(const std::vector<TensorSlot>& slots);

/// Writes `tensors` into `slots`, which must be of the same names, types and sizes; nothing is
/// written otherwise.
[[nodiscard]] Status assignTensors(const std::vector<TensorSlot>& slots,
                                   const QList<NamedTensor>& tensors);

} // namespace espalier
