#pragma once

#include "tests/core/nn/block_bench.h"

namespace espalier {

/// What the agreement of both engines is looked at with.

struct BlockChoice {
    QString type;
    ParameterValues parameters{};
};

/// Blocks in a row between trainable stems and a Dense block, so that gradients go through them;
/// the first may have several inputs.
struct BlockNetwork {
    ModelGraph graph;
    QList<FeatureDescription> features;
    QList<Shape> inputs;

    BlockNetwork(const QList<BlockChoice>& row, const QList<Shape>& shapes);

    [[nodiscard]] Batch batch(qint64 size, quint64 seed) const;

private:
    BlockId addStem(qsizetype port);
};

/// SGD by one thread.
[[nodiscard]] ExecutorOptions optionsFor(Engine engine, Precision precision = Precision::Float32);
/// The executor that the options name, or the end of the program.
[[nodiscard]] std::unique_ptr<Executor> executorOf(const ModelGraph& graph,
                                                   const QList<FeatureDescription>& features,
                                                   const ExecutorOptions& options);

[[nodiscard]] QList<NamedTensor> stateOf(const Executor& executor);
/// Random numbers for all weights, positive ones for variances; what is counted stays.
[[nodiscard]] QList<NamedTensor> randomized(QList<NamedTensor> state);
/// By how much a step with rate 1 changes the weights, as the gradients by name.
[[nodiscard]] QMap<QString, Values> gradientsOf(Executor& executor, const Batch& batch,
                                                double* loss);

/// The largest difference relative to the largest value.
[[nodiscard]] double relativeDistance(const Values& left, const Values& right);
/// The gradient that is further off than `tolerance` of the largest; empty: none.
[[nodiscard]] QString firstDifference(const QMap<QString, Values>& expected,
                                      const QMap<QString, Values>& got, double tolerance);
/// Of all gradients as one vector, relative to its length.
[[nodiscard]] double distanceInAll(const QMap<QString, Values>& expected,
                                   const QMap<QString, Values>& got);

} // namespace espalier
