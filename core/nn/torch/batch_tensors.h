#pragma once

#include "core/base/result.h"
#include "core/dataset/batch_source.h"
#include "core/graph/graph_analysis.h"
#include "core/nn/torch/losses_torch.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace espalier {

/// Turns batches (executorColumns(), channels first) into tensors. On the processor the tensors
/// are the floats of the batch, which must outlive them.
///
/// Errors (InvalidInput): a column is missing or of another size, a class that does not exist.
class BatchTensors {
public:
    BatchTensors(const GraphAnalysis& analysis, const QList<FeatureDescription>& features,
                 const at::Device& device);

    [[nodiscard]] qint64 classCount() const { return m_classCount; }
    [[nodiscard]] Result<std::vector<at::Tensor>> inputs(const Batch& batch) const;
    /// `classWeights` by class index; empty: all 1.
    [[nodiscard]] Result<Targets> targets(const Batch& batch,
                                          const std::vector<float>& classWeights) const;

private:
    struct Column {
        QString feature;
        Shape shape;          ///< in the network, which may differ from the feature's by 1s
        bool isImage = false; ///< channels come first in the batch
    };
    [[nodiscard]] Status checkColumn(const Batch& batch, size_t index) const;
    [[nodiscard]] at::Tensor valuesOf(const Batch& batch, size_t index) const;
    [[nodiscard]] Result<Targets> classTargets(const BatchColumn& column,
                                               const std::vector<float>& classWeights) const;
    [[nodiscard]] Targets valueTargets(const Batch& batch) const;

    std::vector<Column> m_columns; ///< the Target's is the last
    qint64 m_classCount = 0;       ///< of the Target; 0 where it has values
    at::Device m_device;
};

} // namespace espalier
