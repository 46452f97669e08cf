#pragma once

#include "core/base/shape.h"
#include "core/graph/activations.h"
#include "core/graph/block_catalogue.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <vector>

namespace espalier {

/// Tensors have the batch first and the channels second: H×W×C of the graph is N×C×H×W, L×C is
/// N×C×L, N is N×K. Whatever depends on the order of the elements of an example (Flatten, Reshape)
/// follows the graph: channels last.

/// What a block is built from. Lives only while it is built.
struct BlockSpec {
    const Parameters& parameters;
    QList<Shape> inputs;
    Shape output;
    quint64 seed = 0; ///< of this block's initial weights
    /// The last activation before the Target belongs to the loss, not to its block.
    bool withoutActivation = false;
};

/// What may differ from one forward pass to the next.
struct ForwardContext {
    bool training = false;
    quint64 seed = 0; ///< of dropout and random transformations of this block in this step
};

struct BlockParameter {
    QString name; ///< "weight"
    at::Tensor value;
    bool trainable = true; ///< false: running statistics, frozen weights
};

/// One block that can compute. `forward` shares the tensors of `parameters`; their storage may be
/// moved (set_data) but the tensors stay.
struct NetworkBlock {
    std::vector<BlockParameter> parameters;
    std::function<at::Tensor(const std::vector<at::Tensor>& inputs, const ForwardContext&)> forward;
};

/// N×C×... to N×...×C and back; vectors as they are.
[[nodiscard]] at::Tensor channelsLast(const at::Tensor& x);
[[nodiscard]] at::Tensor channelsFirst(const at::Tensor& x);

/// Sizes of a batch of a graph's shape, channels second; `batch` may be -1.
[[nodiscard]] std::vector<int64_t> tensorSizes(const Shape& shape, int64_t batch);

[[nodiscard]] Activation activationOf(const BlockSpec& spec);
/// Softmax is over the channels.
[[nodiscard]] at::Tensor activate(Activation activation, const at::Tensor& x);
/// May overwrite `x`, which nothing else may need: the fresh result of a convolution.
[[nodiscard]] at::Tensor activateFresh(Activation activation, const at::Tensor& x);

/// How many values a weight reads and feeds, counted as Keras does.
struct Fans {
    double in = 1;
    double out = 1;
};

/// The same numbers for the same seed on every platform.
[[nodiscard]] at::Tensor initialWeights(Initializer initializer, const std::vector<int64_t>& sizes,
                                        Fans fans, quint64 seed);

/// The weight and, where the block wants one, a bias of zeros: the parameters of Dense and of all
/// convolutions.
struct WeightAndBias {
    at::Tensor weight;
    at::Tensor bias; ///< undefined: none
    std::vector<BlockParameter> parameters;
};
[[nodiscard]] WeightAndBias weightAndBias(const BlockSpec& spec, const std::vector<int64_t>& sizes,
                                          Fans fans, int64_t outputs);

} // namespace espalier
