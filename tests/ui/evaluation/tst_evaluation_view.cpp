#include "tests/ui/evaluation/evaluation_fixture.h"
#include "ui/evaluation/compare/compare_page.h"
#include "ui/evaluation/curves/curves_page.h"
#include "ui/evaluation/evaluation_view.h"
#include "ui/evaluation/predictions/predictions_page.h"
#include "ui/evaluation/run_panel.h"
#include "ui/evaluation/table/experiment_sidebar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestEvaluationView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void beginsWithWhatHasRun();
    void showsWhatIsSelected();
    void turnsPages();
    void comparesWhatIsTicked();
    void survivesTheDeletionOfAll();

private:
    struct Window {
        explicit Window(EvaluationView& view)
        {
            auto* layout = new QHBoxLayout(&widget);
            layout->addWidget(view.sidebar());
            layout->addWidget(view.centre(), 1);
            layout->addWidget(view.inspector());
            widget.resize(1280, 724);
            widget.show();
        }
        template <typename Widget>
        [[nodiscard]] Widget* find() const
        {
            return widget.findChild<Widget*>();
        }
        QWidget widget;
    };

    std::unique_ptr<EvaluationFixture> m_fixture;
};

void TestEvaluationView::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"EspalierTests"_s);
    QCoreApplication::setApplicationName(u"tst_evaluation_view"_s);
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestEvaluationView::init()
{
    QSettings().clear();
    m_fixture = std::make_unique<EvaluationFixture>();
}

void TestEvaluationView::cleanup()
{
    m_fixture.reset();
}

void TestEvaluationView::beginsWithWhatHasRun()
{
    const ExperimentId ran = m_fixture->create(u"ran"_s);
    m_fixture->addEpochs(ran, 3, 0.9, 3);
    const ExperimentId newest = m_fixture->create(u"newest"_s);
    QVERIFY(newest != ran);
    EvaluationView view(m_fixture->context());
    const Window window(view);
    QCOMPARE(window.find<ExperimentSidebar>()->current(), ran);
    QCOMPARE(window.find<CurvesPage>()->experiment(), ran);
    QVERIFY(view.mainAction());
    QVERIFY(view.actions().size() > 5);
}

void TestEvaluationView::showsWhatIsSelected()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    const ExperimentId b = m_fixture->create(u"b"_s);
    EvaluationView view(m_fixture->context());
    const Window window(view);
    for (const ExperimentId id : {a, b}) {
        view.showExperiment(id);
        QCOMPARE(window.find<ExperimentSidebar>()->current(), id);
        QCOMPARE(window.find<CurvesPage>()->experiment(), id);
        QCOMPARE(window.find<PredictionsPage>()->experiment(), id);
        QCOMPARE(window.find<RunPanel>()->experiment(), id);
    }
}

void TestEvaluationView::turnsPages()
{
    const ExperimentId id = m_fixture->create(u"a"_s);
    m_fixture->addEpochs(id, 3, 0.9, 3);
    EvaluationView view(m_fixture->context());
    const Window window(view);
    auto* pages = window.find<SegmentedControl>();
    QVERIFY(window.find<CurvesPage>()->isVisible());
    QVERIFY(window.find<RunPanel>()->isVisible());
    view.actions().at(1)->trigger();
    QCOMPARE(pages->currentIndex(), 1);
    QVERIFY(window.find<ComparePage>()->isVisible());
    pages->setCurrentIndex(2);
    QVERIFY(window.find<PredictionsPage>()->isVisible());
    QVERIFY(!window.find<RunPanel>()->isVisible());
}

void TestEvaluationView::comparesWhatIsTicked()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    const ExperimentId b = m_fixture->create(u"b"_s);
    m_fixture->addEpochs(a, 3, 0.9, 3);
    m_fixture->addEpochs(b, 3, 0.8, 3);
    EvaluationView view(m_fixture->context());
    const Window window(view);
    auto* model = window.find<ExperimentSidebar>()->findChild<ExperimentTableModel*>();
    model->setTicked(b, true);
    model->setTicked(a, true);
    QCOMPARE(window.find<ComparePage>()->experiments(), (QList{b, a}));
}

void TestEvaluationView::survivesTheDeletionOfAll()
{
    const ExperimentId a = m_fixture->create(u"a"_s);
    const ExperimentId b = m_fixture->create(u"b"_s);
    EvaluationView view(m_fixture->context());
    const Window window(view);
    view.showExperiment(a);
    require(m_fixture->document->deleteExperiment(a));
    QCOMPARE(window.find<CurvesPage>()->experiment(), b);
    require(m_fixture->document->deleteExperiment(b));
    QCOMPARE(window.find<CurvesPage>()->experiment(), ExperimentId());
}

QTEST_MAIN(TestEvaluationView)
#include "tst_evaluation_view.moc"
