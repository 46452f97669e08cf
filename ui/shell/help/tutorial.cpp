#include "ui/shell/help/tutorial.h"

#include "core/graph/graph_analysis.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/prediction_service.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double Goal = 0.9;
constexpr qint64 TutorialBatchSize = 256;

enum Step {
    CreateProject,
    ImportDataset,
    SaveVersion,
    CreateExperiment,
    AddSnippet,
    ChooseInput,
    ChooseTarget,
    CheckLastDense,
    SetBatchSize,
    Run,
    WatchCurves,
    ReachGoal,
    SeeMatrix,
    Improve,
    StepCount
};
using Ticks = std::array<bool, StepCount>;

struct Words {
    const char* title;
    const char* text;
};

// In the order of Step.
constexpr std::array<Words, StepCount> Texts{{
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Create a project"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "A project keeps everything about one problem together: data, models, results. "
         "Choose <b>New project</b> and give it a name that says what it is about.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Import the images"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "In <b>Datasets</b>, choose <b>New dataset</b>. Under <b>Import files</b>, paste "
         "a link to a zip with Fashion-MNIST, or drop a file; the <b>Data library</b> has "
         "clothes that need no download. Then <b>Next</b>, a name, <b>Done</b>.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Save a version"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "80&nbsp;% of the rows are for training. The other 20&nbsp;% are kept back, to "
         "see how the network does on images that it has never met. Keep that, and choose "
         "<b>Save version</b>: from then on the data cannot change under an experiment.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Create an experiment"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "Go to <b>Modeling</b> and choose <b>New experiment</b>. An experiment is a "
         "dataset version, a network and the settings to train it. Under <b>Settings</b> "
         "in the Inspector, see that your dataset version is chosen.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Add the CNN snippet"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "In the Inspector, <b>Build</b>, <b>Snippets</b>, choose <b>CNN</b>. Its "
         "convolutions find edges and curves, then larger shapes; pooling makes the image "
         "smaller in between; the Dense blocks at the end decide. <b>Information</b> now "
         "lists what is still missing.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Choose what goes in"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "Select the <b>Input</b> block and set its <b>Feature</b> to <i>image</i>.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Choose what comes out"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "Select the <b>Target</b> block and set its <b>Feature</b> to <i>category</i>. "
         "Its loss, Categorical crossentropy, is the right one where exactly one of "
         "several classes is true.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Check the last Dense block"),
     QT_TRANSLATE_NOOP("espalier::Tutorial",
                       "Select the last <b>Dense</b> block. It has one node for each class, and "
                       "Softmax turns them into probabilities that add up to one. When no error is "
                       "left in <b>Information</b>, the network can run.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Set the batch size"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "Under <b>Settings</b>, set <b>Batch size</b> to <b>256</b>: so many images are "
         "worked on at a time. An epoch is one pass over all training rows.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Run it"),
     QT_TRANSLATE_NOOP("espalier::Tutorial",
                       "Choose <b>Run</b>, at the right end of the top bar.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Watch it learn"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "In <b>Evaluation</b>, select the experiment and watch accuracy and loss epoch by "
         "epoch. Where training goes on rising and validation does not, the network has "
         "begun to learn the images by heart: it overfits.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Beat 0.9"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "The goal is a validation accuracy of 0.9: nine of ten garments named right. "
         "The star marks the best epoch.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Look at its mistakes"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "Open <b>Predictions</b>. The confusion matrix counts, for each true class, "
         "what the network said; all on the diagonal would be perfect. Select a cell off "
         "it to see those images.")},
    {QT_TRANSLATE_NOOP("espalier::Tutorial", "Improve it"),
     QT_TRANSLATE_NOOP(
         "espalier::Tutorial",
         "<b>Duplicate</b> the experiment, put a <b>Dropout</b> block (0.1 to 0.5) behind "
         "a Dense block, and run it. Then tick both experiments and <b>Compare</b>. More "
         "nodes, other filters or another batch size are worth a try, too.")},
}};

QString translated(const char* text)
{
    return QCoreApplication::translate("espalier::Tutorial", text);
}

QString featureOf(const GraphAnalysis& analysis, BlockId block)
{
    return analysis.blocks.value(block).parameters.text(u"feature"_s);
}

bool hasBlock(const ModelGraph& graph, const QString& type)
{
    return std::ranges::any_of(graph.blocks(),
                               [&](const Block& block) { return block.type == type; });
}

QList<FeatureDescription> featuresOf(ProjectDocument& document, DatasetId id)
{
    const auto dataset = document.openDataset(id);
    return dataset ? (*dataset)->features() : QList<FeatureDescription>();
}

bool reachedGoal(const ExperimentRecord& record)
{
    return std::ranges::any_of(record.epochs, [](const EpochRecord& epoch) {
        return epoch.validation.value(u"accuracy"_s) >= Goal;
    });
}

void tickExperiment(Ticks& ticks, ProjectDocument& document, const ExperimentRecord& record,
                    const PredictionService* predictions)
{
    const GraphAnalysis analysis = analyzeGraph(record.graph, featuresOf(document, record.dataset));
    ticks[CreateExperiment] = document.dataset(record.dataset) != nullptr;
    ticks[AddSnippet] = hasBlock(record.graph, u"conv2d"_s) && analysis.target.has_value();
    ticks[ChooseInput] =
        !analysis.inputs.isEmpty() && std::ranges::none_of(analysis.inputs, [&](BlockId input) {
            return featureOf(analysis, input).isEmpty();
        });
    ticks[ChooseTarget] = analysis.target && !featureOf(analysis, *analysis.target).isEmpty();
    ticks[CheckLastDense] = ticks[AddSnippet] && analysis.canRun();
    ticks[SetBatchSize] = record.settings.batchSize == TutorialBatchSize;
    ticks[Run] = record.state != RunState::Created;
    ticks[WatchCurves] = record.epochs.size() >= 2;
    ticks[ReachGoal] = reachedGoal(record);
    ticks[SeeMatrix] =
        predictions && !record.settings.validationSubset.isEmpty() && !record.epochs.isEmpty() &&
        predictions->find({record.id, record.settings.validationSubset, u"best"_s}) != nullptr;
}

Ticks tick(ProjectDocument& document, const PredictionService* predictions)
{
    Ticks best{};
    best[CreateProject] = true;
    best[ImportDataset] = !document.datasets().isEmpty();
    best[SaveVersion] = std::ranges::any_of(document.datasets(), &DatasetRecord::saved);
    const Ticks start = best;
    for (const ExperimentRecord& record : document.experiments()) {
        Ticks ticks = start;
        tickExperiment(ticks, document, record, predictions);
        if (std::ranges::count(ticks, true) > std::ranges::count(best, true))
            best = ticks;
    }
    const auto improved = [](const ExperimentRecord& record) {
        return hasBlock(record.graph, u"dropout"_s) && !record.epochs.isEmpty();
    };
    best[Improve] =
        document.experiments().size() >= 2 && std::ranges::any_of(document.experiments(), improved);
    return best;
}

} // namespace

QList<TutorialStep> tutorialSteps(ProjectDocument* document, const PredictionService* predictions)
{
    const Ticks ticks = document ? tick(*document, predictions) : Ticks{};
    QList<TutorialStep> steps;
    for (size_t step = 0; step < StepCount; ++step)
        steps.append(
            {translated(Texts.at(step).title), translated(Texts.at(step).text), ticks.at(step)});
    return steps;
}

} // namespace espalier
