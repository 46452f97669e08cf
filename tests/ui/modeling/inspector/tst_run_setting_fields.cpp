#include "ui/modeling/inspector/run_setting_fields.h"

#include <QTest>
#include <algorithm>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

const QStringList Subsets{u"Training"_s, u"Validation"_s};

const FormField* field(const QList<RunSettingSection>& sections, const QString& key)
{
    for (const RunSettingSection& section : sections)
        for (const FormField& each : section.fields)
            if (each.key == key)
                return &each;
    return nullptr;
}

QStringList keys(const RunSettings& settings)
{
    QStringList keys;
    for (const RunSettingSection& section : runSettingSections(settings, Subsets, {}))
        std::ranges::transform(section.fields, std::back_inserter(keys), &FormField::key);
    return keys;
}

void set(RunSettings& settings, const QString& key, const QString& value)
{
    const Status status = applyRunSetting(settings, key, value);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
}

} // namespace

class TestRunSettingFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sections();
    void onlyWhatIsInUse();
    void subsets();
    void zeroReadsAsWords();
    void issues();
    void defaults();
};

void TestRunSettingFields::sections()
{
    const auto sections = runSettingSections({}, Subsets, {});
    QCOMPARE(sections[0].name, u"Dataset settings"_s);
    QCOMPARE(sections[1].name, u"Run settings"_s);
    QCOMPARE(field(sections, u"batch_size"_s)->value, u"32"_s);
    QCOMPARE(field(sections, u"optimizer.learning_rate"_s)->value, u"0.001"_s);
    for (const RunSettingSection& section : sections) {
        QVERIFY2(!section.fields.isEmpty(), qPrintable(section.name));
        QVERIFY2(section.isDefault, qPrintable(section.name));
    }
}

void TestRunSettingFields::onlyWhatIsInUse()
{
    RunSettings settings;
    QVERIFY(!keys(settings).contains(u"schedule.decay"_s));
    set(settings, u"schedule"_s, u"step"_s);
    QVERIFY(keys(settings).contains(u"schedule.decay"_s));
    QVERIFY(keys(settings).contains(u"schedule.every"_s));
    QVERIFY(!keys(settings).contains(u"optimizer.momentum"_s));
    set(settings, u"optimizer"_s, u"sgd"_s);
    QVERIFY(keys(settings).contains(u"optimizer.momentum"_s));
    QVERIFY(!keys(settings).contains(u"optimizer.beta_1"_s));
}

void TestRunSettingFields::subsets()
{
    RunSettings settings;
    settings.trainingSubset = u"Everything"_s;
    settings.validationSubset = u"validation"_s;
    const auto sections = runSettingSections(settings, Subsets, {});
    const FormField& training = *field(sections, u"training_subset"_s);
    QCOMPARE(training.choices.size(), 3);
    QCOMPARE(training.choices.last().value, u"Everything"_s);
    QVERIFY(training.choices.last().label.contains(u"not in the dataset"_s));
    const FormField& validation = *field(sections, u"validation_subset"_s);
    QCOMPARE(validation.shownValue(), u"Validation"_s);
    QCOMPARE(validation.choices.last(), (FieldChoice{QString(), u"None"_s}));
}

void TestRunSettingFields::zeroReadsAsWords()
{
    const auto sections = runSettingSections({}, Subsets, {});
    QCOMPARE(field(sections, u"early_stopping.patience"_s)->shownValue(), u"Never"_s);
    QCOMPARE(field(sections, u"threads"_s)->shownValue(), u"All"_s);
    QCOMPARE(field(sections, u"seed"_s)->shownValue(), u"1"_s);
}

void TestRunSettingFields::issues()
{
    const QList<Issue> issues{{IssueLevel::Warning, u"Batch size"_s, u"64 is more than 48"_s},
                              {IssueLevel::Error, u"Epochs"_s, u"about a block"_s, 7}};
    const auto sections = runSettingSections({}, Subsets, issues);
    QCOMPARE(field(sections, u"batch_size"_s)->notes,
             (QList<FieldNote>{{IssueLevel::Warning, u"64 is more than 48"_s}}));
    QVERIFY(field(sections, u"epochs"_s)->notes.isEmpty());
}

void TestRunSettingFields::defaults()
{
    RunSettings settings;
    set(settings, u"optimizer"_s, u"sgd"_s);
    set(settings, u"optimizer.momentum"_s, u"0.9"_s);
    set(settings, u"batch_size"_s, u"256"_s);
    const auto sections = runSettingSections(settings, Subsets, {});
    QStringList changed;
    for (const RunSettingSection& section : sections)
        if (!section.isDefault)
            changed.append(section.name);
    QCOMPARE(changed, (QStringList{u"Run settings"_s, u"Optimizer"_s}));
    const RunSettings reset = withDefaults(settings, u"Optimizer"_s);
    QCOMPARE(reset.optimizer, OptimizerSettings());
    QCOMPARE(reset.batchSize, 256);
    QCOMPARE(withDefaults(reset, u"Run settings"_s), RunSettings());
}

QTEST_APPLESS_MAIN(TestRunSettingFields)
#include "tst_run_setting_fields.moc"
