#pragma once

#include "core/graph/graph_analysis.h"

#include <QList>
#include <QWidget>

namespace espalier {

class TextLabel;

/// "Output": what the selected blocks give and what they cost for one example.
class BlockOutput final : public QWidget {
    Q_OBJECT

public:
    explicit BlockOutput(QWidget* parent = nullptr);

    /// Of several blocks the sums, and the shape that all give.
    void display(const QList<BlockAnalysis>& blocks);

private:
    TextLabel* addRow(const QString& label);

    TextLabel* m_shape;
    TextLabel* m_parameters;
    TextLabel* m_multiplyAdds;
    TextLabel* m_memory;
};

} // namespace espalier
