#include "ui/widgets/run_state_text.h"

#include "core/evaluation/metrics.h"
#include "core/project/records.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("espalier::RunState", text);
}

QString stateName(RunState state)
{
    return QCoreApplication::translate("espalier::RunState", enumLabel(state).toUtf8().constData());
}

QString queueText(qsizetype place)
{
    return place == 0 ? translated("Queued, next") : translated("Queued, %1 before it").arg(place);
}

QString epochsText(const RunSituation& situation)
{
    if (situation.epoch == 0)
        return translated("Starting");
    return translated("%1 of %2 epochs").arg(situation.epoch - 1).arg(situation.epochs);
}

/// Without the full stop that a sentence has.
QString reason(QString sentence)
{
    while (sentence.endsWith(u'.'))
        sentence.chop(1);
    return sentence;
}

QString joined(const QString& state, const QString& detail)
{
    return detail.isEmpty() ? state : state + u" · "_s + detail;
}

} // namespace

RunStateLook runStateLook(RunState state)
{
    switch (state) {
    case RunState::Created:
        return {u"created"_s, Role::TextSecondary};
    case RunState::Queued:
        return {u"queued"_s, Role::TextSecondary};
    case RunState::Running:
        return {u"running"_s, Role::AccentInk};
    case RunState::Pausing:
    case RunState::Paused:
        return {u"paused"_s, Role::AccentInk};
    case RunState::Completed:
        return {u"done"_s, Role::LevelDone};
    case RunState::Stopped:
        return {u"stopped"_s, Role::TextSecondary};
    case RunState::Failed:
        break;
    }
    return {u"failed"_s, Role::LevelError};
}

QString bestMetricText(const ExperimentRecord& record)
{
    const int best = record.bestEpoch();
    const auto epoch = std::ranges::find(record.epochs, best, &EpochRecord::epoch);
    if (epoch == record.epochs.end())
        return {};
    const MetricValues& values = epoch->validation.isEmpty() ? epoch->training : epoch->validation;
    for (const QString& key : {primaryMetric(TargetKind::Classes), u"loss"_s})
        if (const auto value = values.constFind(key); value != values.constEnd())
            return u"%1 @ %2"_s.arg(metricText(*value)).arg(best);
    return {};
}

QString runStateText(const ExperimentRecord& record, const RunSituation& situation)
{
    const QString name = stateName(situation.state);
    switch (situation.state) {
    case RunState::Queued:
        return queueText(situation.place);
    case RunState::Running:
        return epochsText(situation);
    case RunState::Pausing:
    case RunState::Paused:
        return joined(name, situation.epoch > 0 ? epochsText(situation) : QString());
    case RunState::Failed:
        return joined(name, reason(record.error));
    case RunState::Created:
        return name;
    case RunState::Completed:
    case RunState::Stopped:
        break;
    }
    return joined(name, bestMetricText(record));
}

} // namespace espalier
