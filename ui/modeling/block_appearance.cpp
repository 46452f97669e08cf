#include "ui/modeling/block_appearance.h"

#include "core/graph/block_catalogue.h"

#include <QPainter>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

BlockAppearance appearanceOf(BlockGroup group)
{
    switch (group) {
    case BlockGroup::Ends:
        return {u"input"_s, Role::InkEnds, Role::TileEnds};
    case BlockGroup::Dense:
        return {u"dense"_s, Role::InkDense, Role::TileDense};
    case BlockGroup::Convolution:
        return {u"convolution"_s, Role::InkConvolution, Role::TileConvolution};
    case BlockGroup::Pooling:
        return {u"pooling"_s, Role::InkPooling, Role::TilePooling};
    case BlockGroup::Normalization:
        return {u"normalization"_s, Role::InkNormalization, Role::TileNormalization};
    case BlockGroup::Merge:
        break;
    }
    return {u"merge"_s, Role::InkMerge, Role::TileMerge};
}

BlockAppearance appearanceOf(const BlockType& type)
{
    BlockAppearance appearance = appearanceOf(type.group);
    if (!type.hasOutput)
        appearance.icon = u"target"_s;
    else if (type.group == BlockGroup::Merge && type.maximumInputs == 1)
        appearance.icon = u"shape"_s;
    return appearance;
}

void paintBlockTile(QPainter& painter, const QRectF& rect, const BlockAppearance& appearance,
                    const Theme& theme)
{
    constexpr double iconSize = 20;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(appearance.tile));
    painter.drawRoundedRect(rect, metrics::Radius, metrics::Radius);
    const double side = std::min(iconSize, rect.width() * 0.6);
    QRectF icon(0, 0, side, side);
    icon.moveCenter(rect.center());
    paintIcon(painter, appearance.icon, icon, theme.color(appearance.ink));
    painter.restore();
}

} // namespace espalier
