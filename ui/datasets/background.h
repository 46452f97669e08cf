#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <utility>

namespace espalier {

/// Gives the result of work on another thread to `take` in the thread of `context`; never when
/// `context` is gone by then.
template <typename T, typename Take>
void whenDone(QObject* context, const QFuture<T>& future, Take take)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, take = std::move(take)] {
                         watcher->deleteLater();
                         take(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace espalier
