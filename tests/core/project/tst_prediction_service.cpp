#include "core/project/documents/project_document.h"
#include "core/project/experiment_evaluation.h"
#include "core/project/jobs/prediction_service.h"
#include "core/training/pause_gate.h"
#include "tests/core/project/project_fixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

using PredictionsPtr = std::shared_ptr<const PredictionSet>;

RunSettings quickSettings(int epochs)
{
    RunSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 16;
    settings.threads = 1;
    settings.checkpoints.every = 1;
    return settings;
}

/// Writes down what a service says, in order: "Validation 2" or a sentence.
class Listener final {
public:
    explicit Listener(PredictionService& service)
    {
        QObject::connect(
            &service, &PredictionService::ready, &m_context, [this](const PredictionsPtr& set) {
                heard.append(u"%1 %2"_s.arg(set->request.subset, QString::number(set->epoch)));
                last = set;
            });
        QObject::connect(
            &service, &PredictionService::failed, &m_context,
            [this](const PredictionRequest&, const Error& error) { heard.append(error.message); });
    }

    QStringList heard;
    PredictionsPtr last;

private:
    QObject m_context;
};

} // namespace

class TestPredictionService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void computesWhatAnEvaluationGives();
    void answersAgainFromWhatItKeeps();
    void findsNothingForANewBestCheckpoint();
    void worksOffTheNewestFirst();
    void cancels();
    void takesBackACancelledRequest();
    void forgetsTheLeastUsed();
    void reportsProgress();
    void failsWithASentence_data();
    void failsWithASentence();
    void canBeDestroyedAtWork();

private:
    [[nodiscard]] PredictionRequest request(const QString& subset,
                                            const QString& checkpoint = u"best"_s) const
    {
        return {m_trained, subset, checkpoint};
    }

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectStore> m_store;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<PredictionService> m_service;
    ExperimentId m_trained;
    ExperimentId m_untrained;
};

void TestPredictionService::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    m_store = m_fixture->open();
    const DatasetRecord dataset = m_fixture->addSavedDataset(*m_store);
    const auto create = [&](const QString& name) {
        return valueOf(m_store->createExperiment(name, dataset.id, pointGraph(), quickSettings(4)))
            .id;
    };
    m_trained = create(u"trained"_s);
    m_untrained = create(u"untrained"_s);
    ExperimentObserver observer;
    PauseGate gate;
    (void)valueOf(runExperiment(m_fixture->folder(), m_trained, {}, observer, {}, gate));
    m_document = valueOf(ProjectDocument::open(m_fixture->folder()));
    m_service = std::make_unique<PredictionService>(*m_document);
}

void TestPredictionService::cleanup()
{
    m_service.reset();
    m_document.reset();
    m_store.reset();
    m_fixture.reset();
}

void TestPredictionService::computesWhatAnEvaluationGives()
{
    Listener listener(*m_service);
    m_service->setThreads(1);
    m_service->request(request(u"Validation"_s, u"2"_s));
    QVERIFY(m_service->isPending(request(u"Validation"_s, u"2"_s)));
    QVERIFY(!m_service->find(request(u"Validation"_s, u"2"_s)));
    QTRY_VERIFY(listener.last);

    const LoadedModel model =
        valueOf(loadModel(*m_store, valueOf(m_store->experiment(m_trained)), u"2"_s));
    const SubsetEvaluation expected =
        valueOf(evaluateSubset(model, u"Validation"_s, executorOptions(model.experiment.settings)));
    const PredictionSet& set = *listener.last;
    QCOMPARE(set.request, request(u"Validation"_s, u"2"_s));
    QCOMPARE(set.epoch, 2);
    QCOMPARE(set.target.name, u"kind"_s);
    QCOMPARE(set.result.rows, 12);
    QCOMPARE(set.result.metrics, expected.result.metrics);
    QCOMPARE(*set.result.confusion, *expected.result.confusion);
    QCOMPARE(set.result.outputs.values, expected.result.outputs.values);
    QCOMPARE(m_service->find(set.request), listener.last);
    QVERIFY(!m_service->isPending(set.request));
}

void TestPredictionService::answersAgainFromWhatItKeeps()
{
    Listener listener(*m_service);
    const int best = m_document->experiment(m_trained)->bestEpoch();
    m_service->request(request(u"Validation"_s));
    QTRY_VERIFY(listener.last);
    const PredictionsPtr first = std::exchange(listener.last, nullptr);
    m_service->request(request(u"Validation"_s, QString::number(best)));
    QVERIFY(!listener.last);
    QTRY_COMPARE(listener.last, first);
    QCOMPARE(m_service->progress(), std::nullopt);
}

void TestPredictionService::findsNothingForANewBestCheckpoint()
{
    Listener listener(*m_service);
    m_service->request(request(u"Validation"_s));
    QTRY_VERIFY(m_service->find(request(u"Validation"_s)));
    require(addEpoch(*m_store, m_trained, 5, true));
    m_document->refreshExperiment(m_trained);
    QVERIFY(!m_service->find(request(u"Validation"_s)));
    QVERIFY(m_service->find(request(u"Validation"_s, QString::number(listener.last->epoch))));
}

void TestPredictionService::worksOffTheNewestFirst()
{
    Listener listener(*m_service);
    for (const QString& epoch : {u"1"_s, u"2"_s, u"3"_s, u"2"_s, u"2"_s})
        m_service->request(request(u"Training"_s, epoch));
    QTRY_COMPARE(listener.heard, (QStringList{u"Training 1"_s, u"Training 2"_s, u"Training 3"_s}));
}

void TestPredictionService::cancels()
{
    Listener listener(*m_service);
    m_service->request(request(u"Training"_s, u"1"_s));
    m_service->request(request(u"Training"_s, u"2"_s));
    m_service->request(request(u"Training"_s, u"3"_s));
    m_service->cancel(request(u"Training"_s, u"1"_s));
    m_service->cancel(request(u"Training"_s, u"2"_s));
    QVERIFY(!m_service->isPending(request(u"Training"_s, u"1"_s)));
    QVERIFY(!m_service->isPending(request(u"Training"_s, u"2"_s)));
    QTRY_COMPARE(listener.heard, QStringList{u"Training 3"_s});
    QTRY_COMPARE(m_service->progress(), std::nullopt);
    QCOMPARE(listener.heard, QStringList{u"Training 3"_s});
}

void TestPredictionService::takesBackACancelledRequest()
{
    Listener listener(*m_service);
    m_service->request(request(u"Training"_s));
    m_service->cancel(request(u"Training"_s));
    m_service->request(request(u"Training"_s));
    QTRY_VERIFY(listener.last);
    QCOMPARE(listener.heard.size(), 1);
}

void TestPredictionService::forgetsTheLeastUsed()
{
    Listener listener(*m_service);
    const auto compute = [&](const QString& subset, const QString& epoch) {
        m_service->request(request(subset, epoch));
        QTRY_VERIFY(m_service->find(request(subset, epoch)));
    };
    compute(u"Training"_s, u"1"_s);
    compute(u"Training"_s, u"2"_s);
    for (const QString& epoch : {u"1"_s, u"2"_s, u"3"_s, u"4"_s}) {
        compute(u"Validation"_s, epoch);
        QVERIFY(m_service->find(request(u"Training"_s, u"1"_s)));
    }
    compute(u"Training"_s, u"3"_s);
    QVERIFY(m_service->find(request(u"Training"_s, u"1"_s)));
    QVERIFY(!m_service->find(request(u"Training"_s, u"2"_s)));
}

void TestPredictionService::reportsProgress()
{
    QSignalSpy spy(m_service.get(), &PredictionService::progressChanged);
    double seen = 0;
    QObject context;
    connect(m_service.get(), &PredictionService::progressChanged, &context,
            [&] { seen = std::max(seen, m_service->progress().value_or(0)); });
    m_service->request(request(u"Training"_s));
    QCOMPARE(m_service->progress(), 0.0);
    QTRY_COMPARE(m_service->progress(), std::nullopt);
    QVERIFY(spy.size() >= 2);
    QCOMPARE(seen, 1.0);
}

void TestPredictionService::failsWithASentence_data()
{
    QTest::addColumn<bool>("trained");
    QTest::addColumn<QString>("subset");
    QTest::addColumn<QString>("checkpoint");
    QTest::addColumn<QString>("says");
    QTest::newRow("subset") << true << u"Nowhere"_s << u"best"_s << u"Validation"_s;
    QTest::newRow("epoch") << true << u"Training"_s << u"17"_s
                           << u"give best, last or an epoch that is kept"_s;
    QTest::newRow("no run yet") << false << u"Training"_s << u"best"_s << u"untrained"_s;
}

void TestPredictionService::failsWithASentence()
{
    QFETCH(bool, trained);
    QFETCH(QString, subset);
    QFETCH(QString, checkpoint);
    QFETCH(QString, says);
    const PredictionRequest asked{trained ? m_trained : m_untrained, subset, checkpoint};
    QList<PredictionRequest> failedRequests;
    connect(m_service.get(), &PredictionService::failed, m_service.get(),
            [&](const PredictionRequest& failed, const Error&) { failedRequests.append(failed); });
    Listener listener(*m_service);
    m_service->request(asked);
    QTRY_COMPARE(listener.heard.size(), 1);
    QVERIFY2(listener.heard.first().contains(says), qPrintable(listener.heard.first()));
    QCOMPARE(failedRequests, QList{asked});
    QVERIFY(!m_service->find(asked));
}

void TestPredictionService::canBeDestroyedAtWork()
{
    for (const QString& epoch : {u"1"_s, u"2"_s, u"3"_s})
        m_service->request(request(u"Training"_s, epoch));
    QElapsedTimer timer;
    timer.start();
    m_service.reset();
    QVERIFY(timer.elapsed() < 5000);
}

QTEST_GUILESS_MAIN(TestPredictionService)
#include "tst_prediction_service.moc"
