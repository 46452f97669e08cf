#include "core/project/documents/experiment_document.h"

#include "core/project/documents/experiment_commands.h"
#include "core/project/documents/project_document.h"
#include "core/project/experiment_check.h"

#include <QTimer>
#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr auto WriteDelay = 250ms;

GraphChange changeOf(const GraphDiff& diff)
{
    const auto contains = [](const QList<Block>& blocks, BlockId id) {
        return std::ranges::binary_search(blocks, id, {}, &Block::id);
    };
    GraphChange change;
    for (const Block& block : diff.before)
        if (!contains(diff.after, block.id))
            change.removed.append(block.id);
    for (const Block& block : diff.after)
        (contains(diff.before, block.id) ? change.changed : change.added).append(block.id);
    change.connected = diff.connected;
    change.disconnected = diff.disconnected;
    change.groups = !diff.groupsBefore.isEmpty() || !diff.groupsAfter.isEmpty();
    return change;
}

tl::unexpected<Error> lockedFailure(const ExperimentRecord& record)
{
    return failure(ErrorCode::Conflict,
                   u"'%1' is %2 and its model and settings are locked: duplicate it and change "
                   "the duplicate."_s.arg(record.name, enumLabel(record.state).toLower()));
}

} // namespace

struct ExperimentDocument::Private {
    Private(ProjectDocument& owner, const ExperimentRecord& recorded)
        : project(owner)
        , record(recorded)
        , graph(recorded.graph)
        , choices{recorded.settings, recorded.dataset}
    {
    }

    ProjectDocument& project;
    ExperimentRecord record;
    ModelGraph graph;
    ExperimentChoices choices;

    QList<FeatureDescription> features;
    QList<Issue> choiceIssues; ///< of dataset and run settings; the graph has no part in them
    GraphAnalysis analysis;
    QList<Issue> issues;

    QUndoStack undoStack;
    QTimer writeTimer;
    bool dirty = false;
    bool writing = false;

    void readDataset();
    void analyze();
    [[nodiscard]] Status write();
    [[nodiscard]] bool differsFromRecord() const
    {
        return graph != record.graph || choices.settings != record.settings ||
               choices.dataset != record.dataset;
    }
};

void ExperimentDocument::Private::readDataset()
{
    const auto dataset = project.openDataset(choices.dataset);
    if (!dataset) {
        features.clear();
        choiceIssues = {{IssueLevel::Error, u"Dataset version"_s, dataset.error().message}};
        return;
    }
    features = (*dataset)->features();
    choiceIssues = checkRunSettings(choices.settings, **dataset) + (*dataset)->issues();
}

void ExperimentDocument::Private::analyze()
{
    analysis = analyzeGraph(graph, features);
    issues = analysis.issues + choiceIssues;
    std::ranges::stable_sort(issues, {}, &Issue::level);
}

Status ExperimentDocument::Private::write()
{
    if (choices.dataset != record.dataset)
        if (const Status written = project.setExperimentDataset(record.id, choices.dataset);
            !written)
            return written;
    return project.updateExperiment(record.id, graph, choices.settings);
}

bool GraphChange::isEmpty() const
{
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && connected.isEmpty() &&
           disconnected.isEmpty() && !groups;
}

Result<std::unique_ptr<ExperimentDocument>> ExperimentDocument::open(ProjectDocument& project,
                                                                     ExperimentId id)
{
    const ExperimentRecord* record = project.experiment(id);
    if (!record)
        return failure(ErrorCode::NotFound, u"The experiment is gone: it was deleted."_s);
    auto data = std::make_unique<Private>(project, *record);
    data->readDataset();
    data->analyze();
    return std::unique_ptr<ExperimentDocument>(new ExperimentDocument(std::move(data)));
}

ExperimentDocument::ExperimentDocument(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
    d->writeTimer.setSingleShot(true);
    d->writeTimer.setInterval(WriteDelay);
    connect(&d->writeTimer, &QTimer::timeout, this, [this] {
        if (const Status written = flush(); !written)
            Q_EMIT writeFailed(written.error());
    });
    connect(&d->project, &ProjectDocument::experimentChanged, this, [this](ExperimentId id) {
        if (id == d->record.id)
            followRecord();
    });
}

ExperimentDocument::~ExperimentDocument()
{
    disconnect(&d->project, nullptr, this, nullptr);
    std::ignore = flush();
}

ExperimentId ExperimentDocument::id() const
{
    return d->record.id;
}

const ExperimentRecord& ExperimentDocument::record() const
{
    return d->record;
}

bool ExperimentDocument::isEditable() const
{
    return canEdit(d->record.state);
}

const ModelGraph& ExperimentDocument::graph() const
{
    return d->graph;
}

const RunSettings& ExperimentDocument::settings() const
{
    return d->choices.settings;
}

DatasetId ExperimentDocument::dataset() const
{
    return d->choices.dataset;
}

const QList<FeatureDescription>& ExperimentDocument::features() const
{
    return d->features;
}

const GraphAnalysis& ExperimentDocument::analysis() const
{
    return d->analysis;
}

const QList<Issue>& ExperimentDocument::issues() const
{
    return d->issues;
}

bool ExperimentDocument::canRun() const
{
    return d->issues.isEmpty() || d->issues.first().level != IssueLevel::Error;
}

QUndoStack& ExperimentDocument::undoStack()
{
    return d->undoStack;
}

bool ExperimentDocument::edit(const QString& text, const std::function<void(ModelGraph&)>& change,
                              const QString& mergeKey)
{
    if (!isEditable())
        return false;
    ModelGraph changed = d->graph;
    change(changed);
    GraphDiff diff = differenceOf(d->graph, changed);
    if (diff.isEmpty())
        return false;
    d->undoStack.push(new GraphCommand(text, std::move(diff), mergeKey,
                                       [this](const GraphDiff& step) { applyGraph(step); }));
    return true;
}

bool ExperimentDocument::editSettings(const QString& text, const RunSettings& settings,
                                      const QString& mergeKey)
{
    return editChoices(text, {settings, d->choices.dataset}, mergeKey);
}

bool ExperimentDocument::editChoices(const QString& text, const ExperimentChoices& choices,
                                     const QString& mergeKey)
{
    if (!isEditable() || choices == d->choices)
        return false;
    d->undoStack.push(
        new ChoicesCommand(text, d->choices, choices, mergeKey,
                           [this](const ExperimentChoices& step) { applyChoices(step); }));
    return true;
}

Status ExperimentDocument::setSetting(const QString& key, const QString& value)
{
    if (!isEditable())
        return lockedFailure(d->record);
    RunSettings settings = d->choices.settings;
    if (const Status applied = applyRunSetting(settings, key, value); !applied)
        return applied;
    const QList<RunSettingSpec> specs = runSettingSpecs(settings);
    const auto spec = std::ranges::find(specs, key, &RunSettingSpec::key);
    const QString label = spec != specs.end() ? spec->label : key;
    editSettings(u"Change %1"_s.arg(label.toLower()), settings);
    return {};
}

Status ExperimentDocument::setDataset(DatasetId dataset)
{
    if (!isEditable())
        return lockedFailure(d->record);
    const DatasetRecord* version = d->project.dataset(dataset);
    if (!version)
        return failure(ErrorCode::NotFound, u"The dataset version is gone: it was deleted."_s);
    if (!version->saved)
        return failure(ErrorCode::Conflict,
                       u"%1 is not saved yet: save the version before an experiment uses it."_s.arg(
                           version->reference()));
    editChoices(u"Change dataset version"_s, {d->choices.settings, dataset}, {});
    return {};
}

Status ExperimentDocument::flush()
{
    d->writeTimer.stop();
    if (!d->dirty || !d->project.experiment(d->record.id))
        return {};
    d->writing = true;
    const Status written = d->write();
    d->writing = false;
    if (written)
        d->dirty = false;
    followRecord();
    return written;
}

void ExperimentDocument::applyGraph(const GraphDiff& diff)
{
    d->graph.apply(diff);
    d->analyze();
    scheduleWrite();
    Q_EMIT graphChanged(changeOf(diff));
    Q_EMIT analysisChanged();
}

void ExperimentDocument::applyChoices(const ExperimentChoices& choices)
{
    d->choices = choices;
    d->readDataset();
    d->analyze();
    scheduleWrite();
    Q_EMIT settingsChanged();
    Q_EMIT analysisChanged();
}

void ExperimentDocument::scheduleWrite()
{
    d->dirty = true;
    d->writeTimer.start();
}

void ExperimentDocument::followRecord()
{
    const ExperimentRecord* record = d->project.experiment(d->record.id);
    if (!record || d->writing)
        return;
    d->record = *record;
    const bool locked = !isEditable();
    const bool lost = locked && d->dirty && d->differsFromRecord();
    if (!d->dirty || locked)
        takeOver();
    if (locked)
        d->undoStack.clear();
    Q_EMIT recordChanged();
    if (lost)
        Q_EMIT writeFailed(lockedFailure(d->record).value());
}

void ExperimentDocument::takeOver()
{
    d->dirty = false;
    d->writeTimer.stop();
    if (!d->differsFromRecord())
        return;
    const GraphDiff diff = differenceOf(d->graph, d->record.graph);
    const ExperimentChoices choices{d->record.settings, d->record.dataset};
    const bool choicesDiffer = choices != d->choices;
    d->graph = d->record.graph;
    d->choices = choices;
    if (choicesDiffer)
        d->readDataset();
    d->analyze();
    d->undoStack.clear();
    if (!diff.isEmpty())
        Q_EMIT graphChanged(changeOf(diff));
    if (choicesDiffer)
        Q_EMIT settingsChanged();
    Q_EMIT analysisChanged();
}

} // namespace espalier

#include "moc_experiment_document.cpp"
