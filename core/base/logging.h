#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace espalier {

enum class LogLevel { Debug, Info, Warning, Error };

/// Sends the log to `folder`/espalier.log (three files of 5 MB, the oldest dropped). Until then,
/// and when the folder cannot be written, warnings and errors go to standard error alone.
/// Call once, at start; the log functions may be called from any thread.
[[nodiscard]] Status startLogging(const QString& folder);

/// One line of the log.
struct LogEntry {
    QDateTime time;
    LogLevel level = LogLevel::Info;
    QString message;

    bool operator==(const LogEntry&) const = default;
};
/// The last 500 lines that this process has logged, oldest first, without Debug. Any thread.
[[nodiscard]] QList<LogEntry> recentLog();

/// Messages of Qt itself (qWarning and friends) are sent to the same log.
void routeQtMessages();

void log(LogLevel level, const QString& message);
inline void logInfo(const QString& message)
{
    log(LogLevel::Info, message);
}
inline void logWarning(const QString& message)
{
    log(LogLevel::Warning, message);
}
inline void logError(const QString& message)
{
    log(LogLevel::Error, message);
}

} // namespace espalier
