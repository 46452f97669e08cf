#include "tests/acceptance/command_line.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QList<QJsonObject> parseOutput(const QByteArray& output)
{
    const QJsonDocument whole = QJsonDocument::fromJson(output);
    if (whole.isObject())
        return {whole.object()};
    QList<QJsonObject> documents;
    for (const QByteArray& line : output.split('\n'))
        if (!line.trimmed().isEmpty())
            documents.append(QJsonDocument::fromJson(line).object());
    return documents;
}

} // namespace

QList<QJsonObject> CommandResult::events(const QString& name) const
{
    QList<QJsonObject> found;
    for (const QJsonObject& document : documents)
        if (document[u"event"_s].toString() == name)
            found.append(document);
    return found;
}

CommandResult CommandLine::run(const QStringList& arguments) const
{
    QProcess process;
    process.start(QStringLiteral(ESPALIER_CLI),
                  QStringList{u"--json"_s, u"--quiet"_s, u"--workspace"_s, workspace()} +
                      arguments);
    process.waitForFinished(-1);
    return {process.exitCode(), parseOutput(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QString fashionMnistFolder()
{
    const QString folder = qEnvironmentVariable("ESPALIER_FASHION_MNIST");
    return !folder.isEmpty() && QDir(folder).exists() ? folder : QString();
}

} // namespace espalier
