#include "core/project/store/run_table.h"

#include "core/project/store/checkpoint_files.h"
#include "core/project/store/database.h"
#include "core/project/store/values.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Status requireEpochs(const ExperimentRecord& record, int epochs)
{
    const int done = int(record.epochs.size());
    if (isActive(record.state))
        return failure(ErrorCode::Conflict,
                       u"'%1' is running: wait for it or stop it before its epochs change."_s.arg(
                           record.name));
    if (epochs >= qMax(1, done))
        return {};
    return failure(ErrorCode::InvalidInput,
                   done > 0 ? u"'%1' has run %2 epochs: give more than that."_s.arg(
                                  record.name, QString::number(done))
                            : u"'%1' needs at least one epoch."_s.arg(record.name));
}

Status requireNext(const ExperimentRecord& record, int epoch, int checkpointEpoch)
{
    if (epoch == record.epochs.size() + 1 && checkpointEpoch == epoch)
        return {};
    return failure(ErrorCode::Conflict,
                   u"Epoch %1 does not follow the %2 epochs that '%3' has: look at what another "
                   "program did with it, and resume it."_s.arg(
                       QString::number(epoch), QString::number(record.epochs.size()), record.name));
}

} // namespace

Status RunTable::setState(ExperimentId id, RunState state, const QString& error)
{
    return writing(m_database, [&]() -> Status {
        return m_experiments.select(id).and_then([&](const ExperimentRecord&) {
            return m_database.execute(
                u"UPDATE experiment SET state = ?, error = ? WHERE id = ?"_s,
                {enumKey(state), state == RunState::Failed ? error : QString(), id.value()});
        });
    });
}

Status RunTable::setEpochs(ExperimentId id, int epochs)
{
    return writing(m_database, [&]() -> Status {
        return m_experiments.select(id).and_then([&](const ExperimentRecord& record) {
            RunSettings settings = record.settings;
            settings.epochs = epochs;
            return requireEpochs(record, epochs).and_then([&] {
                return m_database.execute(u"UPDATE experiment SET settings = ? WHERE id = ?"_s,
                                          {toText(settings.toJson()), id.value()});
            });
        });
    });
}

Status RunTable::setParameters(ExperimentId id, qint64 parameters)
{
    return writing(m_database, [&]() -> Status {
        return m_experiments.select(id).and_then([&](const ExperimentRecord&) {
            return m_database.execute(u"UPDATE experiment SET parameters = ? WHERE id = ?"_s,
                                      {parameters, id.value()});
        });
    });
}

Result<QStringList> RunTable::recordEpoch(ExperimentId id, const EpochRecord& epoch,
                                          const CheckpointRecord& checkpoint)
{
    return writing(m_database, [&]() -> Result<QStringList> {
        return m_experiments.select(id)
            .and_then([&](const ExperimentRecord& record) {
                return requireNext(record, epoch.epoch, checkpoint.epoch);
            })
            .and_then([&] { return insert(id, epoch, checkpoint); })
            .and_then([&] { return m_experiments.select(id); })
            .and_then([&](const ExperimentRecord& record) {
                return completeAfterLast(record).and_then([&] { return prune(record); });
            });
    });
}

/// Together with its last epoch: a kill that comes between the two would leave a run that is
/// stopped, and has nothing left to resume.
Status RunTable::completeAfterLast(const ExperimentRecord& record)
{
    if (!isActive(record.state) || record.epochs.size() < record.settings.epochs)
        return {};
    return m_database.execute(u"UPDATE experiment SET state = ? WHERE id = ?"_s,
                              {enumKey(RunState::Completed), record.id.value()});
}

Status RunTable::insert(ExperimentId id, const EpochRecord& epoch,
                        const CheckpointRecord& checkpoint)
{
    return m_database
        .execute(u"INSERT INTO epoch (experiment, epoch, record) VALUES (?, ?, ?)"_s,
                 {id.value(), epoch.epoch, toText(epoch.toJson())})
        .and_then([&] {
            return m_database.execute(
                u"INSERT INTO checkpoint (experiment, epoch, file, checksum, bytes)"
                " VALUES (?, ?, ?, ?, ?)"_s,
                {id.value(), checkpoint.epoch, m_folder.relativeCheckpoint(checkpoint.file),
                 checkpoint.checksum, checkpoint.bytes});
        });
}

Result<QStringList> RunTable::prune(const ExperimentRecord& record)
{
    QStringList files;
    for (const CheckpointRecord& checkpoint : checkpointsToDrop(record)) {
        const Status dropped =
            m_database.execute(u"DELETE FROM checkpoint WHERE experiment = ? AND epoch = ?"_s,
                               {record.id.value(), checkpoint.epoch});
        if (!dropped)
            return failureOf(dropped);
        files.append(checkpoint.file);
    }
    return files;
}

} // namespace espalier
