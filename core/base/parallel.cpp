#include "core/base/parallel.h"

#include "core/base/system.h"

#include <QThreadPool>
#include <algorithm>
#include <atomic>
#include <exception>
#include <latch>
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
    const qsizetype wanted = std::max<qsizetype>(
        0, std::min<qsizetype>(count, std::min(usableProcessors(), pool.maxThreadCount())) - 1);
    // Shared: the last helper may still be inside count_down() when this function returns.
    const auto running = std::make_shared<std::latch>(wanted);
    qsizetype helpers = 0;
    while (helpers < wanted && pool.tryStart([&shared, running] {
        shared.drain();
        running->count_down();
    }))
        ++helpers;
    running->count_down(wanted - helpers);
    shared.drain();
    running->wait();
    shared.rethrow();
}

} // namespace espalier
