#include "ui/datasets/table/dataset_table_view.h"

#include "ui/datasets/table/dataset_cells.h"
#include "ui/datasets/table/dataset_table_model.h"
#include "ui/datasets/table/feature_header.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAbstractButton>
#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace espalier {

namespace {

constexpr int ImageRow = 48;

} // namespace

DatasetTableView::DatasetTableView(DatasetTableModel& model, FeatureSummaries& summaries,
                                   QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_header(new FeatureHeader(summaries, this))
{
    setAccessibleName(tr("Rows of the dataset"));
    setHorizontalHeader(m_header);
    auto* numbers = new RowNumbers(this);
    numbers->setDefaultSectionSize(ImageRow);
    setVerticalHeader(numbers);
    setItemDelegate(new DatasetCellDelegate(this));
    setModel(&m_model);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    createCorner();
    colorSurroundings();
    connect(m_header, &QHeaderView::sectionPressed, this, [this](int feature) {
        setSelectedFeature(feature);
        Q_EMIT featureSelected(feature);
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &DatasetTableView::fitRows);
    connect(&m_model, &QAbstractItemModel::headerDataChanged, this, &DatasetTableView::fitRows);
    fitRows();
}

void DatasetTableView::createCorner()
{
    auto* corner = findChild<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly);
    if (!corner)
        return;
    corner->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(corner);
    layout->setContentsMargins(0, 0, 12, 8);
    layout->addWidget(new TextLabel(tr("Row"), TextStyle::Small, Role::TextSecondary), 0,
                      Qt::AlignRight | Qt::AlignBottom);
}

/// Rows with a picture are higher.
void DatasetTableView::fitRows()
{
    bool hasImage = false;
    for (int feature = 0; feature < m_model.columnCount() && !hasImage; ++feature)
        hasImage = m_model.isImage(feature);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(hasImage ? ImageRow : metrics::TableRow);
    verticalScrollBar()->setSingleStep(hasImage ? ImageRow : metrics::TableRow);
    setSelectedFeature(m_feature < m_model.columnCount() ? m_feature : -1);
}

void DatasetTableView::setSelectedFeature(int feature)
{
    m_feature = feature;
    m_header->setSelectedFeature(feature);
    if (feature < 0 || feature >= m_model.columnCount())
        return;
    const int left = m_header->sectionViewportPosition(feature);
    const int right = left + m_header->sectionSize(feature);
    if (left < 0 || right > viewport()->width())
        scrollTo(m_model.index(std::max(rowAt(0), 0), feature));
}

void DatasetTableView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (!current.isValid() || current.column() == m_feature)
        return;
    setSelectedFeature(current.column());
    Q_EMIT featureSelected(current.column());
}

void DatasetTableView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorSurroundings();
}

/// What lies beside the last column and under the last row is no cell.
void DatasetTableView::colorSurroundings()
{
    QPalette around = viewport()->palette();
    const QColor sunken = Theme::of(palette()).color(Role::Sunken);
    if (around.color(QPalette::Base) == sunken)
        return;
    around.setColor(QPalette::Base, sunken);
    viewport()->setPalette(around);
    m_header->viewport()->setPalette(around);
}

} // namespace espalier
