#include "core/graph/snippets.h"

#include "core/graph/snippets/snippet_library.h"

#include <QHash>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

const QList<Snippet>& snippets()
{
    static const QList<Snippet> list = {
        {u"cnn"_s, u"CNN"_s,
         u"A convolutional network for images: three convolutions, pooling, two Dense blocks."_s,
         buildCnn},
        {u"fully_connected"_s, u"Fully connected"_s,
         u"Dense blocks alone: for tables, or as a first try on images."_s, buildFullyConnected},
        {u"resnetv2"_s, u"ResNetv2"_s,
         u"A small residual network with pre-activation (He et al. 2016) for images."_s,
         buildResNetV2},
        {u"vgg"_s, u"VGG"_s,
         u"A small network of the VGG kind: pairs of 3×3 convolutions with pooling, for images of "
         "8×8 or more."_s,
         buildVgg},
    };
    return list;
}

const Snippet* findSnippet(const QString& name)
{
    const auto found = std::ranges::find_if(snippets(), [&](const Snippet& snippet) {
        return snippet.key.compare(name, Qt::CaseInsensitive) == 0 ||
               snippet.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found != snippets().end() ? &*found : nullptr;
}

QList<BlockId> insertGraph(ModelGraph& graph, const ModelGraph& addition, QPointF offset)
{
    static const QRegularExpression number(u" \\d+$"_s);
    QHash<BlockId, BlockId> ids;
    QList<BlockId> added;
    for (const Block& block : addition.blocks()) {
        QString name = block.name;
        if (graph.blockByName(name))
            name = graph.freeName(name.remove(number));
        const BlockId id = graph.addBlock(block.type, block.position + offset, block.parameters);
        if (!id.isValid())
            continue;
        graph.setName(id, name);
        ids.insert(block.id, id);
        added.append(id);
    }
    // By port, so that blocks which number their ports by what is connected get the same order.
    QList<Connection> connections = addition.connections();
    std::ranges::stable_sort(connections, {}, &Connection::port);
    for (const Connection& connection : std::as_const(connections))
        graph.connect({ids.value(connection.from), ids.value(connection.to), connection.port});
    for (const GraphGroup& group : addition.groups()) {
        QList<BlockId> members;
        for (BlockId id : group.blocks)
            members.append(ids.value(id));
        QString name = group.name;
        graph.addGroup(members, name.remove(number), group.folded);
    }
    return added;
}

} // namespace espalier
