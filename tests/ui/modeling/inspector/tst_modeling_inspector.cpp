#include "core/graph/snippets.h"
#include "core/project/documents/experiment_document.h"
#include "core/project/documents/project_document.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/inspector/block_panel.h"
#include "ui/modeling/inspector/build/block_list_view.h"
#include "ui/modeling/inspector/build/build_panel.h"
#include "ui/modeling/inspector/form/number_box.h"
#include "ui/modeling/inspector/form/value_form.h"
#include "ui/modeling/inspector/modeling_inspector.h"
#include "ui/modeling/inspector/settings_panel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

struct Scene {
    explicit Scene(const ModelGraph& graph = pointGraph())
    {
        data = fixture.addSavedDataset(*fixture.open()).id;
        project = valueOf(ProjectDocument::open(fixture.folder()));
        const auto id = valueOf(project->createExperiment(u"e"_s, data, graph)).id;
        document = project->experimentDocument(id);
        inspector = std::make_unique<ModelingInspector>(*project);
        inspector->setDocument(document);
        inspector->resize(320, 760);
        inspector->show();
        inspector->activateWindow();
        if (!QTest::qWaitForWindowActive(inspector.get()))
            qFatal("the window was not activated");
    }

    [[nodiscard]] BlockId id(const QString& name) const
    {
        return document->graph().blockByName(name)->id;
    }
    void select(const QStringList& names) const
    {
        QList<BlockId> ids;
        for (const QString& name : names)
            ids.append(id(name));
        inspector->setSelection(ids);
    }
    template <typename Widget>
    [[nodiscard]] Widget* field(const QString& key) const
    {
        for (const ValueForm* form : inspector->findChildren<ValueForm*>())
            if (auto* widget = qobject_cast<Widget*>(form->fieldWidget(key)))
                return widget;
        return nullptr;
    }
    [[nodiscard]] QVariant parameter(const QString& block, const QString& key) const
    {
        return document->graph().blockByName(block)->parameters.value(key);
    }

    ProjectFixture fixture;
    DatasetId data;
    std::unique_ptr<ProjectDocument> project;
    ExperimentDocument* document = nullptr;
    std::unique_ptr<ModelingInspector> inspector;
};

QString shown(const NumberBox* box)
{
    return box->findChild<QLineEdit*>()->text();
}

QPushButton* button(const QWidget* parent, const QString& text)
{
    for (QPushButton* each : parent->findChildren<QPushButton*>())
        if (each->text() == text && each->isVisible())
            return each;
    return nullptr;
}

void choose(QComboBox* box, const QString& text)
{
    box->setFocus();
    QTest::keyClicks(box, text);
}

} // namespace

class TestModelingInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void selectionOpensBlock();
    void addingStaysInBuild();
    void spinningIsOneStep();
    void anotherVisitIsAnotherStep();
    void choosesAFeature();
    void followsTheTargetAgain();
    void refusesAndSaysWhy();
    void renames();
    void editsSeveralTogether();
    void listsAMixedSelection();
    void showsTheOutput();
    void unknownOutputHasNoCost();
    void goneBlocksAreForgotten();
    void lockedIsPlainText();
    void runSettings();
    void optimizerBringsItsParameters();
    void resetsAGroup();
    void choosesADataset();
    void withoutADocument();
    void namesForEverything();
    void fitsItsColumn_data();
    void fitsItsColumn();
};

void TestModelingInspector::initTestCase()
{
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestModelingInspector::selectionOpensBlock()
{
    const Scene scene;
    QCOMPARE(scene.inspector->currentTab(), ModelingInspector::Tab::Build);
    scene.select({u"Dense"_s});
    QCOMPARE(scene.inspector->currentTab(), ModelingInspector::Tab::Block);
    scene.inspector->showTab(ModelingInspector::Tab::Settings);
    scene.inspector->setSelection({});
    QCOMPARE(scene.inspector->currentTab(), ModelingInspector::Tab::Settings);
}

void TestModelingInspector::addingStaysInBuild()
{
    const Scene scene;
    QSignalSpy asked(scene.inspector.get(), &ModelingInspector::addBlockRequested);
    connect(scene.inspector.get(), &ModelingInspector::addBlockRequested, this, [&] {
        scene.select({u"Dense"_s}); // as the canvas selects what it has added
    });
    auto* view = scene.inspector->findChild<BlockListView*>();
    view->setFocus();
    view->setCurrentIndex(view->model()->index(0, 0, view->model()->index(1, 0)));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(asked.first().first().toString(), u"input"_s);
    QCOMPARE(scene.inspector->currentTab(), ModelingInspector::Tab::Build);
}

void TestModelingInspector::spinningIsOneStep()
{
    const Scene scene;
    const ModelGraph before = scene.document->graph();
    scene.select({u"Dense"_s});
    auto* nodes = scene.field<NumberBox>(u"nodes"_s);
    nodes->setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(nodes, Qt::Key_Up);
    QCOMPARE(scene.parameter(u"Dense"_s, u"nodes"_s).toInt(), 5);
    QCOMPARE(scene.document->undoStack().count(), 1);
    const ModelGraph after = scene.document->graph();
    scene.document->undoStack().undo();
    QVERIFY(scene.document->graph() == before);
    QCOMPARE(scene.field<NumberBox>(u"nodes"_s), nodes);
    QVERIFY(nodes->hasFocus());
    QCOMPARE(shown(nodes), u"2"_s);
    scene.document->undoStack().redo();
    QVERIFY(scene.document->graph() == after);
    QCOMPARE(shown(nodes), u"5"_s);
}

void TestModelingInspector::anotherVisitIsAnotherStep()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    auto* nodes = scene.field<NumberBox>(u"nodes"_s);
    nodes->setFocus();
    QTest::keyClick(nodes, Qt::Key_Up);
    scene.field<QComboBox>(u"activation"_s)->setFocus();
    nodes->setFocus();
    QTest::keyClick(nodes, Qt::Key_Up);
    QCOMPARE(scene.document->undoStack().count(), 2);
}

void TestModelingInspector::choosesAFeature()
{
    ModelGraph graph = pointGraph();
    graph.setParameter(graph.blockByName(u"Target"_s)->id, u"feature"_s, QVariant());
    const Scene scene(graph);
    QVERIFY(!scene.document->canRun());
    scene.select({u"Target"_s});
    auto* feature = scene.field<QComboBox>(u"feature"_s);
    QCOMPARE(feature->currentIndex(), -1);
    choose(feature, u"kind"_s);
    QCOMPARE(scene.parameter(u"Target"_s, u"feature"_s).toString(), u"kind"_s);
    QVERIFY(scene.document->canRun());
    scene.document->undoStack().undo();
    QCOMPARE(feature->currentIndex(), -1);
}

void TestModelingInspector::followsTheTargetAgain()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    auto* nodes = scene.field<NumberBox>(u"nodes"_s);
    nodes->setFocus();
    nodes->selectAll();
    QTest::keyClicks(nodes, u"7"_s);
    QVERIFY2(nodes->accessibleDescription().contains(u"'kind' has 2 classes"_s),
             qPrintable(nodes->accessibleDescription()));
    QPushButton* follow = button(scene.inspector.get(), u"Follow the target"_s);
    QVERIFY(follow);
    QTest::mouseClick(follow, Qt::LeftButton);
    QVERIFY(!scene.parameter(u"Dense"_s, u"nodes"_s).isValid());
    QCOMPARE(shown(nodes), u"2"_s);
    QVERIFY(!button(scene.inspector.get(), u"Follow the target"_s));
    scene.document->undoStack().undo();
    QCOMPARE(shown(nodes), u"7"_s);
}

void TestModelingInspector::refusesAndSaysWhy()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    auto* nodes = scene.field<NumberBox>(u"nodes"_s);
    nodes->setFocus();
    nodes->selectAll();
    QTest::keyClicks(nodes, u"0"_s);
    QVERIFY2(nodes->accessibleDescription().contains(u"Nodes takes a whole number from 1"_s),
             qPrintable(nodes->accessibleDescription()));
    QCOMPARE(scene.document->undoStack().count(), 0);
    QTest::keyClick(nodes, Qt::Key_Return);
    QCOMPARE(shown(nodes), u"2"_s);
    QVERIFY(nodes->accessibleDescription().contains(u"not '0'"_s));
}

void TestModelingInspector::renames()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    auto* name = scene.field<QLineEdit>(u"#name"_s);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, u"input"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(name->accessibleDescription().contains(u"“input”"_s));
    QCOMPARE(name->text(), u"Dense"_s);
    name->selectAll();
    QTest::keyClicks(name, u"Classes"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(scene.document->graph().blockByName(u"Classes"_s));
    scene.document->undoStack().undo();
    QCOMPARE(name->text(), u"Dense"_s);
}

void TestModelingInspector::editsSeveralTogether()
{
    const Scene scene(findSnippet(u"cnn"_s)->build());
    scene.select({u"2D Convolution"_s, u"2D Convolution 2"_s});
    auto* filters = scene.field<NumberBox>(u"filters"_s);
    QCOMPARE(shown(filters), QString());
    const ModelGraph before = scene.document->graph();
    filters->setFocus();
    QTest::keyClicks(filters, u"48"_s);
    QCOMPARE(scene.parameter(u"2D Convolution"_s, u"filters"_s).toInt(), 48);
    QCOMPARE(scene.parameter(u"2D Convolution 2"_s, u"filters"_s).toInt(), 48);
    scene.document->undoStack().undo();
    QVERIFY(scene.document->graph() == before);
}

void TestModelingInspector::listsAMixedSelection()
{
    const Scene scene;
    scene.select({u"Input"_s, u"Dense"_s});
    QSignalSpy asked(scene.inspector.get(), &ModelingInspector::selectBlockRequested);
    QPushButton* dense = button(scene.inspector.get(), u"Dense"_s);
    QVERIFY(dense);
    QTest::mouseClick(dense, Qt::LeftButton);
    QCOMPARE(asked.first().first().value<BlockId>(), scene.id(u"Dense"_s));
}

void TestModelingInspector::showsTheOutput()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    QStringList texts;
    for (const QLabel* label : scene.inspector->findChildren<QLabel*>())
        if (label->isVisible())
            texts.append(label->text());
    QVERIFY(texts.contains(u"Output shape"_s));
    QVERIFY(texts.contains(u"6"_s)); // 2 × 2 weights and 2 biases
    QVERIFY(texts.contains(u"8 B"_s));
    QVERIFY(!texts.contains(u"–"_s));
}

void TestModelingInspector::unknownOutputHasNoCost()
{
    const Scene scene(findSnippet(u"cnn"_s)->build()); // no feature is chosen
    scene.select({u"2D Convolution"_s});
    int unknown = 0;
    for (const QLabel* label : scene.inspector->findChildren<QLabel*>())
        unknown += label->isVisible() && label->text() == u"–"_s;
    QCOMPARE(unknown, 4);
}

void TestModelingInspector::goneBlocksAreForgotten()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    const BlockId dense = scene.id(u"Dense"_s);
    scene.document->edit(u"Delete"_s, [&](ModelGraph& graph) { graph.removeBlock(dense); });
    QVERIFY(!scene.field<NumberBox>(u"nodes"_s)->isVisible());
    scene.document->undoStack().undo();
    QVERIFY(scene.field<NumberBox>(u"nodes"_s)->isVisible());
}

void TestModelingInspector::lockedIsPlainText()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    const ExperimentId id = scene.document->id();
    const auto store = scene.fixture.open();
    require(addEpoch(*store, id, 1, true));
    require(store->setState(id, RunState::Completed));
    scene.project->refresh();
    QVERIFY(!scene.document->isEditable());
    auto* nodes = scene.field<QLabel>(u"nodes"_s);
    QVERIFY(nodes);
    QCOMPARE(nodes->text(), u"2"_s);
    QCOMPARE(scene.field<QLabel>(u"batch_size"_s)->text(), u"32"_s);
    QVERIFY(!scene.field<NumberBox>(u"nodes"_s));
    QVERIFY(!scene.inspector->findChild<BlockListView*>()->isEnabled());
}

void TestModelingInspector::runSettings()
{
    const Scene scene;
    scene.inspector->showTab(ModelingInspector::Tab::Settings);
    auto* batch = scene.field<NumberBox>(u"batch_size"_s);
    batch->setFocus();
    batch->selectAll();
    QTest::keyClicks(batch, u"256"_s);
    QCOMPARE(scene.document->settings().batchSize, 256);
    QCOMPARE(scene.document->undoStack().count(), 1);
    QVERIFY2(batch->accessibleDescription().contains(u"more than"_s),
             qPrintable(batch->accessibleDescription()));
    scene.document->undoStack().undo();
    QCOMPARE(scene.document->settings(), RunSettings());
    QCOMPARE(shown(batch), u"32"_s);
    batch->selectAll();
    QTest::keyClicks(batch, u"0"_s);
    QVERIFY2(batch->accessibleDescription().contains(u"Batch size takes a whole number"_s),
             qPrintable(batch->accessibleDescription()));
    QCOMPARE(scene.document->settings(), RunSettings());
}

void TestModelingInspector::optimizerBringsItsParameters()
{
    const Scene scene;
    scene.inspector->showTab(ModelingInspector::Tab::Settings);
    auto* optimizer = scene.field<QComboBox>(u"optimizer"_s);
    choose(optimizer, u"Stochastic"_s);
    QCOMPARE(scene.document->settings().optimizer.optimizer, Optimizer::SGD);
    QCOMPARE(scene.field<QComboBox>(u"optimizer"_s), optimizer);
    QVERIFY(optimizer->hasFocus());
    QVERIFY(scene.field<NumberBox>(u"optimizer.momentum"_s));
    QVERIFY(!scene.field<NumberBox>(u"optimizer.beta_1"_s));
    scene.document->undoStack().undo();
    QVERIFY(scene.field<NumberBox>(u"optimizer.beta_1"_s));
}

void TestModelingInspector::resetsAGroup()
{
    const Scene scene;
    scene.inspector->showTab(ModelingInspector::Tab::Settings);
    require(scene.document->setSetting(u"optimizer.learning_rate"_s, u"0.5"_s));
    require(scene.document->setSetting(u"epochs"_s, u"3"_s));
    QToolButton* reset = nullptr;
    for (QToolButton* each : scene.inspector->findChildren<QToolButton*>())
        if (each->isVisible() && each->toolTip().contains(u"Optimizer"_s))
            reset = each;
    QVERIFY(reset);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(scene.document->settings().optimizer, OptimizerSettings());
    QCOMPARE(scene.document->settings().epochs, 3);
    QVERIFY(!reset->isVisible());
}

void TestModelingInspector::choosesADataset()
{
    const Scene scene;
    const auto store = scene.fixture.open();
    const DatasetId other = scene.fixture.addSavedDataset(*store, u"other"_s).id;
    std::ignore = valueOf(store->addDataset(u"unsaved"_s, scene.fixture.importPoints(30)));
    scene.project->refresh();
    scene.inspector->showTab(ModelingInspector::Tab::Settings);
    auto* dataset = scene.field<QComboBox>(u"#dataset"_s);
    QCOMPARE(dataset->count(), 2);
    QCOMPARE(dataset->currentText(), u"points, version 1"_s);
    choose(dataset, u"other"_s);
    QCOMPARE(scene.document->dataset(), other);
    scene.document->undoStack().undo();
    QCOMPARE(dataset->currentText(), u"points, version 1"_s);
}

void TestModelingInspector::withoutADocument()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    scene.inspector->setDocument(nullptr);
    QVERIFY(!scene.inspector->findChild<BlockListView*>()->isEnabled());
    for (const NumberBox* box : scene.inspector->findChildren<NumberBox*>())
        QVERIFY(!box->isVisible());
    scene.inspector->setDocument(scene.document);
    scene.select({u"Dense"_s});
    QVERIFY(scene.field<NumberBox>(u"nodes"_s)->isVisible());
}

void TestModelingInspector::namesForEverything()
{
    const Scene scene;
    scene.select({u"Dense"_s});
    for (const auto tab : {ModelingInspector::Tab::Build, ModelingInspector::Tab::Block,
                           ModelingInspector::Tab::Settings}) {
        scene.inspector->showTab(tab);
        for (const QWidget* widget : scene.inspector->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                qobject_cast<const NumberBox*>(widget->parentWidget()))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named =
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, widget->metaObject()->className());
        }
    }
}

void TestModelingInspector::fitsItsColumn_data()
{
    QTest::addColumn<ThemeChoice>("theme");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

/// Also writes pictures into the folder that ESPALIER_SCREENSHOTS names.
void TestModelingInspector::fitsItsColumn()
{
    QFETCH(ThemeChoice, theme);
    applyTheme(*qApp, theme);
    const Scene scene(findSnippet(u"cnn"_s)->build());
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    const QString mode = QString::fromLatin1(QTest::currentDataTag());
    const auto show = [&](ModelingInspector::Tab tab, const QString& name) {
        scene.inspector->showTab(tab);
        QTest::qWait(0); // the layout comes with the events
        QVERIFY2(scene.inspector->minimumSizeHint().width() <= metrics::Inspector,
                 qPrintable(name));
        if (!folder.isEmpty())
            scene.inspector->grab().save(u"%1/inspector-%2-%3.png"_s.arg(folder, name, mode));
    };
    show(ModelingInspector::Tab::Block, u"nothing"_s);
    show(ModelingInspector::Tab::Build, u"build"_s);
    scene.inspector->findChild<BuildPanel*>()->findChild<QLineEdit*>()->setText(
        u"nothing like it"_s);
    show(ModelingInspector::Tab::Build, u"search"_s);
    scene.select({u"2D Convolution 2"_s});
    show(ModelingInspector::Tab::Block, u"convolution"_s);
    scene.select({u"Dense 2"_s});
    show(ModelingInspector::Tab::Block, u"dense"_s);
    scene.select({u"Target"_s});
    show(ModelingInspector::Tab::Block, u"target"_s);
    scene.select({u"Input"_s, u"Dense"_s});
    show(ModelingInspector::Tab::Block, u"mixed"_s);
    show(ModelingInspector::Tab::Settings, u"settings"_s);
}

QTEST_MAIN(TestModelingInspector)
#include "tst_modeling_inspector.moc"
