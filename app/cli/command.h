#pragma once

#include "app/cli/output.h"
#include "core/base/result.h"
#include "core/project/workspace.h"

#include <QCommandLineParser>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>
#include <stop_token>

namespace espalier::cli {

/// What a positional argument takes.
enum class ArgumentKind {
    One,        ///< NAME
    Many,       ///< FILE...: one or more
    Assignments ///< KEY=VALUE...: one or more
};

struct ArgumentSpec {
    QString name;
    ArgumentKind kind = ArgumentKind::One;
};

enum class OptionKind {
    Switch,
    Text,
    WholeNumber, ///< at least 1
    Number       ///< above 0
};

struct OptionSpec {
    QString name;
    OptionKind kind = OptionKind::Switch;
    QString value; ///< how help calls the value: "FILE"
    QString help;
    bool required = false;
};

/// What has to be open before a command can work.
enum class Needs { Nothing, Workspace, Project };

/// Everything that a command works with.
struct CommandContext {
    const QCommandLineParser& arguments;
    Output& output;
    std::optional<Workspace> workspace; ///< set where the command needs one
    std::stop_token stop;

    [[nodiscard]] QString argument(int index) const;
    [[nodiscard]] QStringList argumentsFrom(int index) const;
    [[nodiscard]] QString option(const QString& name) const { return arguments.value(name); }
    [[nodiscard]] bool isSet(const QString& name) const { return arguments.isSet(name); }
};

/// One command of the table: help, usage errors and parsing are derived from it.
struct Command {
    QString noun;
    QString verb = {}; ///< empty: the noun alone is the command
    QString help;      ///< one sentence or two
    QList<ArgumentSpec> arguments = {};
    QList<OptionSpec> options = {};
    /// Names of options of which exactly one must be given.
    QStringList oneOf = {};
    Needs needs = Needs::Project;
    /// Whether it watches CommandContext::stop; others end at once when interrupted.
    bool stoppable = false;
    Status (*run)(CommandContext&) = nullptr;

    [[nodiscard]] QString title() const; ///< "dataset import"
};

/// A KEY=VALUE argument taken apart at the first equals sign.
struct Assignment {
    QString key;
    QString value;
};
[[nodiscard]] std::optional<Assignment> parseAssignment(const QString& text);

} // namespace espalier::cli
