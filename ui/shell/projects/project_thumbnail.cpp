#include "ui/shell/projects/project_thumbnail.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QStandardPaths>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::project_thumbnail {

namespace {

constexpr qint64 Images = 4;
constexpr int HalfPixels = Pixels / 2;

QString fileFor(const QString& projectFolder)
{
    const QByteArray hash =
        QCryptographicHash::hash(projectFolder.toUtf8(), QCryptographicHash::Sha1).toHex();
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
           u"/espalier/thumbnails/"_s + QString::fromLatin1(hash) + u".png"_s;
}

int firstImageFeature(const Dataset& dataset)
{
    const auto& features = dataset.features();
    const auto found = std::ranges::find(features, Encoding::Image, &FeatureDescription::encoding);
    return found == features.end() ? -1 : int(found - features.begin());
}

} // namespace

QImage draw(const Dataset& dataset)
{
    const int feature = firstImageFeature(dataset);
    if (feature < 0 || dataset.rows() == 0)
        return {};
    QImage canvas(Pixels, Pixels, QImage::Format_ARGB32_Premultiplied);
    canvas.fill(Qt::black);
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (qint64 i = 0; i < std::min(Images, dataset.rows()); ++i)
        if (const Result<QImage> image = dataset.cellImage(feature, RowIndex(i)))
            painter.drawImage(
                QRect(int(i % 2) * HalfPixels, int(i / 2) * HalfPixels, HalfPixels, HalfPixels),
                image->scaled(HalfPixels, HalfPixels, Qt::KeepAspectRatioByExpanding,
                              Qt::SmoothTransformation),
                QRect(0, 0, HalfPixels, HalfPixels));
    return canvas;
}

void store(const QString& projectFolder, const Dataset& dataset)
{
    const QString file = fileFor(projectFolder);
    QDir().mkpath(QFileInfo(file).path());
    QImage image = draw(dataset);
    if (image.isNull()) {
        image = QImage(1, 1, QImage::Format_ARGB32); // stands for a table
        image.fill(Qt::transparent);
    }
    // A cache: what cannot be written is drawn again at the next opening.
    (void)image.save(file);
}

ProjectThumbnail load(const QString& projectFolder)
{
    const QImage image(fileFor(projectFolder));
    if (image.isNull())
        return {};
    if (image.width() == 1)
        return {Kind::Table, {}};
    return {Kind::Images, image};
}

void remove(const QString& projectFolder)
{
    QFile::remove(fileFor(projectFolder));
}

} // namespace espalier::project_thumbnail
