#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/sidebar/experiments_sidebar.h"
#include "ui/modeling/sidebar/form_dialog.h"
#include "ui/modeling/sidebar/notes_dialog.h"
#include "ui/shell/preferences/preferences.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

struct Scene {
    explicit Scene(bool withDataset = true)
    {
        if (withDataset)
            data = fixture.addSavedDataset(*fixture.open()).id;
        project = valueOf(ProjectDocument::open(fixture.folder()));
        runs = std::make_unique<RunController>(*project);
        sidebar = std::make_unique<ExperimentsSidebar>(*project, *runs);
        list = sidebar->findChild<QListView*>();
        search = sidebar->findChild<QLineEdit*>();
        sidebar->resize(260, 700);
        sidebar->show();
        sidebar->activateWindow();
    }

    ExperimentId add(const QString& name) const
    {
        return valueOf(project->createExperiment(name, data, pointGraph())).id;
    }
    [[nodiscard]] QAction* action(const QString& text) const
    {
        for (QAction* each : sidebar->viewActions())
            if (each->text() == text)
                return each;
        return nullptr;
    }
    template <typename Dialog>
    [[nodiscard]] Dialog* dialog() const
    {
        const auto dialogs = sidebar->window()->findChildren<Dialog*>();
        return dialogs.isEmpty() ? nullptr : dialogs.last();
    }

    ProjectFixture fixture;
    DatasetId data;
    std::unique_ptr<ProjectDocument> project;
    std::unique_ptr<RunController> runs;
    std::unique_ptr<ExperimentsSidebar> sidebar;
    QListView* list = nullptr;
    QLineEdit* search = nullptr;
};

QPushButton* button(const QWidget* parent, const QString& text)
{
    for (QPushButton* each : parent->findChildren<QPushButton*>())
        if (each->text() == text && each->isVisible())
            return each;
    return nullptr;
}

void click(QWidget* widget)
{
    QVERIFY(widget);
    QTest::mouseClick(widget, Qt::LeftButton);
}

} // namespace

class TestExperimentsSidebar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyStates();
    void newExperiment();
    void newExperimentBeginsWithThePreferences();
    void newExperimentRefusesATakenName();
    void newExperimentWithoutAVersion();
    void selecting();
    void searchKeepsWhatIsInFront();
    void renamesInPlace();
    void duplicates();
    void notes();
    void deletes();
    void actionsFollowTheRow();
    void namesForEverything();

private:
    QTemporaryDir m_settings;
};

void TestExperimentsSidebar::initTestCase()
{
    applyTheme(*qApp, ThemeChoice::Light); // icons come with it
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(u"EspalierTest"_s);
}

void TestExperimentsSidebar::emptyStates()
{
    const Scene none(false);
    QVERIFY(!none.list->isVisible());
    QSignalSpy datasets(none.sidebar.get(), &ExperimentsSidebar::datasetsRequested);
    click(button(none.sidebar.get(), u"Datasets"_s));
    QCOMPARE(datasets.size(), 1);

    const Scene saved;
    QVERIFY(!saved.list->isVisible());
    QVERIFY(!button(saved.sidebar.get(), u"Datasets"_s));
    saved.add(u"a"_s);
    QVERIFY(saved.list->isVisible());
    QTest::keyClicks(saved.search, u"zzz"_s);
    QVERIFY(!saved.list->isVisible());
    click(button(saved.sidebar.get(), u"Clear"_s));
    QVERIFY(saved.list->isVisible());
}

void TestExperimentsSidebar::newExperiment()
{
    const Scene scene;
    scene.add(u"Experiment"_s);
    QSignalSpy selected(scene.sidebar.get(), &ExperimentsSidebar::selected);
    click(button(scene.sidebar.get(), u"New experiment"_s));
    auto* dialog = scene.dialog<FormDialog>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->name(), u"Experiment 2"_s);
    QTest::keyClicks(dialog->focusWidget(), u"CNN"_s); // replaces the suggestion
    for (QComboBox* box : dialog->findChildren<QComboBox*>())
        if (box->findText(u"CNN"_s) >= 0)
            box->setCurrentIndex(box->findText(u"CNN"_s));
    click(button(dialog, u"Create"_s));
    const ExperimentRecord& made = scene.project->experiments().first();
    QCOMPARE(made.name, u"CNN"_s);
    QCOMPARE(made.dataset, scene.data);
    QVERIFY(made.graph.blocks().size() > 10);
    QCOMPARE(scene.sidebar->current(), made.id);
    QCOMPARE(selected.last().first().value<ExperimentId>(), made.id);
}

void TestExperimentsSidebar::newExperimentBeginsWithThePreferences()
{
    Preferences preferences;
    preferences.threads = 1;
    preferences.checkpointEvery = 5;
    preferences.save();
    const Scene scene;
    click(button(scene.sidebar.get(), u"New experiment"_s));
    click(button(scene.dialog<FormDialog>(), u"Create"_s));
    QCOMPARE(scene.project->experiments().first().settings.threads, 1);
    QCOMPARE(scene.project->experiments().first().settings.checkpoints.every, 5);
    Preferences().save();
}

void TestExperimentsSidebar::newExperimentRefusesATakenName()
{
    const Scene scene;
    scene.add(u"CNN"_s);
    scene.sidebar->newAction()->trigger();
    auto* dialog = scene.dialog<FormDialog>();
    dialog->setName(u"CNN"_s);
    click(button(dialog, u"Create"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(scene.project->experiments().size(), 1);
    QVERIFY(dialog->findChild<QLineEdit*>()->accessibleDescription().contains(u"CNN"_s));
    dialog->setName(u"  "_s);
    QVERIFY(!button(dialog, u"Create"_s)->isEnabled());
}

void TestExperimentsSidebar::newExperimentWithoutAVersion()
{
    const Scene scene(false);
    QSignalSpy datasets(scene.sidebar.get(), &ExperimentsSidebar::datasetsRequested);
    scene.sidebar->newAction()->trigger();
    auto* dialog = scene.dialog<FormDialog>();
    QVERIFY(!button(dialog, u"Create"_s)->isEnabled());
    click(button(dialog, u"Go to Datasets"_s));
    QCOMPARE(datasets.size(), 1);
    QVERIFY(!dialog->isVisible());
}

void TestExperimentsSidebar::selecting()
{
    const Scene scene;
    const ExperimentId a = scene.add(u"a"_s);
    const ExperimentId b = scene.add(u"b"_s);
    QSignalSpy selected(scene.sidebar.get(), &ExperimentsSidebar::selected);
    scene.sidebar->select(a);
    QCOMPARE(scene.sidebar->current(), a);
    QCOMPARE(selected.size(), 0);
    const QRect row = scene.list->visualRect(scene.list->model()->index(0, 0));
    QTest::mouseClick(scene.list->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.last().first().value<ExperimentId>(), b);
    QTest::keyClick(scene.list, Qt::Key_Down);
    QCOMPARE(selected.last().first().value<ExperimentId>(), a);
}

void TestExperimentsSidebar::searchKeepsWhatIsInFront()
{
    const Scene scene;
    const ExperimentId a = scene.add(u"alpha"_s);
    const ExperimentId b = scene.add(u"beta"_s);
    scene.sidebar->select(a);
    QSignalSpy selected(scene.sidebar.get(), &ExperimentsSidebar::selected);
    QTest::keyClicks(scene.search, u"BET"_s);
    QCOMPARE(scene.list->model()->rowCount(), 1);
    QVERIFY(!scene.sidebar->current().isValid());
    QCOMPARE(selected.size(), 0);
    scene.search->clear();
    QCOMPARE(scene.sidebar->current(), a);
    QTest::keyClicks(scene.search, u"bet"_s);
    const QRect row = scene.list->visualRect(scene.list->model()->index(0, 0));
    QTest::mouseClick(scene.list->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(selected.last().first().value<ExperimentId>(), b);
}

void TestExperimentsSidebar::renamesInPlace()
{
    const Scene scene;
    const ExperimentId id = scene.add(u"a"_s);
    scene.add(u"b"_s);
    scene.sidebar->select(id);
    scene.list->setFocus();
    scene.action(u"Rename"_s)->trigger();
    auto* editor = scene.list->viewport()->findChild<QLineEdit*>();
    QVERIFY(editor);
    QTest::keyClicks(editor, u"First"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(scene.project->experiment(id)->name, u"First"_s);

    QSignalSpy messages(scene.sidebar.get(), &ExperimentsSidebar::message);
    scene.action(u"Rename"_s)->trigger();
    editor = scene.list->viewport()->findChildren<QLineEdit*>().last();
    editor->setText(u"b"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(scene.project->experiment(id)->name, u"First"_s);
}

void TestExperimentsSidebar::duplicates()
{
    const Scene scene;
    const ExperimentId id = scene.add(u"a"_s);
    scene.sidebar->select(id);
    QVERIFY(!scene.action(u"Duplicate with weights…"_s)->isEnabled());
    scene.action(u"Duplicate…"_s)->trigger();
    auto* dialog = scene.dialog<FormDialog>();
    QCOMPARE(dialog->name(), u"a 2"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QCOMPARE(scene.project->experiments().size(), 2);
    QCOMPARE(scene.project->experiments().first().graph, pointGraph());
    QCOMPARE(scene.sidebar->current(), scene.project->experiments().first().id);
}

void TestExperimentsSidebar::notes()
{
    const Scene scene;
    const ExperimentId id = scene.add(u"a"_s);
    scene.sidebar->select(id);
    scene.action(u"Notes…"_s)->trigger();
    auto* dialog = scene.dialog<NotesDialog>();
    QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(), u"Too deep."_s);
    click(button(dialog, u"Save"_s));
    QCOMPARE(scene.project->experiment(id)->notes, u"Too deep."_s);
}

void TestExperimentsSidebar::deletes()
{
    const Scene scene;
    const ExperimentId id = scene.add(u"a"_s);
    scene.sidebar->select(id);
    scene.action(u"Delete…"_s)->trigger();
    auto* box = scene.dialog<QMessageBox>();
    QVERIFY(box && box->isVisible());
    QTest::keyClick(box, Qt::Key_Return); // the first answer is Cancel
    QVERIFY(scene.project->experiment(id));
    QTRY_VERIFY(!scene.dialog<QMessageBox>());

    QSignalSpy selected(scene.sidebar.get(), &ExperimentsSidebar::selected);
    scene.action(u"Delete…"_s)->trigger();
    click(button(scene.dialog<QMessageBox>(), u"Delete"_s));
    QVERIFY(!scene.project->experiment(id));
    QVERIFY(!scene.list->isVisible());
    QVERIFY(!selected.last().first().value<ExperimentId>().isValid());
}

void TestExperimentsSidebar::actionsFollowTheRow()
{
    const Scene scene;
    const ExperimentId id = scene.add(u"a"_s);
    QVERIFY(!scene.action(u"Rename"_s)->isEnabled());
    scene.sidebar->select(id);
    QVERIFY(scene.action(u"Rename"_s)->isEnabled());
    QVERIFY(!scene.action(u"Show in Evaluation"_s)->isEnabled());
    const auto store = scene.fixture.open();
    require(addEpoch(*store, id, 1, true));
    require(store->setState(id, RunState::Completed));
    scene.project->refresh();
    QVERIFY(scene.action(u"Duplicate with weights…"_s)->isEnabled());
    QSignalSpy evaluation(scene.sidebar.get(), &ExperimentsSidebar::evaluationRequested);
    scene.action(u"Show in Evaluation"_s)->trigger();
    QCOMPARE(evaluation.first().first().value<ExperimentId>(), id);
}

void TestExperimentsSidebar::namesForEverything()
{
    const Scene scene;
    scene.add(u"a"_s);
    scene.sidebar->newAction()->trigger();
    QList<QWidget*> widgets = scene.sidebar->findChildren<QWidget*>();
    widgets += scene.dialog<FormDialog>()->findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool field = qobject_cast<const QLineEdit*>(widget) ||
                           qobject_cast<const QComboBox*>(widget) ||
                           qobject_cast<const QListView*>(widget);
        const QString where = QString::fromLatin1(widget->metaObject()->className());
        if (button && button->isVisible() && button->parentWidget() != scene.search)
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(where));
        if (field && widget->isVisible() && widget->focusPolicy() != Qt::NoFocus)
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(where));
    }
    for (const QAction* action : scene.sidebar->viewActions())
        QVERIFY2(!action->icon().isNull(), qPrintable(action->text()));
}

QTEST_MAIN(TestExperimentsSidebar)
#include "tst_experiments_sidebar.moc"
