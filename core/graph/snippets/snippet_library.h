#pragma once

#include "core/graph/model_graph.h"

/// The networks behind snippets(). The nodes of each last Dense block follow the target.
namespace espalier {

[[nodiscard]] ModelGraph buildCnn();
[[nodiscard]] ModelGraph buildFullyConnected();
[[nodiscard]] ModelGraph buildResNetV2();
[[nodiscard]] ModelGraph buildVgg();

/// Adds blocks below each other, on the rows of the canvas.
class ChainBuilder final {
public:
    /// Adds a block behind the last one and makes it the last.
    BlockId add(const QString& type, const ParameterValues& parameters = {});
    /// Adds a block behind `source` in the column beside the last one; the last one stays.
    BlockId addBeside(BlockId source, const QString& type, const ParameterValues& parameters = {});
    /// Adds a block that joins the last one with `other`, and makes it the last.
    BlockId join(const QString& type, BlockId other);
    [[nodiscard]] BlockId last() const { return m_last; }
    [[nodiscard]] ModelGraph take() { return std::move(m_graph); }

private:
    ModelGraph m_graph;
    BlockId m_last;
    int m_rows = 0;
};

} // namespace espalier
