#include "tests/integration/cli_runner.h"

#include <QElapsedTimer>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000; // ms

}

QJsonObject CliResult::object() const
{
    return QJsonDocument::fromJson(output).object();
}

QJsonArray CliResult::array() const
{
    return QJsonDocument::fromJson(output).array();
}

QList<QJsonObject> CliResult::events() const
{
    QList<QJsonObject> events;
    for (const QByteArray& line : output.trimmed().split('\n'))
        events.append(QJsonDocument::fromJson(line).object());
    return events;
}

CliRunner::CliRunner()
{
    qputenv("ESPALIER_WORKSPACE", path(u"workspace"_s).toUtf8());
}

std::unique_ptr<QProcess> CliRunner::start(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->start(QStringLiteral(ESPALIER_CLI), arguments);
    process->waitForStarted();
    return process;
}

CliResult CliRunner::run(const QStringList& arguments) const
{
    const auto process = start(arguments);
    if (!process->waitForFinished(Patience) || process->exitStatus() != QProcess::NormalExit)
        return {-1, process->readAllStandardOutput(),
                QString::fromUtf8(process->readAllStandardError())};
    return {process->exitCode(), process->readAllStandardOutput(),
            QString::fromUtf8(process->readAllStandardError())};
}

CliResult CliRunner::json(const QStringList& arguments) const
{
    return run(QStringList{u"--json"_s, u"--quiet"_s} + arguments);
}

QByteArray readUntil(QProcess& process, const QByteArray& text, int count)
{
    QElapsedTimer timer;
    timer.start();
    QByteArray output;
    while (output.count(text) < count && timer.elapsed() < Patience) {
        if (process.state() == QProcess::NotRunning)
            return {};
        process.waitForReadyRead(1000);
        output += process.readAllStandardOutput();
    }
    return output.count(text) < count ? QByteArray() : output;
}

QJsonObject findObject(const QJsonArray& list, const QString& key, const QString& value)
{
    for (const QJsonValue& entry : list)
        if (entry.toObject().value(key).toString() == value)
            return entry.toObject();
    return {};
}
