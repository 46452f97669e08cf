#include "ui/datasets/dataset_text.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("DatasetText", text);
}

/// Two random subsets that together are all rows of the same order.
const SubsetSettings* firstPartOf(const SubsetSettings& subset, const DatasetSettings& settings)
{
    if (!subset.random || subset.random->from != FromEnd::End)
        return nullptr;
    const auto found = std::ranges::find_if(settings.subsets, [&](const SubsetSettings& other) {
        return other.random && other.random->from == FromEnd::Start &&
               other.random->seed == subset.random->seed && other.condition == subset.condition &&
               qFuzzyCompare(other.random->percent + subset.random->percent, 100.0);
    });
    return found == settings.subsets.end() ? nullptr : &*found;
}

QString conditionText(const ConditionFilter& condition)
{
    return u"%1 %2 %3"_s.arg(oneLine(condition.feature), enumLabel(condition.comparison),
                             oneLine(condition.value));
}

QString classesText(const FeatureStatistics& statistics)
{
    const auto& counts = statistics.classCounts;
    if (counts.isEmpty())
        return {};
    const auto [least, most] = std::ranges::minmax(counts);
    const QString rows =
        least == most ? countText(most) : tr("%1 to %2").arg(countText(least), countText(most));
    return tr("%1 classes, %2 rows each").arg(countText(counts.size()), rows);
}

} // namespace

QString encodingIcon(Encoding encoding)
{
    static constexpr std::array<std::pair<Encoding, const char16_t*>, 5> Icons{{
        {Encoding::Numeric, u"number"},
        {Encoding::Image, u"image"},
        {Encoding::Categorical, u"tag"},
        {Encoding::Binary, u"binary"},
        {Encoding::Text, u"text"},
    }};
    const auto found =
        std::ranges::find(Icons, encoding, &std::pair<Encoding, const char16_t*>::first);
    return found == Icons.end() ? u"table"_s : QString::fromUtf16(found->second);
}

QString subsetSummary(const SubsetSettings& subset, const DatasetSettings& settings)
{
    QStringList parts;
    if (subset.condition)
        parts.append(conditionText(*subset.condition));
    if (const SubsetSettings* first = firstPartOf(subset, settings))
        parts.append(tr("Random, the rest of %1").arg(oneLine(first->name)));
    else if (subset.random)
        parts.append(tr("Random, seed %1").arg(subset.random->seed));
    return parts.isEmpty() ? tr("All rows") : parts.join(u" · "_s);
}

QString importProgressText(const ImportStatus& status)
{
    QStringList parts;
    const Progress& progress = status.progress;
    if (progress.totalBytes > 0)
        parts.append(
            tr("%1 of %2")
                .arg(bytesText(double(progress.bytes)), bytesText(double(progress.totalBytes))));
    else if (progress.bytes > 0)
        parts.append(bytesText(double(progress.bytes)));
    if (progress.rows > 0)
        parts.append(tr("%1 rows").arg(countText(progress.rows)));
    if (status.bytesPerSecond > 0)
        parts.append(tr("%1/s").arg(bytesText(status.bytesPerSecond)));
    if (status.secondsLeft)
        parts.append(tr("%1 left").arg(durationText(*status.secondsLeft)));
    return parts.join(u" · "_s);
}

QString importTitle(const ImportStatus& status)
{
    const QStringList sources = status.shownSources();
    if (sources.size() < 2)
        return oneLine(sources.value(0));
    return tr("%1 sources: %2").arg(countText(sources.size()), oneLine(sources.join(u", "_s)));
}

QString statisticsText(const FeatureSettings& feature, const FeatureStatistics& statistics)
{
    QStringList parts;
    const bool hasNumbers =
        feature.encoding == Encoding::Numeric || feature.encoding == Encoding::Image;
    if (hasNumbers && feature.normalization == Normalization::MinMax)
        parts.append(tr("Minimum %1, maximum %2")
                         .arg(valueText(statistics.minimum), valueText(statistics.maximum)));
    else if (hasNumbers)
        parts.append(tr("Mean %1, deviation %2")
                         .arg(valueText(statistics.mean), valueText(statistics.deviation)));
    if (const QString classes = classesText(statistics); !classes.isEmpty())
        parts.append(classes);
    if (statistics.missing > 0)
        parts.append(tr("%1 missing").arg(countText(statistics.missing)));
    return parts.join(u" · "_s);
}

} // namespace espalier
