#include "app/cli/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cerrno>
#include <cstdio>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#endif

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

bool writeLine(std::FILE* stream, const QByteArray& utf8)
{
    const size_t size = size_t(utf8.size());
    return std::fwrite(utf8.constData(), 1, size, stream) == size &&
           std::fputc('\n', stream) != EOF && std::fflush(stream) == 0;
}

QByteArray jsonText(const QJsonValue& json)
{
    const QJsonDocument document =
        json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    return document.toJson(QJsonDocument::Compact);
}

} // namespace

Output::Output(bool json, bool quiet)
    : m_json(json)
    , m_quiet(quiet)
{
#ifdef Q_OS_WIN
    SetConsoleOutputCP(CP_UTF8);
#endif
}

void Output::write(const QByteArray& utf8)
{
    if (!writeLine(stdout, utf8) && m_status)
        m_status =
            failure(ErrorCode::Io,
                    u"The results cannot be written to standard output: %1. What the command "
                    "changed is kept."_s.arg(qt_error_string(errno)));
}

void Output::result(const QJsonValue& json, const QString& text)
{
    write(m_json ? jsonText(json) : text.toUtf8());
}

void Output::event(const QJsonObject& json)
{
    if (m_json)
        write(jsonText(json));
}

void Output::line(const QString& text)
{
    if (!m_json)
        write(text.toUtf8());
}

void Output::note(const QString& text) const
{
    if (!m_quiet)
        (void)writeLine(stderr, text.toUtf8()); // nobody is left to be told
}

void Output::error(const QString& sentence) const
{
    (void)writeLine(stderr, sentence.toUtf8());
}

} // namespace espalier::cli
