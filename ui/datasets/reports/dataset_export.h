#pragma once

#include "core/dataset/dataset.h"

#include <QObject>
#include <memory>
#include <thread>

namespace espalier {

/// Writes a dataset version as a zip archive on a thread of its own; one at a time. Destroying it
/// stops the export, which leaves no file then.
class DatasetExport final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~DatasetExport() override;

    /// Ignored while one is at work. finished() or failed() follows.
    void start(std::shared_ptr<const Dataset> dataset, const QString& path);
    void cancel();
    [[nodiscard]] bool isAtWork() const { return m_atWork; }

Q_SIGNALS:
    void progressChanged(double fraction);
    void finished(const QString& path);
    void failed(const espalier::Error& error); ///< also Cancelled

private:
    void finish(const QString& path, const Status& status);

    bool m_atWork = false;
    std::jthread m_thread;
};

} // namespace espalier
