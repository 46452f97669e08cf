#include "core/project/store/experiment_table.h"

#include "core/project/store/database.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/names.h"
#include "core/project/store/values.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Result<EpochRecord> decodeEpoch(const QJsonObject& json)
{
    return EpochRecord::fromJson(json);
}

Result<CheckpointRecord> checkpointFromRow(const Row& row, const ProjectFolder& folder)
{
    return folder.checkpointFile(row[2].toString()).map([&](const QString& file) {
        return CheckpointRecord{row[1].toInt(), file, row[3].toString(), row[4].toLongLong(),
                                false};
    });
}

Result<QString> startWeightsFrom(const QString& relative, const ProjectFolder& folder)
{
    return relative.isEmpty() ? Result<QString>() : folder.checkpointFile(relative);
}

Result<ExperimentOverview> overviewFrom(const Row& row, const ProjectFolder& folder)
{
    ExperimentOverview overview;
    overview.id = ExperimentId(row[0].toLongLong());
    overview.name = row[1].toString();
    overview.dataset = DatasetId(row[2].toLongLong());
    overview.error = row[4].toString();
    overview.notes = row[5].toString();
    overview.parameters = row[6].toLongLong();
    overview.created = timeFromText(row[7].toString());
    overview.epochs = row[8].toInt();
    overview.state =
        settledState(enumFromName<RunState>(row[3].toString()).value_or(RunState::Stopped),
                     overview.epochs > 0, folder.runLock(overview.id));
    if (row[9].isNull())
        return overview;
    return objectFromText(row[9].toString()).map([&](const QJsonObject& best) {
        overview.best = EpochRecord::fromJson(best);
        return overview;
    });
}

Status requireEditable(const ExperimentRecord& record)
{
    if (canEdit(record.state))
        return {};
    return failure(ErrorCode::Conflict,
                   u"'%1' is %2 and its model and settings are locked: duplicate it and change "
                   "the duplicate."_s.arg(record.name, enumLabel(record.state).toLower()));
}

} // namespace

Result<ExperimentRecord> ExperimentTable::fromRow(const Row& row) const
{
    Result<ModelGraph> graph = m_graphs.get(row[3].toString(), &ModelGraph::fromJson);
    if (!graph)
        return failureOf(graph);
    Result<RunSettings> settings = m_settings.get(row[4].toString(), &RunSettings::fromJson);
    if (!settings)
        return failureOf(settings);
    Result<QString> startWeights = startWeightsFrom(row[9].toString(), m_folder);
    if (!startWeights)
        return failureOf(startWeights);
    ExperimentRecord record;
    record.id = ExperimentId(row[0].toLongLong());
    record.name = row[1].toString();
    record.dataset = DatasetId(row[2].toLongLong());
    record.graph = *std::move(graph);
    record.settings = *std::move(settings);
    record.state = enumFromName<RunState>(row[5].toString()).value_or(RunState::Stopped);
    record.error = row[6].toString();
    record.notes = row[7].toString();
    record.parameters = row[8].toLongLong();
    record.startWeights = *std::move(startWeights);
    record.startWeightsChecksum = row[10].toString();
    record.created = timeFromText(row[11].toString());
    return record;
}

Result<QList<ExperimentRecord>> ExperimentTable::selectAll(const QString& condition,
                                                           const QVariantList& values) const
{
    const Result<QList<Row>> rows = m_database.query(
        u"SELECT id, name, dataset, graph, settings, state, error, notes, parameters,"
        " start_weights, start_checksum, created FROM experiment WHERE %1 ORDER BY id"_s.arg(
            condition),
        values);
    if (!rows)
        return failureOf(rows);
    QList<ExperimentRecord> records;
    for (const Row& row : *rows) {
        Result<ExperimentRecord> record = fromRow(row);
        if (!record)
            return failureOf(record);
        records.append(*std::move(record));
    }
    if (const Status selected = selectRuns(records, condition, values); !selected)
        return failureOf(selected);
    for (ExperimentRecord& record : records)
        record.state =
            settledState(record.state, !record.epochs.isEmpty(), m_folder.runLock(record.id));
    return records;
}

Status ExperimentTable::selectRuns(QList<ExperimentRecord>& records, const QString& condition,
                                   const QVariantList& values) const
{
    QHash<qint64, ExperimentRecord*> byId;
    for (ExperimentRecord& record : records)
        byId.insert(record.id.value(), &record);
    const QString part = u" WHERE experiment IN (SELECT id FROM experiment WHERE %1)"
                         " ORDER BY experiment, epoch"_s.arg(condition);

    const Result<QList<Row>> epochs =
        m_database.query(u"SELECT experiment, record FROM epoch"_s + part, values);
    if (!epochs)
        return failureOf(epochs);
    for (const Row& row : *epochs) {
        const Result<EpochRecord> epoch = m_epochs.get(row[1].toString(), &decodeEpoch);
        if (!epoch)
            return failureOf(epoch);
        byId[row[0].toLongLong()]->epochs.append(*epoch);
    }

    const Result<QList<Row>> checkpoints = m_database.query(
        u"SELECT experiment, epoch, file, checksum, bytes FROM checkpoint"_s + part, values);
    if (!checkpoints)
        return failureOf(checkpoints);
    for (const Row& row : *checkpoints) {
        ExperimentRecord& record = *byId[row[0].toLongLong()];
        Result<CheckpointRecord> checkpoint = checkpointFromRow(row, m_folder);
        if (!checkpoint)
            return failureOf(checkpoint);
        checkpoint->best = checkpoint->epoch == record.bestEpoch();
        record.checkpoints.append(*std::move(checkpoint));
    }
    return {};
}

Result<ExperimentRecord> ExperimentTable::select(ExperimentId id) const
{
    return selectAll(u"id = ?"_s, {id.value()})
        .and_then([](const QList<ExperimentRecord>& records) -> Result<ExperimentRecord> {
            if (records.isEmpty())
                return failure(ErrorCode::NotFound, u"The experiment is gone: it was deleted."_s);
            return records.first();
        });
}

Status ExperimentTable::requireFreeName(const QString& name, ExperimentId except) const
{
    return m_database
        .value(u"SELECT name FROM experiment WHERE name_key = ? AND id <> ?"_s,
               {nameKey(name), except.value()})
        .and_then([](const QVariant& taken) -> Status {
            if (!taken.isValid())
                return {};
            return failure(ErrorCode::Conflict,
                           u"There is an experiment named '%1' already: choose another name."_s.arg(
                               taken.toString()));
        });
}

Status ExperimentTable::requireSaved(DatasetId dataset) const
{
    const Result<QList<Row>> rows = m_database.query(
        u"SELECT saved, name, version FROM dataset_version WHERE id = ?"_s, {dataset.value()});
    if (!rows)
        return failureOf(rows);
    if (rows->isEmpty())
        return failure(ErrorCode::NotFound, u"The dataset version is gone: it was deleted."_s);
    const Row& row = rows->first();
    if (!row[0].toBool())
        return failure(
            ErrorCode::Conflict,
            u"%1@%2 is not saved yet: save the version before an experiment uses it."_s.arg(
                row[1].toString(), row[2].toString()));
    return {};
}

Result<ExperimentRecord> ExperimentTable::add(const ExperimentRecord& record)
{
    const Result<QString> name = tidyName(record.name, u"experiment"_s);
    if (!name)
        return failureOf(name);
    const QString startWeights = record.startWeights.isEmpty()
                                     ? QString()
                                     : m_folder.relativeCheckpoint(record.startWeights);
    return writing(m_database, [&]() -> Result<ExperimentRecord> {
        return requireFreeName(*name, {})
            .and_then([&] { return requireSaved(record.dataset); })
            .and_then([&] {
                return m_database.insert(
                    u"INSERT INTO experiment (name, name_key, dataset, graph, settings, state,"
                    " start_weights, start_checksum, created)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                    {*name, nameKey(*name), record.dataset.value(), toText(record.graph.toJson()),
                     toText(record.settings.toJson()), enumKey(RunState::Created), startWeights,
                     record.startWeightsChecksum, toText(QDateTime::currentDateTimeUtc())});
            })
            .and_then([&](qint64 id) { return select(ExperimentId(id)); });
    });
}

Result<QList<ExperimentRecord>> ExperimentTable::all() const
{
    return reading(m_database, [&] { return selectAll(u"1"_s, {}); });
}

Result<QList<ExperimentOverview>> ExperimentTable::overviews() const
{
    const Result<QList<Row>> rows =
        m_database.query(u"SELECT id, name, dataset, state, error, notes, parameters, created,"
                         " (SELECT count(*) FROM epoch WHERE experiment = e.id),"
                         " (SELECT record FROM epoch WHERE experiment = e.id"
                         "  ORDER BY json_extract(record, '$.best') DESC, epoch DESC LIMIT 1)"
                         " FROM experiment e ORDER BY id"_s);
    if (!rows)
        return failureOf(rows);
    QList<ExperimentOverview> overviews;
    overviews.reserve(rows->size());
    for (const Row& row : *rows) {
        const auto overview = overviewFrom(row, m_folder);
        if (!overview)
            return failureOf(overview);
        overviews.append(*overview);
    }
    return overviews;
}

Result<ExperimentRecord> ExperimentTable::find(ExperimentId id) const
{
    return reading(m_database, [&] { return select(id); });
}

Result<ExperimentRecord> ExperimentTable::find(const QString& name) const
{
    return reading(m_database, [&]() -> Result<ExperimentRecord> {
        Result<QList<ExperimentRecord>> found = selectAll(u"name_key = ?"_s, {nameKey(name)});
        if (!found)
            return failureOf(found);
        if (!found->isEmpty())
            return found->first();
        const Result<QList<Row>> rows =
            m_database.query(u"SELECT name FROM experiment ORDER BY id"_s);
        if (!rows)
            return failureOf(rows);
        QStringList names;
        for (const Row& row : *rows)
            names.append(row[0].toString());
        return failure(
            ErrorCode::NotFound,
            names.isEmpty()
                ? u"There is no experiment '%1': the project has none yet."_s.arg(name)
                : u"There is no experiment '%1'; there is %2."_s.arg(name, listOfNames(names)));
    });
}

Status ExperimentTable::update(ExperimentId id, const ModelGraph& graph,
                               const RunSettings& settings)
{
    return writing(m_database, [&]() -> Status {
        return select(id).and_then(&requireEditable).and_then([&] {
            return m_database.execute(
                u"UPDATE experiment SET graph = ?, settings = ? WHERE id = ?"_s,
                {toText(graph.toJson()), toText(settings.toJson()), id.value()});
        });
    });
}

Status ExperimentTable::setDataset(ExperimentId id, DatasetId dataset)
{
    return writing(m_database, [&]() -> Status {
        return select(id)
            .and_then(&requireEditable)
            .and_then([&] { return requireSaved(dataset); })
            .and_then([&] {
                return m_database.execute(u"UPDATE experiment SET dataset = ? WHERE id = ?"_s,
                                          {dataset.value(), id.value()});
            });
    });
}

Status ExperimentTable::setNotes(ExperimentId id, const QString& notes)
{
    return writing(m_database, [&]() -> Status {
        return select(id).and_then([&](const ExperimentRecord&) {
            return m_database.execute(u"UPDATE experiment SET notes = ? WHERE id = ?"_s,
                                      {notes, id.value()});
        });
    });
}

Status ExperimentTable::rename(ExperimentId id, const QString& name)
{
    const Result<QString> tidy = tidyName(name, u"experiment"_s);
    if (!tidy)
        return failureOf(tidy);
    return writing(m_database, [&]() -> Status {
        return select(id)
            .and_then([&](const ExperimentRecord&) { return requireFreeName(*tidy, id); })
            .and_then([&] {
                return m_database.execute(
                    u"UPDATE experiment SET name = ?, name_key = ? WHERE id = ?"_s,
                    {*tidy, nameKey(*tidy), id.value()});
            });
    });
}

Status ExperimentTable::remove(ExperimentId id)
{
    return writing(m_database, [&] {
        return m_database.execute(u"DELETE FROM experiment WHERE id = ?"_s, {id.value()});
    });
}

} // namespace espalier
