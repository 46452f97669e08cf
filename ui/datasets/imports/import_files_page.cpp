#include "ui/datasets/imports/import_files_page.h"

#include "ui/datasets/imports/import_list.h"
#include "ui/datasets/imports/source_text.h"
#include "ui/widgets/widgets.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int CheckDelay = 400; // ms
constexpr int OneDataset = 0;

} // namespace

DropZone::DropZone(QWidget* parent)
    : QWidget(parent)
{
    auto* hint =
        new TextLabel(tr("Drop files or folders here"), TextStyle::Body, Role::TextSecondary, this);
    auto* formats = new TextLabel(tr("zip, csv, npy, IDX, images, or a folder of them"),
                                  TextStyle::Small, Role::TextSecondary, this);
    auto* files = createButton(ButtonKind::Normal, tr("Browse files"), u"table"_s, this);
    m_folder = createButton(ButtonKind::Normal, tr("Browse folder"), u"folder"_s, this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(files);
    buttons->addWidget(m_folder);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(4);
    layout->addWidget(hint, 0, Qt::AlignHCenter);
    layout->addWidget(formats, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    connect(files, &QPushButton::clicked, this, [this] { browse(false); });
    connect(m_folder, &QPushButton::clicked, this, [this] { browse(true); });
}

void DropZone::setTargeted(bool targeted)
{
    m_targeted = targeted;
    update();
}

QWidget* DropZone::lastTabStop() const
{
    return m_folder;
}

void DropZone::browse(bool folder)
{
    auto* dialog = new QFileDialog(this, folder ? tr("Import a folder") : tr("Import files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &DropZone::sourcesChosen);
    dialog->open();
}

void DropZone::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(m_targeted ? QBrush(theme.color(Role::DropTarget)) : Qt::NoBrush);
    painter.setPen(QPen(theme.color(m_targeted ? Role::Accent : Role::BorderControl),
                        m_targeted ? 1.5 : 1, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::Radius,
                            metrics::Radius);
}

ImportFilesPage::ImportFilesPage(DatasetImports& imports, QWidget* parent)
    : QWidget(parent)
    , m_error(new TextLabel({}, TextStyle::Small, Role::LevelError, this))
    , m_list(new ImportList(imports))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    createSourceRow(*layout);
    m_zone = new DropZone(this);
    layout->addWidget(m_error);
    layout->addSpacing(4);
    layout->addWidget(m_zone);
    layout->addSpacing(4);
    auto* holder = new QWidget;
    auto* rows = new QVBoxLayout(holder);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_list);
    rows->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(holder);
    holder->setAutoFillBackground(false); // setWidget() turns it on
    layout->addWidget(scroll, 1);
    createJoinRow(*layout);

    m_patience.setSingleShot(true);
    m_patience.setInterval(CheckDelay);
    connect(&m_patience, &QTimer::timeout, this, &ImportFilesPage::checkText);
    connect(m_zone, &DropZone::sourcesChosen, this, &ImportFilesPage::sourcesChosen);
    setImports({});
}

void ImportFilesPage::createSourceRow(QVBoxLayout& layout)
{
    m_source = new QLineEdit(this);
    m_source->setPlaceholderText(tr("Link or path; several links with blanks between them"));
    m_source->setAccessibleName(tr("Link or path"));
    m_source->setClearButtonEnabled(true);
    m_import = createButton(ButtonKind::Normal, tr("Import"), u"download"_s, this);
    m_import->setEnabled(false);
    m_import->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_source, 1);
    row->addWidget(m_import);
    layout.addLayout(row);
    m_error->setWordWrap(true);
    m_error->hide();
    connect(m_source, &QLineEdit::textChanged, this, [this](const QString& text) {
        const auto sources = sourcesFromText(text);
        m_import->setEnabled(sources && !sources->isEmpty());
        m_error->hide();
        m_patience.start();
    });
    connect(m_source, &QLineEdit::returnPressed, this, &ImportFilesPage::importText);
    connect(m_import, &QPushButton::clicked, this, &ImportFilesPage::importText);
}

void ImportFilesPage::createJoinRow(QVBoxLayout& layout)
{
    m_join = new QWidget(this);
    m_joinChoice = new SegmentedControl({tr("One dataset"), tr("A dataset each")}, m_join);
    m_joinChoice->setAccessibleName(tr("What the sources become"));
    m_joinChoice->setToolTip(tr("One dataset puts the rows of all sources under each other; they "
                                "need the same columns"));
    auto* row = new QHBoxLayout(m_join);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(
        new TextLabel(tr("The sources become"), TextStyle::Small, Role::TextSecondary, m_join));
    row->addStretch();
    row->addWidget(m_joinChoice);
    layout.addWidget(m_join);
    connect(m_joinChoice, &SegmentedControl::currentIndexChanged, this,
            &ImportFilesPage::choiceChanged);
}

void ImportFilesPage::setImports(const QList<ImportId>& ids)
{
    m_list->setImports(ids);
    m_list->setTabOrderAfter(m_zone->lastTabStop());
    m_join->setVisible(ids.size() > 1);
}

void ImportFilesPage::setDropTargeted(bool targeted)
{
    m_zone->setTargeted(targeted);
}

void ImportFilesPage::focusField()
{
    m_source->setFocus();
}

bool ImportFilesPage::wantsOneDataset() const
{
    return m_joinChoice->currentIndex() == OneDataset;
}

void ImportFilesPage::checkText()
{
    const auto sources = sourcesFromText(m_source->text());
    m_error->setText(sources ? QString() : sources.error().message);
    m_error->setVisible(!sources);
}

void ImportFilesPage::importText()
{
    checkText();
    const auto sources = sourcesFromText(m_source->text());
    if (!sources || sources->isEmpty())
        return;
    m_source->clear();
    m_patience.stop();
    Q_EMIT sourcesChosen(*sources);
}

} // namespace espalier
