#pragma once

#include <QtGlobal>
#include <functional>

namespace espalier {

/// Calls `work` with every number from 0 to before `count`: on the calling thread, and beside it on
/// those of the global thread pool that are free right now. Returns when all is done.
///
/// It never waits for a thread to become free, so it may be called by work of that pool itself;
/// QtConcurrent::blockingMap() waits for ever there as soon as every thread of the pool does so.
/// What `work` throws is thrown here, once what has begun is done; the rest is left out.
void parallelFor(qsizetype count, const std::function<void(qsizetype)>& work);

} // namespace espalier
