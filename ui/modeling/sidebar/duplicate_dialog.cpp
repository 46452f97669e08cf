#include "ui/modeling/sidebar/duplicate_dialog.h"

#include "core/project/documents/project_document.h"
#include "ui/modeling/sidebar/new_experiment_dialog.h"
#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

namespace espalier {

DuplicateDialog::DuplicateDialog(ProjectDocument& project, const ExperimentRecord& source,
                                 bool withWeights, QWidget* parent)
    : FormDialog(withWeights ? tr("Duplicate with weights") : tr("Duplicate experiment"),
                 tr("Duplicate"), parent)
    , m_project(project)
    , m_source(source.id)
    , m_withWeights(withWeights)
{
    auto* line = new TextLabel(
        withWeights ? tr("Network, settings and the weights of the best epoch, from which its run "
                         "goes on.")
                    : tr("Network and settings; its run starts from new weights."),
        TextStyle::Small, Role::TextSecondary, this);
    line->setWordWrap(true);
    content().addWidget(line);
    setName(freeExperimentName(project, source.name));
}

Status DuplicateDialog::perform()
{
    const auto record = m_project.duplicateExperiment(m_source, name(), m_withWeights);
    if (!record)
        return failureOf(record);
    Q_EMIT created(record->id);
    return {};
}

} // namespace espalier
