#include "ui/datasets/table/dataset_table_model.h"

#include "core/dataset/store/packed_store.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/table/thumbnail_cache.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QTimerEvent>
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
    if (dataset == m_dataset && m_preview.columns.isEmpty())
        return;
    if (dataset && showsBeginningOf(*dataset)) {
        continueWith(std::move(dataset));
        return;
    }
    const bool sameShape = dataset && m_dataset && dataset->rows() == m_dataset->rows() &&
                           dataset->features().size() == m_dataset->features().size();
    if (!sameShape)
        beginResetModel();
    if (!dataset || !m_dataset || dataset->store().folder() != m_dataset->store().folder())
        m_pictures.clear();
    m_thumbnails.setDataset(dataset);
    m_dataset = std::move(dataset);
    m_preview = {};
    if (!sameShape) {
        m_rows = std::min(allRows(), RowsAtOnce);
        endResetModel();
        handOutMoreSoon();
    } else if (rowCount() > 0 && columnCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

void DatasetTableModel::setPreview(const ImportPreview& preview)
{
    const qsizetype shown = m_preview.rows.size();
    const bool goesOn = !m_dataset && shown > 0 && preview.rows.size() >= shown &&
                        preview.columns.size() == m_preview.columns.size();
    if (!goesOn) {
        beginResetModel();
        m_thumbnails.setDataset(nullptr);
        m_dataset.reset();
        m_handingOut.stop();
        m_pictures.clear();
        addPictures(preview);
        m_preview = preview;
        endResetModel();
        return;
    }
    const bool grows = preview.rows.size() > shown;
    const bool sameColumns = preview.columns == m_preview.columns;
    if (grows)
        beginInsertRows({}, int(shown), int(preview.rows.size()) - 1);
    addPictures(preview);
    m_preview = preview;
    if (grows)
        endInsertRows();
    if (!sameColumns)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void DatasetTableModel::addPictures(const ImportPreview& preview)
{
    const int side = qRound(ThumbnailCache::Side * m_thumbnails.pixelRatio());
    for (qsizetype row = m_pictures.size(); row < preview.rows.size(); ++row) {
        QList<QPixmap> pictures;
        for (const PreviewCell& cell : preview.rows[row]) {
            QPixmap picture = cell.picture.isNull()
                                  ? QPixmap()
                                  : QPixmap::fromImage(scaledThumbnail(cell.picture, side));
            picture.setDevicePixelRatio(m_thumbnails.pixelRatio());
            pictures.append(picture);
        }
        m_pictures.append(pictures);
    }
}

bool DatasetTableModel::showsBeginningOf(const Dataset& dataset) const
{
    const auto isSame = [](const PreviewColumn& column, const FeatureDescription& feature) {
        return column.name == feature.name && column.encoding == feature.encoding;
    };
    return !m_dataset && !m_preview.columns.isEmpty() && dataset.rows() >= rowCount() &&
           std::ranges::equal(m_preview.columns, dataset.features(), isSame);
}

void DatasetTableModel::continueWith(std::shared_ptr<const Dataset> dataset)
{
    const int before = rowCount();
    m_thumbnails.setDataset(dataset);
    m_dataset = std::move(dataset);
    m_rows = before;
    m_preview = {};
    handOutMore();
    handOutMoreSoon();
    if (before > 0)
        Q_EMIT dataChanged(index(0, 0), index(before - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

Encoding DatasetTableModel::encodingOf(int feature) const
{
    return m_dataset ? m_dataset->features()[feature].encoding
                     : m_preview.columns[feature].encoding;
}

bool DatasetTableModel::isImage(int feature) const
{
    return feature < columnCount() && encodingOf(feature) == Encoding::Image;
}

int DatasetTableModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_dataset ? m_rows : int(m_preview.rows.size());
}

int DatasetTableModel::allRows() const
{
    return m_dataset ? int(std::min(m_dataset->rows(), MostRows)) : 0;
}

void DatasetTableModel::handOutMore()
{
    const int after = m_rows + std::min(allRows() - m_rows, RowsAtOnce);
    if (after == m_rows)
        return;
    beginInsertRows({}, m_rows, after - 1);
    m_rows = after;
    endInsertRows();
}

void DatasetTableModel::handOutMoreSoon()
{
    if (m_rows < allRows())
        m_handingOut.start(0, this);
    else
        m_handingOut.stop();
}

void DatasetTableModel::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_handingOut.timerId()) {
        QAbstractTableModel::timerEvent(event);
        return;
    }
    handOutMore();
    handOutMoreSoon();
}

int DatasetTableModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return int(m_dataset ? m_dataset->features().size() : m_preview.columns.size());
}

QString DatasetTableModel::textOf(const QModelIndex& index) const
{
    return m_dataset ? m_dataset->cellText(index.column(), RowIndex(index.row()))
                     : m_preview.rows[index.row()][index.column()].text;
}

QPixmap DatasetTableModel::pictureAt(const QModelIndex& index) const
{
    return m_pictures.value(index.row()).value(index.column());
}

QVariant DatasetTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return isImage(index.column()) ? imageData(index, role) : textData(index, role);
}

QVariant DatasetTableModel::imageData(const QModelIndex& index, int role) const
{
    if (role == Qt::AccessibleTextRole)
        return tr("Image %1").arg(textOf(index));
    if (role != Qt::DecorationRole && role != ErrorRole && role != Qt::ToolTipRole)
        return {};
    const Thumbnail* thumbnail = m_thumbnails.find(index.column(), RowIndex(index.row()));
    if (!thumbnail) {
        const QPixmap picture = pictureAt(index);
        return role == Qt::DecorationRole && !picture.isNull() ? picture : QVariant();
    }
    if (role == ErrorRole)
        return thumbnail->error.isEmpty() ? QVariant() : thumbnail->error;
    if (role == Qt::DecorationRole)
        return thumbnail->pixmap.isNull() ? QVariant() : thumbnail->pixmap;
    return thumbnail->error.isEmpty() ? textOf(index) : thumbnail->error;
}

QVariant DatasetTableModel::textData(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(textOf(index));
    case Qt::ToolTipRole: {
        const QString text = textOf(index);
        return text.size() > 24 || text.contains(u'\n') ? text.left(LongestTooltip) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return int(encodingOf(index.column()) == Encoding::Numeric
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
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return oneLine(m_dataset ? m_dataset->features()[section].name
                                 : m_preview.columns[section].name);
    case EncodingRole:
        return int(encodingOf(section));
    case NormalizationRole:
        return m_dataset ? enumLabel(m_dataset->settings().features[section].normalization)
                         : u"–"_s;
    case ShapeRole:
        return (m_dataset ? m_dataset->features()[section].shape : m_preview.columns[section].shape)
            .toString();
    default:
        return {};
    }
}

void DatasetTableModel::showThumbnail(int feature, RowIndex row)
{
    if (feature >= columnCount() || qint64(row) >= rowCount())
        return;
    const QModelIndex cell = index(int(row), feature);
    Q_EMIT dataChanged(cell, cell, {Qt::DecorationRole, ErrorRole, Qt::ToolTipRole});
}

} // namespace espalier
