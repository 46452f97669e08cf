#pragma once

#include "core/graph/graph_analysis.h"
#include "ui/modeling/block_appearance.h"

#include <QString>

class QPainter;

namespace espalier {

class Theme;

/// What a block shows; a value made from graph and analysis.
struct BlockContent {
    QString name;
    QString summary; ///< "32 filters · 3×3 · ReLU"
    QString shape;   ///< "28×28×32"
    BlockAppearance appearance{};
    int inputs = 1;              ///< ports on the upper edge
    bool takesAnyNumber = false; ///< connections at the one port
    bool hasOutput = true;
    bool hasError = false;
    bool isGroup = false; ///< folded: a dashed outline, and room for its button

    [[nodiscard]] static BlockContent of(const Block& block, const GraphAnalysis& analysis);
};

enum class PortState { Normal, Possible, Target };

/// How it stands with the pointer.
struct BlockLook {
    bool selected = false;
    PortState input = PortState::Normal;
    PortState output = PortState::Normal;
};

/// Paints a block, or what stands for several, with its top left corner at the origin: tile with
/// icon, name, parameters, output shape, ports; less of it the farther away it is.
void paintBlock(QPainter& painter, const Theme& theme, const BlockContent& content,
                const BlockLook& look);

} // namespace espalier
