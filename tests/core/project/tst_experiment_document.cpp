#include "core/project/documents/experiment_document.h"

#include "core/graph/snippets.h"
#include "core/project/documents/project_document.h"
#include "tests/core/graph/random_edits.h"
#include "tests/core/project/project_fixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

/// An experiment of a project in a temporary folder, open for editing.
struct OpenExperiment {
    ProjectFixture project;
    DatasetRecord dataset = project.addSavedDataset(*project.open());
    std::unique_ptr<ProjectDocument> document = valueOf(ProjectDocument::open(project.folder()));
    ExperimentId id = valueOf(document->createExperiment(u"Points"_s, dataset.id, pointGraph())).id;

    [[nodiscard]] ExperimentDocument& experiment() const
    {
        return *document->experimentDocument(id);
    }
    [[nodiscard]] ExperimentRecord written() const
    {
        return valueOf(document->store().experiment(id));
    }
};

class ExperimentDocumentTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsRecorded();
    void everyEditIsUndoneAndRedone_data();
    void everyEditIsUndoneAndRedone();
    void aRandomWalkIsUndoneToTheSameDocument();
    void stepsWithOneKeyBecomeOne();
    void stepsThatCancelOutVanish();
    void editThatChangesNothingIsNoStep();
    void saysWhatChanged();
    void analysisFollows();
    void settingsAreStepsOfTheSameStack();
    void versionMustBeSaved();
    void isWrittenWithinAQuarterOfASecond();
    void isWrittenWhenTheProjectCloses();
    void isWrittenBeforeItIsDuplicated();
    void takesOverWhatAnotherProcessWrote();
    void ownEditsWinOverAnotherProcess();
    void locksOnceItHasRun();
    void editsThatCameTooLateAreTold();
};

void ExperimentDocumentTest::showsWhatIsRecorded()
{
    const OpenExperiment open;
    const ExperimentDocument& experiment = open.experiment();
    QCOMPARE(experiment.id(), open.id);
    QCOMPARE(experiment.graph(), pointGraph());
    QCOMPARE(experiment.dataset(), open.dataset.id);
    QCOMPARE(experiment.settings(), RunSettings());
    QCOMPARE(experiment.features().size(), 2);
    QVERIFY(experiment.isEditable());
    QVERIFY(experiment.canRun());
}

using Edit = std::function<void(ModelGraph&)>;

void ExperimentDocumentTest::everyEditIsUndoneAndRedone_data()
{
    QTest::addColumn<Edit>("edit");
    const BlockId input(1);
    const BlockId dense(2);
    const BlockId target(3);
    const auto row = [](const char* name, Edit edit) { QTest::newRow(name) << std::move(edit); };
    row("add", [](ModelGraph& graph) { graph.addBlock(u"dropout"_s, {10, 20}); });
    row("remove", [=](ModelGraph& graph) { graph.removeBlock(dense); });
    row("remove and rewire", [=](ModelGraph& graph) { graph.removeBlock(dense, true); });
    row("connect", [=](ModelGraph& graph) { graph.connect({input, target, 0}); });
    row("disconnect", [=](ModelGraph& graph) { graph.disconnect({input, dense, 0}); });
    row("rename", [=](ModelGraph& graph) { graph.setName(dense, u"Head"_s); });
    row("move", [=](ModelGraph& graph) { graph.setPosition(dense, {30, 40}); });
    row("set", [=](ModelGraph& graph) { graph.setParameter(dense, u"nodes"_s, 7); });
    row("reset", [=](ModelGraph& graph) { graph.setParameter(dense, u"nodes"_s, {}); });
    row("snippet",
        [](ModelGraph& graph) { insertGraph(graph, findSnippet(u"resnetv2"_s)->build()); });
    row("clear", [](ModelGraph& graph) { graph = {}; });
}

void ExperimentDocumentTest::everyEditIsUndoneAndRedone()
{
    QFETCH(Edit, edit);
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const ModelGraph before = experiment.graph();
    QVERIFY(experiment.edit(u"Edit"_s, edit));
    const ModelGraph after = experiment.graph();
    QVERIFY(after != before);
    for (int round = 0; round < 2; ++round) {
        experiment.undoStack().undo();
        QCOMPARE(experiment.graph(), before);
        experiment.undoStack().redo();
        QCOMPARE(experiment.graph(), after);
    }
}

void ExperimentDocumentTest::aRandomWalkIsUndoneToTheSameDocument()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    Random random(1);
    QList<ModelGraph> states{experiment.graph()};
    for (int step = 0; step < 1000; ++step) {
        const bool edited =
            experiment.edit(u"Edit"_s, [&](ModelGraph& graph) { editAtRandom(graph, random); });
        if (edited)
            states.append(experiment.graph());
        else
            QCOMPARE(experiment.graph(), states.last());
    }
    QVERIFY(states.size() > 500);
    QUndoStack& stack = experiment.undoStack();
    QCOMPARE(stack.count(), states.size() - 1);
    for (qsizetype state = states.size() - 2; state >= 0; --state) {
        stack.undo();
        QCOMPARE(experiment.graph(), states.at(state));
    }
    QVERIFY(!stack.canUndo());
    for (qsizetype state = 1; state < states.size(); ++state) {
        stack.redo();
        QCOMPARE(experiment.graph(), states.at(state));
    }
}

void ExperimentDocumentTest::stepsWithOneKeyBecomeOne()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const ModelGraph before = experiment.graph();
    const auto setNodes = [&](int nodes) {
        experiment.edit(
            u"Set nodes"_s,
            [nodes](ModelGraph& graph) { graph.setParameter(BlockId(2), u"nodes"_s, nodes); },
            u"2/nodes"_s);
    };
    setNodes(3);
    setNodes(4);
    setNodes(5);
    QCOMPARE(experiment.undoStack().count(), 1);
    experiment.edit(
        u"Move"_s,
        [](ModelGraph& graph) {
            graph.setPosition(BlockId(2), {1, 1});
        },
        u"move"_s);
    setNodes(6);
    QCOMPARE(experiment.undoStack().count(), 3);
    experiment.undoStack().setIndex(0);
    QCOMPARE(experiment.graph(), before);
}

void ExperimentDocumentTest::stepsThatCancelOutVanish()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const ModelGraph before = experiment.graph();
    const QPointF home = before.block(BlockId(2))->position;
    for (const QPointF& place : {QPointF(5, 5), home})
        experiment.edit(
            u"Move"_s, [&](ModelGraph& graph) { graph.setPosition(BlockId(2), place); }, u"move"_s);
    QCOMPARE(experiment.undoStack().count(), 0);
    QCOMPARE(experiment.graph(), before);
    RunSettings settings = experiment.settings();
    settings.epochs = 20;
    QVERIFY(experiment.editSettings(u"Epochs"_s, settings, u"epochs"_s));
    QVERIFY(experiment.editSettings(u"Epochs"_s, RunSettings(), u"epochs"_s));
    QCOMPARE(experiment.undoStack().count(), 0);
}

void ExperimentDocumentTest::editThatChangesNothingIsNoStep()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const QSignalSpy changes(&experiment, &ExperimentDocument::graphChanged);
    QVERIFY(!experiment.edit(u"Nothing"_s, [](ModelGraph& graph) {
        const BlockId id = graph.addBlock(u"dense"_s);
        graph.removeBlock(id);
    }));
    QVERIFY(!experiment.editSettings(u"Nothing"_s, experiment.settings()));
    QCOMPARE(experiment.undoStack().count(), 0);
    QCOMPARE(changes.count(), 0);
}

void ExperimentDocumentTest::saysWhatChanged()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    QList<GraphChange> changes;
    connect(&experiment, &ExperimentDocument::graphChanged, this,
            [&](const GraphChange& change) { changes.append(change); });
    experiment.edit(u"Delete"_s, [](ModelGraph& graph) { graph.removeBlock(BlockId(2), true); });
    experiment.undoStack().undo();
    QCOMPARE(changes.size(), 2);
    const QList<Connection> around{{BlockId(1), BlockId(2), 0}, {BlockId(2), BlockId(3), 0}};
    const QList<Connection> across{{BlockId(1), BlockId(3), 0}};
    QCOMPARE(changes.first().removed, QList<BlockId>{BlockId(2)});
    QVERIFY(changes.first().added.isEmpty() && changes.first().changed.isEmpty());
    QVERIFY(changes.first().connected == across && changes.first().disconnected == around);
    QCOMPARE(changes.last().added, QList<BlockId>{BlockId(2)});
    QVERIFY(changes.last().connected == around && changes.last().disconnected == across);
}

void ExperimentDocumentTest::analysisFollows()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const QSignalSpy analysed(&experiment, &ExperimentDocument::analysisChanged);
    bool upToDate = false;
    connect(&experiment, &ExperimentDocument::graphChanged, this,
            [&] { upToDate = experiment.analysis().blocks.value(BlockId(2)).output == Shape{5}; });
    experiment.edit(u"Set nodes"_s,
                    [](ModelGraph& graph) { graph.setParameter(BlockId(2), u"nodes"_s, 5); });
    QVERIFY(upToDate);
    QCOMPARE(analysed.count(), 1);
    QVERIFY(!experiment.canRun());
    QCOMPARE(experiment.issues().first().level, IssueLevel::Error);
    QVERIFY(std::ranges::is_sorted(experiment.issues(), {}, &Issue::level));
    experiment.undoStack().undo();
    QCOMPARE(analysed.count(), 2);
    QVERIFY(experiment.canRun());
}

void ExperimentDocumentTest::settingsAreStepsOfTheSameStack()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const QSignalSpy changes(&experiment, &ExperimentDocument::settingsChanged);
    require(experiment.setSetting(u"batch_size"_s, u"16"_s));
    QCOMPARE(experiment.settings().batchSize, 16);
    QVERIFY(experiment.undoStack().undoText().contains(u"batch size"_s));
    QVERIFY(!experiment.setSetting(u"batch_size"_s, u"many"_s));
    QVERIFY(!experiment.setSetting(u"no_such_key"_s, u"1"_s));
    QCOMPARE(changes.count(), 1);
    experiment.undoStack().undo();
    QCOMPARE(experiment.settings(), RunSettings());
    experiment.undoStack().redo();
    QCOMPARE(experiment.settings().batchSize, 16);
    require(experiment.setSetting(u"batch_size"_s, u"5000"_s));
    QVERIFY(std::ranges::any_of(experiment.issues(), [](const Issue& issue) {
        return issue.subject == u"Batch size"_s && issue.level == IssueLevel::Warning;
    }));
}

void ExperimentDocumentTest::versionMustBeSaved()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const DatasetRecord unsaved =
        valueOf(open.document->addDataset(u"more"_s, open.project.importPoints(30)));
    QCOMPARE(codeOf(experiment.setDataset(unsaved.id)), ErrorCode::Conflict);
    QCOMPARE(codeOf(experiment.setDataset(DatasetId(99))), ErrorCode::NotFound);
    QCOMPARE(experiment.undoStack().count(), 0);

    valueOf(open.project.open()->saveDataset(unsaved.id));
    open.document->refresh();
    require(experiment.setDataset(unsaved.id));
    QCOMPARE(experiment.dataset(), unsaved.id);
    require(experiment.flush());
    QCOMPARE(open.written().dataset, unsaved.id);
    experiment.undoStack().undo();
    require(experiment.flush());
    QCOMPARE(open.written().dataset, open.dataset.id);
}

void ExperimentDocumentTest::isWrittenWithinAQuarterOfASecond()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    experiment.edit(u"Clear"_s, [](ModelGraph& graph) { graph = {}; });
    QVERIFY(!open.written().graph.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(open.written().graph.isEmpty(), 2000);
    QVERIFY(experiment.record().graph.isEmpty());
    QVERIFY(experiment.undoStack().canUndo());
}

void ExperimentDocumentTest::isWrittenWhenTheProjectCloses()
{
    OpenExperiment open;
    open.experiment().edit(u"Clear"_s, [](ModelGraph& graph) { graph = {}; });
    open.document.reset();
    QVERIFY(valueOf(open.project.open()->experiment(open.id)).graph.isEmpty());
}

void ExperimentDocumentTest::isWrittenBeforeItIsDuplicated()
{
    const OpenExperiment open;
    open.experiment().edit(u"Set"_s, [](ModelGraph& graph) {
        graph.setParameter(BlockId(2), u"nodes"_s, 77);
    });
    require(open.experiment().setSetting(u"epochs"_s, u"3"_s));
    const ExperimentRecord copy =
        valueOf(open.document->duplicateExperiment(open.id, u"Copy"_s, false));
    QCOMPARE(copy.graph, open.experiment().graph());
    QCOMPARE(copy.settings.epochs, 3);
    QCOMPARE(open.written().graph, copy.graph);
}

void ExperimentDocumentTest::takesOverWhatAnotherProcessWrote()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    experiment.edit(u"Add"_s, [](ModelGraph& graph) { graph.addBlock(u"dropout"_s); });
    require(experiment.flush());
    const QSignalSpy changes(&experiment, &ExperimentDocument::graphChanged);
    ModelGraph other = experiment.graph();
    other.removeBlock(BlockId(2), true);
    require(open.project.open()->updateExperiment(open.id, other, experiment.settings()));
    open.document->refresh();
    QCOMPARE(experiment.graph(), other);
    QCOMPARE(changes.count(), 1);
    QVERIFY2(!experiment.undoStack().canUndo(), "steps before it no longer fit");
    open.document->refresh();
    QCOMPARE(changes.count(), 1);
}

void ExperimentDocumentTest::ownEditsWinOverAnotherProcess()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    experiment.edit(u"Add"_s, [](ModelGraph& graph) { graph.addBlock(u"dropout"_s); });
    const ModelGraph own = experiment.graph();
    require(open.project.open()->updateExperiment(open.id, {}, {}));
    open.document->refresh();
    QCOMPARE(experiment.graph(), own);
    require(experiment.flush());
    QCOMPARE(open.written().graph, own);
}

void ExperimentDocumentTest::locksOnceItHasRun()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    experiment.edit(u"Add"_s, [](ModelGraph& graph) { graph.addBlock(u"dropout"_s); });
    require(experiment.flush());
    const ModelGraph graph = experiment.graph();
    const QSignalSpy records(&experiment, &ExperimentDocument::recordChanged);
    require(open.project.open()->setState(open.id, RunState::Completed));
    open.document->refresh();
    QCOMPARE(records.count(), 1);
    QVERIFY(!experiment.isEditable());
    QVERIFY(!experiment.edit(u"Clear"_s, [](ModelGraph& changed) { changed = {}; }));
    RunSettings settings;
    settings.epochs = 3;
    QVERIFY(!experiment.editSettings(u"Epochs"_s, settings));
    QCOMPARE(codeOf(experiment.setSetting(u"epochs"_s, u"3"_s)), ErrorCode::Conflict);
    QCOMPARE(codeOf(experiment.setDataset(open.dataset.id)), ErrorCode::Conflict);
    experiment.undoStack().undo();
    QCOMPARE(experiment.graph(), graph);
    QCOMPARE(experiment.settings(), RunSettings());
}

void ExperimentDocumentTest::editsThatCameTooLateAreTold()
{
    const OpenExperiment open;
    ExperimentDocument& experiment = open.experiment();
    const ModelGraph graph = experiment.graph();
    QString told;
    connect(&experiment, &ExperimentDocument::writeFailed, this,
            [&](const Error& error) { told = error.message; });
    experiment.edit(u"Clear"_s, [](ModelGraph& changed) { changed = {}; });
    require(open.project.open()->setState(open.id, RunState::Completed));
    open.document->refresh();
    QVERIFY2(told.contains(u"locked"_s), qPrintable(told));
    QCOMPARE(experiment.graph(), graph);
    require(experiment.flush());
    QCOMPARE(open.written().graph, graph);
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::ExperimentDocumentTest)
#include "tst_experiment_document.moc"
