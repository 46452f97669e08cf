#include "tests/benchmarks/window/bench_project.h"

#include "core/graph/snippets.h"
#include "tests/ui/datasets/datasets_bench.h"

using namespace Qt::StringLiterals;

namespace espalier {

BenchProject::BenchProject()
    : m_bench(std::make_unique<DatasetsBench>())
{
    m_dataset = m_bench->addClothes(u"Clothes"_s, Rows).id;
    m_bench->imports.reset();
    m_bench->document.reset();
    addExperiments();
}

BenchProject::~BenchProject() = default;

QString BenchProject::folder() const
{
    return m_bench->project.folder();
}

ModelGraph BenchProject::network()
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    graph.setParameter(graph.blockByName(u"Input"_s)->id, u"feature"_s, u"image"_s);
    graph.setParameter(graph.blockByName(u"Target"_s)->id, u"feature"_s, u"category"_s);
    const BlockId last = graph.blockByName(u"Dense 2"_s)->id;
    graph.setParameter(last, u"nodes"_s, 10);
    graph.setParameter(last, u"activation"_s, u"softmax"_s);
    return graph;
}

void BenchProject::addExperiments()
{
    constexpr int Epochs = 10;
    const auto store = m_bench->project.open();
    (void)valueOf(store->saveDataset(m_dataset));
    for (int number = 1; number <= Experiments; ++number) {
        const ExperimentRecord experiment =
            valueOf(store->createExperiment(u"Network %1"_s.arg(number), m_dataset, network()));
        for (int epoch = 1; epoch <= Epochs; ++epoch)
            require(addEpoch(*store, experiment.id, epoch, epoch == Epochs));
        require(store->setState(experiment.id, RunState::Completed));
    }
}

} // namespace espalier
