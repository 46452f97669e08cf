#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <map>

namespace espalier {

/// A beat every millisecond in the thread of the window: what stands between two beats is how long
/// the window did not answer.
class Heartbeat final : public QObject {
public:
    Heartbeat();

    /// Gaps count for this from now on; the one that is still open counts for what was before.
    void begin(const QString& activity);
    void stop();
    /// The longest gap of each activity, in milliseconds.
    [[nodiscard]] const std::map<QString, double>& longest() const { return m_longest; }

private:
    void beat();

    QTimer m_timer;
    QElapsedTimer m_sinceBeat;
    QString m_activity;
    std::map<QString, double> m_longest;
};

} // namespace espalier
