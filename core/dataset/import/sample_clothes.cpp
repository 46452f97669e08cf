#include "core/dataset/import/sample_clothes.h"

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/base/system.h"
#include "core/dataset/import/garments/shapes.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QPainterPath>
#include <QThreadPool>
#include <QtConcurrent>
#include <array>
#include <numeric>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Side = 28;
constexpr int Oversampling = 4;

struct GarmentClass {
    const char16_t* name;
    void (*paint)(QPainter&, Random&);
    bool eitherWay; ///< may point to the left or to the right
};

constexpr std::array<GarmentClass, 10> Classes{{
    {u"T-shirt", garments::paintTShirt, false},
    {u"Trousers", garments::paintTrousers, false},
    {u"Pullover", garments::paintPullover, false},
    {u"Dress", garments::paintDress, false},
    {u"Coat", garments::paintCoat, false},
    {u"Sandal", garments::paintSandal, true},
    {u"Shirt", garments::paintShirt, false},
    {u"Sneaker", garments::paintSneaker, true},
    {u"Bag", garments::paintBag, true},
    {u"Ankle boot", garments::paintAnkleBoot, true},
}};

/// Rotation from the tangent of half its angle: no trigonometry, whose last digit differs between
/// platforms.
QTransform rotation(double tangentOfHalf)
{
    const double square = tangentOfHalf * tangentOfHalf;
    const double cosine = (1 - square) / (1 + square);
    const double sine = 2 * tangentOfHalf / (1 + square);
    return {cosine, sine, -sine, cosine, 0, 0};
}

QTransform randomPose(Random& random, bool eitherWay)
{
    const double scale = random.uniform(0.78, 1.04);
    const double stretch = random.uniform(0.93, 1.07);
    const double turn = random.uniform(-0.09, 0.09);
    const double side = eitherWay && random.uniform() < 0.5 ? -1 : 1;
    const double x = Side / 2.0 + random.uniform(-2.6, 2.6);
    const double y = Side / 2.0 + random.uniform(-2, 2);
    const QTransform shape = QTransform::fromScale(side * scale * stretch, scale / stretch);
    return shape * rotation(turn) * QTransform::fromTranslate(x, y) *
           QTransform::fromScale(Oversampling, Oversampling);
}

/// Soft folds of the cloth and, now and then, something dark in front of one side.
void paintShadows(QPainter& painter, Random& random)
{
    for (quint64 folds = random.below(4); folds > 0; --folds) {
        const double x = random.uniform(-9, 9);
        QPainterPath fold(QPointF(x, random.uniform(-10, 4)));
        fold.quadTo(QPointF(x + random.uniform(-2, 2), 2),
                    QPointF(x + random.uniform(-5, 5), random.uniform(6, 13)));
        const QColor shadow(0, 0, 0, int(random.uniform(15, 65)));
        painter.strokePath(fold, QPen(shadow, random.uniform(0.6, 2.2)));
    }
    if (random.uniform() < 0.15) {
        const double width = random.uniform(5, 9);
        const double side = random.uniform() < 0.5 ? -14 : 14 - width;
        const double y = random.uniform(-14, 8);
        painter.fillRect(QRectF(side, y, width, random.uniform(4, 16)), Qt::black);
    }
}

/// Means of squares of pixels, and noise where there is cloth.
QImage reduce(const QImage& large, Random& random)
{
    constexpr int Area = Oversampling * Oversampling;
    const int noise = int(random.below(12)) + 1;
    QImage small(Side, Side, QImage::Format_Grayscale8);
    for (int y = 0; y < Side; ++y) {
        uchar* line = small.scanLine(y);
        for (int x = 0; x < Side; ++x) {
            int sum = 0;
            for (int row = 0; row < Oversampling; ++row) {
                const auto* pixels =
                    reinterpret_cast<const QRgb*>(large.constScanLine(y * Oversampling + row));
                for (int column = 0; column < Oversampling; ++column)
                    sum += qGreen(pixels[x * Oversampling + column]);
            }
            const int mean = (sum + Area / 2) / Area;
            const int grain = int(random.below(2 * quint64(noise) + 1)) - noise;
            line[x] = uchar(mean < 8 ? mean : std::clamp(mean + grain, 0, 255));
        }
    }
    // An image takes its resolution from the screen where there is one; the file must not.
    small.setDotsPerMeterX(2835);
    small.setDotsPerMeterY(2835);
    return small;
}

struct Example {
    int garment = 0;
    quint64 seed = 0;
};

std::vector<Example> shuffledExamples(const SampleClothesOptions& options)
{
    std::vector<Example> examples(size_t(options.examples));
    for (size_t i = 0; i < examples.size(); ++i)
        examples[i] = {int(i % Classes.size()), deriveSeed(options.seed, i)};
    Random(options.seed).shuffle(std::span(examples));
    return examples;
}

QByteArray encodePng(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    // Quality 100 means: not compressed, so that the bytes do not hang on the zlib at hand.
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG", 100) ? bytes
                                                                                : QByteArray();
}

Status addEntry(QuaZip& zip, const QString& name, const QByteArray& content)
{
    QuaZipNewInfo info(name);
    info.dateTime = QDateTime(QDate(2020, 1, 1), QTime(0, 0));
    info.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    QuaZipFile file(&zip);
    const bool stored = file.open(QIODevice::WriteOnly, info, nullptr, 0, 0, 0) &&
                        file.write(content) == content.size();
    file.close();
    if (!stored || file.getZipError() != ZIP_OK)
        return failure(ErrorCode::Io,
                       u"Could not write %1 into %2: see that its disk is not full."_s.arg(
                           name, QDir::toNativeSeparators(zip.getZipName())));
    return {};
}

QString imageName(size_t index)
{
    return u"images/%1.png"_s.arg(index, 5, 10, QChar(u'0'));
}

QByteArray indexOf(const std::vector<Example>& examples)
{
    QByteArray csv = "image,category\n";
    for (size_t i = 0; i < examples.size(); ++i)
        csv += u"%1,%2\n"_s
                   .arg(imageName(i), QString::fromUtf16(Classes[size_t(examples[i].garment)].name))
                   .toUtf8();
    return csv;
}

Status writeEntries(QuaZip& zip, const std::vector<Example>& examples, const ProgressSink& progress,
                    const std::stop_token& stop)
{
    if (const Status index = addEntry(zip, u"index.csv"_s, indexOf(examples)); !index)
        return index;
    QThreadPool pool;
    pool.setMaxThreadCount(usableProcessors());
    constexpr size_t Portion = 256;
    for (size_t done = 0; done < examples.size(); done += Portion) {
        const auto first = examples.begin() + qsizetype(done);
        const auto last = examples.begin() + qsizetype(std::min(done + Portion, examples.size()));
        const auto images = QtConcurrent::blockingMapped<QList<QByteArray>>(
            &pool, first, last,
            [](const Example& e) { return encodePng(drawGarment(e.garment, e.seed)); });
        for (qsizetype i = 0; i < images.size(); ++i) {
            if (stop.stop_requested())
                return cancelled();
            if (const Status added = addEntry(zip, imageName(done + size_t(i)), images[i]); !added)
                return added;
        }
        if (progress)
            progress({.rows = qint64(done) + images.size()});
    }
    return {};
}

} // namespace

QStringList sampleClothesClasses()
{
    QStringList names;
    for (const GarmentClass& garment : Classes)
        names.append(QString::fromUtf16(garment.name));
    return names;
}

QImage drawGarment(int garment, quint64 seed)
{
    const GarmentClass& kind = Classes.at(size_t(garment));
    Random random(seed);
    QImage large(Side * Oversampling, Side * Oversampling, QImage::Format_RGB32);
    large.fill(Qt::black);
    QPainter painter(&large);
    painter.setTransform(randomPose(random, kind.eitherWay));
    kind.paint(painter, random);
    paintShadows(painter, random);
    painter.end();
    return reduce(large, random);
}

Status writeSampleClothes(const QString& zipPath, const SampleClothesOptions& options,
                          const ProgressSink& progress, std::stop_token stop)
{
    if (options.examples < 1)
        return failure(ErrorCode::InvalidInput,
                       u"The sample needs at least one example, got %1."_s.arg(options.examples));
    QFile file(zipPath);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Truncate))
        return tl::unexpected(fileError(file, u"write"_s));
    QuaZip zip(&file);
    zip.setUtf8Enabled(true);
    zip.setAutoClose(false);
    Status written =
        zip.open(QuaZip::mdCreate)
            ? writeEntries(zip, shuffledExamples(options), progress, stop)
            : failure(ErrorCode::Io,
                      u"Could not begin the zip %1."_s.arg(QDir::toNativeSeparators(zipPath)));
    zip.close();
    if (written && zip.getZipError() != ZIP_OK)
        written = failure(ErrorCode::Io,
                          u"Could not finish the zip %1: see that its disk is not full."_s.arg(
                              QDir::toNativeSeparators(zipPath)));
    if (written)
        written = flushToDisk(file);
    if (!written)
        file.remove();
    return written;
}

} // namespace espalier
