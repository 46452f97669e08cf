#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <functional>
#include <memory>

/// What one call of the program gave.
struct CliResult {
    int status = -1;
    QByteArray output;
    QString error;

    /// The one JSON document of the output; empty when it is none.
    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] QJsonArray array() const;
    /// The JSON object of every line; a line that is none gives an empty one.
    [[nodiscard]] QList<QJsonObject> events() const;
};

/// Runs the real espalier-cli in a workspace of its own, that goes with it.
class CliRunner final {
public:
    CliRunner();

    [[nodiscard]] CliResult run(const QStringList& arguments) const;
    /// With --json.
    [[nodiscard]] CliResult json(const QStringList& arguments) const;
    /// Starts without waiting; ended with the runner's answer.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& arguments) const;

    /// A path inside the folder of the test, for its data.
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

/// Reads the output of a running program until `count` lines hold `text`; gives all that was read,
/// or nothing when it ended or took too long before.
[[nodiscard]] QByteArray readUntil(QProcess& process, const QByteArray& text, int count);

/// The object of a list whose `key` is `value`; empty when there is none.
[[nodiscard]] QJsonObject findObject(const QJsonArray& list, const QString& key,
                                     const QString& value);
