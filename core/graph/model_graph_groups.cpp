// The groups of a ModelGraph.
#include "core/graph/model_graph.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

GraphGroup* ModelGraph::mutableGroup(GroupId id)
{
    const auto found = std::ranges::find(m_groups, id, &GraphGroup::id);
    return found != m_groups.end() ? &*found : nullptr;
}

const GraphGroup* ModelGraph::group(GroupId id) const
{
    const auto found = std::ranges::find(m_groups, id, &GraphGroup::id);
    return found != m_groups.end() ? &*found : nullptr;
}

const GraphGroup* ModelGraph::groupOf(BlockId block) const
{
    const auto found = std::ranges::find_if(m_groups, [block](const GraphGroup& group) {
        return std::ranges::binary_search(group.blocks, block);
    });
    return found != m_groups.end() ? &*found : nullptr;
}

GroupId ModelGraph::addGroup(const QList<BlockId>& blocks, const QString& name, bool folded)
{
    GraphGroup group{GroupId(m_nextGroup), {}, {}, folded};
    std::ranges::copy_if(blocks, std::back_inserter(group.blocks),
                         [this](BlockId id) { return block(id) != nullptr; });
    std::ranges::sort(group.blocks);
    group.blocks.erase(std::unique(group.blocks.begin(), group.blocks.end()), group.blocks.end());
    if (group.blocks.isEmpty())
        return {};
    for (BlockId id : std::as_const(group.blocks))
        leaveGroup(id);
    const QString base = name.simplified().isEmpty() ? u"Group"_s : name.simplified();
    insertGroup(group);
    for (int number = 1; !setGroupName(group.id, number == 1 ? base : base + u" %1"_s.arg(number));)
        ++number;
    return group.id;
}

void ModelGraph::insertGroup(const GraphGroup& group)
{
    m_groups.insert(std::ranges::lower_bound(m_groups, group.id, {}, &GraphGroup::id), group);
    m_nextGroup = std::max(m_nextGroup, group.id.value() + 1);
}

void ModelGraph::removeGroup(GroupId id)
{
    m_groups.removeIf([id](const GraphGroup& group) { return group.id == id; });
}

void ModelGraph::addToGroup(GroupId id, BlockId block)
{
    if (!group(id) || !this->block(block) || groupOf(block) == group(id))
        return;
    leaveGroup(block); // it may take a group away
    QList<BlockId>& blocks = mutableGroup(id)->blocks;
    blocks.insert(std::ranges::lower_bound(blocks, block), block);
}

void ModelGraph::leaveGroup(BlockId block)
{
    for (GraphGroup& group : m_groups)
        group.blocks.removeOne(block);
    m_groups.removeIf([](const GraphGroup& group) { return group.blocks.isEmpty(); });
}

void ModelGraph::setFolded(GroupId id, bool folded)
{
    if (GraphGroup* group = mutableGroup(id))
        group->folded = folded;
}

bool ModelGraph::setGroupName(GroupId id, const QString& name)
{
    GraphGroup* group = mutableGroup(id);
    const QString simplified = name.simplified();
    const bool taken = std::ranges::any_of(m_groups, [&](const GraphGroup& other) {
        return other.id != id && other.name.compare(simplified, Qt::CaseInsensitive) == 0;
    });
    if (!group || simplified.isEmpty() || taken)
        return false;
    group->name = simplified;
    return true;
}

} // namespace espalier
