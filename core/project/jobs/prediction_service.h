#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/evaluation/evaluation.h"
#include "core/project/records.h"

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

namespace espalier {

class ProjectDocument;

/// Which predictions: of an experiment, at a checkpoint, for a subset.
struct PredictionRequest {
    ExperimentId experiment;
    QString subset;                              ///< "Validation"
    QString checkpoint = QStringLiteral("best"); ///< "best", "last" or the number of an epoch

    bool operator==(const PredictionRequest&) const = default;
};

/// Everything that the predictions of a subset show; immutable, shared with the worker.
struct PredictionSet {
    PredictionRequest request;
    int epoch = 0; ///< of the checkpoint that was used
    std::shared_ptr<const Dataset> dataset;
    FeatureDescription target;
    float threshold = 0.5F; ///< of binary outputs, see Executor::decisionThreshold()
    EvaluationResult result;
};

/// Computes predictions on a worker thread, one request at a time, the newest first, with one
/// thread less than a run has while one is at work. Keeps the last few. Lives in the thread of the
/// document.
class PredictionService final : public QObject {
    Q_OBJECT

public:
    explicit PredictionService(ProjectDocument& project, QObject* parent = nullptr);
    ~PredictionService() override;

    /// Null unless computed for the checkpoint that the request means now.
    [[nodiscard]] std::shared_ptr<const PredictionSet> find(const PredictionRequest& request) const;
    /// ready() or failed() follows; at once (queued) when it is there.
    void request(const PredictionRequest& request);
    void cancel(const PredictionRequest& request);
    /// 0..1 of the request at work; nothing when none is.
    [[nodiscard]] std::optional<double> progress() const;

Q_SIGNALS:
    void ready(const std::shared_ptr<const espalier::PredictionSet>& predictions);
    void failed(const espalier::PredictionRequest& request, const espalier::Error& error);
    void progressChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace espalier
