#include "core/graph/graph_diff.h"

#include <QMap>
#include <algorithm>
#include <iterator>
#include <optional>

namespace espalier {

namespace {

/// What is known by an id, before and after.
template <typename Item>
struct ItemChange {
    std::optional<Item> before;
    std::optional<Item> after;
};

template <typename Item>
struct ItemChanges {
    QList<Item> before;
    QList<Item> after;
};

template <typename Item>
QMap<decltype(Item::id), ItemChange<Item>> byId(const ItemChanges<Item>& items)
{
    QMap<decltype(Item::id), ItemChange<Item>> changes;
    for (const Item& item : items.before)
        changes[item.id].before = item;
    for (const Item& item : items.after)
        changes[item.id].after = item;
    return changes;
}

template <typename Item>
ItemChanges<Item> joined(const ItemChanges<Item>& first, const ItemChanges<Item>& second)
{
    QMap<decltype(Item::id), ItemChange<Item>> changes = byId(first);
    const auto later = byId(second);
    for (auto change = later.begin(); change != later.end(); ++change) {
        const auto known = changes.find(change.key());
        if (known == changes.end())
            changes.insert(change.key(), change.value());
        else
            known->after = change->after;
    }
    ItemChanges<Item> both;
    for (const auto& change : std::as_const(changes)) {
        if (change.before == change.after)
            continue;
        if (change.before)
            both.before.append(*change.before);
        if (change.after)
            both.after.append(*change.after);
    }
    return both;
}

template <typename Item>
ItemChanges<Item> changesBetween(const QList<Item>& before, const QList<Item>& after)
{
    const auto without = [](const QList<Item>& items, const QList<Item>& others) {
        QList<Item> rest;
        std::ranges::copy_if(items, std::back_inserter(rest), [&](const Item& item) {
            const auto same = std::ranges::lower_bound(others, item.id, {}, &Item::id);
            return same == others.end() || *same != item;
        });
        return rest;
    };
    return {without(before, after), without(after, before)};
}

QList<Connection> without(const QList<Connection>& all, const QList<Connection>& others)
{
    QList<Connection> rest;
    std::ranges::set_difference(all, others, std::back_inserter(rest));
    return rest;
}

QList<Connection> united(const QList<Connection>& left, const QList<Connection>& right)
{
    QList<Connection> all;
    std::ranges::set_union(left, right, std::back_inserter(all));
    return all;
}

} // namespace

bool GraphDiff::isEmpty() const
{
    return before.isEmpty() && after.isEmpty() && disconnected.isEmpty() && connected.isEmpty() &&
           groupsBefore.isEmpty() && groupsAfter.isEmpty();
}

GraphDiff GraphDiff::inverted() const
{
    return {after, before, connected, disconnected, groupsAfter, groupsBefore};
}

GraphDiff GraphDiff::followedBy(const GraphDiff& next) const
{
    const auto blocks = joined<Block>({before, after}, {next.before, next.after});
    const auto groups =
        joined<GraphGroup>({groupsBefore, groupsAfter}, {next.groupsBefore, next.groupsAfter});
    GraphDiff both{blocks.before, blocks.after, {}, {}, groups.before, groups.after};
    both.connected =
        united(without(connected, next.disconnected), without(next.connected, disconnected));
    both.disconnected =
        united(without(disconnected, next.connected), without(next.disconnected, connected));
    return both;
}

GraphDiff differenceOf(const ModelGraph& before, const ModelGraph& after)
{
    const auto blocks = changesBetween(before.blocks(), after.blocks());
    const auto groups = changesBetween(before.groups(), after.groups());
    GraphDiff diff{blocks.before, blocks.after, {}, {}, groups.before, groups.after};
    diff.disconnected = without(before.connections(), after.connections());
    diff.connected = without(after.connections(), before.connections());
    return diff;
}

} // namespace espalier
