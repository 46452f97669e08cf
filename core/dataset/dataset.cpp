#include "core/dataset/dataset.h"

#include "core/dataset/feature_column.h"
#include "core/dataset/feature_statistics.h"
#include "core/dataset/image_rows.h"
#include "core/dataset/store/packed_store.h"
#include "core/dataset/subsets.h"

#include <QSet>
#include <algorithm>
#include <mutex>
#include <numeric>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype ManyClasses = 2'000;
constexpr qsizetype NamedClasses = 3;

/// A value computed by whoever asks first; the others wait.
template <typename T>
class Lazy {
public:
    template <typename Compute>
    [[nodiscard]] Result<T> get(const Compute& compute)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_value)
            return *m_value;
        Result<T> computed = compute();
        if (computed)
            m_value = *computed;
        return computed;
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

Result<std::vector<FeatureColumn>> openFeatures(const PackedStore& store,
                                                const DatasetSettings& settings)
{
    std::vector<FeatureColumn> features;
    QSet<QString> names;
    for (const FeatureSettings& feature : settings.features) {
        if (feature.name.isEmpty() || names.contains(feature.name))
            return failure(ErrorCode::InvalidInput,
                           u"There are two features “%1”. Rename one of them."_s.arg(feature.name));
        names.insert(feature.name);
        auto column = FeatureColumn::create(store, feature);
        if (!column)
            return failureOf(column);
        features.push_back(std::move(*column));
    }
    return features;
}

QStringList subsetNames(const DatasetSettings& settings)
{
    QStringList names;
    for (const SubsetSettings& subset : settings.subsets)
        names.append(subset.name);
    return names;
}

tl::unexpected<Error> unknownSubset(const DatasetSettings& settings, const QString& name)
{
    return failure(ErrorCode::NotFound, u"There is no subset “%1”. There are: “%2”."_s.arg(
                                            name, subsetNames(settings).join(u"”, “"_s)));
}

Status checkSubsets(const DatasetSettings& settings, const std::vector<FeatureColumn>& features)
{
    for (const SubsetSettings& subset : settings.subsets) {
        if (subset.condition)
            if (auto checked = checkCondition(*subset.condition, features); !checked)
                return failure(checked.error().code,
                               u"Subset “%1”: %2"_s.arg(subset.name, checked.error().message));
        if (subset.random && !(subset.random->percent >= 0 && subset.random->percent <= 100))
            return failure(ErrorCode::InvalidInput,
                           u"The size of subset “%1” is not from 0 to 100 %."_s.arg(subset.name));
    }
    return settings.subsetIndex(settings.normalizeOn) < 0
               ? unknownSubset(settings, settings.normalizeOn)
               : Status();
}

QList<Issue> overlapIssues(const QStringList& names, const std::vector<std::vector<RowIndex>>& rows)
{
    QList<Issue> issues;
    for (size_t a = 0; a < rows.size(); ++a)
        for (size_t b = a + 1; b < rows.size(); ++b) {
            std::vector<RowIndex> common;
            std::ranges::set_intersection(rows[a], rows[b], std::back_inserter(common));
            if (!common.empty())
                issues.append({IssueLevel::Warning, names[qsizetype(a)],
                               u"shares %1 rows with “%2”"_s.arg(QString::number(common.size()),
                                                                 names[qsizetype(b)]),
                               0});
        }
    return issues;
}

void appendUnusedClasses(const FeatureColumn& feature, const std::vector<RowIndex>& rows,
                         const QString& subset, QList<Issue>& issues)
{
    QSet<qint32> used;
    for (RowIndex row : rows)
        used.insert(feature.classAt(row));
    QStringList unused;
    for (qint32 index = 0; index < feature.description().classes.size(); ++index)
        if (!used.contains(index))
            unused.append(u"“%1”"_s.arg(feature.description().classes[index]));
    if (unused.isEmpty())
        return;
    const QString others = unused.size() > NamedClasses
                               ? u" and %1 more"_s.arg(unused.size() - NamedClasses)
                               : QString();
    issues.append(
        {IssueLevel::Hint, feature.settings().name,
         u"no row of %1 has the class %2%3"_s.arg(
             subset, unused.first(std::min(unused.size(), NamedClasses)).join(u", "_s), others),
         0});
}

QList<Issue> featureIssues(const FeatureColumn& feature)
{
    QList<Issue> issues;
    const QString& name = feature.settings().name;
    const QString instead = feature.hasClasses() ? u"they have no class"_s
                            : feature.settings().encoding == Encoding::Numeric
                                ? u"an Input reads 0 instead, the mean under "
                                  "Standardization; a Target does not count them"_s
                                : u"they are empty"_s;
    if (const qint64 missing = countMissing(feature); missing > 0)
        issues.append({IssueLevel::Warning, name,
                       u"%1 values are missing: %2"_s.arg(QString::number(missing), instead), 0});
    if (const qsizetype classes = feature.description().classes.size(); classes > ManyClasses)
        issues.append({IssueLevel::Warning, name,
                       u"has %1 classes; is it really Categorical?"_s.arg(classes), 0});
    return issues;
}

} // namespace

/// Behind a pointer, so that a const function may change it: what threads share is read through
/// settings(), since Qt's containers detach where they are not const.
struct Dataset::Private {
    std::shared_ptr<const PackedStore> store;
    DatasetSettings settings;
    std::vector<FeatureColumn> columns;
    QList<FeatureDescription> descriptions;
    std::vector<Lazy<FeatureStatistics>> statistics; ///< of the features
    std::vector<Lazy<std::vector<RowIndex>>> subsetRows;
};

Dataset::Dataset(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
Dataset::~Dataset() = default;

Result<std::shared_ptr<const Dataset>> Dataset::open(std::shared_ptr<const PackedStore> store,
                                                     DatasetSettings settings)
{
    auto features = openFeatures(*store, settings);
    if (!features)
        return failureOf(features);
    if (auto checked = checkSubsets(settings, *features); !checked)
        return failureOf(checked);
    auto d = std::make_unique<Private>();
    d->store = std::move(store);
    d->settings = std::move(settings);
    d->columns = std::move(*features);
    d->statistics = std::vector<Lazy<FeatureStatistics>>(d->columns.size());
    d->subsetRows = std::vector<Lazy<std::vector<RowIndex>>>(size_t(d->settings.subsets.size()));
    for (const FeatureColumn& column : d->columns)
        d->descriptions.append(column.description());
    return std::shared_ptr<const Dataset>(new Dataset(std::move(d)));
}

const DatasetSettings& Dataset::settings() const
{
    return d->settings;
}

const PackedStore& Dataset::store() const
{
    return *d->store;
}

qint64 Dataset::rows() const
{
    return d->store->rows();
}

const QList<FeatureDescription>& Dataset::features() const
{
    return d->descriptions;
}

int Dataset::featureIndex(const QString& name) const
{
    return settings().featureIndex(name);
}

const FeatureColumn& Dataset::column(int feature) const
{
    return d->columns[size_t(feature)];
}

Result<std::vector<RowIndex>> Dataset::subsetRows(const QString& name) const
{
    const int index = settings().subsetIndex(name);
    if (index < 0)
        return unknownSubset(settings(), name);
    return d->subsetRows[size_t(index)].get(
        [&] { return selectRows(settings().subsets[index], rows(), d->columns); });
}

QList<Issue> Dataset::issues() const
{
    QList<Issue> issues;
    std::vector<std::vector<RowIndex>> rowsOfSubsets;
    for (const SubsetSettings& subset : settings().subsets) {
        rowsOfSubsets.push_back(subsetRows(subset.name).value_or(std::vector<RowIndex>()));
        if (rowsOfSubsets.back().empty())
            issues.append({IssueLevel::Error, subset.name,
                           u"has no row; change its size or its condition"_s, 0});
    }
    issues += overlapIssues(subsetNames(settings()), rowsOfSubsets);
    const int training = settings().subsetIndex(settings().normalizeOn);
    for (const FeatureColumn& feature : d->columns) {
        issues += featureIssues(feature);
        if (feature.hasClasses())
            appendUnusedClasses(feature, rowsOfSubsets[size_t(training)],
                                settings().subsets[training].name, issues);
    }
    return issues;
}

Result<FeatureStatistics> Dataset::statistics(int feature) const
{
    const QString& name = settings().features[feature].name;
    const auto frozen = settings().frozenStatistics.constFind(name);
    if (frozen != settings().frozenStatistics.constEnd())
        return *frozen;
    return d->statistics[size_t(feature)].get([&] {
        return subsetRows(settings().normalizeOn).and_then([&](const auto& rows) {
            return computeStatistics(column(feature), rows);
        });
    });
}

Result<FeatureStatistics> Dataset::statisticsOf(int feature,
                                                const std::vector<RowIndex>& rows) const
{
    return computeStatistics(column(feature), rows);
}

Result<Histogram> Dataset::histogram(int feature, int bins) const
{
    std::vector<RowIndex> all(static_cast<size_t>(rows()));
    std::iota(all.begin(), all.end(), RowIndex(0));
    return computeHistogram(column(feature), all, bins);
}

Result<DatasetSettings> Dataset::frozenSettings() const
{
    DatasetSettings frozen = settings();
    for (int feature = 0; feature < frozen.features.size(); ++feature) {
        auto computed = statistics(feature);
        if (!computed)
            return failureOf(computed);
        frozen.frozenStatistics.insert(frozen.features[feature].name, std::move(*computed));
    }
    return frozen;
}

Status Dataset::prepareImages(const ProgressSink& progress, std::stop_token stop) const
{
    for (const FeatureColumn& feature : d->columns)
        if (auto made = makeTransformedImages(feature, progress, stop); !made)
            return made;
    return {};
}

QString Dataset::cellText(int feature, RowIndex row) const
{
    return row < rows() ? column(feature).textAt(row) : QString();
}

Result<QImage> Dataset::cellImage(int feature, RowIndex row) const
{
    const FeatureColumn& images = column(feature);
    QImage image = row < rows() ? sourceImage(images, row) : QImage();
    if (image.isNull())
        return tl::unexpected(unreadableImage(images, row));
    return image;
}

} // namespace espalier
