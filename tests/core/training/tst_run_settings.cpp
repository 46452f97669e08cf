#include "core/training/run_settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <algorithm>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

RunSettings unusualSettings()
{
    RunSettings settings;
    settings.trainingSubset = u"Äpfel \"1\""_s;
    settings.validationSubset.clear();
    settings.batchSize = 7;
    settings.epochs = 123;
    settings.seed = (quint64(1) << 53) - 1;
    settings.optimizer = {Optimizer::SGD,
                          {{u"learning_rate"_s, 0.1}, {u"momentum"_s, 0.9}, {u"nesterov"_s, 1}}};
    settings.schedule = {Schedule::Step, 1.0 / 3, 4, 1e-9};
    settings.patience = 3;
    settings.device = Device::Cpu;
    settings.precision = Precision::BFloat16;
    settings.threads = 2;
    settings.checkpoints.every = 5;
    return settings;
}

const RunSettingSpec* find(const QList<RunSettingSpec>& specs, const QString& key)
{
    const auto found = std::ranges::find(specs, key, &RunSettingSpec::key);
    return found == specs.end() ? nullptr : &*found;
}

} // namespace

class TestRunSettings final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refused_data();
    void refused();
    void malformedJson_data();
    void malformedJson();
    void accepted_data();
    void accepted();
    void table_data();
    void table();
    void tableTakesItsOwnTexts_data();
    void tableTakesItsOwnTexts();
    void keysOfTheCommandLine();
    void schedulesUseTheirOwn_data();
    void schedulesUseTheirOwn();
    void anotherOptimizerResetsParameters();
    void severalInAnyOrder();
    void defaultsAreNotKept();
    void roundTrip_data();
    void roundTrip();
    void missingKeysAreDefaults();
    void rates_data();
    void rates();
};

void TestRunSettings::refused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QString& key, const QString& value,
                        const QString& sentence) {
        QTest::newRow(name) << key << value << sentence;
    };
    const QString batch = u"batch_size takes a whole number from 1 to 1000000, not \"%1\"."_s;
    row("no batch", u"batch_size"_s, u"0"_s, batch.arg(u"0"));
    row("negative", u"batch_size"_s, u"-5"_s, batch.arg(u"-5"));
    row("words", u"batch_size"_s, u"many"_s, batch.arg(u"many"));
    row("empty", u"batch_size"_s, u""_s, batch.arg(u""));
    row("not whole", u"batch_size"_s, u"2.5"_s, batch.arg(u"2.5"));
    row("too long", u"batch_size"_s, u"99999999999999999999"_s, batch.arg(u"99999999999999999999"));
    row("no epoch", u"epochs"_s, u"0"_s,
        u"epochs takes a whole number from 1 to 1000000, not \"0\"."_s);
    row("large seed", u"seed"_s, u"9007199254740992"_s,
        u"seed takes a whole number from 0 to 9007199254740991, not \"9007199254740992\"."_s);
    row("nan", u"schedule.decay"_s, u"nan"_s,
        u"schedule.decay takes a number from 0 to 1, not \"nan\"."_s);
    row("infinity", u"schedule.decay"_s, u"inf"_s,
        u"schedule.decay takes a number from 0 to 1, not \"inf\"."_s);
    row("above", u"schedule.decay"_s, u"1.5"_s,
        u"schedule.decay takes a number from 0 to 1, not \"1.5\"."_s);
    row("comma", u"schedule.decay"_s, u"0,5"_s,
        u"schedule.decay takes a number from 0 to 1, not \"0,5\"."_s);
    row("choice", u"schedule"_s, u"linear"_s,
        u"schedule takes one of constant, exponential, step, cosine, not \"linear\"."_s);
    row("no subset", u"training_subset"_s, u"  "_s,
        u"training_subset takes the name of a subset, not \"  \"."_s);
    row("precision", u"precision"_s, u"float16"_s,
        u"precision takes one of float32, bfloat16, not \"float16\"."_s);
}

void TestRunSettings::refused()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, sentence);
    RunSettings settings = unusualSettings();
    const Status status = applyRunSetting(settings, key, value);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::InvalidInput);
    QCOMPARE(status.error().message, sentence);
    QCOMPARE(settings, unusualSettings());
}

void TestRunSettings::malformedJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown key") << QByteArray(R"({"bach_size":32})") << u"bach_size"_s;
    QTest::newRow("list") << QByteArray(R"({"epochs":[1]})") << u"epochs"_s;
    QTest::newRow("null") << QByteArray(R"({"epochs":null})") << u"epochs"_s;
    QTest::newRow("object") << QByteArray(R"({"training_subset":{}})") << u"training_subset"_s;
    QTest::newRow("fraction") << QByteArray(R"({"epochs":1.5})") << u"epochs"_s;
    QTest::newRow("huge") << QByteArray(R"({"epochs":1e300})") << u"epochs"_s;
    QTest::newRow("switch for a number") << QByteArray(R"({"epochs":true})") << u"epochs"_s;
    QTest::newRow("another optimizer's")
        << QByteArray(R"({"optimizer":"adam","optimizer.rho":0.5})") << u"optimizer.rho"_s;
}

void TestRunSettings::malformedJson()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto settings = RunSettings::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::InvalidInput);
    QVERIFY2(settings.error().message.contains(named), qPrintable(settings.error().message));
}

void TestRunSettings::accepted_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QString& key, const QString& value,
                        const QString& text) { QTest::newRow(name) << key << value << text; };
    row("spaces", u"batch_size"_s, u" 256 "_s, u"256"_s);
    row("case of the key", u"Batch_Size"_s, u"256"_s, u"256"_s);
    row("label of a choice", u"schedule"_s, u"Cosine"_s, u"cosine"_s);
    row("exponent", u"optimizer.learning_rate"_s, u"1e-3"_s, u"0.001"_s);
    row("switch", u"optimizer.nesterov"_s, u"FALSE"_s, u"off"_s);
    row("no validation", u"validation_subset"_s, u""_s, u""_s);
    row("never stop early", u"early_stopping.patience"_s, u"0"_s, u"0"_s);
}

void TestRunSettings::accepted()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, text);
    RunSettings settings = unusualSettings();
    const Status status = applyRunSetting(settings, key, value);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QCOMPARE(find(runSettingSpecs(settings), key.toLower())->text(settings), text);
}

void TestRunSettings::table_data()
{
    QTest::addColumn<Optimizer>("optimizer");
    for (const auto& name : enumNames(Optimizer{}))
        QTest::newRow(qPrintable(QString::fromUtf16(name.key))) << name.value;
}

void TestRunSettings::table()
{
    QFETCH(Optimizer, optimizer);
    RunSettings settings;
    settings.optimizer.optimizer = optimizer;
    QStringList keys;
    for (const RunSettingSpec& spec : runSettingSpecs(settings)) {
        QVERIFY2(!spec.label.isEmpty() && spec.help.endsWith(u'.'), qPrintable(spec.key));
        QVERIFY2(!spec.section.isEmpty(), qPrintable(spec.key));
        if (!spec.none.isEmpty())
            QVERIFY2(spec.set(settings, spec.type == RunSettingType::Text ? u""_s : u"0"_s),
                     qPrintable(spec.key));
        QCOMPARE(!spec.choices.isEmpty(), spec.type == RunSettingType::Choice);
        if (spec.type == RunSettingType::Integer || spec.type == RunSettingType::Real)
            QVERIFY2(spec.maximum > spec.minimum, qPrintable(spec.key));
        keys.append(spec.key);
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    for (const OptimizerParameter& parameter : describeOptimizer(optimizer).parameters)
        QVERIFY(keys.contains(u"optimizer."_s + parameter.key));
}

void TestRunSettings::tableTakesItsOwnTexts_data()
{
    table_data();
}

void TestRunSettings::tableTakesItsOwnTexts()
{
    QFETCH(Optimizer, optimizer);
    RunSettings settings = unusualSettings();
    settings.optimizer = {optimizer, {}};
    RunSettings copy;
    copy.optimizer = settings.optimizer;
    for (const RunSettingSpec& spec : runSettingSpecs(settings)) {
        const Status status = spec.set(copy, spec.text(settings));
        QVERIFY2(status, status ? "" : qPrintable(status.error().message));
        QCOMPARE(spec.text(copy), spec.text(settings));
        for (const RunSettingChoice& choice : spec.choices)
            QVERIFY(spec.set(copy, choice.key) && spec.set(copy, spec.text(settings)));
        const QString outside = spec.type == RunSettingType::Real
                                    ? QString::number(spec.maximum * 2 + 1)
                                    : QString::number(qint64(spec.minimum) - 1);
        if (spec.type != RunSettingType::Text)
            QVERIFY2(!spec.set(copy, outside), qPrintable(spec.key));
    }
    QCOMPARE(copy, settings);
}

void TestRunSettings::keysOfTheCommandLine()
{
    const QList<RunSettingSpec> specs = runSettingSpecs({});
    for (const QString& key :
         {u"batch_size"_s, u"epochs"_s, u"seed"_s, u"optimizer"_s, u"optimizer.learning_rate"_s,
          u"schedule"_s, u"schedule.decay"_s, u"schedule.every"_s, u"schedule.floor"_s,
          u"early_stopping.patience"_s, u"device"_s, u"precision"_s, u"threads"_s,
          u"training_subset"_s, u"validation_subset"_s, u"checkpoints.every"_s})
        QVERIFY2(find(specs, key), qPrintable(key));
    RunSettings settings;
    const Status unknown = applyRunSetting(settings, u"speed"_s, u"1"_s);
    QVERIFY(unknown.error().message.startsWith(u"There is no setting \"speed\". There are "));
    for (const RunSettingSpec& spec : specs)
        QVERIFY(unknown.error().message.contains(spec.key));
}

void TestRunSettings::schedulesUseTheirOwn_data()
{
    QTest::addColumn<Schedule>("schedule");
    QTest::addColumn<QStringList>("used");
    QTest::newRow("constant") << Schedule::Constant << QStringList();
    QTest::newRow("exponential") << Schedule::Exponential << QStringList{u"schedule.decay"_s};
    QTest::newRow("step") << Schedule::Step
                          << QStringList{u"schedule.decay"_s, u"schedule.every"_s};
    QTest::newRow("cosine") << Schedule::Cosine << QStringList{u"schedule.floor"_s};
}

void TestRunSettings::schedulesUseTheirOwn()
{
    QFETCH(Schedule, schedule);
    QFETCH(QStringList, used);
    RunSettings settings;
    settings.schedule.schedule = schedule;
    QStringList found;
    for (const RunSettingSpec& spec : runSettingSpecs(settings)) {
        if (!spec.inUse)
            QVERIFY2(spec.key.startsWith(u"schedule."_s), qPrintable(spec.key));
        else if (spec.key.startsWith(u"schedule."_s))
            found.append(spec.key);
    }
    QCOMPARE(found, used);
}

void TestRunSettings::anotherOptimizerResetsParameters()
{
    RunSettings settings;
    QVERIFY(applyRunSetting(settings, u"optimizer.learning_rate"_s, u"0.5"_s));
    QVERIFY(applyRunSetting(settings, u"optimizer"_s, u"adam"_s));
    QCOMPARE(settings.optimizer.value(u"learning_rate"_s), 0.5);
    QVERIFY(applyRunSetting(settings, u"optimizer"_s, u"sgd"_s));
    QCOMPARE(settings.optimizer, (OptimizerSettings{Optimizer::SGD, {}}));
    QCOMPARE(settings.optimizer.value(u"learning_rate"_s), 0.01);
    QVERIFY(!applyRunSetting(settings, u"optimizer.beta_1"_s, u"0.5"_s));
}

void TestRunSettings::severalInAnyOrder()
{
    QList<std::pair<QString, QString>> values{
        {u" Optimizer"_s, u"sgd"_s}, {u"epochs"_s, u"3"_s}, {u"optimizer.momentum"_s, u"0.5"_s}};
    std::ranges::sort(values);
    do {
        RunSettings settings;
        QVERIFY(applyRunSettings(settings, values));
        QCOMPARE(settings.optimizer, (OptimizerSettings{Optimizer::SGD, {{u"momentum"_s, 0.5}}}));
        QCOMPARE(settings.epochs, 3);
    } while (std::next_permutation(values.begin(), values.end()));
    RunSettings settings;
    QVERIFY(applyRunSettings(settings, {}));
    QVERIFY(!applyRunSettings(settings, {{u"epochs"_s, u"3"_s}, {u"seed"_s, u"x"_s}}));
    QCOMPARE(settings, RunSettings());
}

void TestRunSettings::defaultsAreNotKept()
{
    RunSettings settings;
    QVERIFY(applyRunSetting(settings, u"optimizer.learning_rate"_s, u"0.5"_s));
    QVERIFY(applyRunSetting(settings, u"optimizer.learning_rate"_s, u"0.001"_s));
    QCOMPARE(settings, RunSettings());
}

void TestRunSettings::roundTrip_data()
{
    QTest::addColumn<bool>("unusual");
    QTest::newRow("defaults") << false;
    QTest::newRow("unusual") << true;
}

void TestRunSettings::roundTrip()
{
    QFETCH(bool, unusual);
    const RunSettings settings = unusual ? unusualSettings() : RunSettings();
    const QByteArray text = QJsonDocument(settings.toJson()).toJson();
    const auto again = RunSettings::fromJson(QJsonDocument::fromJson(text).object());
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QCOMPARE(*again, settings);
    if (unusual) {
        QCOMPARE(settings.toJson()[u"batch_size"_s], QJsonValue(7));
        QCOMPARE(settings.toJson()[u"optimizer.nesterov"_s], QJsonValue(true));
        QCOMPARE(settings.toJson()[u"optimizer"_s], QJsonValue(u"sgd"_s));
    }
}

void TestRunSettings::missingKeysAreDefaults()
{
    QCOMPARE(*RunSettings::fromJson({}), RunSettings());
    const auto some = RunSettings::fromJson(
        {{u"optimizer.momentum"_s, 0.5}, {u"optimizer"_s, u"sgd"_s}, {u"epochs"_s, u"3"_s}});
    QVERIFY(some);
    QCOMPARE(some->epochs, 3);
    QCOMPARE(some->optimizer.value(u"momentum"_s), 0.5);
}

void TestRunSettings::rates_data()
{
    QTest::addColumn<Schedule>("schedule");
    QTest::addColumn<int>("epoch");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<double>("rate");
    QTest::newRow("constant") << Schedule::Constant << 7 << 10 << 0.1;
    QTest::newRow("exponential first") << Schedule::Exponential << 0 << 10 << 0.1;
    QTest::newRow("exponential third") << Schedule::Exponential << 2 << 10 << 0.025;
    QTest::newRow("step before") << Schedule::Step << 2 << 10 << 0.1;
    QTest::newRow("step after") << Schedule::Step << 3 << 10 << 0.05;
    QTest::newRow("step twice") << Schedule::Step << 8 << 10 << 0.025;
    QTest::newRow("cosine first") << Schedule::Cosine << 0 << 10 << 0.1;
    QTest::newRow("cosine half") << Schedule::Cosine << 5 << 10 << 0.06;
    QTest::newRow("cosine end") << Schedule::Cosine << 10 << 10 << 0.02;
    QTest::newRow("cosine beyond") << Schedule::Cosine << 15 << 10 << 0.02;
    QTest::newRow("cosine of one epoch") << Schedule::Cosine << 0 << 1 << 0.1;
    QTest::newRow("cosine of none") << Schedule::Cosine << 0 << 0 << 0.1;
}

void TestRunSettings::rates()
{
    QFETCH(Schedule, schedule);
    QFETCH(int, epoch);
    QFETCH(int, epochs);
    QFETCH(double, rate);
    const ScheduleSettings settings{schedule, 0.5, 3, 0.02};
    QCOMPARE(settings.rate(0.1, epoch, epochs), rate);
}

QTEST_GUILESS_MAIN(TestRunSettings)
#include "tst_run_settings.moc"
