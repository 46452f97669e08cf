#include "app/cli/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#endif

namespace espalier::cli {

namespace {

void writeLine(std::FILE* stream, const QByteArray& utf8)
{
    std::fwrite(utf8.constData(), 1, size_t(utf8.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
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

void Output::result(const QJsonValue& json, const QString& text) const
{
    writeLine(stdout, m_json ? jsonText(json) : text.toUtf8());
}

void Output::event(const QJsonObject& json) const
{
    if (m_json)
        writeLine(stdout, jsonText(json));
}

void Output::line(const QString& text) const
{
    if (!m_json)
        writeLine(stdout, text.toUtf8());
}

void Output::note(const QString& text) const
{
    if (!m_quiet)
        writeLine(stderr, text.toUtf8());
}

void Output::error(const QString& sentence) const
{
    writeLine(stderr, sentence.toUtf8());
}

} // namespace espalier::cli
