#include "ui/datasets/table/dataset_table_model.h"

#include "ui/datasets/dataset_text.h"
#include "ui/datasets/table/thumbnail_cache.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype LongestTooltip = 2'000;

} // namespace

DatasetTableModel::DatasetTableModel(ThumbnailCache& thumbnails, QObject* parent)
    : QAbstractTableModel(parent)
    , m_thumbnails(thumbnails)
{
    connect(&m_thumbnails, &ThumbnailCache::ready, this, &DatasetTableModel::showThumbnail);
}

void DatasetTableModel::setDataset(std::shared_ptr<const Dataset> dataset)
{
    if (dataset == m_dataset)
        return;
    const bool sameShape = dataset && m_dataset && dataset->rows() == m_dataset->rows() &&
                           dataset->features().size() == m_dataset->features().size();
    if (!sameShape)
        beginResetModel();
    m_thumbnails.setDataset(dataset);
    m_dataset = std::move(dataset);
    if (!sameShape)
        endResetModel();
    else if (rowCount() > 0 && columnCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

bool DatasetTableModel::isImage(int feature) const
{
    return m_dataset && m_dataset->features()[feature].encoding == Encoding::Image;
}

int DatasetTableModel::rowCount(const QModelIndex& parent) const
{
    return m_dataset && !parent.isValid() ? int(std::min(m_dataset->rows(), MostRows)) : 0;
}

int DatasetTableModel::columnCount(const QModelIndex& parent) const
{
    return m_dataset && !parent.isValid() ? int(m_dataset->features().size()) : 0;
}

QVariant DatasetTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return isImage(index.column()) ? imageData(index, role) : textData(index, role);
}

QVariant DatasetTableModel::imageData(const QModelIndex& index, int role) const
{
    const RowIndex row = RowIndex(index.row());
    if (role == Qt::AccessibleTextRole)
        return tr("Image %1").arg(m_dataset->cellText(index.column(), row));
    if (role != Qt::DecorationRole && role != ErrorRole && role != Qt::ToolTipRole)
        return {};
    const Thumbnail* thumbnail = m_thumbnails.find(index.column(), row);
    if (!thumbnail)
        return {};
    if (role == ErrorRole)
        return thumbnail->error.isEmpty() ? QVariant() : thumbnail->error;
    if (role == Qt::DecorationRole)
        return thumbnail->pixmap.isNull() ? QVariant() : thumbnail->pixmap;
    return thumbnail->error.isEmpty() ? m_dataset->cellText(index.column(), row) : thumbnail->error;
}

QVariant DatasetTableModel::textData(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(m_dataset->cellText(index.column(), RowIndex(index.row())));
    case Qt::ToolTipRole: {
        const QString text = m_dataset->cellText(index.column(), RowIndex(index.row()));
        return text.size() > 24 || text.contains(u'\n') ? text.left(LongestTooltip) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return int(m_dataset->features()[index.column()].encoding == Encoding::Numeric
                       ? Qt::AlignRight | Qt::AlignVCenter
                       : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant DatasetTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const int sections = orientation == Qt::Vertical ? rowCount() : columnCount();
    if (section < 0 || section >= sections)
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? countText(section + 1) : QVariant();
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return oneLine(m_dataset->features()[section].name);
    return {};
}

void DatasetTableModel::showThumbnail(int feature, RowIndex row)
{
    if (feature >= columnCount() || qint64(row) >= rowCount())
        return;
    const QModelIndex cell = index(int(row), feature);
    Q_EMIT dataChanged(cell, cell, {Qt::DecorationRole, ErrorRole, Qt::ToolTipRole});
}

} // namespace espalier
