#include "core/project/experiment_check.h"

#include "core/graph/graph_analysis.h"
#include "core/nn/executor.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Rows of the subset that a setting names; adds what is wrong with it.
qint64 usableRows(const Dataset& dataset, const QString& subset, const QString& use,
                  QList<Issue>& issues)
{
    const auto rows = dataset.subsetRows(subset);
    if (!rows)
        issues.append({IssueLevel::Error, use, rows.error().message});
    else if (rows->empty())
        issues.append(
            {IssueLevel::Error, use, u"the subset '%1' has no row; choose another"_s.arg(subset)});
    return rows ? qint64(rows->size()) : 0;
}

void checkDevice(const RunSettings& settings, QList<Issue>& issues)
{
    if (settings.device != Device::Auto && !availableDevices().contains(settings.device))
        issues.append({IssueLevel::Error, u"Device"_s,
                       u"%1 is not available on this machine; choose auto or cpu"_s.arg(
                           enumLabel(settings.device))});
    else if (!supportsPrecision(settings.device, settings.precision))
        issues.append({IssueLevel::Error, u"Precision"_s,
                       u"%1 is not available on this machine; choose float32"_s.arg(
                           enumLabel(settings.precision))});
}

} // namespace

QList<Issue> checkRunSettings(const RunSettings& settings, const Dataset& dataset)
{
    QList<Issue> issues;
    const qint64 rows = usableRows(dataset, settings.trainingSubset, u"Training subset"_s, issues);
    if (settings.validationSubset.isEmpty())
        issues.append({IssueLevel::Hint, u"Validation subset"_s,
                       u"none is chosen, so the best epoch is the best on the training data"_s});
    else
        usableRows(dataset, settings.validationSubset, u"Validation subset"_s, issues);
    if (settings.validationSubset.compare(settings.trainingSubset, Qt::CaseInsensitive) == 0)
        issues.append({IssueLevel::Warning, u"Validation subset"_s,
                       u"it is the training subset, so it says nothing about new data"_s});
    if (rows > 0 && settings.batchSize > rows)
        issues.append(
            {IssueLevel::Warning, u"Batch size"_s,
             u"%1 is more than the %2 rows of the training subset"_s.arg(settings.batchSize)
                 .arg(rows)});
    checkDevice(settings, issues);
    return issues;
}

QList<Issue> checkExperiment(const ModelGraph& graph, const RunSettings& settings,
                             const Dataset& dataset)
{
    QList<Issue> issues = analyzeGraph(graph, dataset.features()).issues +
                          checkRunSettings(settings, dataset) + dataset.issues();
    std::stable_sort(issues.begin(), issues.end(), [](const Issue& left, const Issue& right) {
        return left.level < right.level;
    });
    return issues;
}

} // namespace espalier
