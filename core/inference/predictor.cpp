#include "core/inference/predictor.h"

#include "core/dataset/value_scale.h"
#include "core/inference/image_file.h"
#include "core/inference/value_encoding.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString sentenceOf(const GraphAnalysis& analysis)
{
    const auto issue = std::ranges::find(analysis.issues, IssueLevel::Error, &Issue::level);
    return issue == analysis.issues.end() ? u"it is not complete"_s : issueSentence(*issue);
}

QList<ClassProbability> sortedClasses(const QStringList& names, std::span<const float> outputs)
{
    QList<ClassProbability> classes;
    for (size_t i = 0; i < outputs.size() && i < size_t(names.size()); ++i)
        classes.append({names[qsizetype(i)], double(outputs[i])});
    std::ranges::stable_sort(classes, std::ranges::greater(), &ClassProbability::probability);
    return classes;
}

} // namespace

struct Predictor::Private {
    std::unique_ptr<Executor> executor;
    QList<EncodedFeature> inputs;
    EncodedFeature target;

    [[nodiscard]] Result<Batch> batchOf(const QHash<QString, QVariant>& values) const;
    [[nodiscard]] PredictedExample read(const Outputs& outputs) const;
};

Result<Batch> Predictor::Private::batchOf(const QHash<QString, QVariant>& values) const
{
    Batch batch;
    batch.size = 1;
    for (const EncodedFeature& input : inputs) {
        const auto value = values.constFind(input.description.name);
        if (value == values.constEnd() || !value->isValid())
            return failure(ErrorCode::InvalidInput,
                           u"A value for \"%1\" is missing."_s.arg(input.description.name));
        auto encoded = encodeValue(input, *value, executor->inputLayout());
        if (!encoded)
            return failureOf(encoded);
        batch.columns.push_back({input.description.shape, std::move(*encoded), {}});
    }
    return batch;
}

PredictedExample Predictor::Private::read(const Outputs& outputs) const
{
    const std::span values(outputs.values);
    switch (target.description.encoding) {
    case Encoding::Categorical:
        return {sortedClasses(target.description.classes, values), {}};
    case Encoding::Binary: {
        const float positive =
            values.empty() ? 0.0F
                           : positiveProbability(values.front(), executor->decisionThreshold());
        return {sortedClasses(target.description.classes, std::vector{1 - positive, positive}), {}};
    }
    case Encoding::Numeric:
    case Encoding::Image:
    case Encoding::Text:
        break;
    }
    const ValueScale scale = valueScale(target.settings.normalization, target.statistics);
    PredictedExample example;
    for (float value : values)
        example.values.append(float(scale.toUnits(double(value))));
    return example;
}

Predictor::Predictor(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}

Predictor::~Predictor() = default;

Result<std::unique_ptr<Predictor>> Predictor::create(const ModelGraph& graph,
                                                     std::shared_ptr<const Dataset> dataset,
                                                     const Checkpoint& checkpoint,
                                                     const ExecutorOptions& options)
{
    const GraphAnalysis analysis = analyzeGraph(graph, dataset->features());
    if (!analysis.canRun())
        return failure(ErrorCode::InvalidInput,
                       u"The model cannot predict: %1."_s.arg(sentenceOf(analysis)));
    auto d = std::make_unique<Private>();
    for (const auto& column : executorColumns(graph, analysis, dataset->features())) {
        auto feature = describeEncoding(*dataset, column.feature);
        if (!feature)
            return failureOf(feature);
        d->inputs.append(std::move(*feature));
    }
    d->target = d->inputs.takeLast();
    auto executor = createExecutor(graph, dataset->features(), options);
    if (!executor)
        return failureOf(executor);
    if (const Status loaded = (*executor)->setState(checkpoint.tensors, false); !loaded)
        return failureOf(loaded);
    d->executor = std::move(*executor);
    return std::unique_ptr<Predictor>(new Predictor(std::move(d)));
}

QStringList Predictor::inputs() const
{
    QStringList names;
    for (const EncodedFeature& input : d->inputs)
        names.append(input.description.name);
    return names;
}

QList<FeatureDescription> Predictor::inputFeatures() const
{
    QList<FeatureDescription> features;
    for (const EncodedFeature& input : d->inputs)
        features.append(input.description);
    return features;
}

Result<PredictedExample> Predictor::predict(const QHash<QString, QVariant>& values)
{
    const auto batch = d->batchOf(values);
    if (!batch)
        return failureOf(batch);
    return d->executor->predict(*batch).map(
        [this](const Outputs& outputs) { return d->read(outputs); });
}

Result<PredictedExample> Predictor::predictFile(const QString& path)
{
    if (d->inputs.size() != 1 || d->inputs.first().description.encoding != Encoding::Image)
        return failure(
            ErrorCode::InvalidInput,
            u"Files can be predicted by models whose only Input is an image; this one "
            "reads %1: give it a csv table with these columns."_s.arg(inputs().join(u", "_s)));
    const auto image = readImageFile(path);
    if (!image)
        return failureOf(image);
    return predict({{d->inputs.first().description.name, *image}});
}

} // namespace espalier
