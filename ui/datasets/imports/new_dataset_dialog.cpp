#include "ui/datasets/imports/new_dataset_dialog.h"

#include "core/project/documents/project_document.h"
#include "ui/datasets/imports/data_library_page.h"
#include "ui/datasets/imports/import_files_page.h"
#include "ui/datasets/imports/import_list.h"
#include "ui/datasets/imports/name_page.h"
#include "ui/datasets/imports/source_text.h"
#include "ui/widgets/widgets.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QSize SmallestSize(560, 520);

} // namespace

NewDatasetDialog::NewDatasetDialog(ProjectDocument& document, DatasetImports& imports,
                                   QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_imports(imports)
    , m_steps(new QStackedWidget(this))
{
    setWindowTitle(tr("New dataset"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    setMinimumSize(SmallestSize);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(new TextLabel(tr("New dataset"), TextStyle::Title, Role::TextPrimary, this));
    m_steps->addWidget(createChooseStep());
    m_names = new NamePage(m_imports, m_steps);
    m_steps->addWidget(m_names);
    layout->addWidget(m_steps, 1);
    createButtons(*layout);
    connectPages();
    setStep(Choose);
}

QWidget* NewDatasetDialog::createChooseStep()
{
    auto* step = new QWidget(m_steps);
    m_tabs = new TabStrip(step);
    m_tabs->addTab(tr("Import files"));
    m_tabs->addTab(tr("Data library"));
    m_tabs->setCurrentIndex(0);
    m_pages = new QStackedWidget(step);
    m_files = new ImportFilesPage(m_imports, m_pages);
    m_pages->addWidget(m_files);
    auto* library = new DataLibraryPage(m_pages);
    m_pages->addWidget(library);
    auto* layout = new QVBoxLayout(step);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* tabs = new QHBoxLayout;
    tabs->addWidget(m_tabs);
    tabs->addStretch();
    layout->addLayout(tabs);
    layout->addWidget(new Hairline(Qt::Horizontal, step));
    layout->addSpacing(16);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &TabStrip::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(library, &DataLibraryPage::sampleChosen, this, [this](const QString& source) {
        addSources({source});
        next();
    });
    return step;
}

void NewDatasetDialog::createButtons(QVBoxLayout& layout)
{
    m_back = createButton(ButtonKind::Quiet, tr("Back"), u"chevron-left"_s, this);
    m_back->setAutoDefault(false);
    auto* cancel = createButton(ButtonKind::Normal, tr("Cancel"), {}, this);
    cancel->setAutoDefault(false);
    m_next = createButton(ButtonKind::Main, tr("Next"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_next);
    layout.addLayout(buttons);
    connect(m_back, &QPushButton::clicked, this, [this] { setStep(Choose); });
    connect(cancel, &QPushButton::clicked, this, &NewDatasetDialog::reject);
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_steps->currentIndex() == Choose)
            next();
        else
            finish();
    });
}

void NewDatasetDialog::connectPages()
{
    for (ImportList* list : {&m_files->list(), &m_names->list()}) {
        connect(list, &ImportList::retryRequested, this, &NewDatasetDialog::retry);
        connect(list, &ImportList::cancelRequested, this, &NewDatasetDialog::cancelImport);
    }
    connect(m_files, &ImportFilesPage::sourcesChosen, this, &NewDatasetDialog::addSources);
    connect(m_files, &ImportFilesPage::choiceChanged, this, &NewDatasetDialog::refresh);
    connect(m_names, &NamePage::changed, this, &NewDatasetDialog::refresh);
    connect(&m_imports, &DatasetImports::listChanged, this, &NewDatasetDialog::dropGoneImports);
}

void NewDatasetDialog::addSources(const QStringList& sources)
{
    if (sources.isEmpty())
        return;
    m_tabs->setCurrentIndex(0);
    m_ids.append(m_imports.start(sources));
    setStep(Choose);
}

void NewDatasetDialog::adopt(ImportId id)
{
    if (!m_imports.status(id))
        return;
    m_ids.append(id);
    setStep(Choose);
}

void NewDatasetDialog::retry(ImportId id)
{
    const auto status = m_imports.status(id);
    const qsizetype place = m_ids.indexOf(id);
    if (!status || place < 0)
        return;
    m_ids[place] = m_imports.start(status->sources);
    m_imports.cancel(id);
    setStep(Step(m_steps->currentIndex()));
}

void NewDatasetDialog::cancelImport(ImportId id)
{
    m_ids.removeAll(id);
    m_imports.cancel(id);
    setStep(m_ids.isEmpty() ? Choose : Step(m_steps->currentIndex()));
}

/// What was cancelled elsewhere.
void NewDatasetDialog::dropGoneImports()
{
    const qsizetype before = m_ids.size();
    m_ids.removeIf([this](ImportId id) { return !m_imports.status(id); });
    if (m_ids.size() != before)
        setStep(m_ids.isEmpty() ? Choose : Step(m_steps->currentIndex()));
    else
        refresh();
}

void NewDatasetDialog::joinImports()
{
    QStringList sources;
    for (const ImportId id : std::as_const(m_ids))
        if (const auto status = m_imports.status(id))
            sources.append(status->sources);
    const QList<ImportId> parts = std::exchange(m_ids, {m_imports.start(sources)});
    for (const ImportId id : parts)
        m_imports.cancel(id);
}

void NewDatasetDialog::next()
{
    if (m_ids.size() > 1 && m_files->wantsOneDataset())
        joinImports();
    setStep(Name);
}

/// Whoever listens must know the imports before the first becomes a dataset.
void NewDatasetDialog::finish()
{
    if (!canGoOn())
        return;
    const QList<ImportId> ids = std::exchange(m_ids, {});
    Q_EMIT named(ids);
    for (const ImportId id : ids)
        m_imports.setName(id, m_names->name(id));
    accept();
}

void NewDatasetDialog::reject()
{
    for (const ImportId id : std::exchange(m_ids, {}))
        m_imports.cancel(id);
    QDialog::reject();
}

void NewDatasetDialog::setStep(Step step)
{
    const bool moved = m_steps->currentIndex() != step;
    m_files->setImports(m_ids);
    m_names->setImports(step == Name ? m_ids : QList<ImportId>(), takenNames());
    m_steps->setCurrentIndex(step);
    m_back->setVisible(step == Name);
    m_next->setText(step == Choose ? tr("Next") : tr("Done"));
    m_next->setDefault(step == Name);
    refresh();
    if (step == Name && moved)
        m_names->focusField();
    else if (moved)
        m_files->focusField();
}

bool NewDatasetDialog::canGoOn() const
{
    const auto works = [this](ImportId id) {
        const auto status = m_imports.status(id);
        return status && (status->done || !status->error); // done: the name was refused
    };
    const bool isJoined = m_ids.size() > 1 && m_files->wantsOneDataset();
    if (m_steps->currentIndex() == Choose)
        return isJoined || std::ranges::any_of(m_ids, works);
    return std::ranges::all_of(m_ids, works) && m_names->isComplete();
}

void NewDatasetDialog::refresh()
{
    const bool ready = canGoOn();
    m_next->setEnabled(ready);
    if (ready)
        m_next->setToolTip({});
    else if (m_steps->currentIndex() == Choose)
        m_next->setToolTip(tr("Import something first"));
    else
        m_next->setToolTip(tr("Every dataset needs a name and data that can be read"));
}

QStringList NewDatasetDialog::takenNames() const
{
    QStringList names;
    for (const DatasetRecord& record : m_document.datasets())
        names.append(record.name);
    for (const ImportStatus& status : m_imports.imports())
        if (!status.name.isEmpty() && !m_ids.contains(status.id))
            names.append(status.name);
    return names;
}

void NewDatasetDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (sourcesFromMime(*event->mimeData()).isEmpty())
        return;
    setStep(Choose);
    m_tabs->setCurrentIndex(0);
    m_files->setDropTargeted(true);
    event->acceptProposedAction();
}

void NewDatasetDialog::dragLeaveEvent(QDragLeaveEvent*)
{
    m_files->setDropTargeted(false);
}

void NewDatasetDialog::dropEvent(QDropEvent* event)
{
    m_files->setDropTargeted(false);
    addSources(sourcesFromMime(*event->mimeData()));
    event->acceptProposedAction();
}

} // namespace espalier
