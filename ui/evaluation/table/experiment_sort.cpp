#include "ui/evaluation/table/experiment_sort.h"

#include "ui/evaluation/table/experiment_table_model.h"

namespace espalier {

ExperimentSort::ExperimentSort(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(ExperimentTableModel::SortRole);
    setFilterKeyColumn(int(ExperimentColumn::Name));
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

bool ExperimentSort::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (a.isValid() != b.isValid())
        return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (a.typeId() == QMetaType::QString)
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace espalier
