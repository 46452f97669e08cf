#include "tests/reliability/trials/operations.h"

#include "app/cli/run_command.h"
#include "core/base/logging.h"
#include "core/project/migrations/migration.h"
#include "core/project/migrations/steps.h"
#include "core/project/project_store.h"
#include "core/project/store/database.h"
#include "tests/integration/test_data.h"
#include "tests/reliability/trials/child.h"

#include <QDir>
#include <QFileInfo>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

/// The real command line; `%w` in an argument is the workspace, `%d` the folder of its data.
Work command(const QStringList& arguments)
{
    return [arguments](const QString& workspace) {
        QStringList full{u"--workspace"_s, workspace, u"--quiet"_s};
        for (QString argument : arguments)
            full.append(argument.replace(u"%w"_s, workspace)
                            .replace(u"%d"_s, QFileInfo(workspace).path() + u"/data"_s));
        return cli::runCommandLine(full);
    };
}

Operation simple(const QString& name, const QStringList& arguments, const QStringList& touches)
{
    return {name, command(arguments), command(arguments), touches, {}};
}

int say(const Status& status)
{
    if (status)
        return cli::DoneStatus;
    std::fprintf(stderr, "%s\n", qUtf8Printable(status.error().message));
    return cli::FailedStatus;
}

/// A run that was cut short goes on where it has epochs, and else begins anew.
Work goOn(const QString& name, const QString& epochs)
{
    return [=](const QString& workspace) {
        const auto store = ProjectStore::open(workspace + u"/p"_s);
        const auto record = store ? (*store)->experiment(name) : failureOf(store);
        if (!record)
            return say(failureOf(record));
        QStringList arguments{u"experiment"_s, u"run"_s, name, u"--epochs"_s, epochs};
        if (!record->epochs.isEmpty())
            arguments.append(u"--resume"_s);
        return command(arguments)(workspace);
    };
}

/// A step as a future format may need it: a new table, and a new text in every row of an old one.
Status exampleStep(Database& database)
{
    constexpr std::array Statements{
        u"CREATE TABLE example (experiment INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        u"INSERT INTO example SELECT id, name FROM experiment",
        u"UPDATE experiment SET notes = 'migrated ' || name",
    };
    for (const char16_t* statement : Statements)
        if (const Status done = database.execute(QString::fromUtf16(statement)); !done)
            return done;
    return {};
}

int takeExampleStep(const QString& workspace)
{
    if (const Status logging = startLogging(workspace + u"/logs"_s); !logging)
        return say(logging);
    constexpr std::array Steps{Migration{1, createInitialTables}, Migration{2, exampleStep}};
    const auto database = Database::open(workspace + u"/p/project.db"_s);
    return say(database ? migrate(**database, Steps) : failureOf(database));
}

/// Takes the number back, so that the project opens, after a look whether number and content agree.
int takeNumberBack(const QString& workspace)
{
    const auto database = Database::open(workspace + u"/p/project.db"_s);
    if (!database)
        return say(failureOf(database));
    const auto agrees =
        (*database)->value(u"SELECT (SELECT count(*) FROM sqlite_master WHERE name = 'example') ="
                           " (SELECT user_version - 1 FROM pragma_user_version)"_s);
    if (!agrees || !agrees->toBool())
        return say(
            failure(ErrorCode::Internal, u"The number of the format and the content differ."_s));
    for (const QString& statement :
         {u"DROP TABLE IF EXISTS example"_s, u"PRAGMA user_version = 1"_s})
        if (const Status done = (*database)->execute(statement); !done)
            return say(done);
    return cli::DoneStatus;
}

QList<Operation> datasetOperations()
{
    return {
        simple(u"import images"_s,
               {u"dataset"_s, u"import"_s, u"%d/mixed"_s, u"--name"_s, u"New"_s}, {u"P/New@1"_s}),
        simple(u"import a table"_s,
               {u"dataset"_s, u"import"_s, u"%d/table.csv"_s, u"--name"_s, u"New"_s},
               {u"P/New@1"_s}),
        simple(u"edit a dataset"_s,
               {u"dataset"_s, u"set"_s, u"D@2"_s, u"seed=7"_s, u"subset.training.size=70"_s},
               {u"P/D@2"_s}),
        simple(u"save a version"_s, {u"dataset"_s, u"save"_s, u"D@2"_s}, {u"P/D@2"_s}),
        simple(u"duplicate a version"_s, {u"dataset"_s, u"duplicate"_s, u"D@2"_s}, {u"P/D@3"_s}),
        simple(u"delete a dataset"_s, {u"dataset"_s, u"delete"_s, u"T@1"_s, u"--yes"_s},
               {u"P/T@1"_s}),
        simple(u"export a dataset"_s,
               {u"dataset"_s, u"export"_s, u"D@1"_s, u"--out"_s, u"%w/out.zip"_s}, {u"out.zip"_s}),
    };
}

QList<Operation> experimentOperations()
{
    return {
        simple(u"create an experiment"_s,
               {u"experiment"_s, u"create"_s, u"New"_s, u"--dataset"_s, u"D@1"_s, u"--snippet"_s,
                u"CNN"_s, u"--input"_s, u"image"_s, u"--target"_s, u"category"_s},
               {u"P/New"_s}),
        simple(u"edit an experiment"_s,
               {u"experiment"_s, u"set"_s, u"Fresh"_s, u"batch_size=4"_s,
                u"block.\"Dense 2\".nodes=12"_s, u"notes=Edited."_s},
               {u"P/Fresh"_s}),
        simple(u"duplicate with weights"_s,
               {u"experiment"_s, u"duplicate"_s, u"Trained"_s, u"New"_s, u"--weights"_s},
               {u"P/New"_s}),
        simple(u"delete an experiment"_s, {u"experiment"_s, u"delete"_s, u"Trained"_s, u"--yes"_s},
               {u"P/Trained"_s}),
        {u"run, with checkpoints and pruning"_s,
         command({u"experiment"_s, u"run"_s, u"Fresh"_s}),
         goOn(u"Fresh"_s, u"4"_s),
         {u"P/Fresh"_s},
         {}},
        {u"resume a run"_s,
         command({u"experiment"_s, u"run"_s, u"Trained"_s, u"--resume"_s, u"--epochs"_s, u"5"_s}),
         goOn(u"Trained"_s, u"5"_s),
         {u"P/Trained"_s},
         {}},
    };
}

QList<Operation> projectOperations()
{
    return {
        simple(u"create a project"_s, {u"project"_s, u"create"_s, u"Q"_s}, {u"Q"_s}),
        simple(u"delete a project"_s, {u"project"_s, u"delete"_s, u"P"_s, u"--yes"_s}, {u"P*"_s}),
        {u"migrate"_s,
         takeExampleStep,
         takeExampleStep,
         {u"P/Trained"_s, u"P/Fresh"_s, u"P/Weighted"_s},
         takeNumberBack},
    };
}

void writeData(const QString& folder)
{
    writeIndexedImages(folder + u"/images"_s, 24);
    writeIndexedImages(folder + u"/mixed"_s, 12);
    // One of another size, so that the images are kept as files.
    (void)quarterImage(0, 99, 16, QImage::Format_Grayscale8)
        .save(folder + u"/mixed/images/0.png"_s);
    writeTable(folder + u"/table.csv"_s, 40);
}

QList<QStringList> preparingCommands()
{
    QList<QStringList> commands{
        {u"project"_s, u"create"_s, u"P"_s},
        {u"dataset"_s, u"import"_s, u"%d/images"_s, u"--name"_s, u"D"_s},
        {u"dataset"_s, u"save"_s, u"D@1"_s},
        {u"dataset"_s, u"duplicate"_s, u"D@1"_s},
        {u"dataset"_s, u"import"_s, u"%d/mixed"_s, u"--name"_s, u"T"_s},
    };
    for (const QString& name : {u"Trained"_s, u"Fresh"_s}) {
        commands.append({u"experiment"_s, u"create"_s, name, u"--dataset"_s, u"D@1"_s,
                         u"--snippet"_s, u"Fully connected"_s, u"--input"_s, u"image"_s,
                         u"--target"_s, u"category"_s});
        commands.append(
            {u"experiment"_s, u"set"_s, name, u"epochs=4"_s, u"batch_size=8"_s, u"threads=1"_s});
    }
    commands.append({u"experiment"_s, u"run"_s, u"Trained"_s, u"--epochs"_s, u"2"_s});
    commands.append({u"experiment"_s, u"duplicate"_s, u"Trained"_s, u"Weighted"_s, u"--weights"_s});
    return commands;
}

} // namespace

QList<Operation> operations()
{
    return projectOperations() + datasetOperations() + experimentOperations();
}

QString prepareWorkspace(const QString& workspace, const QString& dataFolder)
{
    QDir().mkpath(dataFolder);
    writeData(dataFolder);
    for (const QStringList& arguments : preparingCommands()) {
        const ChildResult done = inChild([&] { return command(arguments)(workspace); });
        if (done.status != 0)
            return arguments.join(u' ') + u": "_s + QString::fromUtf8(done.error);
    }
    return {};
}

} // namespace espalier::trials
