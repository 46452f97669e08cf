#include "core/project/documents/project_document.h"
#include "core/project/experiment_run.h"
#include "core/project/jobs/dataset_imports.h"
#include "core/project/jobs/run_controller.h"
#include "core/training/pause_gate.h"
#include "tests/core/project/project_fixture.h"
#include "ui/evaluation/predictions/compare_matrices.h"
#include "ui/evaluation/predictions/details/prediction_details.h"
#include "ui/evaluation/predictions/examples/example_model.h"
#include "ui/evaluation/predictions/examples/examples_panel.h"
#include "ui/evaluation/predictions/examples/probability_bars.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/evaluation/predictions/newfiles/file_model.h"
#include "ui/evaluation/predictions/newfiles/predict_dialog.h"
#include "ui/evaluation/predictions/predictions_page.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

RunSettings quickSettings(int epochs, quint64 seed)
{
    RunSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 16;
    settings.threads = 1;
    settings.seed = seed;
    settings.checkpoints.every = 1;
    return settings;
}

/// For people to look at, into the folder that ESPALIER_SCREENSHOTS names.
void keepPicture(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    QTest::qWait(200); // for the layouts
    widget.grab().save(u"%1/%2.png"_s.arg(folder, name));
}

/// Widgets that take the keyboard and that a screen reader could not name.
QStringList namelessFields(const QWidget& root)
{
    QStringList nameless;
    for (const auto* widget : root.findChildren<QWidget*>()) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() ||
                           (button && !button->text().isEmpty()) ||
                           widget->parentWidget() == nullptr;
        const bool ofASpinBox = qobject_cast<const QLineEdit*>(widget) &&
                                widget->objectName() == u"qt_spinbox_lineedit"_s;
        const bool isPart = widget->focusProxy() || ofASpinBox ||
                            QByteArray(widget->metaObject()->className()).startsWith("QScroll");
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisibleTo(&root) && !named && !isPart)
            nameless.append(QString::fromLatin1(widget->metaObject()->className()));
    }
    return nameless;
}

} // namespace

class TestPredictionsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void computesWhenShown();
    void waitsForTheFirstEpoch();
    void offersSubsetsAndCheckpoints();
    void cellsLeadToExamples();
    void showsWrongExamplesByAction();
    void followsNewCheckpoints();
    void saysWhatWentWrong();
    void keepsTheInspectorUntilTaken();
    void predictsAnExampleByAForm();
    void listsFilesThatCannotBeRead();
    void comparesTwoExperiments();
    void comparesSideBySide();
    void namesEverythingForTheKeyboard();

private:
    [[nodiscard]] ExperimentId train(const QString& name, int epochs, quint64 seed);
    void resume(ExperimentId id, int epochs);
    [[nodiscard]] ProjectContext context() const
    {
        return {*m_document, *m_imports, *m_runs, *m_predictions};
    }
    void showPage();

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectStore> m_store;
    DatasetRecord m_dataset;
    ExperimentId m_one;
    ExperimentId m_two;
    ExperimentId m_untrained;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<DatasetImports> m_imports;
    std::unique_ptr<RunController> m_runs;
    std::unique_ptr<PredictionService> m_predictions;
    std::unique_ptr<PredictionsPage> m_page;
};

void TestPredictionsPage::initTestCase()
{
    applyTheme(*qApp, ThemeChoice::Light);
    m_fixture = std::make_unique<ProjectFixture>();
    m_store = m_fixture->open();
    m_dataset = m_fixture->addSavedDataset(*m_store);
    m_one = train(u"One"_s, 2, 1);
    m_two = train(u"Two"_s, 2, 5);
    m_untrained = valueOf(m_store->createExperiment(u"New"_s, m_dataset.id, pointGraph(),
                                                    quickSettings(2, 1)))
                      .id;
}

void TestPredictionsPage::init()
{
    m_document = valueOf(ProjectDocument::open(m_fixture->folder()));
    m_imports = std::make_unique<DatasetImports>(*m_document);
    m_runs = std::make_unique<RunController>(*m_document);
    m_predictions = std::make_unique<PredictionService>(*m_document);
    m_page = std::make_unique<PredictionsPage>(context());
    m_page->resize(1000, 700);
}

void TestPredictionsPage::cleanup()
{
    m_page.reset();
    m_predictions.reset();
    m_runs.reset();
    m_imports.reset();
    m_document.reset();
}

ExperimentId TestPredictionsPage::train(const QString& name, int epochs, quint64 seed)
{
    const ExperimentId id = valueOf(m_store->createExperiment(name, m_dataset.id, pointGraph(),
                                                              quickSettings(epochs, seed)))
                                .id;
    ExperimentObserver observer;
    PauseGate gate;
    (void)valueOf(runExperiment(m_fixture->folder(), id, {}, observer, {}, gate));
    return id;
}

void TestPredictionsPage::resume(ExperimentId id, int epochs)
{
    ExperimentObserver observer;
    PauseGate gate;
    (void)valueOf(runExperiment(m_fixture->folder(), id, {epochs, true}, observer, {}, gate));
    m_document->refreshExperiment(id);
}

void TestPredictionsPage::showPage()
{
    m_page->setExperiment(m_one);
    m_page->show();
    auto* matrix = m_page->findChild<MatrixView*>();
    QTRY_VERIFY(matrix->content());
}

void TestPredictionsPage::computesWhenShown()
{
    m_page->setExperiment(m_one);
    QTest::qWait(1);
    QCOMPARE(m_predictions->progress(), std::nullopt);
    m_page->show();
    const auto* matrix = m_page->findChild<MatrixView*>();
    QTRY_VERIFY(matrix->content());
    QCOMPARE(matrix->content()->classes(), (QStringList{u"left"_s, u"right"_s}));
    QCOMPARE(matrix->content()->total(), u"12"_s);
    QVERIFY(m_page->findChild<PredictionDetails*>()->isVisible());
    QVERIFY(m_page->predictAction()->isEnabled());
}

void TestPredictionsPage::waitsForTheFirstEpoch()
{
    m_page->setExperiment(m_untrained);
    m_page->show();
    QVERIFY(!m_page->findChild<MatrixView*>()->isVisible());
    QVERIFY(!m_page->findChild<QComboBox*>()->isVisible()); // nothing to choose
    QVERIFY(!m_page->predictAction()->isEnabled());
    QCOMPARE(m_page->predictAction()->statusTip(), u"No epoch is complete yet"_s);
    m_page->setExperiment({});
    QVERIFY(!m_page->findChild<QComboBox*>()->isVisible());
    QCOMPARE(m_page->predictAction()->statusTip(), u"Choose an experiment"_s);
    showPage();
    QVERIFY(m_page->predictAction()->statusTip().isEmpty());
}

void TestPredictionsPage::offersSubsetsAndCheckpoints()
{
    showPage();
    const QList<QComboBox*> boxes = m_page->findChildren<QComboBox*>();
    QVERIFY(boxes.at(0)->isVisible() && boxes.at(1)->isVisible());
    QCOMPARE(boxes.at(0)->currentText(), u"Validation"_s);
    QVERIFY(boxes.at(1)->currentText().startsWith(u"Best epoch, "_s));
    QVERIFY(boxes.at(1)->count() >= 4);
    boxes.at(0)->setCurrentIndex(boxes.at(0)->findText(u"Training"_s));
    Q_EMIT boxes.at(0)->activated(boxes.at(0)->currentIndex());
    const auto* matrix = m_page->findChild<MatrixView*>();
    QTRY_COMPARE(matrix->content()->total(), u"48"_s);
}

void TestPredictionsPage::cellsLeadToExamples()
{
    showPage();
    auto* matrix = m_page->findChild<MatrixView*>();
    const auto* examples = m_page->findChild<ExamplesPanel*>();
    QVERIFY(!examples->isShowingExamples());
    const auto content = std::dynamic_pointer_cast<const ConfusionContent>(matrix->content());
    MatrixSelection row(2);
    row.addBlock({1, 0}, {1, 1});
    matrix->setSelection(row);
    QCOMPARE(examples->model().rowCount(), int(content->matrix().actualCount(1)));
    QVERIFY(examples->isShowingExamples());
    matrix->clearSelection();
    QVERIFY(!examples->isShowingExamples());
}

void TestPredictionsPage::showsWrongExamplesByAction()
{
    showPage();
    auto* matrix = m_page->findChild<MatrixView*>();
    const auto content = std::dynamic_pointer_cast<const ConfusionContent>(matrix->content());
    for (QAction* action : m_page->viewActions())
        if (action->text().contains(u"wrong"_s))
            action->trigger();
    QCOMPARE(matrix->selection().count(), 2);
    QCOMPARE(m_page->findChild<ExamplesPanel*>()->model().rowCount(),
             int(content->matrix().at(0, 1) + content->matrix().at(1, 0)));
}

void TestPredictionsPage::followsNewCheckpoints()
{
    showPage();
    auto* checkpoints = m_page->findChildren<QComboBox*>().at(1);
    checkpoints->setCurrentIndex(1);
    Q_EMIT checkpoints->activated(1);
    QTRY_VERIFY(m_predictions->find({m_one, u"Validation"_s, u"last"_s}));
    const int epochs = int(m_document->experiment(m_one)->epochs.size()) + 1;
    resume(m_one, epochs);
    QCOMPARE(checkpoints->currentText(), u"Last epoch, %1"_s.arg(epochs));
    QVERIFY(m_page->findChild<MatrixView*>()->isVisible());
    QTRY_VERIFY(m_predictions->find({m_one, u"Validation"_s, u"last"_s}));
}

void TestPredictionsPage::saysWhatWentWrong()
{
    const ExperimentRecord record = *m_document->experiment(m_two);
    const CheckpointRecord best = valueOf(ProjectStore::findCheckpoint(record, u"best"_s));
    QVERIFY(QFile::rename(best.file, best.file + u".away"_s));
    m_page->setExperiment(m_two);
    m_page->show();
    QSignalSpy failed(m_predictions.get(), &PredictionService::failed);
    QVERIFY(failed.wait());
    QVERIFY(QFile::rename(best.file + u".away"_s, best.file));
    QVERIFY(!m_page->findChild<MatrixView*>()->isVisible());
    const auto error = failed.first().at(1).value<Error>();
    bool said = false;
    for (const QLabel* label : m_page->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text() == error.message);
    QVERIFY(said);
}

void TestPredictionsPage::keepsTheInspectorUntilTaken()
{
    showPage();
    const auto* details = m_page->findChild<PredictionDetails*>();
    QVERIFY(details);
    const std::unique_ptr<QWidget> taken(m_page->takeInspector());
    QCOMPARE(taken.get(), details);
    QVERIFY(!m_page->findChild<PredictionDetails*>());
    m_page->setExperiment(m_two);
    QTRY_VERIFY(m_predictions->find({m_two, u"Validation"_s, u"best"_s}));
    m_page.reset();
}

void TestPredictionsPage::predictsAnExampleByAForm()
{
    showPage();
    m_page->predictAction()->trigger();
    auto* dialog = m_page->findChild<PredictDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    auto* field = dialog->findChild<QLineEdit*>();
    auto* bars = dialog->findChild<ProbabilityBars*>();
    QPushButton* ask = nullptr;
    for (auto* button : dialog->findChildren<QPushButton*>())
        ask = button->text() == u"Predict"_s ? button : ask;
    QVERIFY(field && bars && ask);
    field->setText(u"0.5"_s);
    ask->click();
    QTRY_VERIFY(ask->isEnabled());
    QVERIFY(bars->bars().isEmpty());
    field->setText(u"-0.9 0.1"_s);
    ask->click();
    QTRY_COMPARE(bars->bars().size(), 2);
    QVERIFY(std::abs(bars->bars().first().probability + bars->bars().last().probability - 1) <
            1e-5);
    QCOMPARE(namelessFields(*dialog), QStringList());
    keepPicture(*dialog, u"new example"_s);
    dialog->close();
}

void TestPredictionsPage::listsFilesThatCannotBeRead()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"empty"_s));
    QImage(8, 8, QImage::Format_Grayscale8).save(folder.filePath(u"a.png"_s));
    PredictDialog dialog({m_fixture->folder(), m_one, u"best"_s},
                         {{u"image"_s, Encoding::Image, {8, 8, 1}, {}}}, u"One"_s);
    dialog.show();
    dialog.addPaths(
        {folder.filePath(u"a.png"_s), folder.filePath(u"empty"_s), folder.filePath(u"gone.png"_s)});
    // The network takes numbers, so that even a good image is refused with a reason.
    QTRY_COMPARE(dialog.files().doneCount(), 3);
    QCOMPARE(dialog.files().failedCount(), 3);
    const QModelIndex folderRow = dialog.files().index(0);
    QVERIFY(!folderRow.data(Qt::AccessibleTextRole).toString().isEmpty());
    QVERIFY(!dialog.grab().isNull());
    keepPicture(dialog, u"new files"_s);
}

void TestPredictionsPage::comparesTwoExperiments()
{
    CompareMatrices compare(context());
    compare.resize(700, 700);
    compare.show();
    QVERIFY(compare.findChildren<MatrixView*>().size() == 1);
    compare.setExperiments({m_one, m_two});
    const auto difference = [&] {
        for (const auto* view : compare.findChildren<MatrixView*>())
            if (view->accessibleName() == u"Difference matrix"_s)
                return view->content();
        return std::shared_ptr<const MatrixContent>();
    };
    QTRY_VERIFY(difference());
    QVERIFY(std::dynamic_pointer_cast<const DifferenceContent>(difference()));
    const PredictionPair pair{m_predictions->find({m_one, u"Validation"_s, u"best"_s}),
                              m_predictions->find({m_two, u"Validation"_s, u"best"_s}),
                              {},
                              {}};
    for (auto* view : compare.findChildren<MatrixView*>())
        if (view->accessibleName() == u"Difference matrix"_s) {
            MatrixSelection all(2);
            all.selectAll();
            view->setSelection(all);
            QCOMPARE(compare.findChild<ExamplesPanel*>()->model().rowCount(),
                     int(differingExamples(pair, all).size()));
        }
    QCOMPARE(namelessFields(compare), QStringList());
    keepPicture(compare, u"difference"_s);
}

void TestPredictionsPage::comparesSideBySide()
{
    CompareMatrices compare(context());
    compare.resize(900, 700);
    compare.setExperiments({m_one, m_untrained, m_two});
    compare.show();
    compare.findChild<SegmentedControl*>()->setCurrentIndex(0);
    const auto view = [&](const QString& name) {
        for (auto* candidate : compare.findChildren<MatrixView*>())
            if (candidate->accessibleName() == u"Confusion matrix of "_s + name)
                return candidate;
        return static_cast<MatrixView*>(nullptr);
    };
    QTRY_VERIFY(view(u"One"_s)->content() && view(u"Two"_s)->content());
    QVERIFY(!view(u"New"_s)->content());
    QVERIFY(std::ranges::any_of(compare.findChildren<QLabel*>(), [](const QLabel* label) {
        return label->isVisible() && label->text() == u"'New' has no complete epoch yet."_s;
    }));
    MatrixSelection all(2);
    all.selectAll();
    view(u"One"_s)->setSelection(all);
    QCOMPARE(compare.findChild<ExamplesPanel*>()->model().rowCount(), 12);
    keepPicture(compare, u"side by side"_s);
    view(u"Two"_s)->setSelection(all);
    QVERIFY(view(u"One"_s)->selection().isEmpty());
    QCOMPARE(compare.findChild<ExamplesPanel*>()->model().rowCount(), 12);
}

void TestPredictionsPage::namesEverythingForTheKeyboard()
{
    showPage();
    QTRY_VERIFY(m_page->findChild<MatrixView*>()->height() > 100);
    QCOMPARE(namelessFields(*m_page), QStringList());
    keepPicture(*m_page, u"page"_s);
    // Tab leads from the subset to the matrix and on to the scores of the classes.
    m_page->activateWindow();
    QList<QWidget*> visited;
    QWidget* start = m_page->findChildren<QComboBox*>().first();
    for (QWidget* next = start->nextInFocusChain(); next != start; next = next->nextInFocusChain())
        if (next->focusPolicy() & Qt::TabFocus && next->isVisibleTo(m_page.get()))
            visited.append(next);
    const auto place = [&](QWidget* widget) { return visited.indexOf(widget); };
    QVERIFY(place(m_page->findChildren<QComboBox*>().at(1)) == 0);
    QVERIFY(place(m_page->findChild<MatrixView*>()) > 0);
}

QTEST_MAIN(TestPredictionsPage)
#include "tst_predictions_page.moc"
