#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/experiment_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/progress_display.h"
#include "app/cli/text_format.h"
#include "core/project/experiment_evaluation.h"

#include <QJsonArray>
#include <QJsonObject>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr qsizetype LongestClassTitle = 10;

struct Evaluation {
    QString experiment;
    QString subset;
    CheckpointRecord checkpoint;
    EvaluationResult result;
};

/// The subset of --subset; else the one that the run was measured on.
QString chosenSubset(const CommandContext& context, const RunSettings& settings)
{
    return context.isSet(u"subset"_s) ? context.option(u"subset"_s) : defaultSubset(settings);
}

Result<SubsetEvaluation> measureSubset(const CommandContext& context, const LoadedModel& model,
                                       const QString& subset)
{
    const auto rows = model.dataset->subsetRows(subset);
    if (!rows)
        return failureOf(rows);
    const double total = double(std::max<size_t>(1, rows->size()));
    ProgressDisplay display(context.output.isQuiet());
    return evaluateSubset(
        model, subset, executorOptions(model.experiment.settings),
        [&](const Progress& progress) {
            display.update(u"Evaluating"_s, double(progress.rows) / total,
                           [&] { return amountText(progress.rows, u"row"_s, u"rows"_s); });
        },
        context.stop);
}

QJsonArray confusionJson(const ConfusionMatrix& matrix)
{
    QJsonArray json;
    for (qint64 actual = 0; actual < matrix.size(); ++actual) {
        QJsonArray row;
        for (qint64 predicted = 0; predicted < matrix.size(); ++predicted)
            row.append(matrix.at(actual, predicted));
        json.append(row);
    }
    return json;
}

QJsonArray scoresJson(const ConfusionMatrix& matrix)
{
    QJsonArray json;
    for (const ClassScores& scores : matrix.classScores())
        json.append(QJsonObject{{u"class"_s, scores.name},
                                {u"precision"_s, scores.precision},
                                {u"recall"_s, scores.recall},
                                {u"f1"_s, scores.f1},
                                {u"support"_s, scores.support}});
    return json;
}

QJsonObject toJson(const Evaluation& evaluation)
{
    QJsonObject json = metricsJson(evaluation.result.metrics);
    json.insert(u"experiment"_s, evaluation.experiment);
    json.insert(u"subset"_s, evaluation.subset);
    json.insert(u"epoch"_s, evaluation.checkpoint.epoch);
    json.insert(u"rows"_s, evaluation.result.rows);
    if (const auto& matrix = evaluation.result.confusion) {
        json.insert(u"classes"_s, QJsonArray::fromStringList(matrix->classes()));
        json.insert(u"confusion"_s, confusionJson(*matrix));
        json.insert(u"per_class"_s, scoresJson(*matrix));
    }
    return json;
}

QString scoresText(const ConfusionMatrix& matrix)
{
    TextTable table({{u"Class"_s},
                     {u"Precision"_s, Align::Right},
                     {u"Recall"_s, Align::Right},
                     {u"F1"_s, Align::Right},
                     {u"Rows"_s, Align::Right}});
    for (const ClassScores& scores : matrix.classScores())
        table.addRow({scores.name, numberText(scores.precision), numberText(scores.recall),
                      numberText(scores.f1), countText(scores.support)});
    return table.toString();
}

QString confusionText(const ConfusionMatrix& matrix)
{
    QList<TextColumn> columns{{u"actual \\ predicted"_s}};
    for (const QString& name : matrix.classes())
        columns.append({name.left(LongestClassTitle), Align::Right});
    TextTable table(columns);
    for (qint64 actual = 0; actual < matrix.size(); ++actual) {
        QStringList cells{matrix.classes().at(actual)};
        for (qint64 predicted = 0; predicted < matrix.size(); ++predicted)
            cells.append(countText(matrix.at(actual, predicted)));
        table.addRow(cells);
    }
    return table.toString();
}

QString metricsText(const MetricValues& metrics)
{
    TextTable table({{}, {}});
    for (const MetricDescription& metric : metricDescriptions())
        if (metrics.contains(metric.key))
            table.addRow({metric.label, numberText(metrics.value(metric.key))});
    return table.toString();
}

QString toText(const Evaluation& evaluation)
{
    QStringList parts{u"'%1' after epoch %2 on the %3 of '%4'"_s.arg(
                          evaluation.experiment, QString::number(evaluation.checkpoint.epoch),
                          amountText(evaluation.result.rows, u"row"_s, u"rows"_s),
                          evaluation.subset),
                      metricsText(evaluation.result.metrics)};
    if (const auto& matrix = evaluation.result.confusion)
        parts << QString() << scoresText(*matrix) << QString() << confusionText(*matrix);
    return parts.join(QChar(u'\n'));
}

} // namespace

Status evaluateCommand(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const QString checkpoint =
        context.isSet(u"checkpoint"_s) ? context.option(u"checkpoint"_s) : u"best"_s;
    const auto model = loadModel(*opened->store, opened->record, checkpoint);
    if (!model)
        return failureOf(model);
    const QString subset = chosenSubset(context, opened->record.settings);
    auto result = measureSubset(context, *model, subset);
    if (!result)
        return failureOf(result);
    const Evaluation evaluation{opened->record.name, subset, model->checkpointRecord,
                                std::move(result->result)};
    context.output.result(toJson(evaluation), toText(evaluation));
    return {};
}

} // namespace espalier::cli
