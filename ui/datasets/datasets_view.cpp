#include "ui/datasets/datasets_view.h"

#include "core/dataset/store/packed_store.h"
#include "core/project/documents/dataset_document.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "ui/datasets/dataset_centre.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/imports/new_dataset_dialog.h"
#include "ui/datasets/imports/source_text.h"
#include "ui/datasets/inspector/dataset_inspector.h"
#include "ui/datasets/inspector/subset_report.h"
#include "ui/datasets/inspector/subsets_panel.h"
#include "ui/datasets/reports/report_dialog.h"
#include "ui/datasets/reports/report_models.h"
#include "ui/datasets/sidebar/dataset_sidebar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QAction>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

qsizetype errorsIn(const QList<Issue>& issues)
{
    return std::ranges::count(issues, IssueLevel::Error, &Issue::level);
}

} // namespace

DatasetsView::DatasetsView(const ProjectContext& context, QObject* parent)
    : ProjectView(parent)
    , m_context(context)
{
    createActions();
    createWidgets();
    connectDocument();
    connectImports();
    openAny();
    updateActions();
}

/// The main window owns what it has placed.
DatasetsView::~DatasetsView()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_sidebar, m_inspector, m_centre})
        if (widget && !widget->parent())
            delete widget;
}

QAction* DatasetsView::createAction(const QString& icon, const QString& text,
                                    const QKeySequence& shortcut, void (DatasetsView::*slot)())
{
    auto* action = new QAction(themeIcon(icon), text, this);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void DatasetsView::createActions()
{
    m_new = createAction(u"plus"_s, tr("New dataset"), QKeySequence(tr("Ctrl+Shift+D")),
                         &DatasetsView::newDataset);
    m_save = createAction(u"lock"_s, tr("Save version"), QKeySequence::Save, &DatasetsView::save);
    m_rename = createAction(u"pencil"_s, tr("Rename dataset"), QKeySequence(Qt::Key_F2),
                            &DatasetsView::editName);
    m_rename->setShortcutContext(Qt::WidgetShortcut); // of the list: other views have an F2 too
    m_duplicate = createAction(u"copy"_s, tr("Duplicate"), QKeySequence(tr("Ctrl+D")),
                               &DatasetsView::duplicate);
    m_duplicate->setToolTip(tr("Make the next version that can be edited"));
    m_newSubset = createAction(u"plus"_s, tr("New subset"), {}, &DatasetsView::newSubset);
    m_statistics =
        createAction(u"normalization"_s, tr("Statistics"), {}, &DatasetsView::showStatistics);
    m_problems = createAction(u"warning"_s, tr("Problems"), {}, &DatasetsView::showProblems);
    m_export = createAction(u"upload"_s, tr("Export zip…"), {}, &DatasetsView::exportZip);
    m_delete = createAction(u"trash"_s, tr("Delete version"), {}, &DatasetsView::remove);
    m_retry = createAction(u"refresh"_s, tr("Try again"), {}, &DatasetsView::retry);
}

void DatasetsView::createWidgets()
{
    m_sidebar = new DatasetSidebar(m_context.document, m_context.imports,
                                   {m_new, m_rename, {m_duplicate, m_export, m_delete}});
    m_centre = new DatasetCentre(
        {m_new, m_retry, m_duplicate, {m_statistics, m_problems, m_export, m_delete}});
    m_inspector = new DatasetInspector(m_centre->summaries(), m_centre->reporter());
    connect(m_sidebar, &DatasetSidebar::versionSelected, this, &DatasetsView::openVersion);
    connect(m_sidebar, &DatasetSidebar::importSelected, this, &DatasetsView::showImport);
    connect(m_sidebar, &DatasetSidebar::retryRequested, this, &DatasetsView::retryImport);
    connect(m_sidebar, &DatasetSidebar::renameRequested, this, &DatasetsView::rename);
    connect(m_centre, &DatasetCentre::cancelImportRequested, this, [this] {
        if (m_shownImport)
            m_context.imports.cancel(*m_shownImport);
    });
    connect(m_centre, &DatasetCentre::featureSelected, m_inspector, &DatasetInspector::setFeature);
    connect(&m_centre->reporter(), &SubsetReporter::changed, this, [this] {
        updateActions();
        Q_EMIT issuesChanged();
    });
}

void DatasetsView::connectDocument()
{
    connect(&m_context.document, &ProjectDocument::datasetRemoved, this, [this](DatasetId id) {
        if (id != m_shown)
            return;
        setDocument(nullptr);
        m_shown.reset(); // another is opened when the list has changed
    });
    connect(&m_context.document, &ProjectDocument::datasetPrepared, this, [this](DatasetId id) {
        if (id == m_shown && !m_document)
            showVersion(id);
    });
    connect(&m_context.document, &ProjectDocument::datasetsChanged, this, [this] {
        if (!m_shown && !m_shownImport)
            openAny();
    });
}

void DatasetsView::connectImports()
{
    connect(&m_context.imports, &DatasetImports::readFinished, this,
            &DatasetsView::tellReadFinished);
    connect(&m_context.imports, &DatasetImports::finished, this, &DatasetsView::takeImported);
    connect(&m_context.imports, &DatasetImports::progressChanged, this,
            &DatasetsView::refreshImport);
    connect(&m_context.imports, &DatasetImports::previewChanged, this,
            &DatasetsView::refreshImport);
    connect(&m_context.imports, &DatasetImports::listChanged, this, [this] {
        if (m_shownImport && !m_context.imports.status(*m_shownImport)) {
            m_shownImport.reset();
            openAny();
        } else if (m_shownImport) {
            refreshImport(*m_shownImport);
        }
    });
}

QString DatasetsView::title() const
{
    return tr("Datasets");
}

QWidget* DatasetsView::sidebar()
{
    return m_sidebar;
}

QWidget* DatasetsView::centre()
{
    return m_centre;
}

QWidget* DatasetsView::inspector()
{
    return m_inspector;
}

QAction* DatasetsView::mainAction()
{
    return m_save;
}

QList<QAction*> DatasetsView::actions() const
{
    return {m_new,        m_save,     m_rename, m_duplicate, m_newSubset,
            m_statistics, m_problems, m_export, m_delete};
}

QUndoStack* DatasetsView::undoStack() const
{
    return m_document ? &m_document->undoStack() : nullptr;
}

QList<Issue> DatasetsView::issues() const
{
    if (!m_document || !m_centre || !m_centre->reporter().report())
        return {};
    return m_centre->reporter().report()->issues;
}

void DatasetsView::reveal(const Issue& issue)
{
    if (!m_document)
        return;
    const int feature = m_document->settings().featureIndex(issue.subject);
    if (feature >= 0) {
        m_centre->setSelectedFeature(feature);
        m_inspector->setFeature(feature);
    } else {
        m_inspector->subsets().selectSubset(m_document->settings().subsetIndex(issue.subject));
    }
}

bool DatasetsView::acceptDrop(const QMimeData& data)
{
    const QStringList sources = sourcesFromMime(data);
    if (sources.isEmpty())
        return false;
    openDialog(sources);
    return true;
}

void DatasetsView::showDataset(DatasetId id)
{
    m_sidebar->select(id);
    if (m_shown != id)
        openVersion(id);
}

/// The newest version of the first dataset, where nothing else is asked for.
void DatasetsView::openAny()
{
    const auto& datasets = m_context.document.datasets();
    if (datasets.isEmpty())
        setDocument(nullptr);
    else
        showDataset(datasets.first().id);
}

void DatasetsView::openVersion(DatasetId id)
{
    m_shown = id;
    m_shownImport.reset();
    const bool wasImport = std::exchange(m_imported, {}) == id;
    if (!m_context.document.isQuickToOpen(id)) {
        if (!wasImport) { // else its first rows stay in sight meanwhile
            setDocument(nullptr);
            m_centre->showOpening();
        }
        m_isOpening = true;
        m_context.document.prepareDataset(id);
        updateActions();
        return;
    }
    showVersion(id);
}

void DatasetsView::showVersion(DatasetId id)
{
    DatasetDocument* document = m_context.document.datasetDocument(id);
    setDocument(document);
    if (document)
        return;
    const auto opened = m_context.document.openDataset(id);
    m_centre->showFailure(tr("This version cannot be opened"),
                          opened ? tr("Try again.") : opened.error().message);
}

void DatasetsView::setDocument(DatasetDocument* document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    m_isOpening = false;
    const bool goesOn = document && m_centre->showsBeginningOf(*document);
    const int selected = goesOn ? m_centre->selectedFeature() : -1;
    m_centre->setDocument(document);
    m_inspector->setDocument(document);
    if (document) {
        const int feature = document->settings().features.isEmpty() ? -1 : std::max(selected, 0);
        m_centre->setSelectedFeature(feature);
        m_inspector->setFeature(feature);
        connect(document, &DatasetDocument::settingsChanged, this, &DatasetsView::refresh);
        connect(document, &DatasetDocument::savingChanged, this, &DatasetsView::refresh);
        connect(document, &DatasetDocument::saveFailed, this, [this](const Error& error) {
            m_centre->showError(error.message);
            Q_EMIT message({IssueLevel::Error, m_document->record().reference(), error.message, 0});
        });
        connect(document, &DatasetDocument::editFailed, this,
                [this](const Error& error) { m_centre->showError(error.message); });
    }
    updateActions();
    Q_EMIT undoStackChanged();
    Q_EMIT issuesChanged();
}

void DatasetsView::refresh()
{
    m_centre->refresh();
    m_inspector->refresh();
    updateActions();
}

QString DatasetsView::reasonNotToSave() const
{
    if (m_shownImport) {
        const auto import = m_context.imports.status(*m_shownImport);
        return import && import->error ? tr("The import has failed") : tr("Importing…");
    }
    if (!m_document)
        return m_isOpening ? tr("Opening…") : tr("No dataset is open");
    if (m_document->isSaving())
        return tr("Saving…");
    if (m_document->record().saved)
        return tr("Version %1 is saved").arg(m_document->record().version);
    const qsizetype errors = errorsIn(issues());
    if (errors == 1)
        return tr("1 error left");
    return errors > 1 ? tr("%1 errors left").arg(countText(errors)) : QString();
}

void DatasetsView::updateActions()
{
    const QString reason = reasonNotToSave();
    m_save->setEnabled(reason.isEmpty());
    m_save->setStatusTip(reason);
    m_save->setToolTip(reason.isEmpty() ? tr("Lock this version, so that experiments can use it")
                                        : reason);
    m_rename->setEnabled(!m_context.document.datasets().isEmpty());
    for (QAction* action : {m_duplicate, m_export, m_delete, m_statistics})
        action->setEnabled(m_document);
    m_delete->setEnabled(m_shown && m_context.document.dataset(*m_shown) &&
                         !(m_document && m_document->isSaving()));
    m_newSubset->setEnabled(m_document && m_document->isEditable());
    const qint64 problems = m_document ? m_document->dataset()->store().manifest().problemCount : 0;
    m_problems->setEnabled(problems > 0);
    m_problems->setText(problems > 0 ? tr("Problems (%1)").arg(countText(problems))
                                     : tr("Problems"));
}

void DatasetsView::newDataset()
{
    openDialog({});
}

void DatasetsView::openDialog(const QStringList& sources)
{
    auto* dialog = new NewDatasetDialog(m_context.document, m_context.imports, m_centre->window());
    connect(dialog, &NewDatasetDialog::named, this,
            [this](const QList<ImportId>& ids) { m_sidebar->select(ids.first()); });
    dialog->addSources(sources);
    dialog->open();
}

void DatasetsView::save()
{
    if (m_document && reasonNotToSave().isEmpty())
        m_document->saveVersion();
}

void DatasetsView::duplicate()
{
    if (!m_document)
        return;
    const Result<DatasetRecord> record = m_context.document.duplicateDataset(m_document->id());
    if (record)
        showDataset(record->id);
    else
        m_centre->showError(record.error().message);
}

void DatasetsView::remove()
{
    const DatasetRecord* record = m_shown ? m_context.document.dataset(*m_shown) : nullptr;
    if (!record)
        return;
    auto* question = new QMessageBox(m_centre->window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setText(tr("Delete version %1 of “%2”?")
                          .arg(QString::number(record->version), oneLine(record->name)));
    if (!record->usedBy.isEmpty()) {
        question->setText(tr("Version %1 of “%2” is in use")
                              .arg(QString::number(record->version), oneLine(record->name)));
        question->setInformativeText(tr("It is used by %1. Delete these experiments first.")
                                         .arg(oneLine(record->usedBy.join(u", "_s))));
        question->setStandardButtons(QMessageBox::Close);
    } else {
        question->setInformativeText(tr("This cannot be undone."));
        auto* confirm = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
        question->setDefaultButton(question->addButton(QMessageBox::Cancel));
        connect(confirm, &QAbstractButton::clicked, this, [this, id = record->id] {
            if (const Status removed = m_context.document.deleteDataset(id); !removed)
                m_centre->showError(removed.error().message);
        });
    }
    question->open();
}

void DatasetsView::exportZip()
{
    if (!m_document)
        return;
    const DatasetRecord& record = m_document->record();
    auto* dialog = new QFileDialog(m_centre->window(), tr("Export zip"),
                                   u"%1-%2.zip"_s.arg(record.name).arg(record.version),
                                   tr("Archives (*.zip)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"zip"_s);
    connect(dialog, &QFileDialog::fileSelected, m_centre, &DatasetCentre::exportZip);
    dialog->open();
}

void DatasetsView::showProblems()
{
    if (!m_document)
        return;
    const SourceManifest& manifest = m_document->dataset()->store().manifest();
    QString line = tr("%1 rows of %2 were left out.")
                       .arg(countText(manifest.skipped), oneLine(manifest.origin));
    if (manifest.problemCount > manifest.problems.size())
        line += tr(" The first %1 of %2 problems:")
                    .arg(countText(manifest.problems.size()), countText(manifest.problemCount));
    (new ReportDialog(tr("Problems"), line, new ProblemsModel(manifest), u"problems.csv"_s,
                      m_centre->window()))
        ->open();
}

void DatasetsView::showStatistics()
{
    if (!m_document)
        return;
    (new ReportDialog(
         tr("Statistics"),
         tr("Over the subset %1, which normalizes.").arg(m_document->settings().normalizeOn),
         new StatisticsModel(m_centre->summaries()), u"statistics.csv"_s, m_centre->window()))
        ->open();
}

void DatasetsView::editName()
{
    m_sidebar->renameCurrent();
}

void DatasetsView::rename(DatasetId version, const QString& name)
{
    DatasetDocument* document = m_document && m_document->record().name == nameOf(version)
                                    ? m_document.data()
                                    : m_context.document.datasetDocument(version);
    const Status renamed =
        document ? document->rename(name) : m_context.document.renameDataset(version, name);
    if (!renamed)
        m_centre->showError(renamed.error().message);
}

QString DatasetsView::nameOf(DatasetId id) const
{
    const DatasetRecord* record = m_context.document.dataset(id);
    return record ? record->name : QString();
}

void DatasetsView::newSubset()
{
    m_inspector->subsets().editSubset(-1);
}

void DatasetsView::retry()
{
    if (m_shownImport)
        retryImport(*m_shownImport);
    else if (m_shown)
        openVersion(*m_shown);
}

/// Under the name it has; what has none is asked for it again.
void DatasetsView::retryImport(ImportId failed)
{
    const auto status = m_context.imports.status(failed);
    if (!status)
        return;
    if (status->name.isEmpty()) {
        m_context.imports.cancel(failed);
        openDialog(status->sources);
        return;
    }
    const ImportId again = m_context.imports.start(status->sources);
    m_context.imports.setName(again, status->name);
    m_sidebar->select(again);
    m_context.imports.cancel(failed);
}

/// One that failed says why, where the rows would be.
void DatasetsView::showImport(ImportId id)
{
    const auto status = m_context.imports.status(id);
    if (!status)
        return;
    if (m_shownImport != id) {
        m_shown.reset();
        m_shownImport = id;
        setDocument(nullptr);
    }
    if (status->error)
        m_centre->showFailure(
            tr("“%1” was not imported")
                .arg(oneLine(status->name.isEmpty() ? status->suggestedName() : status->name)),
            status->error->message);
    else
        m_centre->showImport(*status, m_context.imports.preview(id));
    updateActions();
}

void DatasetsView::refreshImport(ImportId id)
{
    if (m_shownImport == id)
        showImport(id);
}

void DatasetsView::tellReadFinished(ImportId id)
{
    const auto status = m_context.imports.status(id);
    if (status && status->error && !status->name.isEmpty())
        Q_EMIT message({IssueLevel::Error, status->name,
                        tr("the import failed: %1").arg(status->error->message), 0});
}

void DatasetsView::takeImported(ImportId id, DatasetId dataset)
{
    const DatasetRecord* record = m_context.document.dataset(dataset);
    if (!record)
        return;
    Q_EMIT message(
        {IssueLevel::Done, record->name, tr("imported, %1 rows").arg(countText(record->rows)), 0});
    if (m_shownImport != id)
        return;
    m_imported = dataset;
    showDataset(dataset);
}

} // namespace espalier
