#include "ui/datasets/table/thumbnail_cache.h"

#include "core/dataset/feature_column.h"
#include "core/dataset/store/packed_store.h"

#include <QImage>
#include <QMutex>
#include <algorithm>
#include <deque>
#include <optional>

namespace espalier {

namespace {

constexpr int MemoryBytes = 48 << 20;
constexpr size_t LongestQueue = 256; ///< about what a large screen shows
constexpr int Workers = 2;

} // namespace

QImage scaledThumbnail(const QImage& image, int side)
{
    return image
        .scaled(side, side, Qt::KeepAspectRatio,
                image.width() > side ? Qt::SmoothTransformation : Qt::FastTransformation)
        .convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

/// Shared with the workers, so that both may end first.
struct ThumbnailCache::Queue {
    struct Request {
        Key key;
        int feature;
        std::shared_ptr<const Dataset> dataset;
        int side;
    };

    /// False when it waits or is being decoded already.
    [[nodiscard]] bool push(const Request& request)
    {
        const QMutexLocker locker(&mutex);
        const auto known = [&](const Request& other) { return other.key == request.key; };
        if (const auto waiting = std::ranges::find_if(requests, known); waiting != requests.end()) {
            std::rotate(waiting, waiting + 1, requests.end());
            return false;
        }
        if (std::ranges::find(atWork, request.key) != atWork.end())
            return false;
        requests.push_back(request);
        if (requests.size() > LongestQueue)
            requests.pop_front();
        return true;
    }

    [[nodiscard]] std::optional<Request> pop()
    {
        const QMutexLocker locker(&mutex);
        if (requests.empty())
            return std::nullopt;
        Request request = std::move(requests.back());
        requests.pop_back();
        atWork.push_back(request.key);
        return request;
    }

    void finish(const Key& key)
    {
        const QMutexLocker locker(&mutex);
        std::erase(atWork, key);
    }

    void clear()
    {
        const QMutexLocker locker(&mutex);
        requests.clear();
    }

    QMutex mutex;
    std::deque<Request> requests;
    std::vector<Key> atWork;
};

ThumbnailCache::ThumbnailCache(QObject* parent)
    : QObject(parent)
    , m_queue(std::make_shared<Queue>())
    , m_thumbnails(MemoryBytes)
{
    m_pool.setMaxThreadCount(Workers);
}

ThumbnailCache::~ThumbnailCache()
{
    m_queue->clear();
    m_pool.waitForDone();
}

void ThumbnailCache::setDataset(std::shared_ptr<const Dataset> dataset)
{
    const bool sameSource =
        dataset && m_dataset && dataset->store().folder() == m_dataset->store().folder();
    m_dataset = std::move(dataset);
    if (sameSource)
        return;
    m_queue->clear();
    m_queue = std::make_shared<Queue>(); // what is at work for the old one is of no use
    m_thumbnails.clear();
}

void ThumbnailCache::setPixelRatio(qreal ratio)
{
    if (qFuzzyCompare(ratio, m_ratio))
        return;
    m_ratio = ratio;
    m_thumbnails.clear();
}

const Thumbnail* ThumbnailCache::find(int feature, RowIndex row)
{
    if (!m_dataset)
        return nullptr;
    const Key key(m_dataset->column(feature).column(), row);
    if (const Thumbnail* thumbnail = m_thumbnails.object(key))
        return thumbnail;
    if (!m_queue->push({key, feature, m_dataset, qRound(Side * m_ratio)}))
        return nullptr;
    m_pool.start([this, queue = m_queue] {
        const auto request = queue->pop();
        if (!request)
            return;
        const Result<QImage> image =
            request->dataset->cellImage(request->feature, request->key.second);
        const QImage small = image ? scaledThumbnail(*image, request->side) : QImage();
        const QString error = image ? QString() : image.error().message;
        queue->finish(request->key);
        QMetaObject::invokeMethod(this, [this, queue, request, small, error] {
            if (queue == m_queue)
                take(request->key, request->feature, small, error);
        });
    });
    return nullptr;
}

void ThumbnailCache::take(const Key& key, int feature, const QImage& image, const QString& error)
{
    auto thumbnail = std::make_unique<Thumbnail>(Thumbnail{QPixmap::fromImage(image), error});
    thumbnail->pixmap.setDevicePixelRatio(m_ratio);
    m_thumbnails.insert(key, thumbnail.release(), int(image.sizeInBytes()) + 256);
    Q_EMIT ready(feature, key.second);
}

} // namespace espalier
