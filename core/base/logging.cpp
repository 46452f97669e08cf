#include "core/base/logging.h"

#include <QDir>
#include <chrono>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr size_t FileSize = size_t(5) * 1024 * 1024;
constexpr size_t FileCount = 3;
constexpr size_t RecentLines = 500;

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warning:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

LogLevel fromSpdlog(spdlog::level::level_enum level)
{
    for (const LogLevel candidate : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning})
        if (level <= toSpdlog(candidate))
            return candidate;
    return LogLevel::Error;
}

spdlog::sinks::ringbuffer_sink_mt& recentLines()
{
    static spdlog::sinks::ringbuffer_sink_mt lines(RecentLines);
    return lines;
}

void handleQtMessage(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    switch (type) {
    case QtDebugMsg:
        return log(LogLevel::Debug, message);
    case QtInfoMsg:
        return log(LogLevel::Info, message);
    case QtWarningMsg:
        return log(LogLevel::Warning, message);
    case QtCriticalMsg:
    case QtFatalMsg:
        return log(LogLevel::Error, message);
    }
}

} // namespace

Status startLogging(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::Io, u"Could not make the log folder %1."_s.arg(folder));
    try {
        const std::string path = QDir(folder).filePath(u"espalier.log"_s).toStdString();
        auto logger = spdlog::rotating_logger_mt("espalier", path, FileSize, FileCount);
        logger->flush_on(spdlog::level::info);
        logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %P %l %v");
        spdlog::set_default_logger(std::move(logger));
    } catch (const spdlog::spdlog_ex& error) {
        return failure(ErrorCode::Io, u"Could not open the log in %1: %2."_s.arg(
                                          folder, QString::fromLocal8Bit(error.what())));
    }
    return {};
}

void routeQtMessages()
{
    qInstallMessageHandler(handleQtMessage);
}

QList<LogEntry> recentLog()
{
    QList<LogEntry> entries;
    for (const spdlog::details::log_msg_buffer& line : recentLines().last_raw()) {
        const auto sinceEpoch = line.time.time_since_epoch();
        entries.append(
            {QDateTime::fromMSecsSinceEpoch(
                 std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count()),
             fromSpdlog(line.level),
             QString::fromUtf8(line.payload.data(), qsizetype(line.payload.size()))});
    }
    return entries;
}

void log(LogLevel level, const QString& message)
{
    if (level > LogLevel::Debug) {
        const std::string text = message.toStdString();
        recentLines().log({"espalier", toSpdlog(level), text});
    }
    auto* logger = spdlog::default_logger_raw();
    if (logger->name() == "espalier")
        logger->log(toSpdlog(level), message.toStdString());
    else if (level >= LogLevel::Warning)
        (void)fprintf(stderr, "%s\n", qUtf8Printable(message)); // nobody is left to be told
}

} // namespace espalier
