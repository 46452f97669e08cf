#include "ui/evaluation/predictions/examples/examples_panel.h"

#include "ui/evaluation/predictions/examples/example_delegate.h"
#include "ui/evaluation/predictions/examples/example_dialog.h"
#include "ui/evaluation/predictions/examples/filter_chip.h"
#include "ui/evaluation/predictions/examples/image_loader.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Kind = ExampleColumn::Kind;

constexpr int ImageRow = 44;
constexpr int HeadHeight = 44;

int columnWidth(Kind kind)
{
    switch (kind) {
    case Kind::Image:
        return ExampleDelegate::ImageExtent + 24;
    case Kind::Row:
        return 76;
    case Kind::Probability:
        return 172;
    case Kind::Feature:
        return 96;
    case Kind::Error:
    case Kind::Loss:
        return 84;
    case Kind::Actual:
    case Kind::Predicted:
    case Kind::Rival:
        break;
    }
    return 116;
}

} // namespace

ExamplesPanel::ExamplesPanel(QWidget* parent)
    : QWidget(parent)
    , m_images(new ImageLoader(ExampleDelegate::ImageExtent, this))
    , m_model(new ExampleModel(*m_images, this))
    , m_table(new QTableView)
    , m_empty(new EmptyState(u"matrix"_s, {}, {}))
    , m_count(new TextLabel({}, TextStyle::BodyStrong))
    , m_filter(new FilterChip)
    , m_controls(new QWidget)
    , m_stack(new QStackedLayout)
{
    createTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(createHead());
    layout->addWidget(new Hairline(Qt::Horizontal));
    layout->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    connect(m_filter, &QAbstractButton::clicked, this, &ExamplesPanel::filterCleared);
    setMinimumHeight(HeadHeight + metrics::TableRow + 2 * ImageRow);
}

ExamplesPanel::~ExamplesPanel() = default;

QWidget* ExamplesPanel::createHead()
{
    auto* head = new QWidget;
    head->setFixedHeight(HeadHeight);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(metrics::PanelPadding, 0, metrics::PanelPadding, 0);
    layout->setSpacing(8);
    layout->addWidget(m_count);
    layout->addWidget(m_filter);
    layout->addStretch(1);
    layout->addWidget(m_controls);
    auto* controls = new QHBoxLayout(m_controls);
    controls->setContentsMargins({});
    controls->setSpacing(4);
    return head;
}

void ExamplesPanel::createTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ExampleDelegate(m_table));
    m_table->setAccessibleName(tr("Examples"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setFixedHeight(metrics::TableRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setMinimumSectionSize(48);
    m_table->setSortingEnabled(true);
    connect(m_table, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { openExample(index.row()); });
}

void ExamplesPanel::layOutColumns()
{
    QHeaderView* header = m_table->horizontalHeader();
    const QList<ExampleColumn>& columns = m_model->columns();
    for (int i = 0; i < columns.size(); ++i)
        header->resizeSection(i, columnWidth(columns.at(i).kind));
    const int height = m_model->columnOf(Kind::Image) >= 0 ? ImageRow : metrics::TableRow;
    m_table->verticalHeader()->setDefaultSectionSize(height);
    const QSignalBlocker blocked(header);
    header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
}

void ExamplesPanel::setExamples(const PredictionsPtr& set, ExampleList examples,
                                const QString& filter, const ExampleRival& rival)
{
    const QList<ExampleColumn> before = m_model->columns();
    const qint64 count = qint64(examples.size());
    m_model->setExamples(set, std::move(examples), rival);
    if (m_model->columns() != before)
        layOutColumns();
    m_count->setText(count == 1 ? tr("1 example") : tr("%1 examples").arg(countText(count)));
    m_count->show();
    m_filter->setFilterText(filter);
    m_filter->setVisible(!filter.isEmpty());
    if (count > 0) {
        m_table->scrollToTop();
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_stack->setCurrentWidget(m_table);
    } else {
        m_empty->setTexts(tr("No example here"), tr("No example of the subset is in these cells."));
        m_stack->setCurrentWidget(m_empty);
    }
    Q_EMIT examplesChanged();
}

void ExamplesPanel::showNothing(const QString& heading, const QString& line)
{
    m_model->setExamples(nullptr, {});
    m_count->setText(tr("Examples"));
    m_filter->hide();
    m_empty->setTexts(heading, line);
    m_stack->setCurrentWidget(m_empty);
    Q_EMIT examplesChanged();
}

void ExamplesPanel::addControl(QWidget* control)
{
    m_controls->layout()->addWidget(control);
}

void ExamplesPanel::focusTable()
{
    if (isShowingExamples())
        m_table->setFocus(Qt::OtherFocusReason);
}

bool ExamplesPanel::isShowingExamples() const
{
    return m_stack->currentWidget() == m_table;
}

void ExamplesPanel::openExample(int row)
{
    auto* dialog = new ExampleDialog(m_model->predictions(), m_model->examples(), row, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExampleDialog::moved, m_table,
            [this](int to) { m_table->setCurrentIndex(m_model->index(to, 0)); });
    dialog->open();
}

} // namespace espalier
