#include "ui/shell/commands/command_model.h"

#include "ui/shell/commands/fuzzy_match.h"

#include <QAction>
#include <algorithm>

namespace espalier {

namespace {

struct Found {
    QPointer<QAction> action;
    int score = 0;
};

QVariant dataOf(const QAction& action, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return plainActionText(action);
    case Qt::DecorationRole:
        return action.icon();
    case Qt::ToolTipRole:
        return action.isEnabled() ? action.toolTip() : action.statusTip();
    case CommandModel::CommandShortcutRole:
        return action.shortcut().toString(QKeySequence::NativeText);
    case CommandModel::CommandReasonRole:
        return action.isEnabled() ? QString() : action.statusTip();
    default:
        return {};
    }
}

} // namespace

QString plainActionText(const QAction& action)
{
    QString text = action.text();
    text.remove(u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text;
}

void CommandModel::setActions(const QList<QAction*>& actions)
{
    m_actions.clear();
    for (QAction* action : actions)
        if (!action->isSeparator() && action->isVisible() && !action->text().isEmpty() &&
            !m_actions.contains(action))
            m_actions.append(action);
    filter();
}

void CommandModel::setQuery(const QString& query)
{
    m_query = query;
    filter();
}

void CommandModel::filter()
{
    QList<Found> found;
    for (const QPointer<QAction>& action : std::as_const(m_actions))
        if (action)
            if (const std::optional<int> score = fuzzyScore(m_query, plainActionText(*action)))
                found.append({action, *score});
    std::ranges::stable_sort(found, [](const Found& a, const Found& b) {
        return std::pair(a.action->isEnabled(), a.score) >
               std::pair(b.action->isEnabled(), b.score);
    });
    beginResetModel();
    m_found.clear();
    for (const Found& one : std::as_const(found))
        m_found.append(one.action);
    endResetModel();
}

QAction* CommandModel::action(int row) const
{
    return row >= 0 && row < m_found.size() ? m_found.at(row).data() : nullptr;
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QAction* found = action(index.row());
    return found ? dataOf(*found, role) : QVariant();
}

Qt::ItemFlags CommandModel::flags(const QModelIndex& index) const
{
    const QAction* found = action(index.row());
    if (!index.isValid() || !found || !found->isEnabled())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace espalier
