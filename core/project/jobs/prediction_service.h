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

/// Computes predictions on a worker thread, one request at a time, the newest first. Keeps the last
/// few, by experiment, subset and epoch of the checkpoint. Lives in the thread of the document,
/// which needs an event loop; destroying it cancels what is at work and waits for the thread.
class PredictionService final : public QObject {
    Q_OBJECT

public:
    explicit PredictionService(ProjectDocument& project, QObject* parent = nullptr);
    ~PredictionService() override;

    /// Threads of what is computed from now on; 0, the default: as many as the run settings say.
    /// Whoever knows of runs sets fewer while one is at work.
    void setThreads(int threads);

    /// Null unless computed for the checkpoint that the request means now. The result may carry
    /// another name of that checkpoint ("6" for "best") in its request.
    [[nodiscard]] std::shared_ptr<const PredictionSet> find(const PredictionRequest& request) const;
    /// ready() or failed() follows, queued also when it is there already, unless it is cancelled
    /// before. Ignored when the same one waits or is at work.
    void request(const PredictionRequest& request);
    void cancel(const PredictionRequest& request);
    [[nodiscard]] bool isPending(const PredictionRequest& request) const; ///< waits or is at work
    /// 0..1 of the request at work; nothing when none is.
    [[nodiscard]] std::optional<double> progress() const;

Q_SIGNALS:
    void ready(const std::shared_ptr<const espalier::PredictionSet>& predictions);
    void failed(const espalier::PredictionRequest& request, const espalier::Error& error);
    void progressChanged(); ///< of what is at work; about 25 times a second at most

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace espalier
