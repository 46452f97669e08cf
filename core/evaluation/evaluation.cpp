#include "core/evaluation/evaluation.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Fills an EvaluationResult batch by batch.
class ResultBuilder final {
public:
    ResultBuilder(const FeatureDescription& target, const OutputReading& reading)
        : m_kind(targetKindOf(target))
        , m_reading(reading)
        , m_metrics(createMetrics(target, false, reading))
    {
        if (m_kind != TargetKind::Numbers && target.classes.size() <= MaximumConfusionClasses)
            m_result.confusion = ConfusionMatrix(target.classes);
    }

    void reserve(qint64 rows)
    {
        m_result.predictions.reserve(size_t(rows));
        m_result.outputs.values.reserve(size_t(rows));
    }

    void add(const Batch& batch, const StepResult& step)
    {
        const BatchColumn& target = batch.columns.back();
        m_metrics->add(step.outputs, target, step.loss);
        for (qint64 i = 0; i < std::min(batch.size, step.outputs.size); ++i)
            addPrediction(prediction(batch, step, i));
        Outputs& all = m_result.outputs;
        all.width = step.outputs.width;
        all.size += step.outputs.size;
        all.values.insert(all.values.end(), step.outputs.values.begin(), step.outputs.values.end());
    }

    [[nodiscard]] EvaluationResult finish()
    {
        m_result.rows = qint64(m_result.predictions.size());
        m_result.metrics = m_metrics->values();
        return std::move(m_result);
    }

private:
    void addPrediction(const Prediction& prediction)
    {
        if (m_result.confusion)
            m_result.confusion->add(prediction.actual, prediction.predicted);
        m_result.predictions.push_back(prediction);
    }

    [[nodiscard]] Prediction prediction(const Batch& batch, const StepResult& step, qint64 i) const
    {
        const auto index = size_t(i);
        const BatchColumn& target = batch.columns.back();
        const auto outputs =
            std::span(step.outputs.values)
                .subspan(size_t(i * step.outputs.width), size_t(step.outputs.width));
        Prediction p;
        p.row = batch.rows[index];
        p.loss = index < step.losses.size() ? step.losses[index] : 0.0F;
        if (m_kind == TargetKind::Numbers)
            readNumber(p, target, i, outputs);
        else
            readClass(p, outputs);
        if (m_kind != TargetKind::Numbers && index < target.classes.size())
            p.actual = target.classes[index];
        return p;
    }

    void readNumber(Prediction& p, const BatchColumn& target, qint64 i,
                    std::span<const float> outputs) const
    {
        const size_t first = size_t(i) * outputs.size();
        const bool known = !outputs.empty() && first < target.values.size();
        const double actual =
            known ? double(target.values[first]) : std::numeric_limits<double>::quiet_NaN();
        p.actualValue = float(m_reading.scale.toUnits(actual));
        p.predictedValue =
            outputs.empty() ? 0.0F : float(m_reading.scale.toUnits(double(outputs.front())));
    }

    void readClass(Prediction& p, std::span<const float> outputs) const
    {
        if (outputs.empty())
            return;
        if (m_kind == TargetKind::Binary) {
            p.predicted = outputs.front() >= m_reading.threshold ? 1 : 0;
            const float positive = positiveProbability(outputs.front(), m_reading.threshold);
            p.probability = p.predicted == 1 ? positive : 1 - positive;
            return;
        }
        p.predicted = predictedClass(outputs);
        p.probability = outputs[size_t(p.predicted)];
    }

    TargetKind m_kind;
    OutputReading m_reading;
    std::unique_ptr<MetricAccumulator> m_metrics;
    EvaluationResult m_result;
};

Result<FeatureDescription> describeTarget(const Dataset& dataset,
                                          const QList<ColumnRequest>& columns)
{
    const QString name = columns.isEmpty() ? QString() : columns.last().feature;
    const int index = dataset.featureIndex(name);
    if (index < 0)
        return failure(
            ErrorCode::NotFound,
            u"The dataset has no feature \"%1\" to compare predictions with."_s.arg(name));
    return dataset.features().at(index);
}

} // namespace

Result<OutputReading> outputReading(const Executor& executor, const Dataset& dataset,
                                    const QString& target)
{
    OutputReading reading;
    reading.threshold = executor.decisionThreshold();
    const int index = dataset.featureIndex(target);
    if (index < 0 || targetKindOf(dataset.features().at(index)) != TargetKind::Numbers)
        return reading;
    const auto statistics = dataset.statistics(index);
    if (!statistics)
        return failureOf(statistics);
    reading.scale = valueScale(dataset.settings().features.at(index).normalization, *statistics);
    return reading;
}

Result<EvaluationResult> evaluateRows(Executor& executor, std::shared_ptr<const Dataset> dataset,
                                      const QList<ColumnRequest>& columns,
                                      std::vector<RowIndex> rows, qint64 batchSize,
                                      const ProgressSink& progress, std::stop_token stop)
{
    const auto target = describeTarget(*dataset, columns);
    if (!target)
        return failureOf(target);
    const auto reading = outputReading(executor, *dataset, target->name);
    if (!reading)
        return failureOf(reading);
    const auto source = BatchSource::create(
        dataset, {columns, std::move(rows), batchSize, executor.inputLayout(), false, 1}, stop);
    if (!source)
        return failureOf(source);

    ResultBuilder builder(*target, *reading);
    builder.reserve((*source)->rows());
    Progress done;
    (*source)->startEpoch(0);
    while (const Batch* batch = (*source)->next()) {
        if (stop.stop_requested())
            return cancelled();
        const auto step = executor.evaluate(*batch);
        if (!step)
            return failureOf(step);
        builder.add(*batch, *step);
        done.rows += batch->size;
        if (progress)
            progress(done);
    }
    return builder.finish();
}

Result<MetricValues> measure(Executor& executor, BatchSource& source, MetricAccumulator& metrics,
                             std::stop_token stop, const std::function<void()>& beforeBatch)
{
    metrics.reset();
    source.startEpoch(0);
    while (const Batch* batch = source.next()) {
        if (beforeBatch)
            beforeBatch();
        if (stop.stop_requested())
            return cancelled();
        const auto step = executor.evaluate(*batch);
        if (!step)
            return failureOf(step);
        metrics.add(step->outputs, batch->columns.back(), step->loss);
    }
    return metrics.values();
}

} // namespace espalier
