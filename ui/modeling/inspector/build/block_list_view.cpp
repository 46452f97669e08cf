#include "ui/modeling/inspector/build/block_list_view.h"

#include "ui/modeling/inspector/build/block_list_delegate.h"
#include "ui/modeling/inspector/build/block_list_model.h"

#include <QKeyEvent>

namespace espalier {

BlockListView::BlockListView(QWidget* parent)
    : QTreeView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setItemDelegate(new BlockListDelegate(this));
    connect(this, &QTreeView::clicked, this, &BlockListView::use);
}

void BlockListView::use(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    if (index.data(BlockListModel::KindRole).value<BlockListModel::Kind>() !=
        BlockListModel::Kind::Section) {
        Q_EMIT chosen(index);
        return;
    }
    setExpanded(index, !isExpanded(index));
    Q_EMIT foldToggled(index);
}

void BlockListView::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        use(currentIndex());
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace espalier
