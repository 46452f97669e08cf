#include "app/cli/commands/dataset_views.h"

#include "app/cli/commands/issue_views.h"
#include "app/cli/text_format.h"
#include "core/dataset/dataset.h"
#include "core/dataset/store/packed_store.h"

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

/// What the column holds, whatever it is encoded as.
QString columnType(const ColumnSchema& column)
{
    if (column.storage == StorageKind::EncodedImage)
        return u"image"_s;
    if (column.storage == StorageKind::Dictionary)
        return u"text"_s;
    if (column.element == ElementType::UInt8 && column.shape.rank() == 3)
        return u"image"_s;
    return column.shape.elementCount() == 1 ? u"number"_s : u"array"_s;
}

QString columnType(const Dataset& dataset, const FeatureSettings& feature)
{
    const int column = dataset.store().columnIndex(feature.column);
    return column < 0 ? QString() : columnType(dataset.store().manifest().columns.at(column));
}

QJsonObject statisticsJson(const FeatureStatistics& statistics, const QStringList& classes)
{
    QJsonObject json{{u"missing"_s, statistics.missing}};
    if (classes.isEmpty()) {
        json.insert(u"mean"_s, statistics.mean);
        json.insert(u"deviation"_s, statistics.deviation);
        json.insert(u"minimum"_s, statistics.minimum);
        json.insert(u"maximum"_s, statistics.maximum);
        return json;
    }
    QJsonObject counts;
    for (qsizetype i = 0; i < classes.size(); ++i)
        counts.insert(classes[i], statistics.classCounts.value(i));
    json.insert(u"class_counts"_s, counts);
    return json;
}

QString statisticsText(const FeatureStatistics& statistics, const QStringList& classes)
{
    if (!classes.isEmpty())
        return amountText(classes.size(), u"class"_s, u"classes"_s) + u": "_s +
               classes.mid(0, 12).join(u", "_s) + (classes.size() > 12 ? u", …"_s : QString());
    return u"mean %1, deviation %2, %3 to %4"_s.arg(
        numberText(statistics.mean), numberText(statistics.deviation),
        numberText(statistics.minimum), numberText(statistics.maximum));
}

void addEncodingSettings(QJsonObject& json, const FeatureSettings& settings)
{
    json.insert(u"normalization"_s, enumKey(settings.normalization));
    if (settings.encoding == Encoding::Binary)
        json.insert(u"positive_class"_s, settings.positiveClass);
    if (settings.encoding != Encoding::Image)
        return;
    json.insert(u"color_mode"_s, enumKey(settings.colorMode));
    json.insert(u"transformation"_s, enumKey(settings.transformation));
    json.insert(u"width"_s, settings.width);
    json.insert(u"height"_s, settings.height);
}

QJsonObject featureJson(const Dataset& dataset, int index)
{
    const FeatureSettings& settings = dataset.settings().features.at(index);
    const FeatureDescription& feature = dataset.features().at(index);
    QJsonObject json{{u"name"_s, feature.name},
                     {u"column"_s, settings.column},
                     {u"type"_s, columnType(dataset, settings)},
                     {u"encoding"_s, enumKey(feature.encoding)},
                     {u"shape"_s, feature.shape.toJson()}};
    addEncodingSettings(json, settings);
    if (!feature.classes.isEmpty())
        json.insert(u"classes"_s, QJsonArray::fromStringList(feature.classes));
    return json;
}

QString subsetRule(const SubsetSettings& subset)
{
    QStringList parts;
    if (subset.condition)
        parts.append(u"%1 %2 %3"_s.arg(subset.condition->feature,
                                       enumLabel(subset.condition->comparison).toLower(),
                                       subset.condition->value));
    if (subset.random)
        parts.append(u"%1 % at random, from the %2, seed %3"_s.arg(subset.random->percent)
                         .arg(enumLabel(subset.random->from).toLower())
                         .arg(subset.random->seed));
    return parts.isEmpty() ? u"all rows"_s : parts.join(u"; "_s);
}

qint64 subsetSize(const Dataset& dataset, const QString& name)
{
    const auto rows = dataset.subsetRows(name);
    return rows ? qint64(rows->size()) : 0;
}

QString featuresText(const Dataset& dataset)
{
    TextTable table({{u"Feature"_s},
                     {u"Type"_s},
                     {u"Encoding"_s},
                     {u"Shape"_s},
                     {u"Normalization"_s},
                     {u"Statistics"_s}});
    for (int i = 0; i < dataset.features().size(); ++i) {
        const FeatureSettings& settings = dataset.settings().features.at(i);
        const FeatureDescription& feature = dataset.features().at(i);
        const auto statistics = dataset.statistics(i);
        table.addRow({feature.name, columnType(dataset, settings), enumLabel(feature.encoding),
                      feature.shape.toString(), enumLabel(settings.normalization),
                      statistics ? statisticsText(*statistics, feature.classes) : QString()});
    }
    return table.toString();
}

QString subsetsText(const Dataset& dataset)
{
    TextTable table({{u"Subset"_s}, {u"Rows"_s, Align::Right}, {u"Rule"_s}});
    for (const SubsetSettings& subset : dataset.settings().subsets)
        table.addRow(
            {subset.name, countText(subsetSize(dataset, subset.name)), subsetRule(subset)});
    return table.toString();
}

} // namespace

QJsonArray featuresJson(const Dataset& dataset)
{
    QJsonArray json;
    for (int i = 0; i < dataset.features().size(); ++i)
        json.append(featureJson(dataset, i));
    return json;
}

QJsonArray subsetsJson(const Dataset& dataset)
{
    QJsonArray json;
    for (const SubsetSettings& subset : dataset.settings().subsets)
        json.append(QJsonObject{{u"name"_s, subset.name},
                                {u"rows"_s, subsetSize(dataset, subset.name)},
                                {u"rule"_s, subsetRule(subset)}});
    return json;
}

QJsonArray problemsJson(const QList<ImportProblem>& problems)
{
    QJsonArray json;
    for (const ImportProblem& problem : problems)
        json.append(QJsonObject{
            {u"file"_s, problem.file}, {u"row"_s, problem.row}, {u"reason"_s, problem.reason}});
    return json;
}

QJsonObject datasetJson(const DatasetRecord& record)
{
    return {{u"name"_s, record.name},
            {u"version"_s, record.version},
            {u"dataset"_s, record.reference()},
            {u"saved"_s, record.saved},
            {u"rows"_s, record.rows},
            {u"created"_s, record.created.toString(Qt::ISODate)},
            {u"used_by"_s, QJsonArray::fromStringList(record.usedBy)}};
}

QJsonObject datasetDetailsJson(const DatasetRecord& record, const Dataset& dataset)
{
    QJsonArray features;
    for (int i = 0; i < dataset.features().size(); ++i) {
        QJsonObject feature = featureJson(dataset, i);
        if (const auto statistics = dataset.statistics(i))
            feature.insert(u"statistics"_s,
                           statisticsJson(*statistics, dataset.features().at(i).classes));
        features.append(feature);
    }
    QJsonObject json = datasetJson(record);
    json.insert(u"features"_s, features);
    json.insert(u"subsets"_s, subsetsJson(dataset));
    json.insert(u"normalize_on"_s, dataset.settings().normalizeOn);
    json.insert(u"seed"_s, qint64(dataset.settings().seed));
    json.insert(u"origin"_s, dataset.store().manifest().origin);
    json.insert(u"skipped"_s, dataset.store().manifest().skipped);
    json.insert(u"problems"_s, problemsJson(dataset.store().manifest().problems));
    json.insert(u"issues"_s, issuesJson(dataset.issues()));
    return json;
}

QString datasetDetailsText(const DatasetRecord& record, const Dataset& dataset)
{
    const QString state = record.saved ? u"saved"_s : u"not saved yet"_s;
    QStringList parts{u"%1, %2, %3"_s.arg(record.reference(), state,
                                          amountText(record.rows, u"row"_s, u"rows"_s)),
                      u"From %1"_s.arg(dataset.store().manifest().origin)};
    if (!record.usedBy.isEmpty())
        parts.append(u"Used by %1"_s.arg(someText(record.usedBy)));
    parts << QString() << featuresText(dataset) << QString() << subsetsText(dataset)
          << u"Statistics over the subset '%1'"_s.arg(dataset.settings().normalizeOn);
    const QList<Issue> issues = dataset.issues();
    if (!issues.isEmpty())
        parts << QString() << issuesText(issues);
    return parts.join(QChar(u'\n'));
}

} // namespace espalier::cli
