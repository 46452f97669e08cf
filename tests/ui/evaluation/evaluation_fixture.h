#pragma once

#include "core/project/documents/project_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/project/project_fixture.h"
#include "ui/shell/project_view.h"

#include <memory>

namespace espalier {

/// An open project with what views work on, and experiments whose runs are made up.
class EvaluationFixture {
public:
    EvaluationFixture();

    [[nodiscard]] ProjectContext context() const
    {
        return {*document, *imports, *runs, *predictions};
    }

    /// One that has not run.
    [[nodiscard]] ExperimentId create(const QString& name, const RunSettings& settings = {},
                                      const ModelGraph& graph = pointGraph());
    /// Curves as of a network that learns up to `accuracy` and overfits after `best` epochs.
    void addEpochs(ExperimentId id, int epochs, double accuracy, int best);
    void setState(ExperimentId id, RunState state, const QString& error = {});

    ProjectFixture project;
    std::unique_ptr<ProjectStore> store;
    DatasetRecord dataset;
    std::unique_ptr<ProjectDocument> document;
    std::unique_ptr<DatasetImports> imports;
    std::unique_ptr<RunController> runs;
    std::unique_ptr<PredictionService> predictions;
};

} // namespace espalier
