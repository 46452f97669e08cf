#include "ui/modeling/modeling_view.h"

#include "core/project/documents/experiment_document.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/modeling/inspector/modeling_inspector.h"
#include "ui/modeling/model_page.h"
#include "ui/modeling/totals_line.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// A project with one experiment, and the view of it in a window of three
/// columns.
struct OpenView {
    ProjectFixture project;
    DatasetRecord dataset = project.addSavedDataset(*project.open());
    std::unique_ptr<ProjectDocument> document = valueOf(ProjectDocument::open(project.folder()));
    ExperimentId first =
        valueOf(document->createExperiment(u"Points"_s, dataset.id, pointGraph())).id;
    DatasetImports imports{*document};
    RunController runs{*document};
    PredictionService predictions{*document};
    ModelingView view{{*document, imports, runs, predictions}};
    QWidget window;

    OpenView()
    {
        auto* columns = new QHBoxLayout(&window);
        columns->setContentsMargins({});
        columns->setSpacing(0);
        view.sidebar()->setFixedWidth(metrics::Sidebar);
        view.inspector()->setFixedWidth(metrics::Inspector);
        columns->addWidget(view.sidebar());
        columns->addWidget(view.centre(), 1);
        columns->addWidget(view.inspector());
        window.resize(1280, 724);
        window.show();
    }
    [[nodiscard]] ModelCanvas& canvas() { return *window.findChild<ModelCanvas*>(); }
    [[nodiscard]] ExperimentDocument& experiment() { return *view.document(); }
    void setNodes(int nodes)
    {
        experiment().edit(u"Set"_s, [nodes](ModelGraph& graph) {
            graph.setParameter(BlockId(2), u"nodes"_s, nodes);
        });
    }
};

} // namespace

class ModelingViewTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void withoutAnExperimentNothingIsToUndo();
    void showsAnExperiment();
    void runSaysWhyNot();
    void runWritesAndGoesToEvaluation();
    void issuesLeadToTheirBlock();
    void snippetsOpenTheInformation();
    void theInspectorIsAskedFor();
    void undoFollowsTheExperiment();
    void deletedExperimentsMakeRoom();
    void looks_data();
    void looks();
};

void ModelingViewTest::withoutAnExperimentNothingIsToUndo()
{
    QAction newExperiment;
    const ModelPage page(&newExperiment);
    int found = 0;
    for (QAction* action : page.findChildren<QAction*>())
        if (action->text() == u"Undo"_s || action->text() == u"Redo"_s) {
            QVERIFY(!action->isEnabled());
            ++found;
        }
    QCOMPARE(found, 2);
}

void ModelingViewTest::showsAnExperiment()
{
    OpenView open;
    QVERIFY(open.view.document());
    QCOMPARE(open.view.document()->id(), open.first);
    QCOMPARE(open.canvas().document(), open.view.document());
    const auto* totals = open.window.findChild<TotalsLine*>();
    QVERIFY2(totals->text().startsWith(u"3 blocks · 6 parameters"_s), qPrintable(totals->text()));
    QCOMPARE(open.view.undoStack(), &open.experiment().undoStack());
}

void ModelingViewTest::runSaysWhyNot()
{
    OpenView open;
    const QSignalSpy issues(&open.view, &ProjectView::issuesChanged);
    QVERIFY(open.view.mainAction()->isEnabled());
    open.setNodes(5);
    QCOMPARE(issues.count(), 1);
    QVERIFY(!open.view.mainAction()->isEnabled());
    QCOMPARE(open.view.mainAction()->statusTip(), u"1 error left"_s);
    QCOMPARE(open.view.issues(), open.experiment().issues());
    open.view.undoStack()->undo();
    QVERIFY(open.view.mainAction()->isEnabled());
    QVERIFY(open.view.mainAction()->statusTip().isEmpty());
}

void ModelingViewTest::runWritesAndGoesToEvaluation()
{
    OpenView open;
    const QSignalSpy spy(&open.view, &ProjectView::evaluationRequested);
    open.experiment().edit(u"Rename"_s,
                           [](ModelGraph& graph) { graph.setName(BlockId(2), u"Head"_s); });
    require(open.experiment().setSetting(u"epochs"_s, u"1"_s));
    open.view.mainAction()->trigger();
    QCOMPARE(spy.count(), 1);
    QVERIFY(!open.view.mainAction()->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(open.runs.state(open.first), RunState::Completed, 60000);
    QVERIFY(valueOf(open.document->store().experiment(open.first)).graph.blockByName(u"Head"_s));
    QVERIFY(!open.experiment().isEditable());
    QVERIFY(!open.view.mainAction()->isEnabled());
}

void ModelingViewTest::issuesLeadToTheirBlock()
{
    OpenView open;
    open.setNodes(5);
    const Issue issue = open.view.issues().first();
    open.view.reveal(issue);
    QCOMPARE(open.canvas().selection(), QList<BlockId>{BlockId(issue.blockId)});
    const auto& inspector = static_cast<const ModelingInspector&>(*open.view.inspector());
    open.view.reveal({IssueLevel::Warning, u"Batch size"_s, u"is large"_s});
    QCOMPARE(inspector.currentTab(), ModelingInspector::Tab::Settings);
}

void ModelingViewTest::snippetsOpenTheInformation()
{
    OpenView open;
    const QSignalSpy spy(&open.view, &ProjectView::informationRequested);
    open.canvas().addSnippet(u"cnn"_s);
    QCOMPARE(spy.count(), 1);
}

void ModelingViewTest::theInspectorIsAskedFor()
{
    OpenView open;
    const auto& inspector = static_cast<const ModelingInspector&>(*open.view.inspector());
    const QSignalSpy spy(&open.view, &ProjectView::inspectorRequested);
    open.canvas().select({BlockId(2)});
    Q_EMIT open.canvas().buildRequested();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(inspector.currentTab(), ModelingInspector::Tab::Build);
    Q_EMIT open.canvas().inspectorRequested();
    QCOMPARE(spy.count(), 2);
    QCOMPARE(inspector.currentTab(), ModelingInspector::Tab::Block);
}

void ModelingViewTest::undoFollowsTheExperiment()
{
    OpenView open;
    const ExperimentId other =
        valueOf(open.document->createExperiment(u"Other"_s, open.dataset.id)).id;
    QCOMPARE(open.view.document()->id(), open.first);
    const QSignalSpy spy(&open.view, &ProjectView::undoStackChanged);
    open.view.showExperiment(other);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(open.view.undoStack(), &open.document->experimentDocument(other)->undoStack());
    QVERIFY(!open.view.mainAction()->isEnabled());
}

void ModelingViewTest::deletedExperimentsMakeRoom()
{
    OpenView open;
    const ExperimentId other =
        valueOf(open.document->createExperiment(u"Other"_s, open.dataset.id)).id;
    require(open.document->deleteExperiment(open.first));
    QVERIFY(open.view.document());
    QCOMPARE(open.view.document()->id(), other);
    require(open.document->deleteExperiment(other));
    QCOMPARE(open.view.document(), nullptr);
    QCOMPARE(open.view.undoStack(), nullptr);
    QVERIFY(!open.view.mainAction()->isEnabled());
    QVERIFY(!open.view.mainAction()->statusTip().isEmpty());
}

void ModelingViewTest::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (const bool dark : {false, true})
        for (const QSize& size : {QSize(1280, 724), QSize(1920, 1004)})
            QTest::addRow("%s %d", dark ? "dark" : "light", size.width()) << dark << size;
}

/// Pictures for people, where the environment names a folder for them.
void ModelingViewTest::looks()
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("ESPALIER_SCREENSHOTS names no folder");
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    OpenView open;
    const ExperimentId cnn = valueOf(open.document->createExperiment(u"CNN"_s, open.dataset.id)).id;
    open.view.showExperiment(cnn);
    open.window.resize(size);
    open.canvas().addSnippet(u"cnn"_s);
    open.canvas().select({BlockId(5)});
    const QString name =
        u"modeling-%1-%2.png"_s.arg(dark ? u"dark"_s : u"light"_s).arg(size.width());
    QVERIFY(open.window.grab().save(QDir(folder).filePath(name)));
}

} // namespace espalier

QTEST_MAIN(espalier::ModelingViewTest)
#include "tst_modeling_view.moc"
