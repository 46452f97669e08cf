#include "core/graph/snippets/snippet_library.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double RowHeight = 62;
constexpr double ColumnWidth = 280;

void addConvolution(ChainBuilder& chain, int filters)
{
    chain.add(u"conv2d"_s, {{u"filters"_s, filters}});
}

void addDense(ChainBuilder& chain, int nodes)
{
    chain.add(u"dense"_s, {{u"nodes"_s, nodes}});
}

void addEnd(ChainBuilder& chain)
{
    chain.add(u"dense"_s, {{u"activation"_s, u"softmax"_s}});
    chain.add(u"target"_s);
}

ParameterValues residualConvolution(int filters, int size, int stride)
{
    return {{u"filters"_s, filters},
            {u"width"_s, size},
            {u"height"_s, size},
            {u"horizontal_stride"_s, stride},
            {u"vertical_stride"_s, stride},
            {u"activation"_s, u"linear"_s},
            {u"initializer"_s, u"he_normal"_s},
            {u"use_bias"_s, false}};
}

BlockId addPreActivation(ChainBuilder& chain)
{
    chain.add(u"batch_normalization"_s);
    return chain.add(u"activation"_s);
}

/// He et al. 2016, figure 4 (e); where the size changes, the shortcut is a 1×1 convolution of
/// what the first activation gives.
void addResidualBlock(ChainBuilder& chain, int filters, int stride)
{
    BlockId shortcut = chain.last();
    const BlockId activated = addPreActivation(chain);
    if (stride > 1)
        shortcut = chain.addBeside(activated, u"conv2d"_s, residualConvolution(filters, 1, stride));
    chain.add(u"conv2d"_s, residualConvolution(filters, 3, stride));
    addPreActivation(chain);
    chain.add(u"conv2d"_s, residualConvolution(filters, 3, 1));
    chain.join(u"add"_s, shortcut);
}

} // namespace

BlockId ChainBuilder::add(const QString& type, const ParameterValues& parameters)
{
    const BlockId before = m_last;
    m_last = m_graph.addBlock(type, {0, RowHeight * m_rows++}, parameters);
    m_graph.connect({before, m_last});
    return m_last;
}

BlockId ChainBuilder::addBeside(BlockId source, const QString& type,
                                const ParameterValues& parameters)
{
    const BlockId id = m_graph.addBlock(type, {ColumnWidth, RowHeight * m_rows}, parameters);
    m_graph.connect({source, id});
    return id;
}

BlockId ChainBuilder::join(const QString& type, BlockId other)
{
    add(type);
    m_graph.connect({other, m_last, 1});
    return m_last;
}

ModelGraph buildCnn()
{
    ChainBuilder chain;
    chain.add(u"input"_s);
    for (int filters : {32, 64, 128}) {
        addConvolution(chain, filters);
        if (filters < 128)
            chain.add(u"max_pooling2d"_s);
        chain.add(u"batch_normalization"_s);
    }
    chain.add(u"global_average_pooling2d"_s);
    addDense(chain, 128);
    addEnd(chain);
    return chain.take();
}

ModelGraph buildFullyConnected()
{
    ChainBuilder chain;
    chain.add(u"input"_s);
    chain.add(u"flatten"_s);
    addDense(chain, 128);
    addDense(chain, 64);
    addEnd(chain);
    return chain.take();
}

ModelGraph buildResNetV2()
{
    constexpr int blocksPerStage = 2;
    ChainBuilder chain;
    chain.add(u"input"_s);
    chain.add(u"conv2d"_s, residualConvolution(16, 3, 1));
    for (int filters : {16, 32, 64})
        for (int block = 0; block < blocksPerStage; ++block)
            addResidualBlock(chain, filters, block == 0 && filters > 16 ? 2 : 1);
    addPreActivation(chain);
    chain.add(u"global_average_pooling2d"_s);
    addEnd(chain);
    return chain.take();
}

ModelGraph buildVgg()
{
    ChainBuilder chain;
    chain.add(u"input"_s);
    for (int filters : {32, 64, 128}) {
        addConvolution(chain, filters);
        addConvolution(chain, filters);
        chain.add(u"max_pooling2d"_s);
    }
    chain.add(u"flatten"_s);
    addDense(chain, 256);
    chain.add(u"dropout"_s);
    addEnd(chain);
    return chain.take();
}

} // namespace espalier
