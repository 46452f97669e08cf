#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/sidebar/experiment_list_model.h"
#include "ui/widgets/list_row_delegate.h"
#include "ui/widgets/run_state_text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestExperimentListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stateTexts_data();
    void stateTexts();
    void everyStateHasALook();
    void bestMetric();
    void follows();
    void renames();
    void manyRows();
};

void TestExperimentListModel::stateTexts_data()
{
    QTest::addColumn<RunSituation>("situation");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const RunSituation& situation, const QString& text) {
        QTest::newRow(name) << situation << text;
    };
    row("created", {RunState::Created}, u"Created"_s);
    row("next", {RunState::Queued, 0}, u"Queued, next"_s);
    row("third", {RunState::Queued, 2}, u"Queued, 2 before it"_s);
    row("starting", {RunState::Running, 0, 0, 10}, u"Starting"_s);
    row("running", {RunState::Running, 0, 7, 10}, u"6 of 10 epochs"_s);
    row("pausing", {RunState::Pausing, 0, 7, 10}, u"Pausing · 6 of 10 epochs"_s);
    row("paused", {RunState::Paused, 0, 7, 10}, u"Paused · 6 of 10 epochs"_s);
    row("completed", {RunState::Completed}, u"Completed · 0.8742 @ 2"_s);
    row("stopped", {RunState::Stopped}, u"Stopped · 0.8742 @ 2"_s);
    row("failed", {RunState::Failed}, u"Failed · NaN loss"_s);
}

void TestExperimentListModel::stateTexts()
{
    QFETCH(RunSituation, situation);
    QFETCH(QString, text);
    ExperimentRecord record;
    record.error = u"NaN loss."_s;
    record.epochs = {epochRecord(1, 0.5, true), epochRecord(2, 0.87421, true),
                     epochRecord(3, 0.8, false)};
    QCOMPARE(runStateText(record, situation), text);
}

void TestExperimentListModel::everyStateHasALook()
{
    QSet<QString> icons;
    for (const auto& name : enumNames(RunState{})) {
        QVERIFY(!runStateLook(name.value).icon.isEmpty());
        icons.insert(runStateLook(name.value).icon);
        QVERIFY(!runStateText({}, {.state = name.value}).isEmpty());
    }
    QCOMPARE(icons.size(), 7); // Pausing looks like Paused
}

void TestExperimentListModel::bestMetric()
{
    ExperimentRecord record;
    QCOMPARE(bestMetricText(record), QString());
    record.epochs = {epochRecord(1, 0.25, true)};
    QCOMPARE(bestMetricText(record), u"0.2500 @ 1"_s);
    record.epochs[0].validation = {};
    record.epochs[0].training = {{u"loss"_s, 0.5}};
    QCOMPARE(bestMetricText(record), u"0.5000 @ 1"_s);
}

void TestExperimentListModel::follows()
{
    const ProjectFixture fixture;
    const DatasetId data = fixture.addSavedDataset(*fixture.open()).id;
    const auto project = valueOf(ProjectDocument::open(fixture.folder()));
    RunController runs(*project);
    ExperimentListModel model(*project, runs);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    const auto names = [&] {
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown.append(model.index(row).data().toString());
        return shown;
    };
    QList<ExperimentId> ids;
    for (const QString& name : {u"a"_s, u"b"_s, u"c"_s})
        ids.append(valueOf(project->createExperiment(name, data, pointGraph())).id);
    QCOMPARE(names(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(model.id(model.index(1)), ids[1]);
    QCOMPARE(model.indexOf(ids[0]).row(), 2);
    QCOMPARE(model.index(0).data(ListRowDelegate::SecondLineRole).toString(), u"Created"_s);

    const QPersistentModelIndex last(model.index(2));
    require(project->deleteExperiment(ids[1]));
    QCOMPARE(names(), (QStringList{u"c"_s, u"a"_s}));
    QCOMPARE(last.row(), 1);

    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    require(project->renameExperiment(ids[0], u"first"_s));
    QVERIFY(!changes.isEmpty());
    QCOMPARE(names(), (QStringList{u"c"_s, u"first"_s}));
}

void TestExperimentListModel::renames()
{
    const ProjectFixture fixture;
    const DatasetId data = fixture.addSavedDataset(*fixture.open()).id;
    const auto project = valueOf(ProjectDocument::open(fixture.folder()));
    RunController runs(*project);
    ExperimentListModel model(*project, runs);
    const auto id = valueOf(project->createExperiment(u"a"_s, data)).id;
    std::ignore = valueOf(project->createExperiment(u"b"_s, data));
    QSignalSpy refused(&model, &ExperimentListModel::renameRefused);
    QVERIFY(!model.setData(model.indexOf(id), u"b"_s, Qt::EditRole));
    QCOMPARE(refused.size(), 1);
    QVERIFY(!model.setData(model.indexOf(id), u"  "_s, Qt::EditRole));
    QVERIFY(model.setData(model.indexOf(id), u" c  c "_s, Qt::EditRole));
    QCOMPARE(project->experiment(id)->name, u"c c"_s);
}

void TestExperimentListModel::manyRows()
{
    const ProjectFixture fixture;
    {
        const auto store = fixture.open();
        const DatasetId data = fixture.addSavedDataset(*store).id;
        for (int i = 0; i < 1000; ++i)
            std::ignore = valueOf(store->createExperiment(u"e%1"_s.arg(i), data, {}));
    }
    const auto project = valueOf(ProjectDocument::open(fixture.folder()));
    RunController runs(*project);
    ExperimentListModel model(*project, runs);
    QCOMPARE(model.rowCount(), 1000);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const ExperimentId middle = model.id(model.index(500));
    require(project->deleteExperiment(middle));
    // One row at a time, so that selection and scroll position stay.
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 0);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.rowCount(), 999);
}

QTEST_MAIN(TestExperimentListModel)
#include "tst_experiment_list_model.moc"
