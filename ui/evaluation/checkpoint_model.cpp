#include "ui/evaluation/checkpoint_model.h"

#include "ui/evaluation/curves/metric_curves.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

void CheckpointModel::setExperiment(const ExperimentRecord& experiment)
{
    const QString primary = MetricCurves::primaryMetric(experiment);
    QStringList keys{primary};
    if (primary != u"loss"_s)
        keys.append(u"loss"_s);
    QStringList titles;
    for (const QString& key : keys)
        titles.append(key == u"loss"_s ? tr("Loss") : MetricCurves::label(experiment, key));
    QList<Row> rows;
    for (const CheckpointRecord& checkpoint : experiment.checkpoints) {
        Row row{checkpoint.epoch, checkpoint.epoch == experiment.bestEpoch(), checkpoint.bytes, {}};
        const auto epoch =
            std::ranges::find(experiment.epochs, checkpoint.epoch, &EpochRecord::epoch);
        for (const QString& key : keys)
            row.values.append(epoch == experiment.epochs.cend()
                                  ? std::numeric_limits<double>::quiet_NaN()
                                  : MetricCurves::value(*epoch, key));
        rows.append(row);
    }
    std::ranges::sort(rows, std::ranges::greater{}, &Row::epoch);
    if (rows == m_rows && titles == m_metrics)
        return;
    beginResetModel();
    m_rows = rows;
    m_metrics = titles;
    endResetModel();
}

int CheckpointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CheckpointModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + int(m_metrics.size());
}

QVariant CheckpointModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column == 0 ? countText(row.epoch) : metricText(row.values.value(column - 1));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (column == 0 ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole:
        return textFont(row.best ? TextStyle::BodyStrong : TextStyle::Body);
    case BestRole:
        return row.best;
    case Qt::ToolTipRole:
        return row.best ? tr("Best epoch; %1").arg(bytesText(double(row.bytes)))
                        : bytesText(double(row.bytes));
    case Qt::AccessibleTextRole:
        return column == 0 && row.best ? tr("%1, best").arg(row.epoch)
                                       : data(index, Qt::DisplayRole);
    default:
        return {};
    }
}

QVariant CheckpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Epoch") : m_metrics[section - 1];
}

} // namespace espalier
