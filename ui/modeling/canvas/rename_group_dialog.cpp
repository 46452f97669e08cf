#include "ui/modeling/canvas/rename_group_dialog.h"

#include "core/project/documents/experiment_document.h"

namespace espalier {

RenameGroupDialog::RenameGroupDialog(ExperimentDocument& document, const GraphGroup& group,
                                     QWidget* parent)
    : FormDialog(tr("Rename group"), tr("Rename"), parent)
    , m_document(&document)
    , m_group(group.id)
{
    setName(group.name);
}

Status RenameGroupDialog::perform()
{
    const GraphGroup* group = m_document ? m_document->graph().group(m_group) : nullptr;
    if (!group)
        return failure(ErrorCode::NotFound, tr("The group is gone."));
    ModelGraph trial = m_document->graph();
    if (!trial.setGroupName(m_group, name()))
        return failure(ErrorCode::Conflict, tr("Another group has this name: choose another."));
    m_document->edit(tr("Rename %1").arg(group->name),
                     [this](ModelGraph& graph) { graph.setGroupName(m_group, name()); });
    return {};
}

} // namespace espalier

#include "moc_rename_group_dialog.cpp"
