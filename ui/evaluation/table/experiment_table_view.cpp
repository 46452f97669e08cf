#include "ui/evaluation/table/experiment_sidebar.h"
#include "ui/evaluation/table/experiment_sort.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace espalier {

namespace {

constexpr int LeastName = 132;
constexpr int LeastNumber = 72;
constexpr int SortRoom = 14 + 4 + 8; // chevron, its gap, the edge

} // namespace

ExperimentTableView::ExperimentTableView(QWidget* parent)
    : QTreeView(parent)
{
    setFrameShape(NoFrame);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setEditTriggers(EditKeyPressed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setSortingEnabled(true);
    header()->setFixedHeight(metrics::TableRow);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(40);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    viewport()->setAutoFillBackground(false); // the tone of the frame, not that of a field
}

void ExperimentTableView::setModel(QAbstractItemModel* model)
{
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::headerDataChanged, this, &ExperimentTableView::fitColumns);
}

void ExperimentTableView::setChosen(const QList<ExperimentColumn>& columns)
{
    m_chosen = columns;
    fitColumns();
}

void ExperimentTableView::fitColumns()
{
    if (!model())
        return;
    int left = viewport()->width() - LeastName;
    QList<int> widths(ExperimentColumnCount, 0);
    for (const ExperimentColumn column : m_chosen) {
        const QString title = model()->headerData(int(column), Qt::Horizontal).toString();
        int wanted =
            std::max(LeastNumber, header()->fontMetrics().horizontalAdvance(title) + SortRoom);
        if (column == m_chosen.first())
            wanted = std::min(wanted, std::max(left, LeastNumber)); // one is always seen
        if (wanted > left)
            break;
        widths[int(column)] = wanted;
        left -= wanted;
    }
    for (int column = 1; column < ExperimentColumnCount; ++column) {
        setColumnHidden(column, widths[column] == 0);
        if (widths[column] > 0)
            setColumnWidth(column, widths[column]);
    }
    setColumnWidth(0, LeastName + std::max(0, left));
}

void ExperimentTableView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void ExperimentTableView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex current = currentIndex();
    if (event->key() == Qt::Key_Space && current.isValid()) {
        const QModelIndex name = current.siblingAtColumn(int(ExperimentColumn::Name));
        const bool ticked = name.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        model()->setData(name, ticked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_F2 && current.isValid()) {
        edit(current.siblingAtColumn(int(ExperimentColumn::Name)));
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace espalier
