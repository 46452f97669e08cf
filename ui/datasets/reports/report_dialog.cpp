#include "ui/datasets/reports/report_dialog.h"

#include "core/base/files.h"
#include "ui/datasets/background.h"
#include "ui/datasets/reports/report_models.h"
#include "ui/widgets/widgets.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QSize UsualSize(760, 480);

QTableView* createTable(QAbstractItemModel* model, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(metrics::TableRow);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setFixedHeight(metrics::TableRow);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setColumnWidth(0, 220);
    return table;
}

} // namespace

ReportDialog::ReportDialog(const QString& title, const QString& line, QAbstractItemModel* model,
                           const QString& fileName, QWidget* parent)
    : QDialog(parent)
    , m_model(model)
    , m_fileName(fileName)
    , m_outcome(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(UsualSize);
    m_model->setParent(this);
    auto* table = createTable(m_model, this);
    table->setAccessibleName(title);
    auto* save = createButton(ButtonKind::Normal, tr("Save as CSV…"), u"save"_s, this);
    save->setAutoDefault(false);
    save->setEnabled(m_model->rowCount() > 0);
    auto* close = createButton(ButtonKind::Main, tr("Close"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_outcome, 1);
    buttons->addWidget(save);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(title, TextStyle::Title, Role::TextPrimary, this));
    auto* about = new TextLabel(line, TextStyle::Body, Role::TextSecondary, this);
    about->setWordWrap(true);
    layout->addWidget(about);
    layout->addWidget(table, 1);
    layout->addLayout(buttons);
    m_outcome->setElided(true);
    connect(save, &QPushButton::clicked, this, &ReportDialog::chooseFile);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void ReportDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Save as CSV"), m_fileName, tr("Tables (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &ReportDialog::saveCsv);
    dialog->open();
}

void ReportDialog::saveCsv(const QString& path)
{
    const QByteArray csv = csvOf(*m_model);
    whenDone(this, QtConcurrent::run([path, csv] { return writeFileAtomically(path, csv); }),
             [this, path](const Status& written) {
                 m_outcome->setRole(written ? Role::TextSecondary : Role::LevelError);
                 m_outcome->setText(written
                                        ? tr("Written to %1").arg(QDir::toNativeSeparators(path))
                                        : written.error().message);
             });
}

} // namespace espalier
