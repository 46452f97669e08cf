#include "ui/datasets/inspector/subsets_panel.h"

#include "core/project/documents/dataset_document.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/icon_label.h"
#include "ui/datasets/inspector/subset_dialog.h"
#include "ui/datasets/inspector/subset_list.h"
#include "ui/datasets/inspector/subset_report.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// A line of the report with the icon of its level.
QWidget* createReportLine(const QString& icon, Role role, const QString& text, QWidget* parent)
{
    auto* line = new QWidget(parent);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::IconGap);
    auto* sign = new IconLabel(icon, role, line);
    auto* label = new TextLabel(text, TextStyle::Small, Role::TextSecondary, line);
    label->setWordWrap(true);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(label, 1);
    return line;
}

} // namespace

SubsetsPanel::SubsetsPanel(SubsetReporter& reporter, QWidget* parent)
    : QWidget(parent)
    , m_reporter(reporter)
    , m_model(new SubsetListModel(this))
    , m_bar(new SubsetBar(this))
    , m_list(new QListView(this))
    , m_report(new QWidget(this))
    , m_error(new TextLabel({}, TextStyle::Small, Role::LevelError, this))
    , m_normalizeOn(new QComboBox(this))
    , m_normalizeOnText(new TextLabel({}, TextStyle::Body, Role::TextPrimary, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    createHeader(*layout);
    layout->addWidget(m_bar);
    createList(*layout);
    createReport(*layout);
    createNormalizeOn(*layout);
    connect(&m_reporter, &SubsetReporter::changed, this, &SubsetsPanel::refresh);
    setTabOrder(m_edit, m_remove);
    setTabOrder(m_remove, m_add);
    setTabOrder(m_add, m_list);
    setTabOrder(m_list, m_normalizeOn);
}

void SubsetsPanel::createHeader(QVBoxLayout& layout)
{
    m_add = createButton(ButtonKind::Normal, tr("New subset"), u"plus"_s, this);
    m_edit = createIconButton(u"pencil"_s, tr("Edit the selected subset"), this);
    m_remove = createIconButton(u"trash"_s, tr("Remove the selected subset"), this);
    auto* header = new QHBoxLayout;
    header->setSpacing(4);
    header->addWidget(new TextLabel(tr("Subsets"), TextStyle::Heading, Role::TextPrimary, this));
    header->addStretch();
    header->addWidget(m_edit);
    header->addWidget(m_remove);
    header->addWidget(m_add);
    layout.addLayout(header);
    connect(m_add, &QPushButton::clicked, this, [this] { editSubset(-1); });
    connect(m_edit, &QToolButton::clicked, this,
            [this] { editSubset(m_list->currentIndex().row()); });
    connect(m_remove, &QToolButton::clicked, this, &SubsetsPanel::removeCurrent);
}

void SubsetsPanel::createList(QVBoxLayout& layout)
{
    m_list->setAccessibleName(tr("Subsets"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SubsetDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->viewport()->setAutoFillBackground(false);
    layout.addWidget(m_list);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        if (isEditable())
            editSubset(index.row());
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &SubsetsPanel::openMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SubsetsPanel::updateButtons);
    auto* remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SubsetsPanel::removeCurrent);
}

void SubsetsPanel::createReport(QVBoxLayout& layout)
{
    m_reportLines = new QVBoxLayout(m_report);
    m_reportLines->setContentsMargins(0, 0, 0, 0);
    m_reportLines->setSpacing(6);
    layout.addWidget(m_report);
    m_error->setWordWrap(true);
    m_error->hide();
    layout.addWidget(m_error);
}

void SubsetsPanel::createNormalizeOn(QVBoxLayout& layout)
{
    auto* label =
        new TextLabel(tr("Normalize on subset"), TextStyle::Small, Role::TextSecondary, this);
    label->setBuddy(m_normalizeOn);
    m_normalizeOn->setAccessibleName(tr("Normalize on subset"));
    m_normalizeOn->setToolTip(tr("The statistics of this subset normalize all rows"));
    m_normalizeOn->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_normalizeOn, 1);
    row->addWidget(m_normalizeOnText, 1);
    layout.addLayout(row);
    connect(m_normalizeOn, &QComboBox::activated, this, [this](int index) {
        if (m_document)
            showError(m_document->set(tr("Normalize on another subset"), u"normalize_on"_s,
                                      m_normalizeOn->itemData(index).toString()));
    });
}

void SubsetsPanel::setDocument(DatasetDocument* document)
{
    m_document = document;
    m_error->hide();
    refresh();
}

bool SubsetsPanel::isEditable() const
{
    return m_document && m_document->isEditable();
}

void SubsetsPanel::refresh()
{
    setVisible(m_document);
    if (!m_document)
        return;
    const qint64 rows = m_document->dataset()->rows();
    m_model->set(m_document->settings(), rows, m_reporter.report());
    m_bar->set(m_reporter.report() ? m_reporter.report()->rows : QList<qint64>(), rows);
    m_list->setFixedHeight(m_model->rowCount() * SubsetDelegate::Height);
    showReport();
    showNormalizeOn(isEditable());
    updateButtons();
}

void SubsetsPanel::showReport()
{
    while (QLayoutItem* line = m_reportLines->takeAt(0)) {
        delete line->widget();
        delete line;
    }
    const auto& report = m_reporter.report();
    if (!report)
        return;
    QStringList names;
    for (const SubsetSettings& subset : m_document->settings().subsets)
        names.append(subset.name);
    for (const Issue& issue : report->issues) {
        const bool isError = issue.level == IssueLevel::Error;
        if (names.contains(issue.subject))
            m_reportLines->addWidget(
                createReportLine(isError ? u"error"_s : u"warning"_s,
                                 isError ? Role::LevelError : Role::LevelWarning,
                                 oneLine(issueSentence(issue)), m_report));
    }
    const qint64 all = m_document->dataset()->rows();
    const QString together =
        report->covered == all
            ? tr("together all %1 rows").arg(countText(all))
            : tr("together %1 of %2 rows").arg(countText(report->covered), countText(all));
    if (!report->overlap)
        m_reportLines->addWidget(createReportLine(u"done"_s, Role::LevelDone,
                                                  tr("No overlap; %1").arg(together), m_report));
}

void SubsetsPanel::showNormalizeOn(bool editable)
{
    const DatasetSettings& settings = m_document->settings();
    const QSignalBlocker blocker(m_normalizeOn);
    m_normalizeOn->clear();
    for (const SubsetSettings& subset : settings.subsets)
        m_normalizeOn->addItem(oneLine(subset.name), subset.name);
    m_normalizeOn->setCurrentIndex(settings.subsetIndex(settings.normalizeOn));
    m_normalizeOnText->setText(oneLine(settings.normalizeOn));
    m_normalizeOn->setVisible(editable);
    m_normalizeOnText->setVisible(!editable);
}

void SubsetsPanel::updateButtons()
{
    const bool editable = isEditable();
    for (QWidget* button : {static_cast<QWidget*>(m_add), static_cast<QWidget*>(m_edit),
                            static_cast<QWidget*>(m_remove)})
        button->setVisible(editable);
    m_edit->setEnabled(m_list->currentIndex().isValid());
    m_remove->setEnabled(m_list->currentIndex().isValid());
}

void SubsetsPanel::editSubset(int subset)
{
    if (!isEditable())
        return;
    auto* dialog = new SubsetDialog(m_document->dataset(), subset, window());
    const QString undoText = subset < 0 ? tr("New subset") : tr("Edit subset");
    connect(dialog, &SubsetDialog::chosen, this,
            [this, dialog, undoText](const DatasetSettings& settings) {
                apply(*dialog, undoText, settings);
            });
    dialog->open();
}

void SubsetsPanel::selectSubset(int subset)
{
    m_list->setCurrentIndex(m_model->index(subset));
    m_list->setFocus();
}

void SubsetsPanel::apply(SubsetDialog& dialog, const QString& undoText,
                         const DatasetSettings& settings)
{
    const Status done = m_document ? m_document->edit(undoText, settings) : Status();
    if (done)
        dialog.accept();
    else
        dialog.showError(done.error().message);
}

void SubsetsPanel::removeCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !isEditable())
        return;
    const QString name = m_document->settings().subsets[current.row()].name;
    showError(m_document->set(tr("Remove subset"), u"subset.%1.remove"_s.arg(name), u"yes"_s));
}

void SubsetsPanel::showError(const Status& status)
{
    m_error->setText(status ? QString() : status.error().message);
    m_error->setVisible(!status);
}

void SubsetsPanel::openMenu(const QPoint& point)
{
    if (!isEditable() || !m_list->indexAt(point).isValid())
        return;
    m_list->setCurrentIndex(m_list->indexAt(point));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(themeIcon(u"pencil"_s), tr("Edit…")), &QAction::triggered, this,
            [this] { editSubset(m_list->currentIndex().row()); });
    connect(menu->addAction(themeIcon(u"trash"_s), tr("Remove")), &QAction::triggered, this,
            &SubsetsPanel::removeCurrent);
    menu->popup(m_list->viewport()->mapToGlobal(point));
}

} // namespace espalier
