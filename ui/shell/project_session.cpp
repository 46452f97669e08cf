#include "ui/shell/project_session.h"

#include <algorithm>

namespace espalier {

Result<std::unique_ptr<ProjectSession>> ProjectSession::open(const QString& folder)
{
    return ProjectDocument::open(folder).map([](std::unique_ptr<ProjectDocument> document) {
        return std::unique_ptr<ProjectSession>(new ProjectSession(std::move(document)));
    });
}

ProjectSession::ProjectSession(std::unique_ptr<ProjectDocument> document)
    : m_document(std::move(document))
    , m_imports(*m_document)
    , m_runs(*m_document)
    , m_predictions(*m_document)
    , m_context{*m_document, m_imports, m_runs, m_predictions}
{
}

bool ProjectSession::isBusy() const
{
    const QList<ImportStatus> imports = m_imports.imports();
    return m_runs.current() || !m_runs.waiting().isEmpty() ||
           std::ranges::any_of(
               imports, [](const ImportStatus& import) { return !import.done && !import.error; });
}

} // namespace espalier
