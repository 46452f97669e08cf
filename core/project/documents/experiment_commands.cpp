#include "core/project/documents/experiment_commands.h"

namespace espalier {

namespace {

constexpr int NeverMerged = -1;
constexpr int GraphEdit = 1;
constexpr int ChoicesEdit = 2;

} // namespace

GraphCommand::GraphCommand(const QString& text, GraphDiff diff, QString mergeKey, Receiver receiver)
    : QUndoCommand(text)
    , m_diff(std::move(diff))
    , m_mergeKey(std::move(mergeKey))
    , m_receiver(std::move(receiver))
{
}

int GraphCommand::id() const
{
    return m_mergeKey.isEmpty() ? NeverMerged : GraphEdit;
}

bool GraphCommand::mergeWith(const QUndoCommand* next)
{
    const auto* other = static_cast<const GraphCommand*>(next);
    if (other->m_mergeKey != m_mergeKey)
        return false;
    m_diff = m_diff.followedBy(other->m_diff);
    setObsolete(m_diff.isEmpty());
    return true;
}

ChoicesCommand::ChoicesCommand(const QString& text, ExperimentChoices before,
                               ExperimentChoices after, QString mergeKey, Receiver receiver)
    : QUndoCommand(text)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_mergeKey(std::move(mergeKey))
    , m_receiver(std::move(receiver))
{
}

int ChoicesCommand::id() const
{
    return m_mergeKey.isEmpty() ? NeverMerged : ChoicesEdit;
}

bool ChoicesCommand::mergeWith(const QUndoCommand* next)
{
    const auto* other = static_cast<const ChoicesCommand*>(next);
    if (other->m_mergeKey != m_mergeKey)
        return false;
    m_after = other->m_after;
    setObsolete(m_after == m_before);
    return true;
}

} // namespace espalier
