#include "core/dataset/feature_column.h"

#include "core/dataset/image_transform.h"

#include <QBuffer>
#include <QImageReader>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr size_t MostClassesOfNumbers = 10'000;
constexpr double Missing = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> misfit(const FeatureSettings& feature, const QString& reason)
{
    return failure(ErrorCode::InvalidInput, u"Feature “%1” cannot be %2: %3."_s.arg(
                                                feature.name, enumLabel(feature.encoding), reason));
}

double numberOf(const QString& text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber ? number : Missing;
}

/// By the header of the file alone; nothing is decoded.
QString encodedImageShape(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    const QSize size = reader.size();
    if (!size.isValid())
        return {};
    const QImage::Format format = reader.imageFormat();
    const bool grey = format == QImage::Format_Grayscale8 || format == QImage::Format_Grayscale16 ||
                      format == QImage::Format_Mono;
    return Shape{size.height(), size.width(), grey ? 1 : 3}.toString();
}

} // namespace

QString numberText(double number)
{
    if (std::isnan(number))
        return {};
    if (std::abs(number) < 1e15 && number == std::trunc(number))
        return QString::number(qint64(number));
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

double tensorElement(std::span<const std::byte> values, ElementType type, qint64 index)
{
    switch (type) {
    case ElementType::UInt8:
        return double(values[size_t(index)]);
    case ElementType::Float32:
        return double(reinterpret_cast<const float*>(values.data())[index]);
    case ElementType::Float64:
        return reinterpret_cast<const double*>(values.data())[index];
    }
    return Missing;
}

FeatureColumn::FeatureColumn(const PackedStore& store, int column, const FeatureSettings& settings)
    : m_store(&store)
    , m_column(column)
    , m_settings(settings)
{
}

Result<FeatureColumn> FeatureColumn::create(const PackedStore& store,
                                            const FeatureSettings& settings)
{
    const int index = store.columnIndex(settings.column);
    if (index < 0)
        return failure(ErrorCode::NotFound,
                       u"Feature “%1” uses column “%2”, which the source does not have."_s.arg(
                           settings.name, settings.column));
    FeatureColumn feature(store, index, settings);
    feature.m_description = {settings.name, settings.encoding, {}, {}};
    using Describe = Status (FeatureColumn::*)();
    static constexpr std::array<std::pair<Encoding, Describe>, 5> describers{{
        {Encoding::Numeric, &FeatureColumn::describeNumeric},
        {Encoding::Image, &FeatureColumn::describeImage},
        {Encoding::Categorical, &FeatureColumn::describeCategorical},
        {Encoding::Binary, &FeatureColumn::describeBinary},
        {Encoding::Text, &FeatureColumn::describeText},
    }};
    for (const auto& [encoding, describe] : describers)
        if (encoding == settings.encoding)
            if (auto described = (feature.*describe)(); !described)
                return failureOf(described);
    return feature;
}

bool FeatureColumn::isScalar() const
{
    return schema().storage == StorageKind::Dictionary ||
           (schema().storage == StorageKind::Tensor && schema().shape.elementCount() == 1);
}

Status FeatureColumn::describeNumeric()
{
    m_description.shape = schema().shape;
    if (schema().storage == StorageKind::Tensor)
        return {};
    if (schema().storage == StorageKind::EncodedImage)
        return misfit(m_settings, u"it holds image files; choose Image"_s);
    m_description.shape = {1};
    for (const QString& text : schema().texts) {
        m_numberOfCode.push_back(numberOf(text));
        if (std::isnan(m_numberOfCode.back()) && !text.trimmed().isEmpty() &&
            text.compare(u"nan", Qt::CaseInsensitive) != 0)
            return misfit(m_settings, u"“%1” is no number; choose Categorical or Text"_s.arg(text));
    }
    return {};
}

Status FeatureColumn::describeImage()
{
    const auto shape = imageShape(schema(), m_settings);
    if (!shape)
        return misfit(m_settings, shape.error());
    m_description.shape = *shape;
    return {};
}

Status FeatureColumn::describeCategorical()
{
    if (!isScalar())
        return misfit(m_settings, u"only numbers and texts have classes"_s);
    if (schema().storage == StorageKind::Dictionary) {
        m_description.classes = schema().texts;
        for (qint32 code = 0; code < schema().texts.size(); ++code)
            m_classOfCode.push_back(code);
    } else {
        auto numbers = distinctNumbers(MostClassesOfNumbers);
        if (!numbers)
            return misfit(m_settings,
                          u"it has more than %1 different numbers; choose Numeric"_s.arg(
                              MostClassesOfNumbers));
        m_classNumbers = std::move(*numbers);
        for (double number : m_classNumbers)
            m_description.classes.append(numberText(number));
    }
    if (m_description.classes.isEmpty())
        return misfit(m_settings, u"all its values are missing; choose Text"_s);
    m_description.shape = {m_description.classes.size()};
    return {};
}

Status FeatureColumn::describeBinary()
{
    if (!isScalar())
        return misfit(m_settings, u"only numbers and texts have classes"_s);
    m_description.shape = {1};
    if (schema().storage == StorageKind::Tensor)
        return describeBinaryNumber();
    const QStringList& texts = schema().texts;
    if (texts.isEmpty())
        return misfit(m_settings, u"all its values are missing; choose Text"_s);
    const QString positive =
        m_settings.positiveClass.isEmpty() ? texts.last() : m_settings.positiveClass;
    const qsizetype code = texts.indexOf(positive);
    if (code < 0)
        return misfit(m_settings, u"no value is “%1”; choose a positive class like “%2”"_s.arg(
                                      positive, texts.last()));
    m_classOfCode.assign(size_t(texts.size()), 0);
    m_classOfCode[size_t(code)] = 1;
    const QString negative = texts.size() == 2 ? texts[1 - code] : u"not %1"_s.arg(positive);
    m_description.classes = {negative, positive};
    return {};
}

Status FeatureColumn::describeBinaryNumber()
{
    const auto numbers = distinctNumbers(2);
    const bool askedFor = !m_settings.positiveClass.isEmpty();
    if (!askedFor && (!numbers || numbers->empty()))
        return misfit(m_settings, u"it has not two different numbers; choose a positive class"_s);
    const double positive = askedFor ? numberOf(m_settings.positiveClass) : numbers->back();
    const bool known = !numbers || std::ranges::find(*numbers, positive) != numbers->end();
    if (std::isnan(positive) || !known)
        return misfit(m_settings, u"no value is “%1”; choose another positive class"_s.arg(
                                      m_settings.positiveClass));
    m_classNumbers = {positive};
    const bool two = numbers && numbers->size() == 2;
    const QString negative = two ? numberText(numbers->at(numbers->at(0) == positive ? 1 : 0))
                                 : u"not %1"_s.arg(numberText(positive));
    m_description.classes = {negative, numberText(positive)};
    return {};
}

Status FeatureColumn::describeText()
{
    return {}; // any column can be left as it is; it has no shape and feeds no network
}

std::optional<std::vector<double>> FeatureColumn::distinctNumbers(size_t limit) const
{
    std::unordered_set<double> numbers;
    for (qint64 row = 0; row < m_store->rows(); ++row) {
        const double number = elementAt(row);
        if (std::isnan(number))
            continue;
        numbers.insert(number);
        if (numbers.size() > limit)
            return std::nullopt;
    }
    std::vector<double> sorted(numbers.begin(), numbers.end());
    std::ranges::sort(sorted);
    return sorted;
}

double FeatureColumn::elementAt(qint64 index) const
{
    return tensorElement(m_store->tensor(m_column), schema().element, index);
}

qint32 FeatureColumn::classAt(qint64 row) const
{
    if (schema().storage == StorageKind::Dictionary) {
        const qint32 code = m_store->codes(m_column)[size_t(row)];
        return code < 0 ? -1 : m_classOfCode[size_t(code)];
    }
    const double number = elementAt(row);
    if (std::isnan(number))
        return -1;
    if (m_settings.encoding == Encoding::Binary)
        return number == m_classNumbers.front() ? 1 : 0;
    return qint32(std::ranges::lower_bound(m_classNumbers, number) - m_classNumbers.begin());
}

double FeatureColumn::numberAt(qint64 row) const
{
    if (schema().storage == StorageKind::Tensor)
        return elementAt(row);
    const qint32 code = m_store->codes(m_column)[size_t(row)];
    if (code < 0)
        return Missing;
    return m_numberOfCode.empty() ? numberOf(schema().texts[code]) : m_numberOfCode[size_t(code)];
}

QString FeatureColumn::textAt(qint64 row) const
{
    switch (schema().storage) {
    case StorageKind::Dictionary:
        return schema().texts.value(m_store->codes(m_column)[size_t(row)]);
    case StorageKind::EncodedImage:
        return encodedImageShape(m_store->encodedImage(m_column, row));
    case StorageKind::Tensor:
        break;
    }
    return isScalar() ? numberText(elementAt(row)) : schema().shape.toString();
}

} // namespace espalier
