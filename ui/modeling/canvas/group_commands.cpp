#include "ui/modeling/canvas/group_commands.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/modeling/canvas/rename_group_dialog.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QMenu>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

GroupCommands::GroupCommands(ModelCanvas& canvas)
    : QObject(&canvas)
    , m_canvas(canvas)
{
    group = add(tr("Group"), u"frame"_s, u"Ctrl+G"_s, &GroupCommands::groupSelection);
    ungroup = add(tr("Ungroup"), u"ungroup"_s, u"Ctrl+Shift+G"_s, &GroupCommands::ungroupSelection);
    fold = add(tr("Fold or unfold group"), u"fold"_s, u"Ctrl+."_s, &GroupCommands::foldSelection);
    rename = add(tr("Rename group…"), u"pencil"_s, u"F2"_s, &GroupCommands::renameSelection);
    updateEnabled();
}

QAction* GroupCommands::add(const QString& text, const QString& icon, const QString& keys,
                            Handler handler)
{
    auto* action = new QAction(themeIcon(icon), text, this);
    action->setShortcut(QKeySequence(keys));
    action->setShortcutContext(Qt::WidgetShortcut);
    m_canvas.addAction(action);
    connect(action, &QAction::triggered, this, handler);
    return action;
}

QList<QAction*> GroupCommands::all() const
{
    return {group, ungroup, fold, rename};
}

void GroupCommands::fill(QMenu& menu) const
{
    for (QAction* action : all())
        if (action->isEnabled())
            menu.addAction(action);
}

QList<GraphGroup> GroupCommands::selectedGroups() const
{
    QList<GraphGroup> groups;
    if (!m_canvas.document())
        return groups;
    const ModelGraph& graph = m_canvas.modelScene().graph();
    const QList<BlockId> selected = m_canvas.selection();
    std::ranges::copy_if(graph.groups(), std::back_inserter(groups), [&](const GraphGroup& each) {
        return std::ranges::any_of(each.blocks, [&](BlockId id) { return selected.contains(id); });
    });
    return groups;
}

void GroupCommands::updateEnabled()
{
    const bool editable = m_canvas.isEditable();
    const QList<BlockId> selected = m_canvas.selection();
    const QList<GraphGroup> groups = selectedGroups();
    const bool isGroup = groups.size() == 1 && groups.first().blocks == selected;
    group->setEnabled(editable && selected.size() > 1 && !isGroup);
    ungroup->setEnabled(editable && !groups.isEmpty());
    fold->setEnabled(!groups.isEmpty());
    rename->setEnabled(editable && groups.size() == 1);
}

void GroupCommands::groupSelection()
{
    const QList<BlockId> blocks = m_canvas.selection();
    m_canvas.document()->edit(tr("Group %1").arg(ModelCanvas::blocksText(blocks.size())),
                              [&](ModelGraph& graph) { groupBlocks(graph, blocks); });
    updateEnabled();
}

void GroupCommands::ungroupSelection()
{
    const QList<BlockId> blocks = m_canvas.selection();
    m_canvas.document()->edit(tr("Ungroup"),
                              [&](ModelGraph& graph) { ungroupBlocks(graph, blocks); });
    updateEnabled();
}

void GroupCommands::foldSelection()
{
    const QList<GraphGroup> groups = selectedGroups();
    const bool folded = std::ranges::all_of(groups, &GraphGroup::folded);
    for (const GraphGroup& each : groups)
        m_canvas.setFolded(each.id, !folded);
    updateEnabled();
}

void GroupCommands::renameSelection()
{
    const GraphGroup renamed = selectedGroups().first();
    auto* dialog = new RenameGroupDialog(*m_canvas.document(), renamed, &m_canvas);
    dialog->open();
}

} // namespace espalier

#include "moc_group_commands.cpp"
