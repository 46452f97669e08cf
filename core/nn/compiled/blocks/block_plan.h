#pragma once

#include "core/base/shape.h"
#include "core/graph/activations.h"
#include "core/graph/block_catalogue.h"
#include "core/nn/compiled/kernels.h"
#include "core/nn/compiled/plan_builder.h"

#include <QLatin1String>
#include <QList>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace espalier {

/// What one reader of a value gives back for it.
struct PlanGradient {
    PlanTensor tensor;
    bool exclusive = false; ///< nothing else reads it: it may be overwritten
    /// The derivative of the activation that made the value is applied already.
    bool pastActivation = false;

    [[nodiscard]] bool isSet() const { return tensor.isSet(); }
};

/// What flows along the connections from one block. Sizes are N×K for vectors, N×C×1×L for
/// sequences, N×C×H×W for images, whatever the layout.
struct PlanValue {
    PlanTensor data;
    bool wantsGradient = false; ///< something trainable leads to it
    int readers = 0;
    /// The activation whose derivative a sole reader may apply where that is cheaper.
    Activation activation = Activation::Linear;
    std::vector<PlanGradient> gradients{};
};

/// A weight in the order of LibTorch, and where its gradient goes.
struct PlanWeight {
    QString name; ///< "weight"
    std::vector<dnnl::memory::dim> sizes;
    void* data = nullptr;      ///< float32; int64 where it counts
    float* gradient = nullptr; ///< null: not trainable
};

/// What a batch normalization does in an inference, by its running statistics: a factor and a
/// summand for each channel, then maybe an activation.
struct ChannelScale {
    qint64 channels = 0;
    const float* weight = nullptr; ///< where they are in the network
    const float* bias = nullptr;
    const float* mean = nullptr;
    const float* variance = nullptr;
    float epsilon = 0;
    Activation then = Activation::Linear;
};

/// One block while a plan is made.
struct BlockPlan {
    PlanBuilder& builder;
    const Parameters& parameters;
    quint64 id = 0; ///< of the block
    qint64 batch = 0;
    QList<Shape> shapes{};                      ///< of the inputs
    Shape shape{};                              ///< of the output
    Activation activation = Activation::Linear; ///< its own
    /// Of a block that only activates what this one gives, and nothing else reads it.
    std::optional<Activation> following{};
    bool tookFollowing = false; ///< set by a compiler that has taken it over
    /// Of an inference: the batch normalization that alone reads what this one gives.
    std::optional<ChannelScale> scale{};
    bool tookScale = false; ///< set by a compiler that has taken it over
    bool isLast = false;    ///< feeds the loss
    std::vector<PlanValue*> inputs{};
    PlanValue* output = nullptr;
    std::vector<PlanWeight> weights{};

    [[nodiscard]] const PlanTensor& source() const { return inputs.front()->data; }
    [[nodiscard]] const PlanWeight* weight(const QString& name) const;
    [[nodiscard]] bool isTrainable() const; ///< any weight
    /// Its own activation, or the following one where it has none; then that one is taken.
    [[nodiscard]] Activation takeActivation();
    [[nodiscard]] dnnl::memory::dims sourceDims() const;
    [[nodiscard]] dnnl::memory::dims outputDims() const;
    /// What a compiler says when its output is `data`.
    void give(const PlanTensor& data) const { output->data = data; }
    void giveBack(const PlanGradient& gradient, size_t port = 0) const;
    [[nodiscard]] bool wantsGradient(size_t port = 0) const { return inputs[port]->wantsGradient; }
};

/// Adds the backward instructions of a block, given the gradient of its output.
using BackwardCompiler = std::function<void(const PlanGradient&)>;

/// Adds the forward instructions of a block. Nothing: the library has no good primitive for it,
/// nothing was added, LibTorch shall compute it.
using BlockCompiler = std::optional<BackwardCompiler> (*)(BlockPlan&);

struct CompilerEntry {
    QLatin1String type; ///< key of the catalogue
    BlockCompiler compile;
    bool onlyActivates = false; ///< may become part of the block before it
    bool normalizes = false;    ///< may become part of the block before it in an inference
};

/// One table per family, each in its file.
[[nodiscard]] std::span<const CompilerEntry> convolutionCompilers();
[[nodiscard]] std::span<const CompilerEntry> denseCompilers();
[[nodiscard]] std::span<const CompilerEntry> poolingCompilers();
[[nodiscard]] std::span<const CompilerEntry> normalizationCompilers();
[[nodiscard]] std::span<const CompilerEntry> mergeCompilers();

/// Null: LibTorch computes blocks of this type.
[[nodiscard]] const CompilerEntry* blockCompiler(const QString& type);

/// Of a batch normalization, with nothing behind it.
[[nodiscard]] ChannelScale channelScale(const BlockPlan& normalization);

/// N×K, N×C×1×L, N×C×H×W.
[[nodiscard]] dnnl::memory::dims dimsOf(const Shape& shape, qint64 batch);

/// How the channels lie; nothing for a layout that the library has invented for a kernel.
[[nodiscard]] std::optional<ChannelLayout> channelLayout(const dnnl::memory::desc& desc);

/// Whether the library has nothing better for this than loops that are there to be right:
/// "ref:any", "bnorm_ref:any".
template <typename PrimitiveDesc>
[[nodiscard]] bool isSlow(const PrimitiveDesc& desc)
{
    return std::string_view(desc.impl_info_str()).find("ref") != std::string_view::npos;
}

} // namespace espalier
