#include "core/base/parallel.h"

#include "core/base/system.h"

#include <QSemaphore>
#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>

namespace espalier {

namespace {

/// What the threads of one parallelFor() share.
class SharedWork {
public:
    SharedWork(qsizetype count, const std::function<void(qsizetype)>& work)
        : m_count(count)
        , m_work(work)
    {
    }

    /// Takes numbers until none is left.
    void drain()
    {
        try {
            for (qsizetype i = m_next++; i < m_count; i = m_next++)
                m_work(i);
        } catch (...) {
            m_next = m_count;
            const std::scoped_lock lock(m_mutex);
            if (!m_thrown)
                m_thrown = std::current_exception();
        }
    }

    void rethrow() const
    {
        if (m_thrown)
            std::rethrow_exception(m_thrown);
    }

private:
    const qsizetype m_count;
    const std::function<void(qsizetype)>& m_work;
    std::atomic<qsizetype> m_next = 0;
    std::mutex m_mutex;
    std::exception_ptr m_thrown;
};

} // namespace

void parallelFor(qsizetype count, const std::function<void(qsizetype)>& work)
{
    SharedWork shared(count, work);
    QThreadPool& pool = *QThreadPool::globalInstance();
    const qsizetype wanted =
        std::min<qsizetype>(count, std::min(usableProcessors(), pool.maxThreadCount())) - 1;
    // Shared: the last helper may still be inside release() when this function returns.
    const auto ended = std::make_shared<QSemaphore>();
    int helpers = 0;
    while (helpers < wanted && pool.tryStart([&shared, ended] {
        shared.drain();
        ended->release();
    }))
        ++helpers;
    shared.drain();
    ended->acquire(helpers);
    shared.rethrow();
}

} // namespace espalier
