#include "ui/modeling/sidebar/experiment_list_model.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/widgets/list_row_delegate.h"
#include "ui/widgets/run_state_text.h"

#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

ExperimentListModel::ExperimentListModel(ProjectDocument& project, RunController& runs,
                                         QObject* parent)
    : QAbstractListModel(parent)
    , m_project(project)
    , m_runs(runs)
{
    readList();
    connect(&project, &ProjectDocument::experimentsChanged, this, &ExperimentListModel::readList);
    connect(&project, &ProjectDocument::experimentChanged, this, &ExperimentListModel::rowChanged);
    connect(&runs, &RunController::changed, this, &ExperimentListModel::statesChanged);
    connect(&runs, &RunController::progressChanged, this, &ExperimentListModel::progressChanged);
}

void ExperimentListModel::readList()
{
    QList<ExperimentId> ids;
    std::ranges::transform(m_project.experiments(), std::back_inserter(ids), &ExperimentRecord::id);
    const QSet<ExperimentId> there(ids.begin(), ids.end());
    for (int row = int(m_ids.size()) - 1; row >= 0; --row) {
        if (there.contains(m_ids[row]))
            continue;
        beginRemoveRows({}, row, row);
        m_ids.removeAt(row);
        endRemoveRows();
    }
    // What is left has kept its order: it is that of their making.
    for (int row = 0; row < ids.size(); ++row) {
        if (row < m_ids.size() && m_ids[row] == ids[row])
            continue;
        beginInsertRows({}, row, row);
        m_ids.insert(row, ids[row]);
        endInsertRows();
    }
}

void ExperimentListModel::rowChanged(ExperimentId id)
{
    if (const QModelIndex index = indexOf(id); index.isValid())
        Q_EMIT dataChanged(index, index);
}

void ExperimentListModel::statesChanged()
{
    if (!m_ids.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_ids.size()) - 1),
                           {StateRole, ListRowDelegate::SecondLineRole,
                            ListRowDelegate::StateIconRole, ListRowDelegate::StateInkRole});
}

void ExperimentListModel::progressChanged()
{
    if (const auto current = m_runs.current())
        if (const QModelIndex index = indexOf(*current); index.isValid())
            Q_EMIT dataChanged(index, index, {ListRowDelegate::SecondLineRole});
}

int ExperimentListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

ExperimentId ExperimentListModel::id(const QModelIndex& index) const
{
    return m_ids.value(index.isValid() ? index.row() : -1);
}

QModelIndex ExperimentListModel::indexOf(ExperimentId id) const
{
    const qsizetype row = m_ids.indexOf(id);
    return row < 0 ? QModelIndex() : index(int(row));
}

QString ExperimentListModel::stateText(const ExperimentRecord& record, RunState state) const
{
    RunSituation situation{.state = state, .epochs = record.settings.epochs};
    if (state == RunState::Queued)
        situation.place = std::max<qsizetype>(0, m_runs.waiting().indexOf(record.id));
    if (const auto& progress = m_runs.progress(); progress && progress->experiment == record.id) {
        situation.epoch = progress->epoch;
        situation.epochs = progress->epochs;
    } else {
        situation.epoch = int(record.epochs.size());
    }
    return runStateText(record, situation);
}

QVariant ExperimentListModel::stateData(const ExperimentRecord& record, int role) const
{
    const RunState state = m_runs.state(record.id);
    switch (role) {
    case StateRole:
        return int(state);
    case ListRowDelegate::StateIconRole:
        return runStateLook(state).icon;
    case ListRowDelegate::StateInkRole:
        return int(runStateLook(state).ink);
    default:
        return stateText(record, state);
    }
}

QVariant ExperimentListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ExperimentRecord* record = m_project.experiment(m_ids[index.row()]);
    if (!record)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return record->name;
    case Qt::ToolTipRole:
        return QStringList{record->name,
                           stateData(*record, ListRowDelegate::SecondLineRole).toString(),
                           record->notes}
            .join(u'\n')
            .trimmed();
    case IdRole:
        return record->id.value();
    case Qt::AccessibleDescriptionRole:
    case StateRole:
    case ListRowDelegate::SecondLineRole:
    case ListRowDelegate::StateIconRole:
    case ListRowDelegate::StateInkRole:
        return stateData(*record, role);
    default:
        return {};
    }
}

Qt::ItemFlags ExperimentListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

bool ExperimentListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString name = value.toString().simplified();
    if (role != Qt::EditRole || !index.isValid() || name.isEmpty() ||
        name == index.data(Qt::EditRole).toString())
        return false;
    if (const Status status = m_project.renameExperiment(id(index), name); !status) {
        Q_EMIT renameRefused(status.error().message);
        return false;
    }
    return true;
}

} // namespace espalier
