#include "core/training/run_queue.h"

#include <algorithm>

namespace espalier {

RunQueue::RunQueue(QObject* parent)
    : QObject(parent)
{
    connect(&m_session, &TrainingSession::finished, this, &RunQueue::finish);
}

RunId RunQueue::enqueue(const QString& name, WorkFactory factory)
{
    const RunId id(++m_lastId);
    m_waiting.append({{id, name}, std::move(factory)});
    Q_EMIT changed();
    scheduleNext();
    return id;
}

bool RunQueue::remove(RunId id)
{
    const qsizetype index = indexOf(id);
    if (index < 0)
        return false;
    m_waiting.removeAt(index);
    Q_EMIT changed();
    return true;
}

bool RunQueue::move(RunId id, qsizetype position)
{
    const qsizetype index = indexOf(id);
    if (index < 0)
        return false;
    m_waiting.move(index, std::clamp<qsizetype>(position, 0, m_waiting.size() - 1));
    Q_EMIT changed();
    return true;
}

void RunQueue::setHeld(bool held)
{
    if (m_held == held)
        return;
    m_held = held;
    Q_EMIT changed();
    scheduleNext();
}

QList<QueueEntry> RunQueue::waiting() const
{
    QList<QueueEntry> entries;
    for (const Waiting& waiting : m_waiting)
        entries.append(waiting.entry);
    return entries;
}

qsizetype RunQueue::indexOf(RunId id) const
{
    const auto found = std::ranges::find_if(
        m_waiting, [id](const Waiting& waiting) { return waiting.entry.id == id; });
    return found == m_waiting.end() ? -1 : std::distance(m_waiting.begin(), found);
}

void RunQueue::scheduleNext()
{
    QMetaObject::invokeMethod(this, &RunQueue::startNext, Qt::QueuedConnection);
}

void RunQueue::startNext()
{
    if (m_held || m_current || m_waiting.isEmpty())
        return;
    const Waiting next = m_waiting.takeFirst();
    m_current = next.entry;
    Q_EMIT changed();
    Result<SessionWork> work = next.factory();
    if (work)
        m_session.start(next.entry.id, std::move(*work));
    else
        finish(next.entry.id, failureOf(work));
}

void RunQueue::finish(RunId id, const Result<RunSummary>& result)
{
    m_current.reset();
    Q_EMIT changed();
    Q_EMIT finished(id, result);
    scheduleNext();
}

} // namespace espalier
