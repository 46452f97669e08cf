#include "ui/evaluation/checkpoint_delegate.h"
#include "ui/evaluation/checkpoint_model.h"
#include "ui/evaluation/notice.h"
#include "ui/evaluation/run_panel.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int LeastEpochsWidth = 96;
constexpr int MostEpochs = 1'000'000;

QVBoxLayout* createPart(QWidget* part)
{
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::RowGap);
    return layout;
}

} // namespace

void RunPanel::createLayout()
{
    auto* header = new HeaderBar;
    header->addLeft(new TextLabel(tr("Run"), TextStyle::Heading));
    m_began = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    header->addRight(m_began);
    m_content = new QWidget;
    auto* parts = new QVBoxLayout(m_content);
    parts->setSpacing(16);
    parts->addWidget(createProgressPart());
    parts->addWidget(createCheckpointPart());
    parts->addWidget(createSettingsPart());
    parts->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    QScrollArea* scroll = createPanelScroll(m_content);
    parts->setContentsMargins({});
    layout->addWidget(scroll, 1);
}

QWidget* RunPanel::createProgressPart()
{
    auto* part = new QWidget;
    QVBoxLayout* layout = createPart(part);
    auto* head = new QHBoxLayout;
    m_what = new TextLabel({}, TextStyle::SmallMedium);
    m_what->setElided(true);
    m_share = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    head->addWidget(m_what, 1);
    head->addWidget(m_share);
    layout->addLayout(head);
    m_line = new ProgressLine;
    m_line->setAccessibleName(tr("Progress of the run"));
    layout->addWidget(m_line);
    layout->addSpacing(4);
    layout->addWidget(createFigures());
    layout->addSpacing(4);
    m_notice = new Notice;
    layout->addWidget(m_notice);
    layout->addWidget(createButtons());
    return part;
}

QWidget* RunPanel::createFigures()
{
    auto* figures = new QWidget;
    auto* grid = new QGridLayout(figures);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(metrics::RowGap);
    grid->setVerticalSpacing(2);
    for (int place = 0; place < 4; ++place) {
        const Figure figure{new TextLabel({}, TextStyle::Small, Role::TextSecondary),
                            new TextLabel({}, TextStyle::BodyMedium)};
        m_figures.append(figure);
        const int row = 3 * (place / 2);
        grid->addWidget(figure.label, row, place % 2);
        grid->addWidget(figure.value, row + 1, place % 2);
        grid->setColumnStretch(place % 2, 1);
    }
    grid->setRowMinimumHeight(2, metrics::RowGap);
    return figures;
}

QWidget* RunPanel::createButtons()
{
    auto* all = new QWidget;
    QVBoxLayout* layout = createPart(all);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::RowGap);
    m_run = createButton(ButtonKind::Normal, tr("Run"), u"play"_s);
    m_pause = createButton(ButtonKind::Normal, tr("Pause"), u"pause"_s);
    m_resume = createButton(ButtonKind::Normal, tr("Resume"), u"play"_s);
    m_stop = createButton(ButtonKind::Normal, tr("Stop"), u"stop"_s);
    m_modeling = createButton(ButtonKind::Normal, tr("Open in Modeling"));
    for (QPushButton* button : {m_run, m_pause, m_resume, m_stop, m_modeling})
        row->addWidget(button, 1);
    layout->addLayout(row);
    m_extendRow = new QWidget;
    auto* extendLayout = new QHBoxLayout(m_extendRow);
    extendLayout->setContentsMargins({});
    extendLayout->setSpacing(metrics::RowGap);
    auto* label = new TextLabel(tr("Extend to"), TextStyle::Small, Role::TextSecondary);
    m_epochs = new QSpinBox;
    m_epochs->setMaximum(MostEpochs);
    m_epochs->setSuffix(tr(" epochs"));
    m_epochs->setMinimumWidth(LeastEpochsWidth); // not that of its largest value
    m_epochs->setAccessibleName(tr("Epochs in all"));
    label->setBuddy(m_epochs);
    m_extend = createButton(ButtonKind::Normal, tr("Extend"), u"play"_s);
    extendLayout->addWidget(label);
    extendLayout->addWidget(m_epochs, 1);
    extendLayout->addWidget(m_extend);
    layout->addWidget(m_extendRow);
    return all;
}

QWidget* RunPanel::createCheckpointPart()
{
    m_checkpointPart = new QWidget;
    QVBoxLayout* layout = createPart(m_checkpointPart);
    layout->addWidget(new Hairline(Qt::Horizontal));
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Checkpoints"), TextStyle::BodyStrong), 1);
    m_checkpointSubset = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    head->addWidget(m_checkpointSubset);
    layout->addLayout(head);
    m_checkpoints = new CheckpointModel(this);
    m_checkpointTable = new QTableView;
    m_checkpointTable->setModel(m_checkpoints);
    m_checkpointTable->setItemDelegate(new CheckpointDelegate(m_checkpointTable));
    m_checkpointTable->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_checkpointTable->setAccessibleName(tr("Checkpoints"));
    m_checkpointTable->setFrameShape(QFrame::NoFrame);
    m_checkpointTable->setShowGrid(false);
    m_checkpointTable->setSelectionMode(QAbstractItemView::NoSelection);
    m_checkpointTable->setTabKeyNavigation(false);
    m_checkpointTable->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_checkpointTable->verticalHeader()->hide();
    m_checkpointTable->verticalHeader()->setDefaultSectionSize(metrics::TableRow);
    m_checkpointTable->verticalHeader()->setMinimumSectionSize(metrics::TableRow);
    m_checkpointTable->horizontalHeader()->setFixedHeight(metrics::TableRow);
    m_checkpointTable->horizontalHeader()->setHighlightSections(false);
    m_checkpointTable->viewport()->setAutoFillBackground(false);
    layout->addWidget(m_checkpointTable);
    return m_checkpointPart;
}

QWidget* RunPanel::createSettingsPart()
{
    auto* part = new QWidget;
    QVBoxLayout* layout = createPart(part);
    layout->addWidget(new Hairline(Qt::Horizontal));
    layout->addWidget(new TextLabel(tr("Settings"), TextStyle::BodyStrong));
    m_settings = new FormRows;
    layout->addWidget(m_settings);
    return part;
}

} // namespace espalier
