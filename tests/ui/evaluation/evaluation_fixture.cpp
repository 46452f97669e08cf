#include "tests/ui/evaluation/evaluation_fixture.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

EvaluationFixture::EvaluationFixture()
    : store(project.open())
    , dataset(project.addSavedDataset(*store))
    , document(valueOf(ProjectDocument::open(project.folder())))
    , imports(std::make_unique<DatasetImports>(*document))
    , runs(std::make_unique<RunController>(*document))
    , predictions(std::make_unique<PredictionService>(*document))
{
}

ExperimentId EvaluationFixture::create(const QString& name, const RunSettings& settings,
                                       const ModelGraph& graph)
{
    return valueOf(document->createExperiment(name, dataset.id, graph, settings)).id;
}

void EvaluationFixture::addEpochs(ExperimentId id, int epochs, double accuracy, int best)
{
    for (int number = 1; number <= epochs; ++number) {
        const double learnt = 1 - 0.45 * std::exp(-0.45 * (number - 1)) - 0.02 / number;
        const double wobble = 0.004 * std::sin(number * 1.7);
        const double over = number > best ? 0.003 * std::sqrt(number - best) : 0;
        EpochRecord epoch;
        epoch.epoch = number;
        epoch.seconds = 21.3;
        epoch.validationSeconds = 2.1;
        epoch.examplesPerSecond = 4860;
        epoch.learningRate = 0.001;
        epoch.best = number <= best;
        const double training = accuracy * learnt + 0.01 - 0.08 / number;
        const double validation = accuracy * learnt - over + (number < best ? wobble - 0.006 : 0);
        epoch.training = {{u"accuracy"_s, training}, {u"loss"_s, 2.4 * (1 - training) + 0.02}};
        epoch.validation = {{u"accuracy"_s, validation},
                            {u"loss"_s, 2.4 * (1 - validation) + over * 3},
                            {u"f1_macro"_s, validation - 0.002}};
        require(store->writeCheckpointFile(id, number, smallCheckpoint(number))
                    .and_then([&](const CheckpointRecord& written) {
                        return store->recordEpoch(id, epoch, written);
                    }));
    }
    require(store->setParameters(id, 110'922));
    document->refresh();
}

void EvaluationFixture::setState(ExperimentId id, RunState state, const QString& error)
{
    require(store->setState(id, state, error));
    document->refresh();
}

} // namespace espalier
