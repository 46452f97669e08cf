#include "app/cli/commands/dataset_handlers.h"

#include "app/cli/commands/dataset_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/progress_display.h"
#include "app/cli/text_format.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr qint64 EventInterval = 250; // ms
constexpr int ShownProblems = 10;

/// Tells of an import while it works: events to scripts, a bar to people.
class ImportReporter final {
public:
    explicit ImportReporter(Output& output)
        : m_output(output)
        , m_display(output.isQuiet() || output.isJson())
    {
        m_sinceStart.start();
    }

    void report(const Progress& progress)
    {
        if (m_output.isJson())
            sendEvent(progress);
        else
            m_display.update(u"Importing"_s, fraction(progress), [&] { return detail(progress); });
    }

    [[nodiscard]] double seconds() const { return double(m_sinceStart.nsecsElapsed()) * 1e-9; }

private:
    void sendEvent(const Progress& progress)
    {
        if (m_sinceEvent.isValid() && m_sinceEvent.elapsed() < EventInterval)
            return;
        m_sinceEvent.start();
        m_output.event({{u"event"_s, u"progress"_s},
                        {u"bytes"_s, progress.bytes},
                        {u"total"_s, progress.totalBytes},
                        {u"rows"_s, progress.rows}});
    }

    static double fraction(const Progress& progress)
    {
        return progress.totalBytes > 0 ? double(progress.bytes) / double(progress.totalBytes) : -1;
    }

    QString detail(const Progress& progress) const
    {
        const double rate = double(progress.bytes) / std::max(seconds(), 1e-3);
        QString text = u"%1, %2/s, %3"_s.arg(bytesText(progress.bytes), bytesText(qint64(rate)),
                                             amountText(progress.rows, u"row"_s, u"rows"_s));
        if (progress.totalBytes > progress.bytes && rate > 0)
            text += u", %1 left"_s.arg(
                durationText(double(progress.totalBytes - progress.bytes) / rate));
        return text;
    }

    Output& m_output;
    ProgressDisplay m_display;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceEvent;
};

/// Paths are given from the current folder, whatever else the core takes for one.
QStringList absoluteSources(const QStringList& sources)
{
    QStringList absolute;
    for (const QString& source : sources)
        absolute.append(QFileInfo::exists(source) ? QFileInfo(source).absoluteFilePath() : source);
    return absolute;
}

QString problemsText(const SourceManifest& manifest)
{
    QStringList lines{
        amountText(manifest.skipped, u"row was left out:"_s, u"rows were left out:"_s)};
    for (const ImportProblem& problem : manifest.problems.mid(0, ShownProblems)) {
        const QString row = problem.row > 0 ? u", row %1"_s.arg(problem.row) : QString();
        lines.append(u"  %1%2: %3"_s.arg(problem.file, row, problem.reason));
    }
    if (manifest.problems.size() > ShownProblems)
        lines.append(u"  … and %1 more"_s.arg(countText(manifest.problems.size() - ShownProblems)));
    return lines.join(QChar(u'\n'));
}

void reportDone(Output& output, const DatasetRecord& record, const Dataset& dataset, double seconds)
{
    const SourceManifest& manifest = dataset.store().manifest();
    output.event({{u"event"_s, u"done"_s},
                  {u"dataset"_s, record.name},
                  {u"version"_s, record.version},
                  {u"rows"_s, manifest.rows},
                  {u"skipped"_s, manifest.skipped},
                  {u"features"_s, featuresJson(dataset)},
                  {u"subsets"_s, subsetsJson(dataset)},
                  {u"problems"_s, problemsJson(manifest.problems)},
                  {u"seconds"_s, seconds}});
    QStringList features;
    for (const FeatureDescription& feature : dataset.features())
        features.append(u"%1 (%2 %3)"_s.arg(feature.name, enumLabel(feature.encoding),
                                            feature.shape.toString()));
    output.line(u"Imported %1 as %2 in %3."_s.arg(amountText(manifest.rows, u"row"_s, u"rows"_s),
                                                  record.reference(), durationText(seconds)));
    output.line(u"Features: %1"_s.arg(someText(features)));
    if (manifest.skipped > 0 || !manifest.problems.isEmpty())
        output.line(problemsText(manifest));
}

} // namespace

Status importDataset(CommandContext& context)
{
    const auto store = openProject(context);
    if (!store)
        return failureOf(store);
    ImportReporter reporter(context.output);
    const auto source = importSources(
        absoluteSources(context.argumentsFrom(0)), (*store)->dataFolder(), {},
        [&](const Progress& progress) { reporter.report(progress); }, context.stop);
    if (!source)
        return failureOf(source);
    const auto record = (*store)->addDataset(context.option(u"name"_s), *source);
    if (!record)
        return failureOf(record);
    const auto dataset = (*store)->openDataset(record->id);
    if (!dataset)
        return failureOf(dataset);
    reportDone(context.output, *record, **dataset, reporter.seconds());
    return {};
}

} // namespace espalier::cli
