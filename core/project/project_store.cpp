#include "core/project/project_store.h"

#include "core/base/files.h"
#include "core/base/logging.h"
#include "core/dataset/store/packed_store.h"
#include "core/project/migrations/migration.h"
#include "core/project/store/checkpoint_files.h"
#include "core/project/store/database.h"
#include "core/project/store/dataset_table.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/experiment_table.h"
#include "core/project/store/names.h"
#include "core/project/store/project_folder.h"
#include "core/project/store/run_table.h"
#include "core/project/store/sweep.h"
#include "core/project/store/values.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Status requireSound(Database& database)
{
    return database.value(u"PRAGMA quick_check(1)"_s)
        .and_then([&](const QVariant& verdict) -> Status {
            if (verdict.toString() == u"ok")
                return {};
            return failure(ErrorCode::InvalidInput,
                           u"%1 is damaged (%2): restore it from a backup."_s.arg(
                               QDir::toNativeSeparators(database.file()), verdict.toString()));
        });
}

Result<QString> readName(Database& database)
{
    return database.value(u"SELECT name FROM project"_s)
        .and_then([&](const QVariant& name) -> Result<QString> {
            if (name.isValid())
                return name.toString();
            return failure(ErrorCode::InvalidInput,
                           u"%1 is not the database of a project: it is empty."_s.arg(
                               QDir::toNativeSeparators(database.file())));
        });
}

Status makeFolders(const ProjectFolder& folder)
{
    if (QDir().mkpath(folder.data()) && QDir().mkpath(folder.checkpoints()))
        return {};
    return failure(ErrorCode::Io,
                   u"Could not make folders in %1: check that it may be written and that the "
                   "disk is not full."_s.arg(QDir::toNativeSeparators(folder.path())));
}

Status fillDatabase(const ProjectFolder& folder, const QString& name)
{
    const Result<std::unique_ptr<Database>> database = Database::create(folder.database());
    if (!database)
        return failureOf(database);
    return migrate(**database).and_then([&] {
        return (*database)->execute(u"INSERT INTO project (name, created) VALUES (?, ?)"_s,
                                    {name, toText(QDateTime::currentDateTimeUtc())});
    });
}

/// An empty subset would fail the first run, when the version can no longer be changed.
Status requireFilledSubsets(const Dataset& dataset, const QString& reference)
{
    for (const SubsetSettings& subset : dataset.settings().subsets) {
        const Result<std::vector<RowIndex>> rows = dataset.subsetRows(subset.name);
        if (!rows)
            return failureOf(rows);
        if (rows->empty())
            return failure(ErrorCode::InvalidInput,
                           u"The subset '%1' of %2 is empty: change its size or its condition, "
                           "or delete it."_s.arg(subset.name, reference));
    }
    return {};
}

/// The best checkpoint; before the first epoch, the weights that the experiment itself starts from.
Result<CheckpointRecord> weightsOf(const ExperimentRecord& record)
{
    if (record.checkpoints.isEmpty() && !record.startWeights.isEmpty())
        return CheckpointRecord{0, record.startWeights, record.startWeightsChecksum, 0, false};
    return findCheckpoint(record, u"best"_s);
}

} // namespace

struct ProjectStore::Private {
    Private(const ProjectFolder& projectFolder, std::unique_ptr<Database> opened)
        : folder(projectFolder)
        , database(std::move(opened))
        , datasets(*database, folder)
        , experiments(*database, folder)
        , runs(*database, folder)
    {
    }

    ProjectFolder folder;
    QString name;
    std::unique_ptr<Database> database;
    DatasetTable datasets;
    ExperimentTable experiments;
    RunTable runs;
};

ProjectStore::ProjectStore(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}
ProjectStore::~ProjectStore() = default;

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const QString& path)
{
    const ProjectFolder folder(path);
    if (const Status usable = folder.requireUsable(); !usable)
        return failureOf(usable);
    Result<std::unique_ptr<Database>> database = Database::open(folder.database());
    if (!database)
        return failureOf(database);
    auto opened = std::make_unique<Private>(folder, *std::move(database));
    const Result<QString> name = requireSound(*opened->database)
                                     .and_then([&] { return migrate(*opened->database); })
                                     .and_then([&] { return makeFolders(folder); })
                                     .and_then([&] { return readName(*opened->database); });
    if (!name)
        return failureOf(name);
    opened->name = *name;
    if (const Status swept = sweepProject(*opened->database, folder); !swept)
        logWarning(swept.error().message);
    return std::unique_ptr<ProjectStore>(new ProjectStore(std::move(opened)));
}

Status ProjectStore::create(const QString& path, const QString& name)
{
    const Result<QString> tidy = tidyName(name, u"project"_s);
    if (!tidy)
        return failureOf(tidy);
    const ProjectFolder folder(path);
    if (!QDir(folder.path()).isEmpty() || QFileInfo(folder.path()).isFile())
        return failure(ErrorCode::Conflict,
                       u"%1 exists already: choose an empty folder for the project."_s.arg(
                           QDir::toNativeSeparators(folder.path())));
    const ProjectFolder unfinished(u"%1/.new-%2"_s.arg(QFileInfo(folder.path()).path(),
                                                       QUuid::createUuid().toString(QUuid::Id128)));
    const Status done = makeFolders(unfinished)
                            .and_then([&] { return fillDatabase(unfinished, *tidy); })
                            .and_then([&] {
                                QDir().rmdir(folder.path()); // empty; a rename wants it gone
                                return commitFolder(unfinished.path(), folder.path());
                            });
    if (!done)
        QDir(unfinished.path()).removeRecursively();
    return done;
}

QString ProjectStore::name() const
{
    return d->name;
}

QString ProjectStore::folder() const
{
    return d->folder.path();
}

QString ProjectStore::dataFolder() const
{
    return d->folder.data();
}

Result<qint64> ProjectStore::changeNumber() const
{
    return d->database->value(u"PRAGMA data_version"_s).map([](const QVariant& number) {
        return number.toLongLong();
    });
}

Result<DatasetRecord> ProjectStore::addDataset(const QString& name, const ImportedSource& source)
{
    return d->datasets.add(name, source);
}

Result<QList<DatasetRecord>> ProjectStore::datasets() const
{
    return d->datasets.all();
}

Result<DatasetRecord> ProjectStore::dataset(DatasetId id) const
{
    return d->datasets.find(id);
}

Result<DatasetRecord> ProjectStore::dataset(const QString& reference) const
{
    return d->datasets.find(reference);
}

Status ProjectStore::updateDataset(DatasetId id, const DatasetSettings& settings)
{
    return d->datasets.update(id, settings);
}

Result<DatasetRecord> ProjectStore::saveDataset(DatasetId id)
{
    const Result<DatasetRecord> record = dataset(id);
    if (!record)
        return failureOf(record);
    // Statistics of a large source take their time: computed before the transaction.
    return openDataset(id)
        .and_then([&](const std::shared_ptr<const Dataset>& opened) {
            return requireFilledSubsets(*opened, record->reference()).and_then([&] {
                return opened->frozenSettings();
            });
        })
        .and_then([&](const DatasetSettings& frozen) { return d->datasets.save(*record, frozen); })
        .and_then([&] { return dataset(id); });
}

Result<DatasetRecord> ProjectStore::duplicateDataset(DatasetId id)
{
    return d->datasets.duplicate(id).and_then([&](DatasetId added) { return dataset(added); });
}

Status ProjectStore::renameDataset(DatasetId id, const QString& name)
{
    return d->datasets.rename(id, name);
}

Status ProjectStore::deleteDataset(DatasetId id)
{
    const Result<DatasetRecord> record = dataset(id);
    if (!record)
        return failureOf(record);
    if (const Status removed = d->datasets.remove(id); !removed)
        return removed;
    if (const Status gone = discardSource(*d->database, d->folder, record->sourceFolder); !gone)
        logWarning(gone.error().message);
    return {};
}

Result<std::shared_ptr<const Dataset>> ProjectStore::openDataset(DatasetId id) const
{
    return dataset(id).and_then([](const DatasetRecord& record) {
        return PackedStore::open(record.sourceFolder)
            .and_then([&](const std::shared_ptr<const PackedStore>& store) {
                return Dataset::open(store, record.settings);
            });
    });
}

Result<ExperimentRecord> ProjectStore::createExperiment(const QString& name, DatasetId dataset,
                                                        const ModelGraph& graph,
                                                        const RunSettings& settings)
{
    ExperimentRecord record;
    record.name = name;
    record.dataset = dataset;
    record.graph = graph;
    record.settings = settings;
    return d->experiments.add(record);
}

Result<QList<ExperimentRecord>> ProjectStore::experiments() const
{
    return d->experiments.all();
}

Result<QList<ExperimentOverview>> ProjectStore::experimentOverviews() const
{
    return d->experiments.overviews();
}

Result<ExperimentRecord> ProjectStore::experiment(ExperimentId id) const
{
    return d->experiments.find(id);
}

Result<ExperimentRecord> ProjectStore::experiment(const QString& name) const
{
    return d->experiments.find(name);
}

Status ProjectStore::updateExperiment(ExperimentId id, const ModelGraph& graph,
                                      const RunSettings& settings)
{
    return d->experiments.update(id, graph, settings);
}

Status ProjectStore::setExperimentDataset(ExperimentId id, DatasetId dataset)
{
    return d->experiments.setDataset(id, dataset);
}

Status ProjectStore::setNotes(ExperimentId id, const QString& notes)
{
    return d->experiments.setNotes(id, notes);
}

Status ProjectStore::renameExperiment(ExperimentId id, const QString& name)
{
    return d->experiments.rename(id, name);
}

Result<ExperimentRecord> ProjectStore::duplicateExperiment(ExperimentId id, const QString& name,
                                                           bool withWeights)
{
    Result<ExperimentRecord> original = experiment(id);
    if (!original)
        return failureOf(original);
    ExperimentRecord record = *original;
    record.name = name;
    record.startWeights.clear();
    record.startWeightsChecksum.clear();
    if (withWeights) {
        const Result<CheckpointRecord> copy =
            weightsOf(*original).and_then([&](const CheckpointRecord& weights) {
                return copyToStartWeights(d->folder, weights);
            });
        if (!copy)
            return failureOf(copy);
        record.startWeights = copy->file;
        record.startWeightsChecksum = copy->checksum;
    }
    Result<ExperimentRecord> added = d->experiments.add(record);
    if (!added)
        removeFiles({record.startWeights});
    return added;
}

Status ProjectStore::deleteExperiment(ExperimentId id)
{
    const Result<ExperimentRecord> record = experiment(id);
    if (!record)
        return failureOf(record);
    {
        const Result<ExperimentLock> lock =
            ExperimentLock::acquire(d->folder.runLock(id), record->name);
        if (!lock)
            return failureOf(lock);
        if (const Status removed = d->experiments.remove(id); !removed)
            return removed;
    }
    removeFiles({record->startWeights});
    if (const Status gone = removeFolder(d->folder.checkpoints(id)); !gone)
        logWarning(gone.error().message);
    return {};
}

Status ProjectStore::setState(ExperimentId id, RunState state, const QString& error)
{
    return d->runs.setState(id, state, error);
}

Status ProjectStore::setEpochs(ExperimentId id, int epochs)
{
    return d->runs.setEpochs(id, epochs);
}

Status ProjectStore::setParameters(ExperimentId id, qint64 parameters)
{
    return d->runs.setParameters(id, parameters);
}

Status ProjectStore::recordEpoch(ExperimentId id, const EpochRecord& epoch,
                                 const CheckpointRecord& checkpoint)
{
    return d->runs.recordEpoch(id, epoch, checkpoint).map(&removeFiles);
}

Result<CheckpointRecord> ProjectStore::writeCheckpointFile(ExperimentId id, int epoch,
                                                           const Checkpoint& checkpoint)
{
    return espalier::writeCheckpointFile(d->folder, id, epoch, checkpoint);
}

Result<Checkpoint> ProjectStore::loadCheckpoint(const CheckpointRecord& record) const
{
    return loadCheckpointFile(record);
}

Result<CheckpointRecord> ProjectStore::findCheckpoint(const ExperimentRecord& record,
                                                      const QString& which)
{
    return espalier::findCheckpoint(record, which);
}

} // namespace espalier
