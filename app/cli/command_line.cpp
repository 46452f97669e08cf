#include "app/cli/command_line.h"

#include "app/cli/command_help.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

using Usage = tl::unexpected<QString>;

QStringList withProgramName(const QStringList& arguments)
{
    return QStringList{u"espalier-cli"_s} + arguments;
}

void addOptions(QCommandLineParser& parser, const QList<OptionSpec>& options)
{
    for (const OptionSpec& option : options)
        parser.addOption(
            {option.name == u"help"_s ? QStringList{u"help"_s, u"h"_s} : QStringList{option.name},
             option.help, option.value});
}

/// Takes the first word that is no option, nor the value of one, out of the arguments.
tl::expected<QString, QString> takeWord(QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, globalOptions() + QList{projectOption()});
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    if (!parser.parse(withProgramName(arguments)))
        return Usage(parser.errorText());
    const qsizetype words = parser.positionalArguments().size();
    return words == 0 ? QString() : arguments.takeAt(arguments.size() - words);
}

/// Whether a switch that needs no noun stands among the options before it.
bool asks(const QStringList& arguments, const QString& option)
{
    return arguments.contains(u"--"_s + option);
}

QStringList verbsOf(const QList<Command>& table, const QString& noun)
{
    QStringList verbs;
    for (const Command& command : table)
        if (command.noun == noun && !command.verb.isEmpty())
            verbs.append(command.verb);
    return verbs;
}

QStringList nounsOf(const QList<Command>& table)
{
    QStringList nouns;
    for (const Command& command : table)
        if (!nouns.contains(command.noun))
            nouns.append(command.noun);
    return nouns;
}

const Command* findCommand(const QList<Command>& table, const QString& noun, const QString& verb)
{
    const auto found = std::find_if(table.cbegin(), table.cend(), [&](const Command& command) {
        return command.noun == noun && command.verb == verb;
    });
    return found == table.cend() ? nullptr : &*found;
}

/// Says that a word is missing or unknown, and which there are.
QString wordSentence(const QString& kind, const QString& given, const QStringList& known)
{
    return given.isEmpty()
               ? u"The %1 is missing; it is one of %2."_s.arg(kind, known.join(u", "_s))
               : u"There is no %1 '%2'; it is one of %3."_s.arg(kind, given, known.join(u", "_s));
}

QString argumentsProblem(const Command& command, const QStringList& given)
{
    const bool many =
        !command.arguments.isEmpty() && command.arguments.last().kind != ArgumentKind::One;
    if (given.size() < command.arguments.size())
        return u"%1 needs %2."_s.arg(command.title(), command.arguments.at(given.size()).name);
    if (given.size() > command.arguments.size() && !many)
        return u"%1 does not take '%2'; quote names with spaces."_s.arg(
            command.title(), given.at(command.arguments.size()));
    if (many && command.arguments.last().kind == ArgumentKind::Assignments)
        for (const QString& text : given.mid(command.arguments.size() - 1))
            if (!parseAssignment(text))
                return u"'%1' is no KEY=VALUE."_s.arg(text);
    return {};
}

QString optionProblem(const OptionSpec& option, const QCommandLineParser& parser,
                      const QString& title)
{
    const bool set = parser.isSet(option.name);
    if (option.required && !set)
        return u"%1 needs --%2%3: %4"_s.arg(
            title, option.name, option.value.isEmpty() ? QString() : u" "_s + option.value,
            option.help);
    if (set && option.kind != OptionKind::Switch && parser.value(option.name).isEmpty())
        return u"--%1 is empty."_s.arg(option.name);
    bool isNumber = true;
    if (set && option.kind == OptionKind::WholeNumber &&
        (parser.value(option.name).toInt(&isNumber) < 1 || !isNumber))
        return u"--%1 takes a whole number of at least 1, not '%2'."_s.arg(
            option.name, parser.value(option.name));
    if (set && option.kind == OptionKind::Number &&
        (!(parser.value(option.name).toDouble(&isNumber) > 0) || !isNumber))
        return u"--%1 takes a number above 0, not '%2'."_s.arg(option.name,
                                                               parser.value(option.name));
    return {};
}

QString optionsProblem(const Command& command, const QCommandLineParser& parser)
{
    for (const OptionSpec& option : command.options)
        if (const QString problem = optionProblem(option, parser, command.title());
            !problem.isEmpty())
            return problem;
    const auto given = std::count_if(command.oneOf.cbegin(), command.oneOf.cend(),
                                     [&](const QString& name) { return parser.isSet(name); });
    if (!command.oneOf.isEmpty() && given != 1)
        return u"%1 needs one of --%2%3."_s.arg(command.title(), command.oneOf.join(u" and --"_s),
                                                given > 1 ? u", not several"_s : QString());
    return {};
}

tl::expected<Invocation, QString> parseCommand(const Command& command, const QStringList& arguments)
{
    auto parser = std::make_unique<QCommandLineParser>();
    addOptions(*parser, command.options + globalOptions() + QList{projectOption()});
    if (!parser->parse(withProgramName(arguments)))
        return Usage(u"%1: %2"_s.arg(command.title(), parser->errorText()));
    if (parser->isSet(u"help"_s))
        return Invocation{nullptr, nullptr, commandHelp(command)};
    QString problem = argumentsProblem(command, parser->positionalArguments());
    if (problem.isEmpty())
        problem = optionsProblem(command, *parser);
    if (!problem.isEmpty())
        return Usage(u"%1 Usage: espalier-cli %2"_s.arg(problem, usageLine(command)));
    return Invocation{&command, std::move(parser), {}};
}

} // namespace

tl::expected<Invocation, QString> parseCommandLine(const QStringList& arguments,
                                                   const QList<Command>& table)
{
    QStringList rest = arguments;
    const auto noun = takeWord(rest);
    if (!noun)
        return Usage(noun.error());
    if (noun->isEmpty() && asks(rest, u"version"_s))
        return Invocation{nullptr, nullptr,
                          u"espalier-cli "_s + QCoreApplication::applicationVersion()};
    const bool help = asks(rest, u"help"_s) || rest.contains(u"-h"_s);
    if (noun->isEmpty() && help)
        return Invocation{nullptr, nullptr, overviewHelp(table)};
    if (const Command* command = findCommand(table, *noun, {}))
        return parseCommand(*command, rest);

    const QStringList verbs = verbsOf(table, *noun);
    if (verbs.isEmpty())
        return Usage(wordSentence(u"command"_s, *noun, nounsOf(table)));
    const auto verb = takeWord(rest);
    if (!verb)
        return Usage(verb.error());
    if (verb->isEmpty() && help)
        return Invocation{nullptr, nullptr, overviewHelp(table, *noun)};
    if (const Command* command = findCommand(table, *noun, *verb))
        return parseCommand(*command, rest);
    return Usage(wordSentence(u"verb of "_s + *noun, *verb, verbs));
}

} // namespace espalier::cli
