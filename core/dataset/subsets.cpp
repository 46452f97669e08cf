#include "core/dataset/subsets.h"

#include "core/base/random.h"
#include "core/dataset/feature_column.h"

#include <QStringList>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using RowPredicate = std::function<bool(qint64 row)>;

template <typename T>
bool holds(const T& value, Comparison comparison, const T& other)
{
    switch (comparison) {
    case Comparison::Equal:
        return value == other;
    case Comparison::NotEqual:
        return value != other;
    case Comparison::Less:
        return value < other;
    case Comparison::Greater:
        return value > other;
    case Comparison::Contains:
        break;
    }
    return false;
}

bool textHolds(const QString& text, const ConditionFilter& condition)
{
    if (condition.comparison == Comparison::Contains)
        return text.contains(condition.value, Qt::CaseInsensitive);
    const bool ordered =
        condition.comparison == Comparison::Less || condition.comparison == Comparison::Greater;
    bool isNumber = false;
    bool isOtherNumber = false;
    const double number = text.toDouble(&isNumber);
    const double other = condition.value.toDouble(&isOtherNumber);
    if (ordered && isNumber && isOtherNumber)
        return holds(number, condition.comparison, other);
    return holds(text, condition.comparison, condition.value);
}

/// Every text is looked at once, however many rows have it.
RowPredicate textPredicate(const ConditionFilter& condition, const FeatureColumn& feature)
{
    std::vector<bool> passes;
    for (const QString& text : feature.schema().texts)
        passes.push_back(textHolds(text, condition));
    const auto codes = feature.store().codes(feature.column());
    return [passes, codes](qint64 row) {
        const qint32 code = codes[size_t(row)];
        return code >= 0 && passes[size_t(code)];
    };
}

RowPredicate numberPredicate(const ConditionFilter& condition, const FeatureColumn& feature)
{
    if (condition.comparison == Comparison::Contains)
        return [&](qint64 row) {
            const QString text = numberText(feature.numberAt(row));
            return !text.isEmpty() && text.contains(condition.value, Qt::CaseInsensitive);
        };
    const double other = condition.value.toDouble();
    return [&feature, other, comparison = condition.comparison](qint64 row) {
        const double number = feature.numberAt(row);
        return !std::isnan(number) && holds(number, comparison, other);
    };
}

bool comparesNumbers(const FeatureColumn& feature)
{
    return feature.schema().storage == StorageKind::Tensor ||
           feature.settings().encoding == Encoding::Numeric;
}

const FeatureColumn* findFeature(const QString& name, const std::vector<FeatureColumn>& features)
{
    const auto found = std::ranges::find_if(
        features, [&](const FeatureColumn& feature) { return feature.settings().name == name; });
    return found == features.end() ? nullptr : &*found;
}

std::vector<RowIndex> rowsThatPass(qint64 rows, const RowPredicate& passes)
{
    std::vector<RowIndex> selected;
    for (qint64 row = 0; row < rows; ++row)
        if (passes(row))
            selected.push_back(RowIndex(row));
    return selected;
}

/// n·percent/100 to the nearest row, in whole numbers: p % and (100 − p) % add up exactly.
qint64 share(qint64 rows, qint64 millionths)
{
    constexpr qint64 Whole = 100'000'000;
    return (rows * millionths + Whole / 2) / Whole;
}

} // namespace

Status checkCondition(const ConditionFilter& condition, const std::vector<FeatureColumn>& features)
{
    const FeatureColumn* feature = findFeature(condition.feature, features);
    if (!feature) {
        QStringList names;
        for (const FeatureColumn& known : features)
            names.append(known.settings().name);
        return failure(ErrorCode::NotFound, u"There is no feature “%1”. There are: “%2”."_s.arg(
                                                condition.feature, names.join(u"”, “"_s)));
    }
    if (!feature->isScalar())
        return failure(ErrorCode::InvalidInput,
                       u"Feature “%1” has no single value that a condition could compare."_s.arg(
                           condition.feature));
    bool isNumber = true;
    if (comparesNumbers(*feature) && condition.comparison != Comparison::Contains)
        condition.value.toDouble(&isNumber);
    if (!isNumber)
        return failure(ErrorCode::InvalidInput,
                       u"“%1” is no number that “%2” could be compared with."_s.arg(
                           condition.value, condition.feature));
    return {};
}

std::vector<RowIndex> randomPart(std::vector<RowIndex> rows, const RandomFilter& filter)
{
    const qint64 all = qint64(rows.size());
    const qint64 millionths = std::llround(filter.percent * 1e6);
    Random(filter.seed).shuffle(std::span(rows));
    if (filter.from == FromEnd::Start)
        rows.resize(size_t(share(all, millionths)));
    else
        rows.erase(rows.begin(), rows.begin() + share(all, 100'000'000 - millionths));
    std::ranges::sort(rows);
    return rows;
}

Result<std::vector<RowIndex>> selectRows(const SubsetSettings& subset, qint64 rows,
                                         const std::vector<FeatureColumn>& features)
{
    std::vector<RowIndex> selected;
    if (subset.condition) {
        const ConditionFilter& condition = *subset.condition;
        if (auto checked = checkCondition(condition, features); !checked)
            return failureOf(checked);
        const FeatureColumn& feature = *findFeature(condition.feature, features);
        selected = rowsThatPass(rows, comparesNumbers(feature) ? numberPredicate(condition, feature)
                                                               : textPredicate(condition, feature));
    } else {
        selected.resize(size_t(rows));
        std::iota(selected.begin(), selected.end(), RowIndex(0));
    }
    return subset.random ? randomPart(std::move(selected), *subset.random) : std::move(selected);
}

} // namespace espalier
