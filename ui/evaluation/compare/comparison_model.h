#pragma once

#include "ui/evaluation/compare/comparison_rows.h"

#include <QAbstractTableModel>
#include <QColor>

namespace espalier {

/// A table of Compare: a line for each ComparisonRow, a column for each experiment.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { HeadingRole = Qt::UserRole, BestRole };

    using QAbstractTableModel::QAbstractTableModel;

    void set(const QStringList& names, const QList<ComparisonRow>& rows);
    /// Of the experiments, as small squares in the head.
    void setColors(const QList<QColor>& colors);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QStringList m_names;
    QList<ComparisonRow> m_rows;
    QList<QColor> m_colors;
};

} // namespace espalier
