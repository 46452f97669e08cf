#include "ui/evaluation/table/experiment_table_model.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/run_state_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QVariant numberOrNothing(double value)
{
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

double bestValue(const ExperimentRecord& experiment, const QString& metric)
{
    const EpochRecord* best = MetricCurves::best(experiment);
    return best ? MetricCurves::value(*best, metric) : std::numeric_limits<double>::quiet_NaN();
}

QString dash()
{
    return QString(QChar(0x2013));
}

} // namespace

double durationOf(const ExperimentRecord& experiment)
{
    if (experiment.epochs.isEmpty())
        return std::numeric_limits<double>::quiet_NaN();
    double seconds = 0;
    for (const EpochRecord& epoch : experiment.epochs)
        seconds += epoch.seconds + epoch.validationSeconds;
    return seconds;
}

ExperimentTableModel::ExperimentTableModel(ProjectDocument& document, const RunController& runs,
                                           QObject* parent)
    : QAbstractTableModel(parent)
    , m_document(document)
    , m_runs(runs)
{
    for (const ExperimentRecord& experiment : document.experiments())
        m_ids.append(experiment.id);
    connect(&document, &ProjectDocument::experimentsChanged, this,
            &ExperimentTableModel::followDocument);
    connect(&document, &ProjectDocument::experimentChanged, this, &ExperimentTableModel::updateRow);
    connect(&runs, &RunController::changed, this, &ExperimentTableModel::updateAll);
}

QString ExperimentTableModel::columnKey(ExperimentColumn column)
{
    static const QStringList keys{u"name"_s,   u"best"_s,     u"loss"_s,   u"parameters"_s,
                                  u"epochs"_s, u"duration"_s, u"created"_s};
    return keys[int(column)];
}

ExperimentId ExperimentTableModel::idAt(int row) const
{
    return row >= 0 && row < m_ids.size() ? m_ids[row] : ExperimentId();
}

int ExperimentTableModel::rowOf(ExperimentId id) const
{
    return int(m_ids.indexOf(id));
}

void ExperimentTableModel::setTicked(ExperimentId id, bool on)
{
    if (m_ticked.contains(id) == on || !m_ids.contains(id))
        return;
    if (on)
        m_ticked.append(id);
    else
        m_ticked.removeAll(id);
    updateAll(); // the colours of the others may have moved up
    Q_EMIT tickedChanged();
}

void ExperimentTableModel::followDocument()
{
    QList<ExperimentId> wanted;
    for (const ExperimentRecord& experiment : m_document.experiments())
        wanted.append(experiment.id);
    for (int row = int(m_ids.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_ids[row]))
            continue;
        beginRemoveRows({}, row, row);
        m_ids.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < wanted.size(); ++row) {
        if (m_ids.contains(wanted[row]))
            continue;
        const int at = std::min(row, int(m_ids.size()));
        beginInsertRows({}, at, at);
        m_ids.insert(at, wanted[row]);
        endInsertRows();
    }
    if (m_ticked.removeIf([&](ExperimentId id) { return !wanted.contains(id); }) > 0)
        Q_EMIT tickedChanged();
    updateAll();
}

void ExperimentTableModel::updateRow(ExperimentId id)
{
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, ExperimentColumnCount - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, int(ExperimentColumn::Best),
                             int(ExperimentColumn::Best));
}

void ExperimentTableModel::updateAll()
{
    if (!m_ids.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_ids.size()) - 1, ExperimentColumnCount - 1));
}

int ExperimentTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int ExperimentTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ExperimentColumnCount;
}

QVariant ExperimentTableModel::data(const QModelIndex& index, int role) const
{
    const ExperimentRecord* experiment = m_document.experiment(idAt(index.row()));
    if (!index.isValid() || !experiment)
        return {};
    const auto column = ExperimentColumn(index.column());
    const bool isName = column == ExperimentColumn::Name;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(*experiment, column);
    case Qt::CheckStateRole:
        return isName ? QVariant(m_ticked.contains(experiment->id) ? Qt::Checked : Qt::Unchecked)
                      : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isName ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole:
        return isName ? QVariant(experiment->name + u'\n' + stateText(*experiment)) : QVariant();
    case Qt::AccessibleTextRole:
        return isName ? text(*experiment, column) + u", "_s + stateText(*experiment)
                      : text(*experiment, column);
    case IdRole:
        return experiment->id.value();
    case SortRole:
        return sortValue(*experiment, column);
    case SecondLineRole:
        return secondLine(*experiment, column);
    case StateIconRole:
        return runStateLook(m_runs.state(experiment->id)).icon;
    case StateColorRole:
        return int(runStateLook(m_runs.state(experiment->id)).ink);
    case SeriesRole:
        return int(m_ticked.indexOf(experiment->id));
    default:
        return {};
    }
}

QString ExperimentTableModel::text(const ExperimentRecord& experiment,
                                   ExperimentColumn column) const
{
    switch (column) {
    case ExperimentColumn::Name:
        return experiment.name;
    case ExperimentColumn::Best:
        return metricText(bestValue(experiment, MetricCurves::primaryMetric(experiment)));
    case ExperimentColumn::Loss:
        return metricText(bestValue(experiment, u"loss"_s));
    case ExperimentColumn::Parameters:
        return experiment.parameters > 0 ? countText(experiment.parameters) : dash();
    case ExperimentColumn::Epochs:
        return countText(experiment.epochs.size());
    case ExperimentColumn::Duration:
        return experiment.epochs.isEmpty() ? dash() : durationText(durationOf(experiment));
    case ExperimentColumn::Created:
        return dateTimeText(experiment.created);
    }
    return {};
}

QVariant ExperimentTableModel::sortValue(const ExperimentRecord& experiment,
                                         ExperimentColumn column) const
{
    switch (column) {
    case ExperimentColumn::Name:
        return experiment.name;
    case ExperimentColumn::Best:
        return numberOrNothing(bestValue(experiment, MetricCurves::primaryMetric(experiment)));
    case ExperimentColumn::Loss:
        return numberOrNothing(bestValue(experiment, u"loss"_s));
    case ExperimentColumn::Parameters:
        return experiment.parameters > 0 ? QVariant(experiment.parameters) : QVariant();
    case ExperimentColumn::Epochs:
        return int(experiment.epochs.size());
    case ExperimentColumn::Duration:
        return numberOrNothing(durationOf(experiment));
    case ExperimentColumn::Created:
        return experiment.created;
    }
    return {};
}

QString ExperimentTableModel::secondLine(const ExperimentRecord& experiment,
                                         ExperimentColumn column) const
{
    if (column == ExperimentColumn::Name)
        return stateText(experiment);
    if (column == ExperimentColumn::Best && experiment.bestEpoch() > 0)
        return u"@ %1"_s.arg(experiment.bestEpoch());
    return {};
}

/// The best value has a column of its own here.
QString ExperimentTableModel::stateText(const ExperimentRecord& experiment) const
{
    const RunState state = m_runs.state(experiment.id);
    if (state == RunState::Completed || state == RunState::Stopped)
        return enumLabel(state);
    const std::optional<RunProgress>& progress = m_runs.progress();
    const bool live = progress && progress->experiment == experiment.id;
    return runStateText(experiment, {.state = state,
                                     .place = m_runs.waiting().indexOf(experiment.id),
                                     .epoch = live ? progress->epoch : 0,
                                     .epochs = experiment.settings.epochs});
}

QString ExperimentTableModel::bestTitle() const
{
    QString title;
    for (const ExperimentRecord& experiment : m_document.experiments()) {
        if (experiment.epochs.isEmpty())
            continue;
        const QString label =
            MetricCurves::label(experiment, MetricCurves::primaryMetric(experiment));
        if (!title.isEmpty() && title != label)
            return tr("Best");
        title = label;
    }
    return title.isEmpty() ? tr("Best") : title;
}

QVariant ExperimentTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ExperimentColumnCount)
        return {};
    const auto column = ExperimentColumn(section);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter |
                   (column == ExperimentColumn::Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ExperimentColumn::Name:
        return tr("Experiment");
    case ExperimentColumn::Best:
        return bestTitle();
    case ExperimentColumn::Loss:
        return tr("Loss");
    case ExperimentColumn::Parameters:
        return tr("Parameters");
    case ExperimentColumn::Epochs:
        return tr("Epochs");
    case ExperimentColumn::Duration:
        return tr("Duration");
    case ExperimentColumn::Created:
        return tr("Created");
    }
    return {};
}

Qt::ItemFlags ExperimentTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == int(ExperimentColumn::Name))
        flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

bool ExperimentTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const ExperimentId id = idAt(index.row());
    if (!index.isValid() || index.column() != int(ExperimentColumn::Name) || !id.isValid())
        return false;
    if (role == Qt::CheckStateRole) {
        setTicked(id, value.toInt() == Qt::Checked);
        return true;
    }
    const QString name = value.toString().trimmed();
    const ExperimentRecord* experiment = m_document.experiment(id);
    if (role != Qt::EditRole || name.isEmpty() || !experiment || experiment->name == name)
        return false;
    const Status renamed = m_document.renameExperiment(id, name);
    if (!renamed)
        Q_EMIT renameFailed(renamed.error().message);
    return renamed.has_value();
}

} // namespace espalier
