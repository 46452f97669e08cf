#include "core/graph/block_catalogue.h"

#include "core/graph/blocks/block_families.h"

#include <QHash>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

std::span<const EnumName<BlockGroup>> enumNames(BlockGroup)
{
    static constexpr EnumName<BlockGroup> names[] = {
        {BlockGroup::Ends, u"ends", u"Input and Target"},
        {BlockGroup::Dense, u"dense", u"Dense"},
        {BlockGroup::Convolution, u"convolution", u"Convolution"},
        {BlockGroup::Pooling, u"pooling", u"Pooling"},
        {BlockGroup::Normalization, u"normalization", u"Normalization and regularization"},
        {BlockGroup::Merge, u"merge", u"Shape and merge"},
    };
    return names;
}

qint64 Parameters::integer(const QString& key) const
{
    return m_values.value(key).toLongLong();
}

double Parameters::real(const QString& key) const
{
    return m_values.value(key).toDouble();
}

bool Parameters::flag(const QString& key) const
{
    return m_values.value(key).toBool();
}

QString Parameters::text(const QString& key) const
{
    return m_values.value(key).toString();
}

Shape Parameters::shape(const QString& key) const
{
    QList<qint64> sizes;
    for (const QString& size : text(key).split(QChar(u'×'), Qt::SkipEmptyParts))
        sizes.append(size.toLongLong());
    return Shape(std::move(sizes));
}

const ParameterSpec* BlockType::parameter(const QString& parameterKey) const
{
    const auto found = std::ranges::find(parameters, parameterKey, &ParameterSpec::key);
    return found != parameters.end() ? &*found : nullptr;
}

const QList<BlockType>& blockTypes()
{
    static const QList<BlockType> types =
        endBlocks() + denseBlocks() + convolutionBlocks() + resamplingBlocks() + poolingBlocks() +
        normalizationBlocks() + augmentationBlocks() + shapeBlocks() + mergeBlocks();
    return types;
}

const BlockType* blockType(const QString& key)
{
    static const QHash<QString, const BlockType*> byKey = [] {
        QHash<QString, const BlockType*> index;
        for (const BlockType& type : blockTypes())
            index.insert(type.key, &type);
        return index;
    }();
    return byKey.value(key);
}

Parameters parametersOf(const Block& block, const BlockType& type)
{
    QMap<QString, QVariant> values;
    for (const ParameterSpec& spec : type.parameters) {
        const auto own = block.parameters.constFind(spec.key);
        values.insert(spec.key, own == block.parameters.constEnd()
                                    ? spec.defaultValue
                                    : spec.normalized(*own).value_or(spec.defaultValue));
    }
    return Parameters(std::move(values));
}

Status setParameterFromText(ModelGraph& graph, BlockId id, const QString& key, const QString& text)
{
    const Block* block = graph.block(id);
    const BlockType* type = block ? blockType(block->type) : nullptr;
    if (!type)
        return failure(ErrorCode::NotFound, u"There is no such block in the graph."_s);
    const ParameterSpec* spec = type->parameter(key);
    if (!spec) {
        QStringList keys;
        std::ranges::transform(type->parameters, std::back_inserter(keys), &ParameterSpec::key);
        const QString takes = keys.isEmpty() ? u"no parameters"_s : keys.join(u", "_s);
        return failure(ErrorCode::InvalidInput,
                       u"%1 has no parameter '%2'; it takes %3."_s.arg(block->name, key, takes));
    }
    QVariant value;
    if (!text.trimmed().isEmpty()) {
        const Result<QVariant> normalized = spec->normalized(text);
        if (!normalized)
            return failure(normalized.error().code,
                           block->name + u": "_s + normalized.error().message);
        value = *normalized;
    }
    graph.setParameter(id, key, value);
    return {};
}

} // namespace espalier
