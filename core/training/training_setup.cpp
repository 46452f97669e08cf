#include "core/training/training_setup.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Without gradients more examples fit, and large batches are faster.
constexpr qint64 ValidationBatch = 1024;

Status requireUsableSettings(const RunSettings& settings)
{
    if (settings.batchSize < 1)
        return failure(ErrorCode::InvalidInput, u"The batch size must be at least 1."_s);
    if (settings.epochs < 1)
        return failure(ErrorCode::InvalidInput, u"The number of epochs must be at least 1."_s);
    return {};
}

Status requireNoErrors(const GraphAnalysis& analysis)
{
    if (analysis.canRun())
        return {};
    const auto issue = std::ranges::find(analysis.issues, IssueLevel::Error, &Issue::level);
    return failure(ErrorCode::InvalidInput,
                   u"The model cannot run yet: %1."_s.arg(issue == analysis.issues.end()
                                                              ? u"it is not complete"_s
                                                              : issueSentence(*issue)));
}

Result<std::vector<RowIndex>> rowsOf(const Dataset& dataset, const QString& subset)
{
    auto rows = dataset.subsetRows(subset);
    if (rows && rows->empty())
        return failure(ErrorCode::InvalidInput,
                       u"The subset \"%1\" has no rows: choose another one, or change its "
                       "filters."_s.arg(subset));
    return rows;
}

Status planRows(const TrainingJob& job, TrainingPlan& plan)
{
    auto training = rowsOf(*job.dataset, job.settings.trainingSubset);
    if (!training)
        return failureOf(training);
    plan.trainingRows = std::move(*training);
    if (job.settings.validationSubset.isEmpty())
        return {};
    auto validation = rowsOf(*job.dataset, job.settings.validationSubset);
    if (!validation)
        return failureOf(validation);
    plan.validationRows = std::move(*validation);
    return {};
}

Status planClassWeights(const TrainingJob& job, const GraphAnalysis& analysis, TrainingPlan& plan)
{
    const Parameters& target = analysis.blocks.constFind(*analysis.target)->parameters;
    if (!target.flag(u"use_class_weights"_s) || targetKindOf(plan.target) == TargetKind::Numbers)
        return {};
    const auto statistics =
        job.dataset->statisticsOf(job.dataset->featureIndex(plan.target.name), plan.trainingRows);
    if (!statistics)
        return failureOf(statistics);
    plan.options.classWeights = balancedClassWeights(statistics->classCounts);
    return {};
}

} // namespace

Result<TrainingPlan> planTraining(const TrainingJob& job)
{
    const RunSettings& settings = job.settings;
    const QList<FeatureDescription>& features = job.dataset->features();
    if (const Status usable = requireUsableSettings(settings); !usable)
        return failureOf(usable);
    const GraphAnalysis analysis = analyzeGraph(job.graph, features);
    if (const Status runnable = requireNoErrors(analysis); !runnable)
        return failureOf(runnable);

    TrainingPlan plan;
    plan.columns = executorColumns(job.graph, analysis, features);
    plan.target = features.at(job.dataset->featureIndex(plan.columns.last().feature));
    plan.options = {settings.device, settings.precision, settings.engine, settings.threads,
                    settings.seed,   settings.optimizer, {}};
    if (const Status rows = planRows(job, plan); !rows)
        return failureOf(rows);
    if (const Status weights = planClassWeights(job, analysis, plan); !weights)
        return failureOf(weights);
    return plan;
}

std::vector<float> balancedClassWeights(const QList<qint64>& counts)
{
    const double examples = double(std::accumulate(counts.cbegin(), counts.cend(), qint64(0)));
    const double classes = double(std::ranges::count_if(counts, [](qint64 n) { return n > 0; }));
    std::vector<float> weights;
    weights.reserve(size_t(counts.size()));
    for (qint64 count : counts)
        weights.push_back(count > 0 ? float(examples / (classes * double(count))) : 1.0F);
    return weights;
}

Result<TrainingData> openTrainingData(const TrainingJob& job, TrainingPlan plan,
                                      const Executor& executor, const std::stop_token& stop)
{
    TrainingData data;
    data.target = plan.target;
    const auto reading = outputReading(executor, *job.dataset, plan.target.name);
    if (!reading)
        return failureOf(reading);
    data.reading = *reading;

    const auto open = [&](std::vector<RowIndex>& rows, qint64 batchSize, bool shuffle) {
        return BatchSource::create(job.dataset,
                                   {plan.columns, std::move(rows), batchSize,
                                    executor.inputLayout(), shuffle, job.settings.seed},
                                   stop);
    };
    auto training = open(plan.trainingRows, job.settings.batchSize, true);
    if (!training)
        return failureOf(training);
    data.training = std::move(*training);
    if (plan.validationRows.empty())
        return data;
    auto validation = open(plan.validationRows, ValidationBatch, false);
    if (!validation)
        return failureOf(validation);
    data.validation = std::move(*validation);
    return data;
}

} // namespace espalier
