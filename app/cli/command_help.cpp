#include "app/cli/command_help.h"

#include "app/cli/text_format.h"

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

QString optionText(const OptionSpec& option)
{
    return option.value.isEmpty() ? u"--"_s + option.name
                                  : u"--%1 %2"_s.arg(option.name, option.value);
}

QString argumentText(const ArgumentSpec& argument)
{
    return argument.kind == ArgumentKind::One ? argument.name : argument.name + u"..."_s;
}

QString alternativesText(const Command& command)
{
    QStringList parts;
    for (const OptionSpec& option : command.options)
        if (command.oneOf.contains(option.name))
            parts.append(optionText(option));
    return u"(%1)"_s.arg(parts.join(u" | "_s));
}

QString optionTable(const QList<OptionSpec>& options)
{
    TextTable table({{}, {}});
    for (const OptionSpec& option : options)
        table.addRow({u"  "_s + optionText(option), option.help});
    return table.toString();
}

} // namespace

const QList<OptionSpec>& globalOptions()
{
    static const QList<OptionSpec> options{
        {u"workspace"_s, OptionKind::Text, u"DIR"_s,
         u"The folder of the projects; else $ESPALIER_WORKSPACE, else the application data folder."_s},
        {u"json"_s, OptionKind::Switch, {}, u"Write JSON to standard output instead of text."_s},
        {u"quiet"_s, OptionKind::Switch, {}, u"Write no progress to standard error."_s},
        {u"help"_s, OptionKind::Switch, {}, u"Show this help; after a command, more about it."_s},
        {u"version"_s, OptionKind::Switch, {}, u"Show the version."_s},
    };
    return options;
}

const OptionSpec& projectOption()
{
    static const OptionSpec option{u"project"_s, OptionKind::Text, u"P"_s,
                                   u"The project; may be left out when there is one only."_s};
    return option;
}

QString usageLine(const Command& command)
{
    QStringList parts{command.title()};
    for (const ArgumentSpec& argument : command.arguments)
        parts.append(argumentText(argument));
    for (const OptionSpec& option : command.options)
        if (option.required)
            parts.append(optionText(option));
    if (!command.oneOf.isEmpty())
        parts.append(alternativesText(command));
    for (const OptionSpec& option : command.options)
        if (!option.required && !command.oneOf.contains(option.name))
            parts.append(u"[%1]"_s.arg(optionText(option)));
    if (command.needs == Needs::Project)
        parts.append(u"[%1]"_s.arg(optionText(projectOption())));
    return parts.join(QChar(u' '));
}

QString commandHelp(const Command& command)
{
    QList<OptionSpec> options = command.options;
    if (command.needs == Needs::Project)
        options.append(projectOption());
    return u"Usage: espalier-cli %1\n\n%2\n\nOptions:\n%3"_s.arg(
        usageLine(command), command.help, optionTable(options + globalOptions()));
}

QString overviewHelp(const QList<Command>& table, const QString& noun)
{
    TextTable commands({{}, {}});
    for (const Command& command : table)
        if (noun.isEmpty() || command.noun == noun)
            commands.addRow({u"  "_s + command.title(), command.help});
    return u"Usage: espalier-cli [--workspace DIR] [--quiet] [--json] %1 [ARGS] [OPTIONS]\n\n"
           "Commands:\n%2\n\nOptions:\n%3\n\n"
           "More about a command: espalier-cli %4 --help"_s.arg(
               noun.isEmpty() ? u"NOUN VERB"_s : noun + u" VERB"_s, commands.toString(),
               optionTable(globalOptions()), noun.isEmpty() ? u"NOUN VERB"_s : noun + u" VERB"_s);
}

} // namespace espalier::cli
