#include "ui/evaluation/compare/compare_curves.h"

#include "core/project/experiment_comparison.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double EndSpace = 0.3;
constexpr double DottedWidth = 1.25;

} // namespace

QList<MetricCurves::Tab> CompareCurves::tabs(const QList<ExperimentRecord>& experiments)
{
    QList<MetricCurves::Tab> all;
    for (const ExperimentRecord& experiment : experiments) {
        for (const MetricCurves::Tab& tab : MetricCurves::tabs(experiment)) {
            const auto known = std::ranges::find(all, tab.key, &MetricCurves::Tab::key);
            if (known == all.end())
                all.append(tab);
            else if (known->label != tab.label)
                known->label = tr("Loss"); // of several kinds
        }
    }
    return all;
}

bool CompareCurves::comparable(const QList<ExperimentRecord>& experiments, const QString& metric)
{
    return metric != u"loss"_s || compareExperiments(experiments, {}).sameLoss;
}

ChartContent CompareCurves::content(const QList<ExperimentRecord>& experiments,
                                    const QString& metric)
{
    ChartContent content;
    content.xTitle = tr("Epoch");
    int last = 1;
    for (int i = 0; i < experiments.size(); ++i) {
        const ExperimentRecord& experiment = experiments[i];
        const SeriesColor color{Role::MetricValidation, i};
        ChartSeries training{tr("%1, training").arg(experiment.name), color,
                             MetricCurves::points(experiment.epochs, metric, false)};
        training.width = DottedWidth;
        training.dotted = true;
        ChartSeries validation{experiment.name, color,
                               MetricCurves::points(experiment.epochs, metric, true)};
        validation.endValue = true;
        if (!training.points.isEmpty())
            content.series.append(training);
        if (!validation.points.isEmpty())
            content.series.append(validation);
        const EpochRecord* best = MetricCurves::best(experiment);
        if (best && !validation.points.isEmpty())
            content.marks.append(
                {{double(best->epoch), MetricCurves::value(*best, metric)}, color, {}});
        if (!experiment.epochs.isEmpty())
            last = std::max(last, experiment.epochs.last().epoch);
    }
    content.x = {1 - EndSpace, last + EndSpace};
    return content;
}

} // namespace espalier
