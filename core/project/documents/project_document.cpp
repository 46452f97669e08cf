#include "core/project/documents/project_document.h"

#include "core/base/logging.h"
#include "core/dataset/store/packed_store.h"
#include "core/project/documents/dataset_document.h"
#include "core/project/documents/experiment_document.h"
#include "core/project/documents/record_changes.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QtConcurrentRun>
#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace espalier {

namespace {

/// How soon what another process writes is noticed.
constexpr auto PollInterval = 1s;
/// Cells that are looked through within a few milliseconds.
constexpr qint64 FewCells = 200'000;

bool showsBefore(const DatasetRecord& left, const DatasetRecord& right)
{
    const int names = left.name.compare(right.name, Qt::CaseInsensitive);
    return names != 0 ? names < 0 : left.version > right.version;
}

bool showsBefore(const ExperimentRecord& left, const ExperimentRecord& right)
{
    return left.id > right.id;
}

template <typename Record>
void sortForPeople(QList<Record>& records)
{
    std::ranges::stable_sort(
        records, [](const Record& left, const Record& right) { return showsBefore(left, right); });
}

template <typename Record, typename RecordId>
const Record* findRecord(const QList<Record>& records, RecordId id)
{
    const auto found = std::ranges::find(records, id, &Record::id);
    return found == records.end() ? nullptr : &*found;
}

/// A version that has been opened, and the settings through which it was.
struct OpenDataset {
    DatasetSettings settings;
    std::shared_ptr<const Dataset> dataset;
};

/// A source and a version of it, opened on another thread.
struct PreparedDataset {
    std::shared_ptr<const PackedStore> source;
    std::shared_ptr<const Dataset> dataset;
};

Result<PreparedDataset> prepare(const QString& folder, const DatasetSettings& settings)
{
    return PackedStore::open(folder).and_then(
        [&](const std::shared_ptr<const PackedStore>& source) {
            return Dataset::open(source, settings)
                .map([&](const std::shared_ptr<const Dataset>& dataset) {
                    return PreparedDataset{source, dataset};
                });
        });
}

} // namespace

struct ProjectDocument::Private {
    std::unique_ptr<ProjectStore> store;
    QList<DatasetRecord> datasets;
    QList<ExperimentRecord> experiments;
    QHash<QString, std::shared_ptr<const PackedStore>> sources; ///< by folder
    QHash<DatasetId, OpenDataset> openDatasets;
    QSet<DatasetId> preparing;
    QHash<DatasetId, DatasetDocument*> datasetDocuments;
    QHash<ExperimentId, ExperimentDocument*> experimentDocuments;
    /// Documents of what was deleted, until control is back in the event loop.
    QList<QPointer<QObject>> retired;
    qint64 changeNumber = 0;
    bool gone = false;
    QTimer poll;

    void retire(QObject* document)
    {
        if (!document)
            return;
        retired.removeIf([](const QPointer<QObject>& old) { return !old; });
        retired.append(document);
        document->deleteLater();
    }

    [[nodiscard]] Result<std::shared_ptr<const PackedStore>> source(const QString& folder)
    {
        if (const auto known = sources.constFind(folder); known != sources.constEnd())
            return *known;
        return PackedStore::open(folder).map([&](const std::shared_ptr<const PackedStore>& opened) {
            sources.insert(folder, opened);
            return opened;
        });
    }

    /// Files of a deleted version can go, also where a file that is mapped cannot be removed.
    void forget(DatasetId id)
    {
        openDatasets.remove(id);
        sources.removeIf([&](const auto& source) {
            return std::ranges::none_of(datasets, [&](const DatasetRecord& record) {
                return record.sourceFolder == source.key();
            });
        });
    }
};

ProjectDocument::ProjectDocument(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
    connect(&d->poll, &QTimer::timeout, this, [this] {
        const bool gone = !QFileInfo::exists(d->store->folder());
        if (std::exchange(d->gone, gone) != gone)
            Q_EMIT folderGone(gone);
        const Result<qint64> number = d->store->changeNumber();
        if (number && *number != d->changeNumber)
            refresh();
    });
    d->poll.start(PollInterval);
}

ProjectDocument::~ProjectDocument()
{
    // Documents write what is left through this object, which must still be whole.
    qDeleteAll(std::exchange(d->experimentDocuments, {}));
    qDeleteAll(std::exchange(d->datasetDocuments, {}));
    for (const QPointer<QObject>& document : std::exchange(d->retired, {}))
        delete document.data();
}

Result<std::unique_ptr<ProjectDocument>> ProjectDocument::open(const QString& folder)
{
    Result<std::unique_ptr<ProjectStore>> store = ProjectStore::open(folder);
    if (!store)
        return failureOf(store);
    auto opened = std::make_unique<Private>();
    opened->store = *std::move(store);
    Result<QList<DatasetRecord>> datasets = opened->store->datasets();
    if (!datasets)
        return failureOf(datasets);
    Result<QList<ExperimentRecord>> experiments = opened->store->experiments();
    if (!experiments)
        return failureOf(experiments);
    opened->datasets = *std::move(datasets);
    opened->experiments = *std::move(experiments);
    opened->changeNumber = opened->store->changeNumber().value_or(0);
    sortForPeople(opened->datasets);
    sortForPeople(opened->experiments);
    return std::unique_ptr<ProjectDocument>(new ProjectDocument(std::move(opened)));
}

QString ProjectDocument::name() const
{
    return d->store->name();
}

QString ProjectDocument::folder() const
{
    return d->store->folder();
}

const ProjectStore& ProjectDocument::store() const
{
    return *d->store;
}

const QList<DatasetRecord>& ProjectDocument::datasets() const
{
    return d->datasets;
}

const QList<ExperimentRecord>& ProjectDocument::experiments() const
{
    return d->experiments;
}

const DatasetRecord* ProjectDocument::dataset(DatasetId id) const
{
    return findRecord(d->datasets, id);
}

const ExperimentRecord* ProjectDocument::experiment(ExperimentId id) const
{
    return findRecord(d->experiments, id);
}

Result<DatasetRecord> ProjectDocument::addDataset(const QString& name, const ImportedSource& source)
{
    return refreshed(d->store->addDataset(name, source), &ProjectDocument::refreshDatasets);
}

Status ProjectDocument::updateDataset(DatasetId id, const DatasetSettings& settings)
{
    return refreshed(d->store->updateDataset(id, settings), &ProjectDocument::refreshDatasets);
}

Result<DatasetRecord> ProjectDocument::duplicateDataset(DatasetId id)
{
    return refreshed(d->store->duplicateDataset(id), &ProjectDocument::refreshDatasets);
}

Status ProjectDocument::renameDataset(DatasetId id, const QString& name)
{
    return refreshed(d->store->renameDataset(id, name), &ProjectDocument::refreshDatasets);
}

Status ProjectDocument::deleteDataset(DatasetId id)
{
    return refreshed(d->store->deleteDataset(id), &ProjectDocument::refreshDatasets);
}

Result<std::shared_ptr<const Dataset>> ProjectDocument::openDataset(DatasetId id)
{
    const DatasetRecord* record = dataset(id);
    if (!record)
        return failureOf(d->store->dataset(id));
    if (const auto known = d->openDatasets.constFind(id);
        known != d->openDatasets.constEnd() && known->settings == record->settings)
        return known->dataset;
    return d->source(record->sourceFolder)
        .and_then([&](const std::shared_ptr<const PackedStore>& source) {
            return Dataset::open(source, record->settings);
        })
        .map([&](const std::shared_ptr<const Dataset>& opened) {
            d->openDatasets.insert(id, {record->settings, opened});
            return opened;
        });
}

bool ProjectDocument::isQuickToOpen(DatasetId id) const
{
    const DatasetRecord* record = dataset(id);
    return !record || d->openDatasets.contains(id) ||
           record->rows * record->settings.features.size() <= FewCells;
}

void ProjectDocument::prepareDataset(DatasetId id)
{
    const DatasetRecord* record = dataset(id);
    if (!record || d->preparing.contains(id))
        return;
    d->preparing.insert(id);
    using Watcher = QFutureWatcher<Result<PreparedDataset>>;
    auto* watcher = new Watcher(this);
    connect(watcher, &Watcher::finished, this, [this, watcher, id, asked = *record] {
        watcher->deleteLater();
        d->preparing.remove(id);
        const Result<PreparedDataset> prepared = watcher->result();
        const DatasetRecord* now = dataset(id);
        if (prepared && now && now->settings == asked.settings) {
            d->sources.insert(asked.sourceFolder, prepared->source);
            d->openDatasets.insert(id, {asked.settings, prepared->dataset});
        }
        Q_EMIT datasetPrepared(id);
    });
    watcher->setFuture(QtConcurrent::run(&prepare, record->sourceFolder, record->settings));
}

Result<ExperimentRecord> ProjectDocument::createExperiment(const QString& name, DatasetId dataset,
                                                           const ModelGraph& graph,
                                                           const RunSettings& settings)
{
    return refreshed(d->store->createExperiment(name, dataset, graph, settings),
                     &ProjectDocument::refresh);
}

Status ProjectDocument::updateExperiment(ExperimentId id, const ModelGraph& graph,
                                         const RunSettings& settings)
{
    const Status written = d->store->updateExperiment(id, graph, settings);
    refreshExperiment(id);
    return written;
}

Status ProjectDocument::setExperimentDataset(ExperimentId id, DatasetId dataset)
{
    return refreshed(d->store->setExperimentDataset(id, dataset), &ProjectDocument::refresh);
}

Status ProjectDocument::renameExperiment(ExperimentId id, const QString& name)
{
    return refreshed(d->store->renameExperiment(id, name), &ProjectDocument::refresh);
}

Status ProjectDocument::setNotes(ExperimentId id, const QString& notes)
{
    const Status written = d->store->setNotes(id, notes);
    refreshExperiment(id);
    return written;
}

Result<ExperimentRecord> ProjectDocument::duplicateExperiment(ExperimentId id, const QString& name,
                                                              bool withWeights)
{
    if (ExperimentDocument* document = d->experimentDocuments.value(id))
        if (const Status written = document->flush(); !written)
            return failureOf(written);
    return refreshed(d->store->duplicateExperiment(id, name, withWeights),
                     &ProjectDocument::refresh);
}

Status ProjectDocument::deleteExperiment(ExperimentId id)
{
    return refreshed(d->store->deleteExperiment(id), &ProjectDocument::refresh);
}

DatasetDocument* ProjectDocument::datasetDocument(DatasetId id)
{
    return documentOf<DatasetDocument>(d->datasetDocuments, id);
}

ExperimentDocument* ProjectDocument::experimentDocument(ExperimentId id)
{
    return documentOf<ExperimentDocument>(d->experimentDocuments, id);
}

template <typename Document, typename RecordId>
Document* ProjectDocument::documentOf(QHash<RecordId, Document*>& documents, RecordId id)
{
    if (Document* known = documents.value(id))
        return known;
    Result<std::unique_ptr<Document>> opened = Document::open(*this, id);
    if (!opened) {
        logWarning(opened.error().message);
        return nullptr;
    }
    return documents.insert(id, opened->release()).value();
}

template <typename ResultType>
ResultType ProjectDocument::refreshed(ResultType result, void (ProjectDocument::*read)())
{
    // Also after a failure: its reason may be what another process has written.
    (this->*read)();
    return result;
}

void ProjectDocument::refresh()
{
    d->changeNumber = d->store->changeNumber().value_or(d->changeNumber);
    refreshDatasets();
    refreshExperiments();
}

void ProjectDocument::refreshDatasets()
{
    Result<QList<DatasetRecord>> read = d->store->datasets();
    if (!read) {
        logWarning(read.error().message);
        return;
    }
    sortForPeople(*read);
    const RecordChanges<DatasetId> changes = findChanges<DatasetId>(d->datasets, *read);
    d->datasets = *std::move(read);
    for (const DatasetId id : changes.removed) {
        d->forget(id);
        Q_EMIT datasetRemoved(id);
        d->retire(d->datasetDocuments.take(id));
    }
    for (const DatasetId id : changes.changed)
        Q_EMIT datasetChanged(id);
    if (!changes.isEmpty())
        Q_EMIT datasetsChanged();
}

void ProjectDocument::refreshExperiments()
{
    Result<QList<ExperimentRecord>> read = d->store->experiments();
    if (!read) {
        logWarning(read.error().message);
        return;
    }
    sortForPeople(*read);
    const RecordChanges<ExperimentId> changes = findChanges<ExperimentId>(d->experiments, *read);
    d->experiments = *std::move(read);
    for (const ExperimentId id : changes.removed) {
        Q_EMIT experimentRemoved(id);
        d->retire(d->experimentDocuments.take(id));
    }
    for (const ExperimentId id : changes.changed)
        Q_EMIT experimentChanged(id);
    if (changes.listChanged)
        Q_EMIT experimentsChanged();
}

void ProjectDocument::refreshExperiment(ExperimentId id)
{
    const auto known = std::ranges::find(d->experiments, id, &ExperimentRecord::id);
    Result<ExperimentRecord> read = d->store->experiment(id);
    if (known == d->experiments.end() || !read) {
        refresh();
        return;
    }
    if (*known == *read)
        return;
    *known = *std::move(read);
    Q_EMIT experimentChanged(id);
}

} // namespace espalier

#include "moc_project_document.cpp"
