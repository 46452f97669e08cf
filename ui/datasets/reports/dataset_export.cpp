#include "ui/datasets/reports/dataset_export.h"

#include "core/dataset/export/zip_export.h"

#include <algorithm>

namespace espalier {

DatasetExport::~DatasetExport()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void DatasetExport::start(std::shared_ptr<const Dataset> dataset, const QString& path)
{
    if (m_atWork)
        return;
    m_atWork = true;
    m_thread =
        std::jthread([this, dataset = std::move(dataset), path](const std::stop_token& stop) {
            const double rows = double(std::max<qint64>(dataset->rows(), 1));
            const ProgressSink report = [this, rows](const Progress& progress) {
                QMetaObject::invokeMethod(this, [this, fraction = double(progress.rows) / rows] {
                    Q_EMIT progressChanged(std::min(fraction, 1.0));
                });
            };
            const Status status = exportZip(*dataset, path, {}, report, stop);
            QMetaObject::invokeMethod(this, [this, path, status] { finish(path, status); });
        });
}

void DatasetExport::cancel()
{
    m_thread.request_stop();
}

void DatasetExport::finish(const QString& path, const Status& status)
{
    m_thread.join();
    m_atWork = false;
    if (status)
        Q_EMIT finished(path);
    else
        Q_EMIT failed(status.error());
}

} // namespace espalier
