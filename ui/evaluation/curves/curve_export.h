#pragma once

#include "core/base/result.h"
#include "core/project/records.h"

#include <QByteArray>
#include <QSize>
#include <QString>
#include <functional>

class QPainter;

namespace espalier {

/// Paints a picture of the given size.
using PicturePainter = std::function<void(QPainter&)>;

/// All epochs with all metrics: "epoch,training loss,validation loss,…". Numbers with a point and
/// all their digits, a metric that does not exist left empty.
[[nodiscard]] QByteArray curvesCsv(const ExperimentRecord& experiment);
/// At twice the size, for print and slides.
[[nodiscard]] QByteArray pngPicture(const QSize& size, const PicturePainter& paint);
[[nodiscard]] QByteArray svgPicture(const QSize& size, const QString& title,
                                    const PicturePainter& paint);

} // namespace espalier
