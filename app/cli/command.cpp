#include "app/cli/command.h"

namespace espalier::cli {

QString CommandContext::argument(int index) const
{
    return arguments.positionalArguments().value(index);
}

QStringList CommandContext::argumentsFrom(int index) const
{
    return arguments.positionalArguments().mid(index);
}

QString Command::title() const
{
    return verb.isEmpty() ? noun : noun + QChar(u' ') + verb;
}

std::optional<Assignment> parseAssignment(const QString& text)
{
    const qsizetype equals = text.indexOf(QChar(u'='));
    if (equals < 1)
        return std::nullopt;
    return Assignment{text.left(equals).trimmed(), text.mid(equals + 1)};
}

} // namespace espalier::cli
