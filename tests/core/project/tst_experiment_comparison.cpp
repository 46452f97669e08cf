#include "core/project/experiment_comparison.h"

#include "core/graph/snippets.h"

#include <QTest>
#include <cmath>

using namespace espalier;
using namespace Qt::StringLiterals;
using Change = GraphDifference::Change;

namespace {

EpochRecord epochRecord(int number, double loss, double accuracy, bool best)
{
    EpochRecord epoch;
    epoch.epoch = number;
    epoch.training = {{u"loss"_s, loss / 2}, {u"accuracy"_s, accuracy + 0.01}};
    epoch.validation = {{u"loss"_s, loss}, {u"accuracy"_s, accuracy}};
    epoch.best = best;
    return epoch;
}

ExperimentRecord experimentRecord(const QString& name)
{
    ExperimentRecord record;
    record.name = name;
    record.graph = findSnippet(u"CNN"_s)->build();
    record.epochs = {epochRecord(1, 0.8, 0.7, true), epochRecord(2, 0.5, 0.9, true),
                     epochRecord(3, 0.6, 0.8, false)};
    return record;
}

const ComparedMetric* metric(const ExperimentComparison& comparison, const QString& key)
{
    for (const ComparedMetric& metric : comparison.metrics)
        if (metric.key == key)
            return &metric;
    return nullptr;
}

BlockId idOf(const ModelGraph& graph, const QString& name)
{
    const Block* block = graph.blockByName(name);
    return block ? block->id : BlockId();
}

} // namespace

class ExperimentComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noExperimentGivesNothing();
    void equalExperimentsDoNotDiffer();
    void metricsAreThoseOfTheBestEpoch();
    void theBestValueIsMarked();
    void aMissingMetricIsNotBest();
    void differentLossesDoNotCompare();
    void settingsThatDifferAreListed();
    void parametersOfAnotherOptimizerAreListed();
    void graphDifferences_data();
    void graphDifferences();
    void swappedInputsOfConcatenateDiffer();
    void aRemovedBlockTakesItsConnectionsWithIt();
};

void ExperimentComparisonTest::noExperimentGivesNothing()
{
    const ExperimentComparison comparison = compareExperiments({}, {});
    QVERIFY(comparison.names.isEmpty());
    QVERIFY(comparison.settings.isEmpty());
}

void ExperimentComparisonTest::equalExperimentsDoNotDiffer()
{
    const auto comparison = compareExperiments({experimentRecord(u"A"_s), experimentRecord(u"B"_s)},
                                               {u"Data@1"_s, u"Data@1"_s});
    QVERIFY(comparison.settings.isEmpty());
    QVERIFY(comparison.graphs.at(1).isEmpty());
    QVERIFY(comparison.sameLoss);
}

void ExperimentComparisonTest::metricsAreThoseOfTheBestEpoch()
{
    const auto comparison = compareExperiments({experimentRecord(u"A"_s)}, {u"Data@1"_s});
    QCOMPARE(comparison.bestEpochs, QList<int>{2});
    QCOMPARE(metric(comparison, u"accuracy"_s)->values, QList<double>{0.9});
    QCOMPARE(metric(comparison, u"loss"_s)->values, QList<double>{0.5});
}

void ExperimentComparisonTest::theBestValueIsMarked()
{
    ExperimentRecord better = experimentRecord(u"B"_s);
    better.epochs[1].validation = {{u"loss"_s, 0.55}, {u"accuracy"_s, 0.95}};
    const auto comparison =
        compareExperiments({experimentRecord(u"A"_s), better}, {u"Data@1"_s, u"Data@1"_s});
    QCOMPARE(metric(comparison, u"accuracy"_s)->best, 1);
    QCOMPARE(metric(comparison, u"loss"_s)->best, 0);
}

void ExperimentComparisonTest::aMissingMetricIsNotBest()
{
    ExperimentRecord fresh = experimentRecord(u"Fresh"_s);
    fresh.epochs.clear();
    const auto comparison =
        compareExperiments({fresh, experimentRecord(u"A"_s)}, {u"Data@1"_s, u"Data@1"_s});
    QVERIFY(std::isnan(metric(comparison, u"loss"_s)->values.at(0)));
    QCOMPARE(metric(comparison, u"loss"_s)->best, 1);
    QCOMPARE(comparison.bestEpochs, (QList<int>{0, 2}));
}

void ExperimentComparisonTest::differentLossesDoNotCompare()
{
    ExperimentRecord other = experimentRecord(u"B"_s);
    QVERIFY(setParameterFromText(other.graph, idOf(other.graph, u"Target"_s), u"loss"_s,
                                 u"Mean squared error"_s));
    const auto comparison =
        compareExperiments({experimentRecord(u"A"_s), other}, {u"Data@1"_s, u"Data@1"_s});
    QVERIFY(!comparison.sameLoss);
    QCOMPARE(metric(comparison, u"loss"_s)->best, -1);
    QCOMPARE(metric(comparison, u"accuracy"_s)->best, 0);
}

void ExperimentComparisonTest::settingsThatDifferAreListed()
{
    ExperimentRecord other = experimentRecord(u"B"_s);
    QVERIFY(applyRunSetting(other.settings, u"batch_size"_s, u"256"_s));
    const auto comparison =
        compareExperiments({experimentRecord(u"A"_s), other}, {u"Data@1"_s, u"Data@2"_s});
    QCOMPARE(comparison.settings.size(), 2);
    QCOMPARE(comparison.settings.at(0).key, u"dataset"_s);
    QCOMPARE(comparison.settings.at(0).values, (QStringList{u"Data@1"_s, u"Data@2"_s}));
    QCOMPARE(comparison.settings.at(1).key, u"batch_size"_s);
    QCOMPARE(comparison.settings.at(1).values, (QStringList{u"32"_s, u"256"_s}));
}

void ExperimentComparisonTest::parametersOfAnotherOptimizerAreListed()
{
    ExperimentRecord other = experimentRecord(u"B"_s);
    QVERIFY(applyRunSetting(other.settings, u"optimizer"_s, u"sgd"_s));
    const auto comparison =
        compareExperiments({experimentRecord(u"A"_s), other}, {u"Data@1"_s, u"Data@1"_s});
    QHash<QString, QStringList> values;
    for (const ComparedSetting& setting : comparison.settings)
        values.insert(setting.key, setting.values);
    QCOMPARE(values.value(u"optimizer"_s), (QStringList{u"adam"_s, u"sgd"_s}));
    QVERIFY(values.contains(u"optimizer.momentum"_s));
    QCOMPARE(values.value(u"optimizer.momentum"_s).first(), QString());
}

void ExperimentComparisonTest::graphDifferences_data()
{
    using Edit = std::function<void(ModelGraph&)>;
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<GraphDifference>("expected");
    QTest::addRow("parameter") << Edit([](ModelGraph& graph) {
        graph.setParameter(idOf(graph, u"Dense"_s), u"nodes"_s, 64);
    }) << GraphDifference{Change::Changed, u"Dense"_s, u"nodes"_s, u"128"_s, u"64"_s};
    QTest::addRow("added") << Edit([](ModelGraph& graph) { graph.addBlock(u"dropout"_s); })
                           << GraphDifference{Change::Added, u"Dropout"_s, {}, {}, u"Dropout"_s};
    QTest::addRow("removed") << Edit([](ModelGraph& graph) {
        graph.removeBlock(idOf(graph, u"Dense"_s));
    }) << GraphDifference{Change::Removed, u"Dense"_s, {}, u"Dense"_s, {}};
    QTest::addRow("followed value set")
        << Edit([](ModelGraph& graph) {
               graph.setParameter(idOf(graph, u"Dense 2"_s), u"nodes"_s, 10);
           })
        << GraphDifference{Change::Changed, u"Dense 2"_s, u"nodes"_s, u"as the target needs"_s,
                           u"10"_s};
    QTest::addRow("parted") << Edit([](ModelGraph& graph) {
        graph.disconnect({idOf(graph, u"Dense"_s), idOf(graph, u"Dense 2"_s), 0});
    }) << GraphDifference{Change::Removed, u"Dense → Dense 2"_s, u"connection"_s, {}, {}};
}

void ExperimentComparisonTest::graphDifferences()
{
    QFETCH(std::function<void(ModelGraph&)>, edit);
    QFETCH(GraphDifference, expected);
    const ModelGraph before = findSnippet(u"CNN"_s)->build();
    ModelGraph after = before;
    edit(after);
    QVERIFY(compareGraphs(before, after).contains(expected));
    QVERIFY(!compareGraphs(before, before).contains(expected));
}

void ExperimentComparisonTest::swappedInputsOfConcatenateDiffer()
{
    ModelGraph before;
    const BlockId first = before.addBlock(u"input"_s);
    const BlockId second = before.addBlock(u"input"_s);
    const BlockId joined = before.addBlock(u"concatenate"_s);
    ModelGraph after = before;
    before.connect({first, joined, 0});
    before.connect({second, joined, 1});
    after.connect({second, joined, 0});
    after.connect({first, joined, 1});
    QVERIFY(!compareGraphs(before, after).isEmpty());
}

void ExperimentComparisonTest::aRemovedBlockTakesItsConnectionsWithIt()
{
    const ModelGraph before = findSnippet(u"CNN"_s)->build();
    ModelGraph after = before;
    after.removeBlock(idOf(after, u"Dense"_s), true);
    const QList<GraphDifference> differences = compareGraphs(before, after);
    QCOMPARE(differences.size(), 2);
    QCOMPARE(differences.at(0).change, Change::Removed);
    QCOMPARE(differences.at(1).block, u"2D Global average pooling → Dense 2"_s);
    QCOMPARE(differences.at(1).change, Change::Added);
}

QTEST_GUILESS_MAIN(ExperimentComparisonTest)
#include "tst_experiment_comparison.moc"
