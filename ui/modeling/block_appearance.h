#pragma once

#include "ui/theme/theme.h"

#include <QString>

class QPainter;
class QRectF;

namespace espalier {

struct BlockType;
enum class BlockGroup;

/// How the blocks of a type look wherever they are shown: by their group, Input and Target by their
/// direction.
struct BlockAppearance {
    QString icon; ///< of resources/icons
    Role ink;     ///< icon, bar of the minimap
    Role tile;    ///< behind the icon
};
[[nodiscard]] BlockAppearance appearanceOf(BlockGroup group);
[[nodiscard]] BlockAppearance appearanceOf(const BlockType& type);

/// Rounded tile with the icon in its middle, 20 px at most.
void paintBlockTile(QPainter& painter, const QRectF& rect, const BlockAppearance& appearance,
                    const Theme& theme);

} // namespace espalier
