#pragma once

#include "core/dataset/dataset.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QThreadPool>
#include <memory>

namespace espalier {

/// A small picture of a cell, or why there is none.
struct Thumbnail {
    QPixmap pixmap;
    QString error;
};

/// Fits into `side` × `side`; small images are enlarged with their pixels to be seen.
[[nodiscard]] QImage scaledThumbnail(const QImage& image, int side);

/// Decodes the images of a dataset on worker threads, the last asked for first, and keeps the most
/// recently used. Asking never waits. Lives in the GUI thread.
class ThumbnailCache final : public QObject {
    Q_OBJECT
public:
    static constexpr int Side = 40; ///< device-independent pixels

    explicit ThumbnailCache(QObject* parent = nullptr);
    ~ThumbnailCache() override;

    /// Pictures stay as long as the source does.
    void setDataset(std::shared_ptr<const Dataset> dataset);
    void setPixelRatio(qreal ratio);
    [[nodiscard]] qreal pixelRatio() const { return m_ratio; }
    /// Null while it is not there; then ready() follows, unless so many others were asked for since
    /// that this one is out of sight.
    [[nodiscard]] const Thumbnail* find(int feature, RowIndex row);

Q_SIGNALS:
    void ready(int feature, quint32 row);

private:
    struct Queue;
    using Key = std::pair<int, RowIndex>; ///< column and row

    void take(const Key& key, int feature, const QImage& image, const QString& error);

    std::shared_ptr<const Dataset> m_dataset;
    std::shared_ptr<Queue> m_queue;
    qreal m_ratio = 1;
    QCache<Key, Thumbnail> m_thumbnails;
    QThreadPool m_pool;
};

} // namespace espalier
