#pragma once

#include "core/nn/executor.h"

#include <vector>

namespace espalier {

using Values = std::vector<float>;

/// A network around one block: Inputs, each with a stem of trainable weights that starts as the
/// identity, the block, Flatten, Target. What comes out is what the block gives, in the order of
/// the graph; and gradients go through the block to the stems.
class BlockBench {
public:
    BlockBench(const QString& type, const ParameterValues& parameters, const QList<Shape>& inputs,
               Precision precision = Precision::Float32);

    [[nodiscard]] Executor& executor() { return *m_executor; }
    [[nodiscard]] const Shape& output() const { return m_output; }
    /// "weight" of the block; of a stem with its number.
    [[nodiscard]] QString nameOf(const QString& parameter) const;

    [[nodiscard]] Values get(const QString& name);
    void set(const QString& name, const Values& values);

    /// `inputs` hold examples in the order of the graph, one after the other.
    [[nodiscard]] Batch batch(const QList<Values>& inputs, const Values& target = {}) const;
    [[nodiscard]] Values predict(const QList<Values>& inputs);
    /// Of the mean squared error to 0, without changing weights.
    [[nodiscard]] StepResult trainingPass(const QList<Values>& inputs, quint64 seed = 1);

private:
    QList<BlockId> addInputs(const QList<Shape>& inputs);
    void setStemsToIdentity(const QList<BlockId>& stems);

    ModelGraph m_graph;
    QList<FeatureDescription> m_features;
    QList<Shape> m_inputs;
    Shape m_output;
    BlockId m_block;
    std::unique_ptr<Executor> m_executor;
};

/// Numbers between -1 and 1, the same in every run.
[[nodiscard]] Values randomValues(qint64 count, quint64 seed = 1);

/// The largest difference; infinite when the sizes differ or one is no number.
[[nodiscard]] double distance(const Values& left, const Values& right);

[[nodiscard]] Values floatsOf(const NamedTensor& tensor);
[[nodiscard]] QByteArray bytesOf(const Values& values);

/// The engine that the tests of blocks are for: ESPALIER_TEST_ENGINE, or the reference.
[[nodiscard]] Engine testedEngine();

/// Creates an executor or ends the program with the reason.
[[nodiscard]] std::unique_ptr<Executor> makeExecutor(const ModelGraph& graph,
                                                     const QList<FeatureDescription>& features,
                                                     const ExecutorOptions& options = {});

} // namespace espalier
