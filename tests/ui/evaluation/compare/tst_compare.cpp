#include "ui/evaluation/compare/compare_curves.h"
#include "ui/evaluation/compare/comparison_model.h"
#include "ui/evaluation/compare/comparison_rows.h"
#include "ui/evaluation/compare/comparison_table.h"
#include "ui/evaluation/run_summary.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLocale>
#include <QScrollBar>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

ModelGraph graphOf(const QString& loss, bool withDropout)
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
    const BlockId dense = graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 10}});
    const BlockId target =
        graph.addBlock(u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, loss}});
    graph.connect({input, dense, 0});
    if (!withDropout) {
        graph.connect({dense, target, 0});
        return graph;
    }
    const BlockId dropout = graph.addBlock(u"dropout"_s, {}, {{u"rate"_s, 0.3}});
    graph.connect({dense, dropout, 0});
    graph.connect({dropout, target, 0});
    return graph;
}

ExperimentRecord experimentOf(const QString& name, double accuracy,
                              const QString& loss = u"categorical_crossentropy"_s,
                              bool withDropout = false)
{
    ExperimentRecord experiment;
    experiment.name = name;
    experiment.graph = graphOf(loss, withDropout);
    experiment.parameters = withDropout ? 200 : 100;
    for (int number = 1; number <= 3; ++number) {
        EpochRecord epoch;
        epoch.epoch = number;
        epoch.seconds = accuracy * 10;
        epoch.training = {{u"accuracy"_s, accuracy}, {u"loss"_s, 1 - accuracy}};
        epoch.validation = epoch.training;
        epoch.best = number <= 2;
        experiment.epochs.append(epoch);
    }
    return experiment;
}

const ComparisonRow* rowOf(const QList<ComparisonRow>& rows, const QString& label)
{
    const auto found = std::ranges::find(rows, label, &ComparisonRow::label);
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void lightsTheBest();
    void showsDifferencesOnly();
    void showsBlocksThatAreMissing();
    void showsChangedConnections();
    void overlaysCurves();
    void refusesToCompareLosses();
    void fillsTheTable();
    void saysSettingsInWords();
};

void TestCompare::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestCompare::lightsTheBest()
{
    const QList<ComparisonRow> rows =
        ComparisonRows::metrics({experimentOf(u"a"_s, 0.8), experimentOf(u"b"_s, 0.9)});
    QCOMPARE(rows.first().label, u"Accuracy"_s);
    QCOMPARE(rows.first().values, (QStringList{u"0.8000"_s, u"0.9000"_s}));
    QCOMPARE(rows.first().best, 1);
    const ComparisonRow* loss = rowOf(rows, u"Categorical crossentropy"_s);
    QVERIFY(loss);
    QCOMPARE(loss->best, 1);
    QCOMPARE(rowOf(rows, u"Best epoch"_s)->values, (QStringList{u"2"_s, u"2"_s}));
    QCOMPARE(rowOf(rows, u"Best epoch"_s)->best, -1);
    QCOMPARE(rowOf(rows, u"Parameters"_s)->best, -1); // equal
    QCOMPARE(rowOf(rows, u"Duration"_s)->best, 0);
}

void TestCompare::showsDifferencesOnly()
{
    ExperimentRecord a = experimentOf(u"a"_s, 0.8);
    ExperimentRecord b = experimentOf(u"b"_s, 0.9);
    QVERIFY(ComparisonRows::settings({a, b}, {u"d@1"_s, u"d@1"_s}, true).isEmpty());
    b.settings.batchSize = 128;
    const QList<ComparisonRow> rows = ComparisonRows::settings({a, b}, {u"d@1"_s, u"d@2"_s}, true);
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows[0].values.isEmpty()); // a heading
    QCOMPARE(rows[1].values, (QStringList{u"d@1"_s, u"d@2"_s}));
    QCOMPARE(rows[2].label, u"Batch size"_s);
    QCOMPARE(rows[2].values, (QStringList{u"32"_s, u"128"_s}));
    const QList<ComparisonRow> all = ComparisonRows::settings({a, b}, {u"d@1"_s, u"d@2"_s}, false);
    QVERIFY(all.size() > 15);
    QCOMPARE(ComparisonRows::countDiffering(all), 2);
    QVERIFY(rowOf(all, u"Dense, nodes"_s));
}

void TestCompare::showsBlocksThatAreMissing()
{
    const QString loss = u"categorical_crossentropy"_s;
    const QList<ComparisonRow> rows =
        ComparisonRows::settings({experimentOf(u"a"_s, 0.8), experimentOf(u"b"_s, 0.9, loss, true)},
                                 {u"d@1"_s, u"d@1"_s}, true);
    const ComparisonRow* dropout = rowOf(rows, u"Dropout"_s);
    QVERIFY(dropout);
    QCOMPARE(dropout->values, (QStringList{u"none"_s, u"Dropout"_s}));
    const ComparisonRow* rate = rowOf(rows, u"Dropout, rate"_s);
    QVERIFY(rate);
    QCOMPARE(rate->values, (QStringList{u"none"_s, u"0.3"_s}));
}

void TestCompare::showsChangedConnections()
{
    ExperimentRecord a = experimentOf(u"a"_s, 0.8);
    ExperimentRecord b = a;
    b.graph.disconnect(b.graph.connections().first());
    const QList<ComparisonRow> rows = ComparisonRows::settings({a, b}, {u"d@1"_s, u"d@1"_s}, true);
    const ComparisonRow* connection = rowOf(rows, u"Input → Dense"_s);
    QVERIFY(connection);
    QCOMPARE(connection->values, (QStringList{u"joined"_s, u"none"_s}));
}

void TestCompare::overlaysCurves()
{
    const QList<ExperimentRecord> both{experimentOf(u"a"_s, 0.8), experimentOf(u"b"_s, 0.9)};
    QCOMPARE(CompareCurves::tabs(both)[1].label, u"Categorical crossentropy"_s);
    const ChartContent content = CompareCurves::content(both, u"accuracy"_s);
    QCOMPARE(content.series.size(), 4);
    QVERIFY(content.series[0].dotted && !content.series[0].endValue);
    QVERIFY(!content.series[1].dotted && content.series[1].endValue);
    QCOMPARE(content.series[1].color.series, 0);
    QCOMPARE(content.series[3].color.series, 1);
    QCOMPARE(content.marks.size(), 2);
    QCOMPARE(content.marks[1].at, QPointF(2, 0.9));
}

void TestCompare::refusesToCompareLosses()
{
    const QList<ExperimentRecord> both{experimentOf(u"a"_s, 0.8),
                                       experimentOf(u"b"_s, 0.9, u"squared_hinge"_s)};
    QVERIFY(!CompareCurves::comparable(both, u"loss"_s));
    QVERIFY(CompareCurves::comparable(both, u"accuracy"_s));
    QCOMPARE(CompareCurves::tabs(both)[1].label, u"Loss"_s);
    const QList<ComparisonRow> rows = ComparisonRows::metrics(both);
    QVERIFY(rowOf(rows, u"Loss"_s));
    QCOMPARE(rowOf(rows, u"Loss"_s)->best, -1);
}

void TestCompare::fillsTheTable()
{
    ComparisonModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QList<ExperimentRecord> both{experimentOf(u"a"_s, 0.8), experimentOf(u"b"_s, 0.9)};
    model.set({u"a"_s, u"b"_s}, ComparisonRows::metrics(both));
    QCOMPARE(model.columnCount(), 3);
    QVERIFY(model.index(0, 2).data(ComparisonModel::BestRole).toBool());
    QVERIFY(model.index(0, 2).data(Qt::AccessibleTextRole).toString().contains(u"best"_s));
    QVERIFY(!model.index(0, 1).data(ComparisonModel::BestRole).toBool());
    QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"b"_s);
    model.setColors({Theme::light().series(0), Theme::light().series(1)});
    QVERIFY(!model.headerData(1, Qt::Horizontal, Qt::DecorationRole).isNull());

    ComparisonTable table;
    table.setRows({u"a"_s, u"b"_s}, ComparisonRows::metrics(both));
    table.resize(400, table.sizeHint().height());
    table.show();
    QVERIFY(!table.verticalScrollBar()->isVisible());
    QVERIFY(!table.grab().isNull());
}

void TestCompare::saysSettingsInWords()
{
    RunSettings settings;
    const auto valueOf = [&](const QString& label) {
        for (const auto& [name, value] : RunSummaryText::settings(settings))
            if (name == label)
                return value;
        return QString();
    };
    QCOMPARE(valueOf(u"Batch size"_s), u"32"_s);
    QCOMPARE(valueOf(u"Optimizer"_s), u"Adam"_s);
    const qsizetype usual = RunSummaryText::settings(settings).size();
    settings.schedule.schedule = Schedule::Cosine;
    QVERIFY(RunSummaryText::settings(settings).size() > usual);
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
