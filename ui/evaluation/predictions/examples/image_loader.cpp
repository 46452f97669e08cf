#include "ui/evaluation/predictions/examples/image_loader.h"

#include <QGuiApplication>
#include <QMetaObject>
#include <QScreen>
#include <algorithm>

namespace espalier {

namespace {

constexpr qsizetype KeptPictures = 2000;
constexpr qsizetype LongestQueue = 100;

} // namespace

ImageLoader::ImageLoader(int extent, QObject* parent)
    : QObject(parent)
    , m_extent(extent)
    , m_kept(KeptPictures)
{
    m_pool.setMaxThreadCount(1);
}

ImageLoader::~ImageLoader()
{
    m_pool.waitForDone();
}

void ImageLoader::setSource(std::shared_ptr<const Dataset> dataset, int feature)
{
    if (dataset == m_dataset && feature == m_feature)
        return;
    m_dataset = std::move(dataset);
    m_feature = feature;
    ++m_source;
    m_kept.clear();
    m_waiting.clear();
}

QPixmap ImageLoader::find(RowIndex row)
{
    if (const QPixmap* kept = m_kept.object(row))
        return *kept;
    if (!m_dataset || m_feature < 0)
        return {};
    m_waiting.removeOne(row);
    m_waiting.append(row);
    if (m_waiting.size() > LongestQueue)
        m_waiting.removeFirst();
    startNext();
    return {};
}

void ImageLoader::startNext()
{
    if (m_atWork || m_waiting.isEmpty())
        return;
    m_atWork = true;
    const RowIndex row = m_waiting.takeLast();
    m_pool.start([this, row, source = m_source, dataset = m_dataset, feature = m_feature,
                  extent = m_extent, ratio = qGuiApp->devicePixelRatio()] {
        const auto read = dataset->cellImage(feature, row);
        const QImage image = read ? fittedImage(*read, extent, ratio) : QImage();
        QMetaObject::invokeMethod(this, [this, source, row, image] { keep(source, row, image); });
    });
}

void ImageLoader::keep(quint64 source, RowIndex row, const QImage& image)
{
    m_atWork = false;
    startNext();
    if (source != m_source)
        return;
    m_kept.insert(row, new QPixmap(QPixmap::fromImage(image)));
    Q_EMIT loaded(row);
}

QImage fittedImage(const QImage& image, int extent, double pixelRatio)
{
    if (image.isNull())
        return image;
    const QSize size = QSize(extent, extent) * pixelRatio;
    const bool grows = image.width() * 2 <= size.width() && image.height() * 2 <= size.height();
    QImage fitted = image.scaled(size, Qt::KeepAspectRatio,
                                 grows ? Qt::FastTransformation : Qt::SmoothTransformation);
    fitted.setDevicePixelRatio(pixelRatio);
    return fitted;
}

} // namespace espalier
