#pragma once

#include "core/base/named_enum.h"
#include "core/base/result.h"
#include "core/dataset/batch_source.h"
#include "core/graph/graph_analysis.h"
#include "core/nn/checkpoint.h"
#include "core/nn/optimizers.h"

#include <QList>
#include <QString>
#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace espalier {

enum class Device { Auto, Cpu, Cuda };
[[nodiscard]] std::span<const EnumName<Device>> enumNames(Device);

enum class Precision { Float32, BFloat16 };
[[nodiscard]] std::span<const EnumName<Precision>> enumNames(Precision);

/// How a network is computed: Reference through LibTorch, block by block; Compiled by a plan made
/// once for the graph (core/nn/README.md), on the processor alone; Auto by the fastest that can.
enum class Engine { Auto, Reference, Compiled };
[[nodiscard]] std::span<const EnumName<Engine>> enumNames(Engine);

/// Devices that can be used here, Cpu always.
[[nodiscard]] QList<Device> availableDevices();
/// Whether a precision can be used on a device. BFloat16 on processors that have instructions for
/// it (AVX-512 BF16): on others it would be slower than Float32.
[[nodiscard]] bool supportsPrecision(Device device, Precision precision);

struct ExecutorOptions {
    Device device = Device::Auto;
    Precision precision = Precision::Float32;
    Engine engine = Engine::Auto;
    int threads = 0;  ///< 0: as many as usableProcessors()
    quint64 seed = 1; ///< of the initial weights
    OptimizerSettings optimizer;
    std::vector<float> classWeights; ///< by class index; empty: all 1
};

/// What a network says of a batch.
struct Outputs {
    qint64 size = 0;
    qint64 width = 0;          ///< values per example
    std::vector<float> values; ///< size × width, after the last activation (probabilities);
                               ///< within an example in the order of the graph (H×W×C)
};

struct StepResult {
    /// Mean over the examples whose target is not missing (class -1, NaN). When training, each
    /// counts as much as its class: sum of weight × loss / number of examples, as in Keras.
    double loss = 0;
    Outputs outputs;
    /// Per example, without class weights, 0 where the target is missing; only of evaluate().
    std::vector<float> losses;
};

/// A network that can be trained and asked. Made for one graph; the state is weights, running
/// statistics of normalizations, and what the optimizer keeps. Use from one thread at a time.
///
/// All functions return an Error (OutOfMemory, Numeric, Unsupported, Internal) where the library
/// below throws; the state is then undefined except after construction.
class Executor {
public:
    virtual ~Executor() = default;

    /// "reference" or "compiled".
    [[nodiscard]] virtual QString engine() const = 0;
    [[nodiscard]] virtual Device device() const = 0;
    [[nodiscard]] virtual int threads() const = 0;
    [[nodiscard]] virtual qint64 parameterCount() const = 0; ///< trainable weights
    [[nodiscard]] virtual ImageLayout inputLayout() const = 0;
    /// An output of a Binary target from here on means positive: 0 where the loss is Squared hinge
    /// (its targets are -1 and 1), else 0.5.
    [[nodiscard]] virtual float decisionThreshold() const { return 0.5F; }

    /// Forward, backward, update. `stepSeed` decides dropout and random transformations: same
    /// state, batch, seed and threads give the same bits.
    [[nodiscard]] virtual Result<StepResult> trainStep(const Batch& batch, double learningRate,
                                                       quint64 stepSeed) = 0;
    /// Forward in evaluation mode, with losses.
    [[nodiscard]] virtual Result<StepResult> evaluate(const Batch& batch) = 0;
    /// Forward in evaluation mode; the batch needs no target column.
    [[nodiscard]] virtual Result<Outputs> predict(const Batch& batch) = 0;

    [[nodiscard]] virtual Result<QList<NamedTensor>> state() const = 0;
    /// Names and sizes must match the network. Weights alone are enough where `withOptimizer` is
    /// false; the optimizer then starts anew.
    [[nodiscard]] virtual Status setState(const QList<NamedTensor>& tensors,
                                          bool withOptimizer) = 0;
};

/// Probability of "positive" behind an output of a Binary target: one that is decided at 0 lies in
/// -1..1.
[[nodiscard]] inline float positiveProbability(float output, float threshold)
{
    return threshold == 0 ? std::clamp((output + 1) / 2, 0.0F, 1.0F) : output;
}

/// The columns that an executor of this graph reads: Inputs in the order of the analysis, then
/// the Target. Class indices for categorical and binary targets; NaN where another target is
/// missing, so that the example does not count.
[[nodiscard]] QList<ColumnRequest> executorColumns(const ModelGraph& graph,
                                                   const GraphAnalysis& analysis,
                                                   const QList<FeatureDescription>& features);

/// The executor that runs every graph through LibTorch, and against which others are tested.
/// The analysis must be able to run. Errors: a device or precision that is not here.
[[nodiscard]] Result<std::unique_ptr<Executor>>
createReferenceExecutor(const ModelGraph& graph, const QList<FeatureDescription>& features,
                        const ExecutorOptions& options);

/// The executor that plans the graph once for the processor and computes it with oneDNN. Errors:
/// as above, and Unsupported where it cannot take a graph, device or precision.
[[nodiscard]] Result<std::unique_ptr<Executor>>
createCompiledExecutor(const ModelGraph& graph, const QList<FeatureDescription>& features,
                       const ExecutorOptions& options);

/// The executor that the options ask for; Auto: the best for this graph on this machine.
[[nodiscard]] Result<std::unique_ptr<Executor>>
createExecutor(const ModelGraph& graph, const QList<FeatureDescription>& features,
               const ExecutorOptions& options);

} // namespace espalier
