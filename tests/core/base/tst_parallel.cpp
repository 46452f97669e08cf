#include "core/base/parallel.h"

#include <QMutex>
#include <QSemaphore>
#include <QSet>
#include <QTest>
#include <QThread>
#include <QThreadPool>
#include <atomic>
#include <stdexcept>
#include <vector>

using namespace espalier;

class TestParallel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesEverythingOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("nothing") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("many") << 10'000;
    }
    void doesEverythingOnce()
    {
        QFETCH(int, count);
        std::vector<std::atomic<int>> done(static_cast<size_t>(count));
        parallelFor(count, [&](qsizetype i) { ++done[size_t(i)]; });
        for (const auto& times : done)
            QCOMPARE(times.load(), 1);
    }

    void usesOtherThreads()
    {
        if (QThreadPool::globalInstance()->maxThreadCount() < 2)
            QSKIP("one processor");
        QMutex mutex;
        QSet<QThread*> threads;
        parallelFor(8, [&](qsizetype) {
            QThread::msleep(20);
            const QMutexLocker locker(&mutex);
            threads.insert(QThread::currentThread());
        });
        QVERIFY(threads.contains(thread()));
        QVERIFY(threads.size() > 1);
    }

    /// Where every thread of the pool waits for others of it, nothing would ever go on.
    void worksWhereEveryThreadOfThePoolDoesSo()
    {
        QThreadPool& pool = *QThreadPool::globalInstance();
        const int threads = pool.maxThreadCount();
        QSemaphore begun;
        QSemaphore ended;
        std::atomic<int> sum = 0;
        for (int i = 0; i < threads; ++i)
            pool.start([&] {
                begun.release();
                while (begun.available() < threads)
                    QThread::msleep(1);
                parallelFor(100, [&](qsizetype) { ++sum; });
                ended.release();
            });
        QVERIFY(ended.tryAcquire(threads, 20'000));
        QCOMPARE(sum.load(), 100 * threads);
        pool.waitForDone();
    }

    void throwsWhatTheWorkThrows()
    {
        const auto fail = [](qsizetype i) {
            if (i == 3)
                throw std::runtime_error("third");
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, parallelFor(100, fail));
        parallelFor(2, fail); // and can be used again
    }
};

QTEST_GUILESS_MAIN(TestParallel)
#include "tst_parallel.moc"
