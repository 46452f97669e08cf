#pragma once

#include "core/base/progress.h"
#include "core/dataset/import/importer.h"

#include <QElapsedTimer>
#include <algorithm>
#include <stop_token>

namespace espalier {

/// What every part of one import shares: limits, cancellation, progress. Use from one thread.
class ImportContext {
public:
    ImportContext(const ImportLimits& importLimits, ProgressSink progress, std::stop_token token)
        : limits(importLimits)
        , stop(std::move(token))
        , m_sink(std::move(progress))
    {
    }

    const ImportLimits limits;
    const std::stop_token stop;

    [[nodiscard]] bool isCancelled() const { return stop.stop_requested(); }

    /// Passed on a few times a second, and only ever larger: a part that starts over is not shown.
    void report(const Progress& progress, bool isLast = false)
    {
        constexpr qint64 Interval = 150; // ms
        m_shown.bytes = std::max(m_shown.bytes, progress.bytes);
        m_shown.rows = std::max(m_shown.rows, progress.rows);
        m_shown.totalBytes = std::max(m_shown.totalBytes, progress.totalBytes);
        if (m_shown.totalBytes >= 0)
            m_shown.totalBytes = std::max(m_shown.totalBytes, m_shown.bytes);
        if (!m_sink || (!isLast && m_timer.isValid() && m_timer.elapsed() < Interval))
            return;
        m_timer.start();
        m_sink(m_shown);
    }

private:
    ProgressSink m_sink;
    Progress m_shown;
    QElapsedTimer m_timer;
};

} // namespace espalier
