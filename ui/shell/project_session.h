#pragma once

#include "core/project/documents/project_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "ui/shell/project_view.h"

#include <memory>

namespace espalier {

/// One open project: its document and what works on it. Views must be gone before it goes; then
/// predictions, the run at work and imports are ended, and the document last.
class ProjectSession final {
public:
    /// Errors as of ProjectDocument::open().
    [[nodiscard]] static Result<std::unique_ptr<ProjectSession>> open(const QString& folder);

    [[nodiscard]] const ProjectContext& context() const { return m_context; }
    [[nodiscard]] ProjectDocument& document() { return *m_document; }
    [[nodiscard]] DatasetImports& imports() { return m_imports; }
    [[nodiscard]] RunController& runs() { return m_runs; }

    /// A run or an import that closing would end.
    [[nodiscard]] bool isBusy() const;

private:
    explicit ProjectSession(std::unique_ptr<ProjectDocument> document);

    // Destroyed in the opposite order.
    std::unique_ptr<ProjectDocument> m_document;
    DatasetImports m_imports;
    RunController m_runs;
    PredictionService m_predictions;
    ProjectContext m_context;
};

} // namespace espalier
