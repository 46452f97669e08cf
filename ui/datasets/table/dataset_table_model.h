#pragma once

#include "core/dataset/dataset.h"

#include <QAbstractTableModel>
#include <memory>

namespace espalier {

class ThumbnailCache;

/// The cells of a dataset version, read when they are shown. Images are asked of a ThumbnailCache
/// (outlives the model): DecorationRole holds a QPixmap as soon as it is there.
class DatasetTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    /// Largest number of rows that a table view can lay out.
    static constexpr qint64 MostRows = 20'000'000;
    enum Role {
        /// Why the image of a cell cannot be shown; a sentence.
        ErrorRole = Qt::UserRole + 1
    };

    explicit DatasetTableModel(ThumbnailCache& thumbnails, QObject* parent = nullptr);

    /// Null: none. The position of a view stays where the shape of the table stays the same.
    void setDataset(std::shared_ptr<const Dataset> dataset);
    [[nodiscard]] const std::shared_ptr<const Dataset>& dataset() const { return m_dataset; }
    [[nodiscard]] bool isImage(int feature) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QVariant imageData(const QModelIndex& index, int role) const;
    [[nodiscard]] QVariant textData(const QModelIndex& index, int role) const;
    void showThumbnail(int feature, RowIndex row);

    ThumbnailCache& m_thumbnails;
    std::shared_ptr<const Dataset> m_dataset;
};

} // namespace espalier
