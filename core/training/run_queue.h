#pragma once

#include "core/training/training_session.h"

#include <QList>
#include <QObject>
#include <QString>
#include <optional>

namespace espalier {

/// One run that waits for its turn, or has it.
struct QueueEntry {
    RunId id;
    QString name; ///< for people

    bool operator==(const QueueEntry&) const = default;
};

/// Works runs off one at a time, in an order that a person can change. Lives in a thread with an
/// event loop; everything is called and emitted there. Destroying it stops the run at work.
class RunQueue final : public QObject {
    Q_OBJECT

public:
    /// Makes the work of a run when its turn comes, on the thread of the queue: what takes time
    /// (opening data) belongs into the work. An Error is what the run finishes with.
    using WorkFactory = std::function<Result<SessionWork>()>;

    explicit RunQueue(QObject* parent = nullptr);

    /// The run begins when control is back in the event loop, at the earliest.
    RunId enqueue(const QString& name, WorkFactory factory);
    /// Takes a run out that has not begun; false when it does not wait.
    bool remove(RunId id);
    /// Moves a waiting run to a position, 0 first; one beyond the end is the end.
    bool move(RunId id, qsizetype position);
    /// While held no further run begins; the one at work goes on.
    void setHeld(bool held);

    [[nodiscard]] bool isHeld() const { return m_held; }
    [[nodiscard]] QList<QueueEntry> waiting() const; ///< the next first
    [[nodiscard]] const std::optional<QueueEntry>& current() const { return m_current; }
    /// Pause, resume and stop of the run at work, its steps and epochs. start() is for the queue.
    [[nodiscard]] TrainingSession& session() { return m_session; }

Q_SIGNALS:
    void changed(); ///< waiting(), current() or isHeld()
    /// Also of a run whose work could not be made.
    void finished(espalier::RunId id, const espalier::Result<espalier::RunSummary>& result);

private:
    struct Waiting {
        QueueEntry entry;
        WorkFactory factory;
    };

    [[nodiscard]] qsizetype indexOf(RunId id) const;
    void scheduleNext();
    void startNext();
    void finish(RunId id, const Result<RunSummary>& result);

    QList<Waiting> m_waiting;
    std::optional<QueueEntry> m_current;
    bool m_held = false;
    qint64 m_lastId = 0;
    TrainingSession m_session;
};

} // namespace espalier
