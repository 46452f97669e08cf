#pragma once

#include <QHash>
#include <QList>

namespace espalier {

/// What differs between two readings of the records of a project.
template <typename RecordId>
struct RecordChanges {
    QList<RecordId> removed;
    QList<RecordId> changed;  ///< also those that are new
    bool listChanged = false; ///< something was added or removed

    [[nodiscard]] bool isEmpty() const { return !listChanged && changed.isEmpty(); }
};

template <typename RecordId, typename Record>
[[nodiscard]] RecordChanges<RecordId> findChanges(const QList<Record>& before,
                                                  const QList<Record>& after)
{
    QHash<RecordId, const Record*> left;
    for (const Record& record : before)
        left.insert(record.id, &record);
    RecordChanges<RecordId> changes;
    for (const Record& record : after) {
        const Record* known = left.take(record.id);
        if (!known || !(*known == record))
            changes.changed.append(record.id);
        changes.listChanged |= !known;
    }
    changes.removed = left.keys();
    changes.listChanged |= !changes.removed.isEmpty();
    return changes;
}

} // namespace espalier
