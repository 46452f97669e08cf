#include "ui/modeling/inspector/parameter_fields.h"

#include "core/graph/block_catalogue.h"
#include "core/graph/following_block.h"

#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

FieldKind kindOf(ParameterType type)
{
    switch (type) {
    case ParameterType::Integer:
        return FieldKind::WholeNumber;
    case ParameterType::Real:
        return FieldKind::Number;
    case ParameterType::Boolean:
        return FieldKind::Switch;
    case ParameterType::Choice:
    case ParameterType::Feature:
        return FieldKind::Choice;
    case ParameterType::Shape:
        break;
    }
    return FieldKind::Text;
}

QString textOf(const ParameterSpec& spec, const QVariant& value)
{
    return spec.type == ParameterType::Choice ? value.toString() : spec.toText(value);
}

std::optional<QString> sharedText(const ParameterSpec& spec, const QList<Parameters>& values)
{
    const QString first = textOf(spec, values.first().values().value(spec.key));
    const bool shared = std::ranges::all_of(values, [&](const Parameters& parameters) {
        return textOf(spec, parameters.values().value(spec.key)) == first;
    });
    return shared ? std::optional(first) : std::nullopt;
}

/// "Nodes" also finds "10 nodes" and "1 node".
bool mentions(const QString& sentence, QString words)
{
    if (words.isEmpty())
        return false;
    if (words.endsWith(u's'))
        words.chop(1);
    const QRegularExpression pattern(u"(?<!\\w)"_s + QRegularExpression::escape(words),
                                     QRegularExpression::CaseInsensitiveOption |
                                         QRegularExpression::UseUnicodePropertiesOption);
    return pattern.match(sentence).hasMatch();
}

/// The field that a sentence about a block is about: the one that it names, else the one whose
/// choice it names, else the feature that it names.
FormField* fieldOf(QList<FormField>& fields, const BlockType& type, const QString& sentence)
{
    const auto isOf = [&](const FormField& field, ParameterType wanted) {
        const ParameterSpec* spec = type.parameter(field.key);
        return spec && spec->type == wanted;
    };
    const auto find = [&](auto fits) {
        const auto found = std::ranges::find_if(fields, fits);
        return found != fields.end() ? &*found : nullptr;
    };
    if (FormField* field = find([&](const FormField& each) {
            return type.parameter(each.key) && mentions(sentence, each.label);
        }))
        return field;
    if (FormField* field = find([&](const FormField& each) {
            return isOf(each, ParameterType::Choice) && mentions(sentence, each.shownValue());
        }))
        return field;
    return find([&](const FormField& each) {
        return isOf(each, ParameterType::Feature) &&
               mentions(sentence, each.value.value_or(QString()));
    });
}

} // namespace

bool canUse(const BlockType& end, const FeatureDescription& feature)
{
    if (end.hasOutput)
        return feature.encoding != Encoding::Text && !feature.shape.isEmpty();
    return std::ranges::any_of(enumNames(Loss{}), [&](const EnumName<Loss>& name) {
        return describeLoss(name.value).encodings.contains(feature.encoding);
    });
}

ParameterFields ParameterFields::of(const ModelGraph& graph, const GraphAnalysis& analysis,
                                    const QList<FeatureDescription>& features,
                                    const QList<BlockId>& blocks)
{
    ParameterFields form;
    const Block* first = blocks.isEmpty() ? nullptr : graph.block(blocks.first());
    const BlockType* type = first ? blockType(first->type) : nullptr;
    if (!type)
        return form;
    QList<Parameters> values;
    for (BlockId id : blocks)
        if (const Block* block = graph.block(id))
            values.append(analysis.blocks.contains(id) ? analysis.blocks.value(id).parameters
                                                       : parametersOf(*block, *type));
    if (blocks.size() == 1)
        form.addName(*first);
    form.addFields(*type, values, features);
    if (blocks.size() == 1) {
        form.addNotes(*type, analysis, first->id);
        form.addWayBack(*type, graph, analysis, first->id);
    }
    return form;
}

void ParameterFields::addName(const Block& block)
{
    m_fields.append({.key = NameKey.toString(),
                     .label = tr("Name"),
                     .help = tr("What the block is called on the canvas and in messages."),
                     .kind = FieldKind::Text,
                     .value = block.name});
}

void ParameterFields::addFields(const BlockType& type, const QList<Parameters>& values,
                                const QList<FeatureDescription>& features)
{
    for (const ParameterSpec& spec : type.parameters) {
        FormField field{.key = spec.key,
                        .label = spec.label,
                        .help = spec.help,
                        .kind = kindOf(spec.type),
                        .minimum = spec.minimum,
                        .maximum = spec.maximum,
                        .unit = spec.unit,
                        .value = sharedText(spec, values)};
        for (const ParameterChoice& choice : spec.choices)
            field.choices.append({choice.key, choice.label});
        if (spec.type == ParameterType::Feature) {
            for (const FeatureDescription& feature : features)
                if (canUse(type, feature))
                    field.choices.append({feature.name, feature.name});
            const QString chosen = field.value.value_or(QString());
            if (!chosen.isEmpty() && !field.choices.contains(FieldChoice{chosen, chosen}))
                field.choices.prepend({chosen, tr("%1 (does not fit)").arg(chosen)});
            field.placeholder =
                features.isEmpty() ? tr("No dataset version") : tr("Choose a feature");
            if (features.isEmpty())
                field.notes.append(
                    {IssueLevel::Hint, tr("Choose a dataset version in Settings first.")});
        }
        if (spec.type == ParameterType::Shape)
            field.placeholder = tr("7×7×64, for example");
        m_fields.append(field);
    }
}

void ParameterFields::addNotes(const BlockType& type, const GraphAnalysis& analysis, BlockId block)
{
    for (const Issue& issue : analysis.issues) {
        if (issue.blockId != block.value())
            continue;
        QString sentence = issue.text;
        sentence[0] = sentence.at(0).toUpper();
        if (FormField* field = fieldOf(m_fields, type, issue.text))
            field->notes.append({issue.level, sentence});
        else
            m_notes.append({issue.level, sentence});
    }
}

void ParameterFields::addWayBack(const BlockType& type, const ModelGraph& graph,
                                 const GraphAnalysis& analysis, BlockId block)
{
    if (!analysis.target || followingBlock(graph, *analysis.target) != block)
        return;
    const Block* own = graph.block(block);
    for (FormField& field : m_fields)
        if (const ParameterSpec* spec = type.parameter(field.key);
            spec && spec->follows && own->parameters.contains(spec->key))
            field.action = tr("Follow the target");
}

Status applyField(ModelGraph& graph, const QList<BlockId>& blocks, const QString& key,
                  const QString& text)
{
    const Block* first = blocks.isEmpty() ? nullptr : graph.block(blocks.first());
    const BlockType* type = first ? blockType(first->type) : nullptr;
    if (!type)
        return failure(ErrorCode::NotFound, ParameterFields::tr("The block is no longer there."));
    if (key == ParameterFields::NameKey) {
        if (graph.setName(first->id, text))
            return {};
        return failure(ErrorCode::Conflict,
                       text.simplified().isEmpty()
                           ? ParameterFields::tr("A block needs a name.")
                           : ParameterFields::tr("Another block is called “%1”; choose "
                                                 "another name.")
                                 .arg(text.simplified()));
    }
    const ParameterSpec* spec = type->parameter(key);
    if (!spec)
        return failure(ErrorCode::NotFound,
                       ParameterFields::tr("The block has no such parameter."));
    const Result<QVariant> value = spec->normalized(text);
    if (!value)
        return failureOf(value);
    for (BlockId id : blocks)
        graph.setParameter(id, key, *value);
    return {};
}

} // namespace espalier
