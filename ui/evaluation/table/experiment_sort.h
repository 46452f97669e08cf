#pragma once

#include <QSortFilterProxyModel>

namespace espalier {

/// Sorts experiments by SortRole, what has no value always last, and filters them by name.
class ExperimentSort final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ExperimentSort(QObject* parent = nullptr);

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace espalier
