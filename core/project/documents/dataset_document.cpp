#include "core/project/documents/dataset_document.h"

#include "core/dataset/store/packed_store.h"
#include "core/project/documents/project_document.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QUndoCommand>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Puts one value of the settings for another. The first redo() has happened already: it may
/// be refused, which a command on the stack cannot be.
class ChangeSettings final : public QUndoCommand {
public:
    using Write = std::function<void(const DatasetSettings&)>;

    ChangeSettings(const QString& text, DatasetSettings before, DatasetSettings after,
                   QString mergeKey, Write write)
        : QUndoCommand(text)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_mergeKey(std::move(mergeKey))
        , m_write(std::move(write))
    {
    }

    [[nodiscard]] int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const ChangeSettings*>(other);
        if (next->m_mergeKey != m_mergeKey)
            return false;
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

    void undo() override { m_write(m_before); }

    void redo() override
    {
        if (std::exchange(m_isDone, false))
            return;
        m_write(m_after);
    }

private:
    DatasetSettings m_before;
    DatasetSettings m_after;
    QString m_mergeKey;
    Write m_write;
    bool m_isDone = true;
};

/// The first redo() has happened already, as in ChangeSettings.
class RenameDataset final : public QUndoCommand {
public:
    using Write = std::function<void(const QString&)>;

    RenameDataset(const QString& text, QString before, QString after, Write write)
        : QUndoCommand(text)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_write(std::move(write))
    {
    }

    void undo() override { m_write(m_before); }

    void redo() override
    {
        if (!std::exchange(m_isDone, false))
            m_write(m_after);
    }

private:
    QString m_before;
    QString m_after;
    Write m_write;
    bool m_isDone = true;
};

Result<DatasetRecord> saveOnThisThread(const QString& folder, DatasetId id)
{
    return ProjectStore::open(folder).and_then(
        [&](const std::unique_ptr<ProjectStore>& store) { return store->saveDataset(id); });
}

} // namespace

struct DatasetDocument::Private {
    Private(ProjectDocument& openProject, const DatasetRecord& read,
            std::shared_ptr<const Dataset> opened)
        : project(openProject)
        , record(read)
        , dataset(std::move(opened))
    {
    }

    ProjectDocument& project;
    DatasetRecord record;
    std::shared_ptr<const Dataset> dataset;
    QUndoStack undoStack;
    QFutureWatcher<Result<DatasetRecord>> saving;
};

DatasetDocument::DatasetDocument(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
    connect(&d->project, &ProjectDocument::datasetChanged, this, [this](DatasetId changed) {
        if (changed == id())
            takeRecord();
    });
    connect(&d->saving, &QFutureWatcherBase::finished, this, &DatasetDocument::finishSaving);
}

DatasetDocument::~DatasetDocument()
{
    d->saving.disconnect(this);
    d->saving.waitForFinished();
}

Result<std::unique_ptr<DatasetDocument>> DatasetDocument::open(ProjectDocument& project,
                                                               DatasetId id)
{
    return project.openDataset(id).map([&](const std::shared_ptr<const Dataset>& dataset) {
        return std::unique_ptr<DatasetDocument>(
            new DatasetDocument(std::make_unique<Private>(project, *project.dataset(id), dataset)));
    });
}

DatasetId DatasetDocument::id() const
{
    return d->record.id;
}

const DatasetRecord& DatasetDocument::record() const
{
    return d->record;
}

bool DatasetDocument::isEditable() const
{
    return !d->record.saved && !isSaving();
}

const DatasetSettings& DatasetDocument::settings() const
{
    return d->record.settings;
}

std::shared_ptr<const Dataset> DatasetDocument::dataset() const
{
    return d->dataset;
}

QUndoStack& DatasetDocument::undoStack()
{
    return d->undoStack;
}

Status DatasetDocument::edit(const QString& text, const DatasetSettings& settings,
                             const QString& mergeKey)
{
    if (isSaving())
        return failure(ErrorCode::Conflict,
                       tr("The version is being saved: wait until that is done."));
    const DatasetSettings before = this->settings();
    if (settings == before)
        return {};
    // Before anything is written: settings through which the data cannot be read are refused.
    const auto source = std::shared_ptr<const PackedStore>(d->dataset, &d->dataset->store());
    const Result<std::shared_ptr<const Dataset>> readable = Dataset::open(source, settings);
    if (!readable)
        return failureOf(readable);
    if (const Status written = d->project.updateDataset(id(), settings); !written)
        return written;
    d->undoStack.push(
        new ChangeSettings(text, before, settings, mergeKey, [this](const DatasetSettings& value) {
            if (const Status written = d->project.updateDataset(id(), value); !written)
                Q_EMIT editFailed(written.error());
        }));
    return {};
}

Status DatasetDocument::set(const QString& text, const QString& key, const QString& value)
{
    DatasetSettings changed = settings();
    return applySetting(changed, key, value).and_then([&] { return edit(text, changed); });
}

Status DatasetDocument::rename(const QString& name)
{
    const QString before = d->record.name;
    if (const Status written = d->project.renameDataset(id(), name); !written)
        return written;
    const QString after = d->record.name; // without the blanks around it
    if (after == before)
        return {};
    d->undoStack.push(
        new RenameDataset(tr("Rename dataset"), before, after, [this](const QString& value) {
            if (const Status written = d->project.renameDataset(id(), value); !written)
                Q_EMIT editFailed(written.error());
        }));
    return {};
}

void DatasetDocument::saveVersion()
{
    if (isSaving() || d->record.saved)
        return;
    d->saving.setFuture(QtConcurrent::run(&saveOnThisThread, d->project.folder(), id()));
    Q_EMIT savingChanged();
}

bool DatasetDocument::isSaving() const
{
    return d->saving.isRunning();
}

void DatasetDocument::finishSaving()
{
    const Result<DatasetRecord> result = d->saving.result();
    if (result)
        d->undoStack.clear(); // a saved version never changes
    d->project.refresh();
    Q_EMIT savingChanged();
    if (result)
        Q_EMIT saved();
    else
        Q_EMIT saveFailed(result.error());
}

void DatasetDocument::takeRecord()
{
    const DatasetRecord* record = d->project.dataset(id());
    if (!record)
        return;
    d->record = *record;
    if (const auto opened = d->project.openDataset(id()))
        d->dataset = *opened;
    else
        Q_EMIT editFailed(opened.error());
    Q_EMIT settingsChanged();
}

} // namespace espalier

#include "moc_dataset_document.cpp"
