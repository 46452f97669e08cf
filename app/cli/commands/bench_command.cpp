#include "app/cli/command_table.h"
#include "app/cli/text_format.h"
#include "core/base/system.h"
#include "core/dataset/batch_source.h"
#include "core/dataset/dataset_settings.h"
#include "core/dataset/import/importer.h"
#include "core/dataset/import/sample_clothes.h"
#include "core/graph/snippets.h"
#include "core/nn/executor.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <algorithm>
#include <numeric>
#include <set>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr int Examples = 7000;
constexpr qint64 BatchSize = 256;
constexpr double DefaultSeconds = 3;

/// One line of the table.
struct Measurement {
    QString what;
    QString engine; ///< empty where there is none
    QString precision;
    int threads = 0;
    double perSecond = 0;
};

/// Measures on one dataset in a folder of its own.
class Bench final {
public:
    Bench(CommandContext& context, double seconds)
        : m_context(context)
        , m_seconds(seconds)
    {
    }

    Status run();
    [[nodiscard]] const QList<Measurement>& measurements() const { return m_measurements; }

private:
    Status importSample();
    Status gatherBatches();
    Status runNetworks();
    Status runNetwork(ExecutorOptions options, const Batch& batch);
    template <typename Work>
    Status measure(Measurement as, qint64 examples, const Work& work);
    void add(const Measurement& measurement);

    CommandContext& m_context;
    double m_seconds;
    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    ModelGraph m_graph;
    QList<ColumnRequest> m_columns;
    QList<Measurement> m_measurements;
};

Status Bench::run()
{
    return importSample().and_then([&] { return gatherBatches(); }).and_then([&] {
        return runNetworks();
    });
}

void Bench::add(const Measurement& measurement)
{
    m_measurements.append(measurement);
    m_context.output.note(u"%1 %2 %3: %4 a second"_s.arg(measurement.what, measurement.engine,
                                                         measurement.precision,
                                                         numberText(measurement.perSecond)));
}

/// Once to warm up, then until the time is over; the median of the rounds.
template <typename Work>
Status Bench::measure(Measurement as, qint64 examples, const Work& work)
{
    if (const Status warm = work(); !warm)
        return warm;
    std::vector<double> rates;
    QElapsedTimer whole;
    whole.start();
    while (rates.empty() || double(whole.nsecsElapsed()) / 1e9 < m_seconds) {
        if (m_context.stop.stop_requested())
            return cancelled();
        QElapsedTimer timer;
        timer.start();
        if (const Status done = work(); !done)
            return done;
        rates.push_back(double(examples) * 1e9 / double(std::max<qint64>(timer.nsecsElapsed(), 1)));
    }
    std::ranges::nth_element(rates, rates.begin() + qsizetype(rates.size() / 2));
    as.perSecond = rates[rates.size() / 2];
    add(as);
    return {};
}

Status Bench::importSample()
{
    const QString zip = m_folder.filePath(u"clothes.zip"_s);
    if (const Status written = writeSampleClothes(zip, {Examples, 1}, {}, m_context.stop); !written)
        return written;
    QElapsedTimer timer;
    timer.start();
    const auto source = importSources({zip}, m_folder.filePath(u"data"_s), {}, {}, m_context.stop);
    if (!source)
        return failureOf(source);
    add({u"import of images"_s,
         {},
         {},
         usableProcessors(),
         Examples * 1e9 / double(timer.nsecsElapsed())});
    const auto store = PackedStore::open(source->folder);
    if (!store)
        return failureOf(store);
    const auto dataset = Dataset::open(*store, defaultSettings(source->manifest));
    if (!dataset)
        return failureOf(dataset);
    m_dataset = *dataset;
    const ModelGraph snippet = findSnippet(u"CNN"_s)->build();
    m_graph = snippet;
    for (const Block& block : snippet.blocks())
        if (block.type == u"input"_s || block.type == u"target"_s)
            m_graph.setParameter(block.id, u"feature"_s,
                                 block.type == u"input"_s ? u"image"_s : u"category"_s);
    m_columns = executorColumns(m_graph, analyzeGraph(m_graph, m_dataset->features()),
                                m_dataset->features());
    return {};
}

Status Bench::gatherBatches()
{
    std::vector<RowIndex> rows(size_t(m_dataset->rows()));
    std::iota(rows.begin(), rows.end(), RowIndex(0));
    const auto source = BatchSource::create(
        m_dataset, {m_columns, rows, BatchSize, ImageLayout::ChannelsFirst, true, 1});
    if (!source)
        return failureOf(source);
    qint64 epoch = 0;
    return measure({u"data path"_s, {}, {}, 1, 0}, m_dataset->rows(), [&]() -> Status {
        (*source)->startEpoch(epoch++);
        while ((*source)->next())
            ;
        return {};
    });
}

Status Bench::runNetworks()
{
    std::vector<RowIndex> rows(static_cast<size_t>(BatchSize));
    std::iota(rows.begin(), rows.end(), RowIndex(0));
    const auto batch = gatherBatch(*m_dataset, m_columns, rows);
    if (!batch)
        return failureOf(batch);
    for (const Precision precision : {Precision::Float32, Precision::BFloat16})
        for (const Engine engine : {Engine::Reference, Engine::Compiled})
            for (const int threads : std::set{1, usableProcessors()}) {
                ExecutorOptions options;
                options.device = Device::Cpu;
                options.precision = precision;
                options.engine = engine;
                options.threads = threads;
                if (!supportsPrecision(Device::Cpu, precision))
                    continue;
                if (const Status done = runNetwork(options, *batch); !done)
                    return done;
            }
    return {};
}

Status Bench::runNetwork(ExecutorOptions options, const Batch& batch)
{
    const auto executor = createExecutor(m_graph, m_dataset->features(), options);
    if (!executor && executor.error().code == ErrorCode::Unsupported)
        return {}; // not on this machine
    if (!executor)
        return failureOf(executor);
    const auto row = [&](const QString& what) {
        return Measurement{what, enumKey(options.engine), enumKey(options.precision),
                           options.threads, 0};
    };
    quint64 step = 0;
    const Status trained = measure(row(u"training"_s), batch.size, [&]() -> Status {
        const auto done = (*executor)->trainStep(batch, 1e-3, step++);
        return done ? Status() : failureOf(done);
    });
    if (!trained)
        return trained;
    return measure(row(u"evaluation"_s), batch.size, [&]() -> Status {
        const auto done = (*executor)->evaluate(batch);
        return done ? Status() : failureOf(done);
    });
}

Status runBench(CommandContext& context)
{
    const double seconds =
        context.isSet(u"seconds"_s) ? context.option(u"seconds"_s).toDouble() : DefaultSeconds;
    Bench bench(context, seconds);
    if (const Status done = bench.run(); !done)
        return done;
    QJsonArray json;
    TextTable table({{u"What"_s},
                     {u"Engine"_s},
                     {u"Precision"_s},
                     {u"Threads"_s, Align::Right},
                     {u"Examples a second"_s, Align::Right}});
    for (const Measurement& m : bench.measurements()) {
        json.append(QJsonObject{{u"what"_s, m.what},
                                {u"engine"_s, m.engine},
                                {u"precision"_s, m.precision},
                                {u"threads"_s, m.threads},
                                {u"examples_per_second"_s, m.perSecond}});
        table.addRow(
            {m.what, m.engine, m.precision, countText(m.threads), countText(qint64(m.perSecond))});
    }
    context.output.result(
        QJsonObject{{u"measurements"_s, json}, {u"peak_memory_bytes"_s, peakMemoryBytes()}},
        table.toString());
    return {};
}

} // namespace

QList<Command> benchCommands()
{
    return {
        {.noun = u"bench"_s,
         .help =
             u"Measures this machine on the CNN snippet: import, data path, and both engines in "
             "each precision, with one thread and with all."_s,
         .options = {{u"seconds"_s, OptionKind::Number, u"N"_s,
                      u"How long each line is measured; 3 by default."_s}},
         .needs = Needs::Nothing,
         .stoppable = true,
         .run = runBench},
    };
}

} // namespace espalier::cli
