#pragma once

#include "core/dataset/dataset.h"

#include <QCache>
#include <QImage>
#include <QList>
#include <QObject>
#include <QPixmap>
#include <QThreadPool>
#include <memory>

namespace espalier {

/// Small pictures of the rows of a dataset, decoded and scaled on a worker thread and kept. What
/// was asked for last comes first, so that a table shows where it has been scrolled to, not where
/// it has been scrolled past. Lives in the GUI thread.
class ImageLoader final : public QObject {
    Q_OBJECT

public:
    /// `extent`: the longer side in device-independent pixels.
    explicit ImageLoader(int extent, QObject* parent = nullptr);
    ~ImageLoader() override; ///< waits for the picture at work

    /// Another dataset or feature forgets everything; null: none.
    void setSource(std::shared_ptr<const Dataset> dataset, int feature);
    /// Null while it is not there: loaded() follows, unless many others were asked for since. Also
    /// null for good when it cannot be read.
    [[nodiscard]] QPixmap find(RowIndex row);

Q_SIGNALS:
    void loaded(espalier::RowIndex row);

private:
    void startNext();
    void keep(quint64 source, RowIndex row, const QImage& image);

    int m_extent;
    std::shared_ptr<const Dataset> m_dataset;
    int m_feature = -1;
    quint64 m_source = 0; ///< late pictures of another source are dropped
    QCache<RowIndex, QPixmap> m_kept;
    QList<RowIndex> m_waiting; ///< the next last
    bool m_atWork = false;
    QThreadPool m_pool;
};

/// A picture scaled to fit a square, for screens of any density: pixels stay pixels where it grows.
[[nodiscard]] QImage fittedImage(const QImage& image, int extent, double pixelRatio);

} // namespace espalier
