#include "app/cli/command_table.h"
#include "app/cli/text_format.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/snippets.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

Status listSnippets(CommandContext& context)
{
    QJsonArray json;
    TextTable table({{u"Snippet"_s}, {u"Blocks"_s, Align::Right}, {u"What it is"_s}});
    for (const Snippet& snippet : snippets()) {
        const qint64 blocks = snippet.build().blocks().size();
        json.append(QJsonObject{{u"key"_s, snippet.key},
                                {u"name"_s, snippet.name},
                                {u"help"_s, snippet.help},
                                {u"blocks"_s, blocks}});
        table.addRow({snippet.name, countText(blocks), snippet.help});
    }
    context.output.result(json, table.toString());
    return {};
}

bool isNumber(const ParameterSpec& parameter)
{
    return parameter.type == ParameterType::Integer || parameter.type == ParameterType::Real;
}

QJsonObject parameterJson(const ParameterSpec& parameter)
{
    QJsonObject json{{u"key"_s, parameter.key},
                     {u"label"_s, parameter.label},
                     {u"help"_s, parameter.help},
                     {u"type"_s, enumKey(parameter.type)},
                     {u"default"_s, QJsonValue::fromVariant(parameter.defaultValue)}};
    if (isNumber(parameter)) {
        json.insert(u"minimum"_s, parameter.minimum);
        json.insert(u"maximum"_s, parameter.maximum);
    }
    if (!parameter.choices.isEmpty()) {
        QJsonArray choices;
        for (const ParameterChoice& choice : parameter.choices)
            choices.append(choice.key);
        json.insert(u"choices"_s, choices);
    }
    if (parameter.follows)
        json.insert(u"follows"_s, true);
    return json;
}

QString rangeText(const ParameterSpec& parameter)
{
    if (isNumber(parameter))
        return u"%1 to %2"_s.arg(parameter.minimum, 0, 'g', 10).arg(parameter.maximum, 0, 'g', 10);
    QStringList choices;
    for (const ParameterChoice& choice : parameter.choices)
        choices.append(choice.key);
    return choices.isEmpty() ? enumLabel(parameter.type).toLower() : choices.join(u", "_s);
}

QString defaultText(const ParameterSpec& parameter)
{
    return parameter.follows
               ? parameter.toText(parameter.defaultValue) + u", or as the target needs"_s
               : parameter.toText(parameter.defaultValue);
}

QJsonObject blockJson(const BlockType& type)
{
    QJsonArray parameters;
    for (const ParameterSpec& parameter : type.parameters)
        parameters.append(parameterJson(parameter));
    return {{u"type"_s, type.key},
            {u"name"_s, type.name},
            {u"group"_s, enumKey(type.group)},
            {u"help"_s, type.help},
            {u"minimum_inputs"_s, type.minimumInputs},
            {u"maximum_inputs"_s, type.maximumInputs},
            {u"parameters"_s, parameters}};
}

QString blockText(const BlockType& type)
{
    TextTable table({{}, {}, {}, {}});
    for (const ParameterSpec& parameter : type.parameters)
        table.addRow({u"   "_s, parameter.key, u"default "_s + defaultText(parameter),
                      rangeText(parameter)});
    const QString title = u"%1 (%2): %3"_s.arg(type.name, type.key, type.help);
    return table.isEmpty() ? title : title + u"\n"_s + table.toString();
}

Status listBlocks(CommandContext& context)
{
    QJsonArray json;
    QStringList text;
    for (const auto& group : enumNames(BlockGroup{})) {
        text.append(u"== %1"_s.arg(QString::fromUtf16(group.label)));
        for (const BlockType& type : blockTypes()) {
            if (type.group != group.value)
                continue;
            json.append(blockJson(type));
            text.append(blockText(type));
        }
    }
    context.output.result(json, text.join(u"\n"_s));
    return {};
}

} // namespace

QList<Command> catalogueCommands()
{
    return {
        {.noun = u"snippet"_s,
         .verb = u"list"_s,
         .help = u"Lists the networks that an experiment can start from."_s,
         .needs = Needs::Nothing,
         .run = listSnippets},
        {.noun = u"block"_s,
         .verb = u"list"_s,
         .help = u"Lists the blocks of networks with their parameters, defaults and ranges."_s,
         .needs = Needs::Nothing,
         .run = listBlocks},
    };
}

} // namespace espalier::cli
