// What ModelScene does with groups.
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/items/connection_item.h"
#include "ui/modeling/canvas/items/group_item.h"
#include "ui/modeling/canvas/model_scene.h"

#include <algorithm>

namespace espalier {

const ModelGraph& ModelScene::graph() const
{
    return m_view ? *m_view : m_document->graph();
}

void ModelScene::showFolded(GroupId group, bool folded)
{
    const QList<BlockId> selected = selectedBlocks();
    ModelGraph view = graph();
    foldGroup(view, group, folded);
    m_view = view;
    rebuild();
    select(selected);
}

void ModelScene::syncGroups()
{
    qDeleteAll(m_groups);
    m_groups.clear();
    m_foldedIn.clear();
    if (m_document)
        for (const GraphGroup& group : graph().groups()) {
            auto* item = new GroupItem(group);
            addItem(item);
            m_groups.insert(group.id, item);
            if (group.folded)
                for (BlockId id : group.blocks)
                    m_foldedIn.insert(id, item);
        }
    for (BlockItem* item : std::as_const(m_blocks))
        item->setFolded(m_foldedIn.contains(item->id()));
    for (ConnectionItem* item : std::as_const(m_connections)) {
        const GroupItem* from = m_foldedIn.value(item->connection().from);
        item->setVisible(!from || from != m_foldedIn.value(item->connection().to));
    }
    // Whole or not at all.
    for (BlockId id : withFolded(m_document ? graph() : ModelGraph(), selectedBlocks()))
        m_blocks.value(id)->setSelected(true);
    markGroups();
}

void ModelScene::markGroups()
{
    for (GroupItem* item : std::as_const(m_groups))
        item->setSelectedWhole(std::ranges::all_of(item->group().blocks, [this](BlockId id) {
            const BlockItem* block = m_blocks.value(id);
            return block && block->isSelected();
        }));
}

void ModelScene::placeGroups()
{
    for (GroupItem* item : std::as_const(m_groups)) {
        QRectF bounds;
        for (BlockId id : item->group().blocks)
            bounds |= m_blocks.value(id)->frame();
        item->setBounds(bounds);
    }
}

void ModelScene::refreshGroups()
{
    for (GroupItem* item : std::as_const(m_groups)) {
        BlockContent content = GroupSummary::of(graph(), item->group(), m_document->analysis());
        for (BlockId id : item->group().blocks)
            content.hasError = content.hasError || m_blocks.value(id)->content().hasError;
        item->setContent(content);
    }
}

const GroupItem* ModelScene::foldedItemOf(BlockId block) const
{
    return m_foldedIn.value(block);
}

QRectF ModelScene::frameOf(BlockId block) const
{
    if (const GroupItem* group = foldedItemOf(block))
        return group->frame();
    const BlockItem* item = m_blocks.value(block);
    return item ? item->frame() : QRectF();
}

QList<QRectF> ModelScene::framesBut(const QList<BlockId>& others) const
{
    QList<QRectF> frames;
    for (const BlockItem* item : m_blocks)
        if (!item->isFolded() && !others.contains(item->id()))
            frames.append(item->frame());
    for (const GroupItem* item : m_groups)
        if (item->isFolded() && !others.contains(item->group().blocks.first()))
            frames.append(item->frame());
    return frames;
}

QList<BlockId> ModelScene::nodeAt(QPointF point) const
{
    if (const BlockId block = blockAt(point); block.isValid())
        return {block};
    const GroupItem* group = groupAt(point);
    return group && group->isFolded() ? group->group().blocks : QList<BlockId>();
}

const GroupItem* ModelScene::groupAt(QPointF point) const
{
    const GroupItem* found = nullptr;
    for (const GroupItem* item : m_groups)
        if (item->handle().contains(point) && (!found || item->isFolded()))
            found = item;
    return found;
}

} // namespace espalier
