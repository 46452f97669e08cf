#include "core/inference/value_encoding.h"

#include "core/dataset/value_scale.h"

#include <QRegularExpression>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype ListedClasses = 10;

QString listed(const QStringList& classes)
{
    const QString names = classes.mid(0, ListedClasses).join(u", "_s);
    return classes.size() > ListedClasses ? names + u", …"_s : names;
}

tl::unexpected<Error> refuse(const EncodedFeature& feature, const QString& takes,
                             const QString& given)
{
    return failure(ErrorCode::InvalidInput,
                   u"\"%1\" takes %2, not %3."_s.arg(feature.description.name, takes, given));
}

QStringList textsOf(const QVariant& value, bool several)
{
    if (value.typeId() == QMetaType::QVariantList || value.typeId() == QMetaType::QStringList) {
        QStringList texts;
        for (const QVariant& each : value.toList())
            texts.append(each.toString().trimmed());
        return texts;
    }
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    const QString text = value.toString().trimmed();
    return several ? text.split(separators, Qt::SkipEmptyParts) : QStringList{text};
}

/// Values are given in H×W×C.
std::vector<float> inLayout(std::vector<float> values, const Shape& shape, ImageLayout layout)
{
    if (layout == ImageLayout::ChannelsLast || shape.rank() != 3 || shape.channels() == 1)
        return values;
    const auto channels = size_t(shape.channels());
    const size_t pixels = values.size() / channels;
    std::vector<float> planes(values.size());
    for (size_t pixel = 0; pixel < pixels; ++pixel)
        for (size_t channel = 0; channel < channels; ++channel)
            planes[channel * pixels + pixel] = values[pixel * channels + channel];
    return planes;
}

Result<std::vector<float>> encodeNumbers(const EncodedFeature& feature, const QVariant& value,
                                         ImageLayout layout)
{
    const Shape& shape = feature.description.shape;
    const qint64 count = shape.elementCount();
    const QString takes = count == 1 ? u"a number"_s : u"%1 numbers"_s.arg(count);
    const QStringList texts = textsOf(value, count > 1);
    if (texts.size() != count)
        return refuse(feature, takes, QString::number(texts.size()));
    const ValueScale scale = valueScale(feature.settings.normalization, feature.statistics);
    std::vector<float> values;
    for (const QString& text : texts) {
        bool ok = false;
        const double number = text.toDouble(&ok);
        if (!ok || !std::isfinite(number))
            return refuse(feature, takes, u"\"%1\""_s.arg(text));
        values.push_back(float(scale.toNetwork(number)));
    }
    return inLayout(std::move(values), shape, layout);
}

Result<std::vector<float>> encodeClass(const EncodedFeature& feature, const QVariant& value)
{
    const QStringList& classes = feature.description.classes;
    const qsizetype index = classes.indexOf(value.toString());
    if (index < 0)
        return refuse(feature, u"one of %1"_s.arg(listed(classes)),
                      u"\"%1\""_s.arg(value.toString()));
    if (feature.description.encoding == Encoding::Binary)
        return std::vector<float>{index == 1 ? 1.0F : 0.0F};
    std::vector<float> values(size_t(feature.description.shape.elementCount()), 0.0F);
    values[size_t(index)] = 1.0F;
    return values;
}

Result<std::vector<float>> encodePicture(const EncodedFeature& feature, const QVariant& value,
                                         ImageLayout layout)
{
    const auto image = value.value<QImage>();
    if (image.isNull())
        return refuse(feature, u"an image"_s,
                      value.toString().isEmpty() ? u"an empty value"_s
                                                 : u"\"%1\""_s.arg(value.toString()));
    return encodeImage(feature.settings, feature.statistics, feature.description.shape, image,
                       layout);
}

} // namespace

Result<EncodedFeature> describeEncoding(const Dataset& dataset, const QString& name)
{
    const int index = dataset.featureIndex(name);
    if (index < 0)
        return failure(ErrorCode::NotFound, u"The dataset has no feature \"%1\"."_s.arg(name));
    EncodedFeature feature{dataset.features().at(index), dataset.settings().features.at(index), {}};
    if (feature.settings.normalization == Normalization::None)
        return feature;
    return dataset.statistics(index).map([&](const FeatureStatistics& statistics) {
        feature.statistics = statistics;
        return feature;
    });
}

Result<std::vector<float>> encodeValue(const EncodedFeature& feature, const QVariant& value,
                                       ImageLayout layout)
{
    switch (feature.description.encoding) {
    case Encoding::Numeric:
        return encodeNumbers(feature, value, layout);
    case Encoding::Image:
        return encodePicture(feature, value, layout);
    case Encoding::Categorical:
    case Encoding::Binary:
        return encodeClass(feature, value);
    case Encoding::Text:
        break;
    }
    return failure(ErrorCode::Unsupported,
                   u"\"%1\" is a text, which no network can read."_s.arg(feature.description.name));
}

} // namespace espalier
