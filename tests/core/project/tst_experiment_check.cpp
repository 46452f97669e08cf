#include "core/project/experiment_check.h"

#include "tests/core/project/project_fixture.h"

#include <QTest>
#include <algorithm>

using namespace espalier;
using namespace Qt::StringLiterals;

class ExperimentCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aWholeExperimentCanRun();
    void anEmptyGraphCannotRun();
    void wrongRunSettingsAreNamed_data();
    void wrongRunSettingsAreNamed();
    void errorsComeFirst();

private:
    ProjectFixture m_project;
    std::shared_ptr<const Dataset> m_dataset;
};

namespace {

bool names(const QList<Issue>& issues, IssueLevel level, const QString& subject)
{
    return std::ranges::any_of(issues, [&](const Issue& issue) {
        return issue.level == level && issue.subject == subject && !issue.text.isEmpty();
    });
}

bool hasErrors(const QList<Issue>& issues)
{
    return std::ranges::any_of(issues,
                               [](const Issue& issue) { return issue.level == IssueLevel::Error; });
}

} // namespace

void ExperimentCheckTest::initTestCase()
{
    const auto store = m_project.open();
    m_dataset = valueOf(store->openDataset(m_project.addSavedDataset(*store).id));
}

void ExperimentCheckTest::aWholeExperimentCanRun()
{
    QVERIFY(!hasErrors(checkExperiment(pointGraph(), RunSettings(), *m_dataset)));
}

void ExperimentCheckTest::anEmptyGraphCannotRun()
{
    QVERIFY(hasErrors(checkExperiment(ModelGraph(), RunSettings(), *m_dataset)));
}

void ExperimentCheckTest::wrongRunSettingsAreNamed_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<IssueLevel>("level");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char* name, const QString& key, const QString& value,
                        IssueLevel level, const QString& subject) {
        QTest::addRow("%s", name) << key << value << level << subject;
    };
    row("no training subset", u"training_subset"_s, u"Trainning"_s, IssueLevel::Error,
        u"Training subset"_s);
    row("no validation subset", u"validation_subset"_s, u"Test"_s, IssueLevel::Error,
        u"Validation subset"_s);
    row("validation not wanted", u"validation_subset"_s, QString(), IssueLevel::Hint,
        u"Validation subset"_s);
    row("validation on training", u"validation_subset"_s, u"training"_s, IssueLevel::Warning,
        u"Validation subset"_s);
    row("large batch", u"batch_size"_s, u"1000"_s, IssueLevel::Warning, u"Batch size"_s);
}

void ExperimentCheckTest::wrongRunSettingsAreNamed()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(IssueLevel, level);
    QFETCH(QString, subject);
    RunSettings settings;
    QVERIFY(!names(checkRunSettings(settings, *m_dataset), level, subject));
    require(applyRunSetting(settings, key, value));
    QVERIFY(names(checkRunSettings(settings, *m_dataset), level, subject));
    QCOMPARE(hasErrors(checkRunSettings(settings, *m_dataset)), level == IssueLevel::Error);
}

void ExperimentCheckTest::errorsComeFirst()
{
    RunSettings settings;
    require(applyRunSetting(settings, u"batch_size"_s, u"1000"_s));
    require(applyRunSetting(settings, u"training_subset"_s, u"Trainning"_s));
    const QList<Issue> issues = checkExperiment(pointGraph(), settings, *m_dataset);
    QVERIFY(std::ranges::is_sorted(issues, {}, &Issue::level));
    QCOMPARE(issues.first().level, IssueLevel::Error);
}

QTEST_GUILESS_MAIN(ExperimentCheckTest)
#include "tst_experiment_check.moc"
