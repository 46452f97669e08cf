#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace espalier {

/// What one call of the program gave.
struct CommandResult {
    int exitStatus = -1;
    QList<QJsonObject> documents; ///< the lines or the document of standard output
    QString errors;               ///< standard error

    [[nodiscard]] QJsonObject last() const { return documents.value(documents.size() - 1); }
    [[nodiscard]] QList<QJsonObject> events(const QString& name) const;
};

/// espalier-cli as a person's scripts use it, on a workspace of its own that goes with it.
class CommandLine final {
public:
    /// Runs `--json --quiet ARGUMENTS` to its end.
    [[nodiscard]] CommandResult run(const QStringList& arguments) const;
    [[nodiscard]] QString workspace() const { return m_workspace.path(); }

private:
    QTemporaryDir m_workspace;
};

/// The folder with the real data; empty when ESPALIER_FASHION_MNIST names none.
[[nodiscard]] QString fashionMnistFolder();

} // namespace espalier
