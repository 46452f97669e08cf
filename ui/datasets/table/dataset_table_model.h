#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/import/import_preview.h"

#include <QAbstractTableModel>
#include <QBasicTimer>
#include <QPixmap>
#include <memory>

namespace espalier {

class ThumbnailCache;

/// The cells of a dataset version, read when they are shown, or the first rows of an import that is
/// at work; where the dataset of that import follows, the rows stay where they are. Images are
/// asked of a ThumbnailCache (outlives the model): DecorationRole holds a QPixmap as soon as it is
/// there. The rows of a large dataset are handed to views a part at a time, without being asked:
/// a view takes some 40 ns to lay out each, and ten million at once would hold up the window.
class DatasetTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    /// Largest number of rows that a table view can lay out.
    static constexpr qint64 MostRows = 20'000'000;
    static constexpr int RowsAtOnce = 100'000;
    enum Role {
        /// Why the image of a cell cannot be shown; a sentence.
        ErrorRole = Qt::UserRole + 1
    };
    /// Of a horizontal header, beside the name.
    enum HeaderRole {
        EncodingRole = Qt::UserRole + 1, ///< int of Encoding
        NormalizationRole,               ///< for people
        ShapeRole                        ///< for people: "28×28×1"
    };

    explicit DatasetTableModel(ThumbnailCache& thumbnails, QObject* parent = nullptr);

    /// Null: none. The position of a view stays where the shape of the table stays the same.
    void setDataset(std::shared_ptr<const Dataset> dataset);
    /// Instead of a dataset. Rows are added where `preview` goes on with what is shown.
    void setPreview(const ImportPreview& preview);
    /// Whether the preview that is shown is the beginning of `dataset`.
    [[nodiscard]] bool showsBeginningOf(const Dataset& dataset) const;
    [[nodiscard]] const std::shared_ptr<const Dataset>& dataset() const { return m_dataset; }
    [[nodiscard]] bool isImage(int feature) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void continueWith(std::shared_ptr<const Dataset> dataset);
    [[nodiscard]] int allRows() const;
    void handOutMore();
    void handOutMoreSoon();
    void addPictures(const ImportPreview& preview);
    [[nodiscard]] QPixmap pictureAt(const QModelIndex& index) const;
    [[nodiscard]] Encoding encodingOf(int feature) const;
    [[nodiscard]] QString textOf(const QModelIndex& index) const;
    [[nodiscard]] QVariant imageData(const QModelIndex& index, int role) const;
    [[nodiscard]] QVariant textData(const QModelIndex& index, int role) const;
    void showThumbnail(int feature, RowIndex row);

    ThumbnailCache& m_thumbnails;
    std::shared_ptr<const Dataset> m_dataset;
    int m_rows = 0; ///< of the dataset, handed to views so far
    QBasicTimer m_handingOut;
    ImportPreview m_preview;
    /// Of the preview, row by row; stand in for those of the dataset until they are decoded.
    QList<QList<QPixmap>> m_pictures;
};

} // namespace espalier
