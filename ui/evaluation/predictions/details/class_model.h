#pragma once

#include "core/evaluation/confusion_matrix.h"

#include <QAbstractTableModel>
#include <QList>

namespace espalier {

/// Precision, recall, F1 and number of examples of each class; the lowest F1 first unless sorted
/// otherwise.
class ClassModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Precision, Recall, F1, Support, ColumnCount };
    enum Role { ClassRole = Qt::UserRole }; ///< index of the class in the matrix

    using QAbstractTableModel::QAbstractTableModel;

    void setScores(const QList<ClassScores>& scores);
    [[nodiscard]] int classAt(int row) const { return m_order.at(row); }
    [[nodiscard]] int rowOfClass(int index) const { return int(m_order.indexOf(index)); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] int sortColumn() const { return m_column; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

private:
    void order();

    QList<ClassScores> m_scores;
    QList<int> m_order;
    int m_column = F1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace espalier
