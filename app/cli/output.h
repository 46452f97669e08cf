#pragma once

#include "core/base/result.h"

#include <QJsonValue>
#include <QString>

namespace espalier::cli {

/// Where a command writes: results to standard output as text or JSON, all else to standard
/// error. Use from one thread at a time.
class Output final {
public:
    Output(bool json, bool quiet);

    [[nodiscard]] bool isJson() const { return m_json; }
    [[nodiscard]] bool isQuiet() const { return m_quiet; }

    /// The result in both forms; the one that was asked for is written.
    void result(const QJsonValue& json, const QString& text);
    /// One line of a stream of results, written at once; each form does nothing in the other mode.
    void event(const QJsonObject& json);
    void line(const QString& text);
    /// Whether all results could be written so far, else why the first could not.
    [[nodiscard]] const Status& status() const { return m_status; }
    /// Something by the way, on standard error; nothing when quiet.
    void note(const QString& text) const;
    /// The sentence of a failure, on standard error.
    void error(const QString& sentence) const;

private:
    void write(const QByteArray& utf8);

    bool m_json = false;
    bool m_quiet = false;
    Status m_status;
};

} // namespace espalier::cli
