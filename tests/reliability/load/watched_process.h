#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace espalier::load {

/// A program and the most memory that it took.
class WatchedProcess final {
public:
    WatchedProcess(const QString& program, const QStringList& arguments);

    /// Until it ends, or for so long and then it is interrupted (Ctrl-C). What it wrote to standard
    /// output; ends this program when it fails otherwise.
    [[nodiscard]] QByteArray finish(int interruptAfterMs = -1);

    /// Memory of its own, in bytes; pages of files that are mapped are the system's to take back.
    [[nodiscard]] double ownPeak() const { return m_ownPeak; }
    [[nodiscard]] double seconds() const { return m_seconds; }

private:
    void look();

    QProcess m_process;
    double m_ownPeak = 0;
    double m_seconds = 0;
};

} // namespace espalier::load
