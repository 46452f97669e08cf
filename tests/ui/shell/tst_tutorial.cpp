#include "core/dataset/import/importer.h"
#include "core/graph/snippets.h"
#include "core/project/documents/project_document.h"
#include "tests/core/project/project_fixture.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/help/tutorial.h"

#include <QDir>
#include <QImage>
#include <QTest>
#include <algorithm>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestTutorial : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsDoneWithoutAProject();
    void textsAreThere();
    void ticksFollowTheProject();

private:
    [[nodiscard]] static QStringList done(const QList<TutorialStep>& steps);
    void makeImages() const;
    ShellFixture m_fixture;
};

QStringList TestTutorial::done(const QList<TutorialStep>& steps)
{
    QStringList titles;
    for (const TutorialStep& step : steps)
        if (step.done)
            titles.append(step.title);
    return titles;
}

void TestTutorial::nothingIsDoneWithoutAProject()
{
    const QList<TutorialStep> steps = tutorialSteps(nullptr, nullptr);
    QCOMPARE(steps.size(), 14);
    QVERIFY(done(steps).isEmpty());
}

void TestTutorial::textsAreThere()
{
    for (const TutorialStep& step : tutorialSteps(nullptr, nullptr)) {
        QVERIFY(!step.title.isEmpty());
        QVERIFY2(step.text.size() > 40, qPrintable(step.title));
        QCOMPARE(step.text.count(u"<b>"_s), step.text.count(u"</b>"_s));
    }
}

void TestTutorial::makeImages() const
{
    for (const QString& label : {u"shirt"_s, u"shoe"_s})
        for (int number = 0; number < 10; ++number) {
            const QString folder = m_fixture.path(u"images/"_s + label);
            QVERIFY(QDir().mkpath(folder));
            QImage image(28, 28, QImage::Format_Grayscale8);
            image.fill(label == u"shoe" ? 20 + number : 200 + number);
            QVERIFY(image.save(u"%1/%2.png"_s.arg(folder).arg(number)));
        }
}

void TestTutorial::ticksFollowTheProject()
{
    makeImages();
    const auto document = valueOf(ProjectDocument::open(m_fixture.addProject(u"Clothes"_s)));
    const auto store = valueOf(ProjectStore::open(document->folder()));
    const auto ticked = [&] {
        document->refresh();
        return done(tutorialSteps(document.get(), nullptr));
    };
    QStringList expected{u"Create a project"_s};
    QCOMPARE(ticked(), expected);

    const ImportedSource source =
        valueOf(importSources({m_fixture.path(u"images"_s)}, document->store().dataFolder()));
    const DatasetRecord dataset = valueOf(document->addDataset(u"Clothes"_s, source));
    QCOMPARE(ticked(), expected << u"Import the images"_s);
    (void)valueOf(store->saveDataset(dataset.id));
    QCOMPARE(ticked(), expected << u"Save a version"_s);

    const ExperimentId id = valueOf(document->createExperiment(u"CNN"_s, dataset.id)).id;
    QCOMPARE(ticked(), expected << u"Create an experiment"_s);
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    require(document->updateExperiment(id, graph, {}));
    QCOMPARE(ticked(), expected << u"Add the CNN snippet"_s);

    const QList<FeatureDescription> features =
        valueOf(document->openDataset(dataset.id))->features();
    const auto featureWith = [&](Encoding encoding) {
        return std::ranges::find(features, encoding, &FeatureDescription::encoding)->name;
    };
    const auto set = [&](const QString& block, const QString& feature) {
        QVERIFY(graph.setParameter(graph.blockByName(block)->id, u"feature"_s, feature));
        require(document->updateExperiment(id, graph, {}));
    };
    set(u"Input"_s, featureWith(Encoding::Image));
    QCOMPARE(ticked(), expected << u"Choose what goes in"_s);
    set(u"Target"_s, features.constLast().name);
    const QStringList rest = ticked();
    QVERIFY(rest.contains(u"Choose what comes out"_s));
    RunSettings settings;
    settings.batchSize = 256;
    require(document->updateExperiment(id, graph, settings));
    QVERIFY(ticked().contains(u"Set the batch size"_s));
    QVERIFY(!ticked().contains(u"Run it"_s));

    require(addEpoch(*store, id, 1));
    require(addEpoch(*store, id, 2, true));
    require(store->setState(id, RunState::Completed));
    QVERIFY(ticked().contains(u"Run it"_s));
    QVERIFY(ticked().contains(u"Watch it learn"_s));
    QVERIFY(!ticked().contains(u"Improve it"_s));
    // What is undone is open again.
    require(document->deleteExperiment(id));
    QCOMPARE(ticked().size(), 3);
}

QTEST_MAIN(TestTutorial)
#include "tst_tutorial.moc"
