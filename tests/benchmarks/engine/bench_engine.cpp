// Steps of both engines on networks that people train, beside each other in one program:
//
//     bench_engine --benchmark_filter=train/CNN

#include "core/base/random.h"
#include "core/base/system.h"
#include "core/graph/snippets.h"
#include "core/nn/executor.h"

#include <benchmark/benchmark.h>
#include <set>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// A network that can run, and what it reads.
struct Subject {
    QString snippet;
    Shape input;
    qint64 batch = 0;
    qint64 classes = 10;
};

const Subject& subjectOf(const char* name)
{
    static const QMap<QByteArray, Subject> subjects{
        {"CNN", {u"cnn"_s, {28, 28, 1}, 256}},
        {"ResNet", {u"resnetv2"_s, {32, 32, 3}, 128}},
        {"Dense", {u"fully_connected"_s, {100}, 1024}},
    };
    return *subjects.constFind(name);
}

ModelGraph graphOf(const Subject& subject)
{
    const ModelGraph snippet = findSnippet(subject.snippet)->build();
    ModelGraph graph = snippet;
    for (const Block& block : snippet.blocks())
        if (block.type == u"input"_s || block.type == u"target"_s)
            graph.setParameter(block.id, u"feature"_s, block.type == u"input"_s ? u"x"_s : u"y"_s);
    return graph;
}

std::unique_ptr<Executor> executorOf(const Subject& subject, Engine engine, Precision precision,
                                     int threads)
{
    QStringList labels;
    for (qint64 i = 0; i < subject.classes; ++i)
        labels.append(QString::number(i));
    const Encoding encoding = subject.input.rank() == 3 ? Encoding::Image : Encoding::Numeric;
    ExecutorOptions options;
    options.engine = engine;
    options.precision = precision;
    options.threads = threads;
    auto executor = createExecutor(graphOf(subject),
                                   {{u"x"_s, encoding, subject.input, {}},
                                    {u"y"_s, Encoding::Categorical, {subject.classes}, labels}},
                                   options);
    if (!executor)
        qFatal("%s", qPrintable(executor.error().message));
    return std::move(*executor);
}

Batch batchOf(const Subject& subject, qint64 size)
{
    Random random(7);
    std::vector<float> values(size_t(size * subject.input.elementCount()));
    for (float& value : values)
        value = float(random.normal());
    std::vector<qint64> classes(static_cast<size_t>(size));
    for (qint64& value : classes)
        value = qint64(random.below(quint64(subject.classes)));
    return {size, {}, {{subject.input, std::move(values), {}}, {{}, {}, std::move(classes)}}};
}

void train(benchmark::State& state, const char* name, Engine engine, Precision precision,
           int threads)
{
    const Subject& subject = subjectOf(name);
    const auto executor = executorOf(subject, engine, precision, threads);
    const Batch batch = batchOf(subject, subject.batch);
    quint64 step = 0;
    for (auto _ : state)
        if (const auto done = executor->trainStep(batch, 1e-3, ++step); !done)
            state.SkipWithError(qPrintable(done.error().message));
    state.SetItemsProcessed(state.iterations() * subject.batch);
}

void evaluate(benchmark::State& state, const char* name, Engine engine, Precision precision,
              int threads)
{
    const Subject& subject = subjectOf(name);
    const auto executor = executorOf(subject, engine, precision, threads);
    const Batch batch = batchOf(subject, 1024);
    for (auto _ : state)
        if (const auto done = executor->evaluate(batch); !done)
            state.SkipWithError(qPrintable(done.error().message));
    state.SetItemsProcessed(state.iterations() * batch.size);
}

/// Of an executor that has just been made: what a plan costs is in it. Others are no slower by
/// that.
void firstStep(benchmark::State& state, const char* name, Engine engine, Precision precision,
               int threads)
{
    const Subject& subject = subjectOf(name);
    const Batch batch = batchOf(subject, subject.batch);
    for (auto _ : state) {
        state.PauseTiming();
        const auto executor = executorOf(subject, engine, precision, threads);
        state.ResumeTiming();
        if (const auto done = executor->trainStep(batch, 1e-3, 1); !done)
            state.SkipWithError(qPrintable(done.error().message));
    }
}

/// How a step of the compiled engine grows with the batch and with threads.
void grow(benchmark::State& state)
{
    const Subject& subject = subjectOf("CNN");
    const auto executor =
        executorOf(subject, Engine::Compiled, Precision::Float32, int(state.range(1)));
    const Batch batch = batchOf(subject, state.range(0));
    quint64 step = 0;
    for (auto _ : state)
        if (const auto done = executor->trainStep(batch, 1e-3, ++step); !done)
            state.SkipWithError(qPrintable(done.error().message));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

using Run = void (*)(benchmark::State&, const char*, Engine, Precision, int);

void registerRun(const char* what, Run run, const char* name, Precision precision)
{
    if (!supportsPrecision(Device::Cpu, precision))
        return;
    for (const Engine engine : {Engine::Reference, Engine::Compiled})
        for (const int threads : std::set{1, usableProcessors()}) {
            const QString label = u"%1/%2/%3/%4/%5"_s
                                      .arg(QString::fromLatin1(what), QString::fromLatin1(name),
                                           enumKey(precision), enumKey(engine))
                                      .arg(threads);
            benchmark::RegisterBenchmark(qPrintable(label), run, name, engine, precision, threads)
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
        }
}

void registerAll()
{
    for (const char* name : {"CNN", "ResNet", "Dense"})
        for (const Precision precision : {Precision::Float32, Precision::BFloat16}) {
            registerRun("train", train, name, precision);
            registerRun("evaluate", evaluate, name, precision);
        }
    registerRun("first step", firstStep, "CNN", Precision::Float32);
    auto* growth = benchmark::RegisterBenchmark("grow/CNN/float32/compiled", grow);
    growth->UseRealTime()->Unit(benchmark::kMillisecond)->ArgNames({"batch", "threads"});
    for (const int threads : std::set{1, usableProcessors()})
        for (const qint64 batch : {16, 64, 256, 1024})
            growth->Args({batch, threads});
}

} // namespace

int main(int argc, char** argv)
{
    tuneAllocator();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    registerAll();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
