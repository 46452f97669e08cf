#include "core/dataset/dataset.h"
#include "core/dataset/import/importer.h"
#include "core/graph/graph_analysis.h"
#include "core/graph/model_graph.h"
#include "core/nn/checkpoint.h"
#include "core/training/run_settings.h"
#include "tests/reliability/fuzz/fuzz_targets.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace espalier::fuzz {

namespace {

const QList<FeatureDescription>& features()
{
    static const QList<FeatureDescription> some{
        {u"image"_s, Encoding::Image, {28, 28, 1}, {}},
        {u"category"_s, Encoding::Categorical, {3}, {u"a"_s, u"b"_s, u"c"_s}},
        {u"price"_s, Encoding::Numeric, {1}, {}}};
    return some;
}

/// What the window does with a graph: everything that follows, and taking blocks away.
void useGraph(ModelGraph graph)
{
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    require(!analysis.canRun() || !analysis.order.isEmpty(), "what can run has an order");
    while (!graph.isEmpty()) {
        const qsizetype before = graph.blocks().size();
        graph.removeBlock(graph.blocks().first().id, before % 2 == 0);
        require(graph.blocks().size() == before - 1, "a block can be removed");
    }
}

/// A table of numbers, classes and gaps, imported once.
std::shared_ptr<const PackedStore> smallStore()
{
    static const QTemporaryDir folder;
    static const auto store = [] {
        QFile file(folder.filePath(u"table.csv"_s));
        require(file.open(QIODevice::WriteOnly) &&
                    file.write("price,category,gone\n1,a,yes\n2.5,b,no\n,c,yes\n4,a,\n") > 0,
                "the temporary folder can be written");
        file.close();
        const auto imported = importSources({file.fileName()}, folder.filePath(u"data"_s));
        require(imported.has_value(), "a good table can be imported");
        return PackedStore::open(imported->folder).value_or(nullptr);
    }();
    return store;
}

void useSettings(const DatasetSettings& settings)
{
    const auto dataset = Dataset::open(smallStore(), settings);
    if (!dataset)
        return;
    (void)(*dataset)->issues();
    for (const SubsetSettings& subset : settings.subsets)
        if (const auto rows = (*dataset)->subsetRows(subset.name))
            require(rows->empty() || qint64(rows->back()) < (*dataset)->rows(),
                    "the rows of a subset are rows of the dataset");
    for (int feature = 0; feature < (*dataset)->features().size(); ++feature) {
        (void)(*dataset)->statistics(feature);
        (void)(*dataset)->histogram(feature);
    }
}

} // namespace

void fuzzGraph(const QByteArray& bytes)
{
    const auto graph = ModelGraph::fromJson(QJsonDocument::fromJson(bytes).object());
    if (!graph) {
        require(!graph.error().message.isEmpty(), "a graph is refused with a reason");
        return;
    }
    const auto again = ModelGraph::fromJson(graph->toJson());
    require(again && *again == *graph, "a graph is the same after writing and reading");
    useGraph(*graph);
}

void fuzzRunSettings(const QByteArray& bytes)
{
    const auto settings = RunSettings::fromJson(QJsonDocument::fromJson(bytes).object());
    if (!settings) {
        require(!settings.error().message.isEmpty(), "run settings are refused with a reason");
        return;
    }
    const auto again = RunSettings::fromJson(settings->toJson());
    require(again && *again == *settings, "run settings are the same after writing and reading");
    for (int epoch = 0; epoch < 3; ++epoch)
        (void)settings->schedule.rate(0.1, epoch, settings->epochs);
}

void fuzzDatasetSettings(const QByteArray& bytes)
{
    const auto settings = DatasetSettings::fromJson(QJsonDocument::fromJson(bytes).object());
    if (!settings) {
        require(!settings.error().message.isEmpty(), "dataset settings are refused with a reason");
        return;
    }
    const auto again = DatasetSettings::fromJson(settings->toJson());
    require(again && *again == *settings,
            "dataset settings are the same after writing and reading");
    useSettings(*settings);
}

void fuzzCheckpoint(const QByteArray& bytes)
{
    const auto checkpoint = decodeCheckpoint(bytes);
    if (!checkpoint) {
        require(!checkpoint.error().message.isEmpty(), "a checkpoint is refused with a reason");
        return;
    }
    qint64 data = 0;
    for (const NamedTensor& tensor : checkpoint->tensors) {
        qint64 size = tensor.type == TensorType::Float32 ? 4 : 8;
        for (const qint64 side : tensor.sizes)
            size *= side;
        require(tensor.data.size() == size, "a tensor has the bytes of its shape");
        data += size;
    }
    require(data <= bytes.size(), "no byte of a checkpoint is in two tensors");
    const auto again = decodeCheckpoint(encodeCheckpoint(*checkpoint));
    require(again && again->tensors.size() == checkpoint->tensors.size() &&
                again->metadata == checkpoint->metadata,
            "a checkpoint is the same after writing and reading");
}

} // namespace espalier::fuzz
