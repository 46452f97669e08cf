#include "ui/evaluation/run_summary.h"

#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool isAlwaysShown(const QString& key)
{
    static const QStringList keys{u"epochs"_s, u"batch_size"_s, u"optimizer"_s,
                                  u"optimizer.learning_rate"_s};
    return keys.contains(key);
}

} // namespace

QString RunSummaryText::place(const RunProgress& progress)
{
    if (progress.epoch == 0)
        return tr("Preparing");
    if (progress.state == RunState::Paused)
        return tr("Paused in epoch %1").arg(progress.epoch);
    if (progress.validating)
        return tr("Epoch %1, validating").arg(progress.epoch);
    if (progress.batches == 0)
        return tr("Epoch %1").arg(progress.epoch);
    return tr("Epoch %1, batch %2 of %3")
        .arg(QString::number(progress.epoch), countText(progress.batch),
             countText(progress.batches));
}

QString RunSummaryText::outcome(const ExperimentRecord& experiment, RunState state)
{
    const QString label = enumLabel(state);
    if (canRun(state))
        return tr("Has not run yet");
    return tr("%1, %2 of %3 epochs")
        .arg(label, QString::number(experiment.epochs.size()),
             QString::number(experiment.settings.epochs));
}

QString RunSummaryText::failure(const ExperimentRecord& experiment)
{
    const QString reason = experiment.error.isEmpty() ? tr("The run failed.") : experiment.error;
    return experiment.epochs.isEmpty()
               ? tr("%1\nResume begins again, a duplicate can be changed.").arg(reason)
               : tr("%1\nResume goes on after epoch %2, a duplicate can be changed.")
                     .arg(reason)
                     .arg(experiment.epochs.last().epoch);
}

QString RunSummaryText::speed(double examplesPerSecond)
{
    if (!(examplesPerSecond > 0))
        return QString(QChar(0x2013));
    return tr("%1 examples/s").arg(countText(std::llround(examplesPerSecond)));
}

double RunSummaryText::meanSpeed(const ExperimentRecord& experiment)
{
    double examples = 0;
    double seconds = 0;
    for (const EpochRecord& epoch : experiment.epochs) {
        examples += epoch.examplesPerSecond * epoch.seconds;
        seconds += epoch.seconds;
    }
    return seconds > 0 ? examples / seconds : 0;
}

QString RunSummaryText::labelOf(const RunSettingSpec& spec, const QString& text)
{
    const auto choice = std::ranges::find(spec.choices, text, &RunSettingChoice::key);
    if (choice != spec.choices.cend())
        return choice->label;
    const bool isNone = text.isEmpty() || text == u"0"_s;
    return isNone && !spec.none.isEmpty() ? spec.none : text;
}

QString RunSummaryText::settingText(const RunSettingSpec& spec, const RunSettings& settings)
{
    return labelOf(spec, spec.text(settings));
}

QList<std::pair<QString, QString>> RunSummaryText::settings(const RunSettings& settings)
{
    RunSettings usual;
    usual.optimizer.optimizer = settings.optimizer.optimizer;
    const QList<RunSettingSpec> usualSpecs = runSettingSpecs(usual);
    QList<std::pair<QString, QString>> rows;
    for (const RunSettingSpec& spec : runSettingSpecs(settings)) {
        const auto known = std::ranges::find(usualSpecs, spec.key, &RunSettingSpec::key);
        const bool differs =
            known == usualSpecs.cend() || known->text(usual) != spec.text(settings);
        if ((differs && spec.inUse) || isAlwaysShown(spec.key))
            rows.append({spec.label, settingText(spec, settings)});
    }
    return rows;
}

} // namespace espalier
