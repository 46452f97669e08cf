#include "tests/ui/evaluation/evaluation_fixture.h"
#include "ui/evaluation/compare/compare_page.h"
#include "ui/evaluation/compare/comparison_table.h"
#include "ui/evaluation/curves/curves_page.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/evaluation/notice.h"
#include "ui/evaluation/run_panel.h"
#include "ui/evaluation/table/experiment_sidebar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 20'000; // ms
constexpr int Endless = 100'000; // epochs of a run that a test ends

RunSettings quickSettings(int epochs)
{
    RunSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 16;
    settings.threads = 1;
    return settings;
}

QPushButton* buttonOf(const QWidget& widget, const QString& text)
{
    for (auto* button : widget.findChildren<QPushButton*>())
        if (button->text() == text)
            return button;
    return nullptr;
}

bool offers(const QWidget& widget, const QString& text)
{
    const QPushButton* button = buttonOf(widget, text);
    return button && button->isVisibleTo(&widget) && button->isEnabled();
}

} // namespace

class TestEvaluationPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void showsCurvesOfARecord();
    void explainsWhatIsNotThere();
    void drawsLive();
    void namesEverythingThatTakesFocus();
    void offersWhatTheStateAllows();
    void stopsFromThePanel();
    void extendsFromThePanel();
    void explainsAFailure();
    void comparesTickedOnes();
    void takesPictures();

private:
    std::unique_ptr<EvaluationFixture> m_fixture;
};

void TestEvaluationPages::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"EspalierTests"_s);
    QCoreApplication::setApplicationName(u"tst_evaluation_pages"_s);
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestEvaluationPages::init()
{
    QSettings().clear();
    m_fixture = std::make_unique<EvaluationFixture>();
}

void TestEvaluationPages::cleanup()
{
    m_fixture.reset();
}

void TestEvaluationPages::showsCurvesOfARecord()
{
    const ExperimentId id = m_fixture->create(u"CNN"_s, quickSettings(10));
    m_fixture->addEpochs(id, 6, 0.92, 6);
    CurvesPage page(m_fixture->context());
    page.setExperiment(id);
    page.resize(700, 680);
    page.show();
    QCOMPARE(page.metricKey(), u"accuracy"_s);
    auto* strip = page.findChild<TabStrip*>();
    QCOMPARE(strip->count(), 2);
    const auto charts = page.findChildren<MetricChart*>();
    QCOMPARE(charts.first()->content().series.size(), 2);
    strip->setCurrentIndex(1);
    QCOMPARE(page.metricKey(), u"loss"_s);
    page.setMetric(u"f1_macro"_s);
    QCOMPARE(strip->count(), 3);
    QCOMPARE(strip->currentIndex(), 2);
    QCOMPARE(charts.first()->content().series.size(), 1); // of validation alone
    charts.first()->zoom(2);
    const AxisRange zoomed = charts.first()->viewportOfData().x();
    require(m_fixture->document->setNotes(id, u"good"_s)); // a change of the record
    QCOMPARE(charts.first()->viewportOfData().x(), zoomed);
}

void TestEvaluationPages::explainsWhatIsNotThere()
{
    const ExperimentId id = m_fixture->create(u"CNN"_s);
    CurvesPage page(m_fixture->context());
    page.resize(700, 680);
    page.setExperiment(id);
    page.show();
    auto* empty = page.findChild<EmptyState*>();
    QVERIFY(empty->isVisibleTo(&page));
    const QSignalSpy spy(&page, &CurvesPage::modelingRequested);
    QTest::mouseClick(buttonOf(*empty, u"Modeling"_s), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
    for (const QAction* action : page.viewActions())
        QVERIFY(!action->isEnabled());
    page.setExperiment({});
    QVERIFY(empty->isVisibleTo(&page));
}

void TestEvaluationPages::drawsLive()
{
    const ExperimentId id = m_fixture->create(u"live"_s, quickSettings(Endless));
    CurvesPage page(m_fixture->context());
    page.resize(700, 680);
    page.setExperiment(id);
    page.show();
    require(m_fixture->runs->enqueue(id));
    const auto charts = page.findChildren<MetricChart*>();
    QTRY_VERIFY_WITH_TIMEOUT(!charts.at(0)->content().series.isEmpty(), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(!charts.at(1)->content().series.isEmpty(), Patience);
    QVERIFY(charts.at(1)->isVisibleTo(&page));
    const qsizetype before = charts.at(0)->content().series[0].points.size();
    QTRY_VERIFY_WITH_TIMEOUT(charts.at(0)->content().series[0].points.size() > before, Patience);
}

void TestEvaluationPages::namesEverythingThatTakesFocus()
{
    const ExperimentId id = m_fixture->create(u"CNN"_s, quickSettings(10));
    m_fixture->addEpochs(id, 6, 0.92, 6);
    CurvesPage curves(m_fixture->context());
    curves.setExperiment(id);
    RunPanel panel(m_fixture->context());
    panel.setExperiment(id);
    ExperimentSidebar table(m_fixture->context());
    ComparePage compare(m_fixture->context());
    for (QWidget* widget : {static_cast<QWidget*>(&curves), static_cast<QWidget*>(&panel),
                            static_cast<QWidget*>(&table), static_cast<QWidget*>(&compare)}) {
        widget->show();
        for (const QWidget* child : widget->findChildren<QWidget*>()) {
            if ((child->focusPolicy() & Qt::TabFocus) == 0 || child->focusProxy() ||
                !child->isVisibleTo(widget))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(child);
            const auto* field = qobject_cast<const QLineEdit*>(child);
            const bool named = !child->accessibleName().isEmpty() ||
                               (button && !button->text().isEmpty()) ||
                               (field && !field->placeholderText().isEmpty()) ||
                               qobject_cast<const QSpinBox*>(child->parentWidget());
            QVERIFY2(named,
                     qPrintable(QString::fromLatin1(child->metaObject()->className()) + u" in "_s +
                                QString::fromLatin1(child->parent()->metaObject()->className())));
        }
    }
}

void TestEvaluationPages::offersWhatTheStateAllows()
{
    const ExperimentId id = m_fixture->create(u"CNN"_s, quickSettings(2));
    RunPanel panel(m_fixture->context());
    panel.setExperiment(id);
    panel.show();
    QVERIFY(offers(panel, u"Run"_s));
    QVERIFY(!offers(panel, u"Stop"_s) && !offers(panel, u"Extend"_s));
    m_fixture->addEpochs(id, 1, 0.9, 1);
    m_fixture->setState(id, RunState::Stopped);
    QVERIFY(offers(panel, u"Resume"_s) && !offers(panel, u"Run"_s));
    m_fixture->setState(id, RunState::Completed);
    QVERIFY(offers(panel, u"Extend"_s) && !offers(panel, u"Resume"_s));
    panel.setExperiment({});
    QVERIFY(!offers(panel, u"Extend"_s));
}

void TestEvaluationPages::stopsFromThePanel()
{
    const ExperimentId id = m_fixture->create(u"live"_s, quickSettings(Endless));
    RunPanel panel(m_fixture->context());
    panel.setExperiment(id);
    panel.show();
    QTest::mouseClick(buttonOf(panel, u"Run"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->runs->samples(id).empty(), Patience);
    QVERIFY(offers(panel, u"Pause"_s));
    QTest::mouseClick(buttonOf(panel, u"Pause"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(offers(panel, u"Resume"_s), Patience);
    QTest::mouseClick(buttonOf(panel, u"Resume"_s), Qt::LeftButton);
    QVERIFY(offers(panel, u"Pause"_s));
    QTest::mouseClick(buttonOf(panel, u"Stop"_s), Qt::LeftButton);
    QVERIFY(buttonOf(panel, u"Stopping…"_s)); // acknowledged before the thread has left
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->runs->state(id), RunState::Stopped, Patience);
    QVERIFY(offers(panel, u"Resume"_s));
}

void TestEvaluationPages::extendsFromThePanel()
{
    const ExperimentId id = m_fixture->create(u"short"_s, quickSettings(1));
    require(m_fixture->runs->enqueue(id));
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->runs->state(id), RunState::Completed, Patience);
    RunPanel panel(m_fixture->context());
    panel.setExperiment(id);
    panel.show();
    panel.findChild<QSpinBox*>()->setValue(3);
    QTest::mouseClick(buttonOf(panel, u"Extend"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document->experiment(id)->epochs.size(), 3, Patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->runs->state(id), RunState::Completed, Patience);
}

void TestEvaluationPages::explainsAFailure()
{
    const ExperimentId id = m_fixture->create(u"NaN"_s, quickSettings(10));
    m_fixture->setState(id, RunState::Failed, u"The loss is no number at epoch 1, batch 3."_s);
    RunPanel panel(m_fixture->context());
    panel.setExperiment(id);
    panel.show();
    const auto* notice = panel.findChild<Notice*>();
    QVERIFY(notice->isVisibleTo(&panel));
    QVERIFY(notice->text().contains(u"epoch 1, batch 3"_s));
    QVERIFY(offers(panel, u"Resume"_s) && offers(panel, u"Open in Modeling"_s));
    m_fixture->setState(id, RunState::Created);
    QVERIFY(!notice->isVisibleTo(&panel));
}

void TestEvaluationPages::comparesTickedOnes()
{
    const ExperimentId a = m_fixture->create(u"a"_s, quickSettings(10));
    const ExperimentId b = m_fixture->create(u"b"_s, quickSettings(20));
    m_fixture->addEpochs(a, 6, 0.92, 6);
    m_fixture->addEpochs(b, 8, 0.95, 8);
    ComparePage page(m_fixture->context());
    page.resize(1000, 700);
    page.show();
    page.setExperiments({a});
    QVERIFY(page.findChild<EmptyState*>()->isVisibleTo(&page) ||
            !page.findChild<MetricChart*>()->isVisibleTo(&page));
    page.setExperiments({a, b});
    QVERIFY(page.findChild<MetricChart*>()->isVisibleTo(&page));
    QCOMPARE(page.findChild<MetricChart*>()->content().series.size(), 4);
    const auto tables = page.findChildren<ComparisonTable*>();
    QCOMPARE(tables.size(), 2);
    QCOMPARE(tables[1]->model()->rowCount(), 2); // heading and Epochs
}

/// With ESPALIER_SCREENSHOTS naming a folder: every page in both themes and two sizes.
void TestEvaluationPages::takesPictures()
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("ESPALIER_SCREENSHOTS names no folder");
    QFont inter(u"Inter"_s);
    inter.setPixelSize(13);
    QApplication::setFont(inter);
    RunSettings settings = quickSettings(10);
    settings.patience = 3;
    const ExperimentId failed = m_fixture->create(u"First try"_s, settings);
    m_fixture->setState(failed, RunState::Failed,
                        u"The loss became NaN in epoch 1, batch 12: choose a lower learning rate "
                        "than 10, or normalize the input."_s);
    const ExperimentId one = m_fixture->create(u"Dense only"_s, settings);
    m_fixture->addEpochs(one, 1, 0.86, 1);
    const ExperimentId cnn = m_fixture->create(u"CNN"_s, settings);
    m_fixture->addEpochs(cnn, 10, 0.92, 6);
    settings.batchSize = 128;
    settings.schedule.schedule = Schedule::Cosine;
    const ExperimentId wide = m_fixture->create(u"CNN with dropout"_s, settings);
    m_fixture->addEpochs(wide, 10, 0.935, 10);
    for (const ExperimentId id : {one, cnn, wide})
        m_fixture->setState(id, RunState::Completed);
    const ExperimentId live = m_fixture->create(u"Running one"_s, quickSettings(1000));
    require(m_fixture->runs->enqueue(live));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document->experiment(live)->epochs.size() > 60, 60'000);
    m_fixture->runs->pause();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->runs->state(live), RunState::Paused, Patience);
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        applyTheme(*qApp, theme);
        for (const QSize size : {QSize(1280, 724), QSize(1920, 1004)}) {
            QWidget window;
            window.resize(size);
            auto* layout = new QHBoxLayout(&window);
            layout->setContentsMargins({});
            layout->setSpacing(0);
            auto* table = new ExperimentSidebar(m_fixture->context());
            table->setFixedWidth(260);
            auto* curves = new CurvesPage(m_fixture->context());
            curves->setAutoFillBackground(true);
            curves->setBackgroundRole(QPalette::Base);
            auto* compare = new ComparePage(m_fixture->context());
            compare->setAutoFillBackground(true);
            compare->setBackgroundRole(QPalette::Base);
            auto* panel = new RunPanel(m_fixture->context());
            panel->setFixedWidth(320);
            layout->addWidget(table);
            layout->addWidget(curves, 1);
            layout->addWidget(compare, 1);
            layout->addWidget(panel);
            compare->hide();
            window.show();
            const auto shoot = [&](const QString& what) {
                QTest::qWait(30);
                const QString name =
                    u"%1-%2-%3.png"_s
                        .arg(what, theme == ThemeChoice::Light ? u"light"_s : u"dark"_s)
                        .arg(size.width());
                QVERIFY(window.grab().save(QDir(folder).filePath(name)));
            };
            const auto look = [&](ExperimentId id) {
                table->setCurrent(id);
                curves->setExperiment(id);
                panel->setExperiment(id);
            };
            look(cnn);
            curves->findChildren<MetricChart*>().first()->setCursor(3);
            shoot(u"typical"_s);
            look(one);
            shoot(u"one"_s);
            look(live);
            shoot(u"live"_s);
            look(failed);
            shoot(u"failed"_s);
            look(cnn);
            curves->hide();
            compare->show();
            compare->setExperiments({cnn, wide, one});
            shoot(u"compare"_s);
        }
    }
    applyTheme(*qApp, ThemeChoice::Light);
}

QTEST_MAIN(TestEvaluationPages)
#include "tst_evaluation_pages.moc"
