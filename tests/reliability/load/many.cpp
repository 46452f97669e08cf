#include "app/cli/run_command.h"
#include "core/graph/snippets.h"
#include "core/project/store/database.h"
#include "core/project/store/names.h"
#include "core/project/store/values.h"
#include "core/project/workspace.h"
#include "tests/core/project/project_fixture.h"
#include "tests/reliability/load/load_figures.h"
#include "tests/reliability/trials/child.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace espalier::load {

namespace {

using trials::ChildResult;
using trials::inChild;

constexpr int Experiments = 1'000;
constexpr int Versions = 100;
constexpr int Epochs = 10;
constexpr int Rounds = 7;
constexpr double ListLimit = 100; // ms

/// A network like others, and yet of its own: the same text would be read once for all.
QString graphText(int number)
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    graph.setParameter(graph.blockByName(u"Input"_s)->id, u"feature"_s, u"point"_s);
    graph.setParameter(graph.blockByName(u"Target"_s)->id, u"feature"_s, u"kind"_s);
    graph.setParameter(graph.blockByName(u"Dense 2"_s)->id, u"nodes"_s, 2 + number);
    return toText(graph.toJson());
}

Status insertExperiment(Database& database, int number, DatasetId dataset)
{
    const QString name = u"Experiment %1"_s.arg(number);
    RunSettings settings;
    settings.seed = quint64(number);
    const auto id = database.insert(
        u"INSERT INTO experiment (name, name_key, dataset, graph, settings, state, parameters,"
        " created) VALUES (?, ?, ?, ?, ?, 'completed', 421000, ?)"_s,
        {name, nameKey(name), dataset.value(), graphText(number), toText(settings.toJson()),
         toText(QDateTime::currentDateTimeUtc())});
    if (!id)
        return failureOf(id);
    for (int epoch = 1; epoch <= Epochs; ++epoch) {
        EpochRecord record = epochRecord(epoch, 0.5, epoch == Epochs);
        record.seconds = number + 0.01 * epoch;
        if (const Status done = database.execute(
                u"INSERT INTO epoch (experiment, epoch, record) VALUES (?, ?, ?)"_s,
                {*id, epoch, toText(record.toJson())});
            !done)
            return done;
    }
    return database.execute(
        u"INSERT INTO checkpoint (experiment, epoch, file, checksum, bytes) VALUES (?, ?, ?, '', 0)"_s,
        {*id, Epochs, u"%1/epoch-0010.safetensors"_s.arg(*id)});
}

/// In the workspace of the command line; 100 versions of one dataset, the experiments on the first.
/// Experiments are written at once, past the store, which flushes every epoch to the disk.
int fill(const QString& workspace)
{
    const auto opened = valueOf(Workspace::open(workspace));
    const ProjectInfo info = valueOf(opened.createProject(u"Many"_s));
    const auto store = valueOf(ProjectStore::open(info.folder));
    const ProjectFixture fixture;
    const ImportedSource source = fixture.importPoints();
    const QString target = store->dataFolder() + u'/' + source.manifest.fingerprint;
    if (!QDir().rename(source.folder, target))
        qFatal("The source cannot be moved.");
    const DatasetRecord first =
        valueOf(store->addDataset(u"points"_s, {target, source.manifest, false}));
    (void)valueOf(store->saveDataset(first.id));
    for (int version = 2; version <= Versions; ++version)
        (void)valueOf(store->saveDataset(valueOf(store->duplicateDataset(first.id)).id));
    const auto database = valueOf(Database::open(info.folder + u"/project.db"_s));
    require(writing(*database, [&]() -> Status {
        for (int number = 1; number <= Experiments; ++number)
            if (const Status done = insertExperiment(*database, number, first.id); !done)
                return done;
        return {};
    }));
    return 0;
}

/// Of the program's own work: without the start of the process, as a fork of this one has all
/// loaded.
bool measureList(const QString& workspace, const QString& noun)
{
    QList<double> times;
    for (int round = 0; round < Rounds; ++round) {
        const ChildResult listed = inChild([&] {
            QElapsedTimer clock;
            clock.start();
            const int status = cli::runCommandLine({u"--workspace"_s, workspace, noun, u"list"_s});
            std::fprintf(stderr, "%f", double(clock.nsecsElapsed()) * 1e-6);
            return status;
        });
        bool isTime = false;
        times.append(listed.error.toDouble(&isTime));
        if (listed.status != 0 || !isTime || listed.output.count('\n') < Versions)
            qFatal("The list fails: %s", listed.error.constData());
    }
    std::ranges::sort(times);
    return report(u"%1 list with %2 experiments and %3 dataset versions"_s.arg(
                      noun, QString::number(Experiments), QString::number(Versions)),
                  times[Rounds / 2], ListLimit, u"ms"_s, u"median of %1"_s.arg(Rounds));
}

} // namespace

bool measureMany()
{
    const QTemporaryDir folder;
    const QString workspace = folder.filePath(u"workspace"_s);
    const ChildResult filled = inChild([&] { return fill(workspace); });
    if (filled.status != 0)
        qFatal("The project cannot be made: %s", filled.error.constData());
    const bool experiments = measureList(workspace, u"experiment"_s);
    return measureList(workspace, u"dataset"_s) && experiments;
}

} // namespace espalier::load
