#pragma once

#include "core/dataset/dataset.h"

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

namespace espalier {

/// Histograms and statistics of the features of a dataset, computed on a worker when first asked
/// for, one at a time, the last asked for first. What belonged to another dataset object is
/// dropped, but a histogram that the new one would repeat is kept. Lives in the GUI thread.
class FeatureSummaries final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setDataset(std::shared_ptr<const Dataset> dataset);
    [[nodiscard]] const std::shared_ptr<const Dataset>& dataset() const { return m_dataset; }
    /// Null while it is being computed; histogramReady() follows.
    [[nodiscard]] const Result<Histogram>* histogram(int feature);
    /// Null while it is being computed; statisticsReady() follows.
    [[nodiscard]] const Result<FeatureStatistics>* statistics(int feature);

Q_SIGNALS:
    void histogramReady(int feature);
    void statisticsReady(int feature);

private:
    struct Entry {
        std::optional<Result<Histogram>> histogram;
        std::optional<Result<FeatureStatistics>> statistics;
    };
    struct Task {
        int feature;
        bool wantsHistogram;
        bool operator==(const Task&) const = default;
    };

    void ask(const Task& task);
    void startNext();
    void start(const Task& task);
    void finish(quint64 generation);

    std::shared_ptr<const Dataset> m_dataset;
    std::vector<Entry> m_entries;
    std::vector<Task> m_waiting; ///< the next one last
    std::optional<Task> m_atWork;
    quint64 m_generation = 0;
};

} // namespace espalier
