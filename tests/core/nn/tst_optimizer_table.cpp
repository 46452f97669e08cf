#include "core/nn/executor.h"
#include "core/nn/torch/blocks/block_builders.h"

#include <QSet>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(espalier::Optimizer)

class TestOptimizerTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaults_data();
    void defaults();
    void everyOptimizerIsDescribed();
    void settingsOverrideDefaults();
    void namesRoundTrip();
    void everyBlockHasABuilder();
};

void TestOptimizerTable::defaults_data()
{
    QTest::addColumn<Optimizer>("optimizer");
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("value");
    QTest::newRow("adam") << Optimizer::Adam << u"learning_rate"_s << 0.001;
    QTest::newRow("adam 1") << Optimizer::Adam << u"beta_1"_s << 0.9;
    QTest::newRow("adam 2") << Optimizer::Adam << u"beta_2"_s << 0.999;
    QTest::newRow("adam e") << Optimizer::Adam << u"epsilon"_s << 1e-7;
    QTest::newRow("amsgrad") << Optimizer::AMSgrad << u"learning_rate"_s << 0.001;
    QTest::newRow("adamax") << Optimizer::Adamax << u"learning_rate"_s << 0.002;
    QTest::newRow("nadam") << Optimizer::Nadam << u"learning_rate"_s << 0.001;
    QTest::newRow("rmsprop") << Optimizer::RMSprop << u"rho"_s << 0.9;
    QTest::newRow("adadelta") << Optimizer::Adadelta << u"learning_rate"_s << 1.0;
    QTest::newRow("adadelta rho") << Optimizer::Adadelta << u"rho"_s << 0.95;
    QTest::newRow("adagrad") << Optimizer::Adagrad << u"learning_rate"_s << 0.01;
    QTest::newRow("sgd") << Optimizer::SGD << u"learning_rate"_s << 0.01;
    QTest::newRow("sgd momentum") << Optimizer::SGD << u"momentum"_s << 0.0;
    QTest::newRow("sgd nesterov") << Optimizer::SGD << u"nesterov"_s << 0.0;
}

void TestOptimizerTable::defaults()
{
    QFETCH(const Optimizer, optimizer);
    QFETCH(const QString, key);
    QFETCH(const double, value);
    QVERIFY(describeOptimizer(optimizer).parameter(key));
    QCOMPARE((OptimizerSettings{optimizer, {}}.value(key)), value);
}

void TestOptimizerTable::everyOptimizerIsDescribed()
{
    for (const auto& name : enumNames(Optimizer{})) {
        const OptimizerDescription& description = describeOptimizer(name.value);
        QCOMPARE(description.optimizer, name.value);
        QCOMPARE(description.parameters.first().key, u"learning_rate"_s);
        QSet<QString> keys;
        for (const OptimizerParameter& parameter : description.parameters) {
            QVERIFY(!parameter.label.isEmpty());
            QVERIFY(parameter.minimum <= parameter.defaultValue);
            QVERIFY(parameter.defaultValue <= parameter.maximum);
            keys.insert(parameter.key);
        }
        QCOMPARE(keys.size(), description.parameters.size());
    }
}

void TestOptimizerTable::settingsOverrideDefaults()
{
    const OptimizerSettings settings{Optimizer::Adam, {{u"beta_1"_s, 0.5}}};
    QCOMPARE(settings.value(u"beta_1"_s), 0.5);
    QCOMPARE(settings.value(u"beta_2"_s), 0.999);
    QCOMPARE(settings.value(u"momentum"_s), 0.0);
    QVERIFY(!describeOptimizer(Optimizer::Adam).parameter(u"momentum"_s));
}

void TestOptimizerTable::namesRoundTrip()
{
    for (const auto& name : enumNames(Optimizer{}))
        QCOMPARE(enumFromName<Optimizer>(enumKey(name.value)), name.value);
    QCOMPARE(enumFromName<Optimizer>(u"stochastic gradient descent"_s), Optimizer::SGD);
    QCOMPARE(enumFromName<Device>(u"CUDA"_s), Device::Cuda);
    QCOMPARE(enumFromName<Precision>(u"bfloat16"_s), Precision::BFloat16);
}

void TestOptimizerTable::everyBlockHasABuilder()
{
    for (const BlockType& type : blockTypes())
        QVERIFY2((blockBuilder(type.key) != nullptr) == type.hasOutput, qPrintable(type.key));
    QVERIFY(!blockBuilder(u"no such block"_s));
}

QTEST_GUILESS_MAIN(TestOptimizerTable)
#include "tst_optimizer_table.moc"
