#include "ui/evaluation/curves/curve_export.h"

#include "core/evaluation/metrics.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double PictureScale = 2;

QStringList knownMetrics(const QList<EpochRecord>& epochs, MetricValues EpochRecord::*values)
{
    QStringList keys;
    for (const MetricDescription& metric : metricDescriptions())
        if (std::ranges::any_of(epochs, [&](const EpochRecord& epoch) {
                return (epoch.*values).contains(metric.key);
            }))
            keys.append(metric.key);
    return keys;
}

/// The shortest text that reads as the same number.
QString exactText(double value)
{
    for (const int digits : {6, 9, 15})
        if (const QString text = QString::number(value, 'g', digits); text.toDouble() == value)
            return text;
    return QString::number(value, 'g', 17);
}

QString rowOf(const EpochRecord& epoch, const QStringList& training, const QStringList& validation)
{
    QStringList fields{QString::number(epoch.epoch)};
    for (const QString& key : training)
        fields.append(epoch.training.contains(key) ? exactText(epoch.training[key]) : QString());
    for (const QString& key : validation)
        fields.append(epoch.validation.contains(key) ? exactText(epoch.validation[key])
                                                     : QString());
    fields.append(
        {exactText(epoch.learningRate), exactText(epoch.seconds), epoch.best ? u"1"_s : u"0"_s});
    return fields.join(u',') + u'\n';
}

} // namespace

QByteArray curvesCsv(const ExperimentRecord& experiment)
{
    const QStringList training = knownMetrics(experiment.epochs, &EpochRecord::training);
    const QStringList validation = knownMetrics(experiment.epochs, &EpochRecord::validation);
    QStringList head{u"epoch"_s};
    for (const QString& key : training)
        head.append(u"training_"_s + key);
    for (const QString& key : validation)
        head.append(u"validation_"_s + key);
    head.append({u"learning_rate"_s, u"seconds"_s, u"best"_s});
    QString text = head.join(u',') + u'\n';
    for (const EpochRecord& epoch : experiment.epochs)
        text += rowOf(epoch, training, validation);
    return text.toUtf8();
}

QByteArray pngPicture(const QSize& size, const PicturePainter& paint)
{
    QImage image(size * PictureScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(PictureScale);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray svgPicture(const QSize& size, const QString& title, const PicturePainter& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect({}, size));
    generator.setResolution(96);
    generator.setTitle(title);
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    return bytes;
}

} // namespace espalier
