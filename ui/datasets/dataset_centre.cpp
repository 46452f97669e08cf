#include "ui/datasets/dataset_centre.h"

#include "core/project/documents/dataset_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "ui/datasets/activity_strip.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/inspector/subset_report.h"
#include "ui/datasets/reports/dataset_export.h"
#include "ui/datasets/table/dataset_table_model.h"
#include "ui/datasets/table/dataset_table_view.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/datasets/table/thumbnail_cache.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

DatasetCentre::DatasetCentre(const Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_summaries(new FeatureSummaries(this))
    , m_reporter(new SubsetReporter(this))
    , m_thumbnails(new ThumbnailCache(this))
    , m_model(new DatasetTableModel(*m_thumbnails, this))
    , m_export(new DatasetExport(this))
    , m_activity(new ActivityStrip(this))
    , m_progress(new ActivityStrip(this))
    , m_pages(new QStackedLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHeader(actions));
    layout->addWidget(m_progress);
    layout->addWidget(m_activity);
    layout->addLayout(m_pages, 1);
    createPages(actions);
    createExport();
    setDocument(nullptr);
}

/// The table looks at what is made before it: it has to go first.
DatasetCentre::~DatasetCentre()
{
    delete m_table;
}

HeaderBar* DatasetCentre::createHeader(const Actions& actions)
{
    auto* header = new HeaderBar(this);
    m_name = new TextLabel({}, TextStyle::Heading, Role::TextSecondary, header);
    m_name->setElided(true);
    m_version = new TextLabel({}, TextStyle::Heading, Role::TextPrimary, header);
    m_chip = new Chip(header);
    m_size = new TextLabel({}, TextStyle::Small, Role::TextSecondary, header);
    m_size->setDispensable(true);
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_version, m_chip, m_size})
        header->addLeft(part);
    auto* duplicate = createButton(ButtonKind::Quiet, actions.duplicate->text(), u"copy"_s, header);
    duplicate->setToolTip(actions.duplicate->toolTip());
    connect(duplicate, &QPushButton::clicked, actions.duplicate, &QAction::trigger);
    auto* more = createIconButton(u"more"_s, tr("More actions"), header);
    auto* menu = new QMenu(more);
    menu->addActions(actions.more);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_duplicate = duplicate;
    m_more = more;
    header->addRight(m_duplicate);
    header->addRight(m_more);
    return header;
}

void DatasetCentre::createPages(const Actions& actions)
{
    m_empty = new EmptyState(u"table"_s, tr("No datasets yet"),
                             tr("Import files or take the sample from the Data library."),
                             actions.newDataset, this);
    m_failure = new EmptyState(u"warning"_s, {}, {}, actions.retry, this);
    m_reading = new EmptyState(u"table"_s, {}, {}, nullptr, this);
    m_table = new DatasetTableView(*m_model, *m_summaries, this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_failure);
    m_pages->addWidget(m_reading);
    m_pages->addWidget(m_table);
    connect(m_table, &DatasetTableView::featureSelected, this, &DatasetCentre::featureSelected);
    connect(m_progress, &ActivityStrip::cancelRequested, this,
            &DatasetCentre::cancelImportRequested);
}

void DatasetCentre::createExport()
{
    connect(m_export, &DatasetExport::progressChanged, this, [this](double fraction) {
        m_activity->showProgress(tr("Exporting…"), fraction, true);
    });
    connect(m_export, &DatasetExport::finished, this, [this](const QString& path) {
        m_activity->showOutcome(tr("Exported to %1").arg(QDir::toNativeSeparators(path)), false);
    });
    connect(m_export, &DatasetExport::failed, this, [this](const Error& error) {
        if (error.code == ErrorCode::Cancelled)
            m_activity->clear();
        else
            m_activity->showOutcome(error.message, true);
    });
    connect(m_activity, &ActivityStrip::cancelRequested, m_export, &DatasetExport::cancel);
}

void DatasetCentre::setDocument(DatasetDocument* document)
{
    const bool goesOn = document && showsBeginningOf(*document);
    m_document = document;
    m_progress->clear();
    m_pages->setCurrentWidget(document ? static_cast<QWidget*>(m_table) : m_empty);
    refresh();
    if (document && !goesOn)
        m_table->scrollToTop();
}

bool DatasetCentre::showsBeginningOf(const DatasetDocument& document) const
{
    return m_model->showsBeginningOf(*document.dataset());
}

void DatasetCentre::showImport(const ImportStatus& status, const ImportPreview& preview)
{
    if (m_document)
        setDocument(nullptr);
    m_thumbnails->setPixelRatio(devicePixelRatioF());
    m_model->setPreview(preview);
    m_reading->setTexts(tr("No row is read yet"),
                        tr("The first rows appear here long before the last is imported."));
    m_pages->setCurrentWidget(preview.rows.isEmpty() ? static_cast<QWidget*>(m_reading) : m_table);
    showHeader(status, preview);
}

void DatasetCentre::refresh()
{
    showHeader();
    showData();
}

void DatasetCentre::showHeader()
{
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_name, m_version, m_chip, m_size, m_duplicate, m_more})
        part->setVisible(m_document);
    if (!m_document)
        return;
    const DatasetRecord& record = m_document->record();
    const qint64 rows = m_document->dataset()->rows();
    m_name->setText(tr("%1 /").arg(oneLine(record.name)));
    m_version->setText(tr("Version %1").arg(record.version));
    if (m_document->isSaving())
        m_chip->set(u"clock"_s, tr("Saving…"));
    else if (record.saved)
        m_chip->set(u"lock"_s, tr("Saved"));
    else
        m_chip->set(u"pencil"_s, tr("Editable"));
    QString size = tr("%1 rows · %2 features")
                       .arg(countText(rows), countText(record.settings.features.size()));
    if (rows > DatasetTableModel::MostRows)
        size += tr(" · the first %1 are shown").arg(countText(DatasetTableModel::MostRows));
    m_size->setText(size);
    if (m_document->isSaving())
        m_progress->showProgress(tr("Computing the statistics of all features…"), -1, false);
    else
        m_progress->clear();
}

void DatasetCentre::showHeader(const ImportStatus& status, const ImportPreview& preview)
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_version, m_chip, m_size})
        part->show();
    m_name->setText(
        tr("%1 /").arg(oneLine(status.name.isEmpty() ? status.suggestedName() : status.name)));
    m_version->setText(tr("Version %1").arg(1));
    m_chip->set(u"clock"_s, tr("Importing…"));
    QString size = tr("%1 rows so far").arg(countText(status.progress.rows));
    if (status.progress.rows > preview.rows.size() && !preview.rows.isEmpty())
        size += tr(" · the first %1 are shown").arg(countText(preview.rows.size()));
    m_size->setText(size);
    const QString progress = importProgressText(status);
    m_progress->showProgress(progress.isEmpty() ? tr("Starting…") : progress,
                             status.fraction().value_or(-1), true);
}

void DatasetCentre::showData()
{
    const std::shared_ptr<const Dataset> dataset = m_document ? m_document->dataset() : nullptr;
    m_thumbnails->setPixelRatio(devicePixelRatioF());
    m_summaries->setDataset(dataset);
    m_reporter->setDataset(dataset);
    m_model->setDataset(dataset);
}

void DatasetCentre::showOpening()
{
    setDocument(nullptr);
    m_reading->setTexts(tr("Opening…"), {});
    m_pages->setCurrentWidget(m_reading);
}

void DatasetCentre::showFailure(const QString& heading, const QString& sentence)
{
    setDocument(nullptr);
    m_failure->setTexts(heading, sentence);
    m_pages->setCurrentWidget(m_failure);
}

void DatasetCentre::setSelectedFeature(int feature)
{
    m_table->setSelectedFeature(feature);
}

int DatasetCentre::selectedFeature() const
{
    return m_table->selectedFeature();
}

void DatasetCentre::exportZip(const QString& path)
{
    if (!m_document || m_export->isAtWork())
        return;
    m_activity->showProgress(tr("Exporting…"), 0, true);
    m_export->start(m_document->dataset(), path);
}

void DatasetCentre::showError(const QString& sentence)
{
    m_activity->showOutcome(sentence, true);
}

} // namespace espalier
