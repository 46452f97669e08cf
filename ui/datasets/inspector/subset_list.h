#pragma once

#include "core/dataset/dataset_settings.h"
#include "ui/datasets/inspector/subset_report.h"

#include <QAbstractListModel>
#include <QColor>
#include <QStyledItemDelegate>
#include <QWidget>
#include <optional>

namespace espalier {

/// The colour of a subset: those of training and validation first, then the series.
[[nodiscard]] QColor subsetColor(int index, const QPalette& palette);

/// The subsets of a dataset version with the rows that they take.
class SubsetListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        SummaryRole = Qt::UserRole + 1,
        PercentRole, ///< "80 %"; empty while it is not known
        RowsRole     ///< "56,000 rows"
    };

    using QAbstractListModel::QAbstractListModel;

    /// `report` belongs to the same subsets, or is not there yet. `rows` of the whole dataset.
    void set(const DatasetSettings& settings, qint64 rows,
             const std::optional<SubsetReport>& report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    DatasetSettings m_settings;
    qint64 m_rows = 0;
    QList<qint64> m_counts;
};

/// Paints a subset: its colour, name and summary left, per cent and rows right.
class SubsetDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int Height = 44;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

/// The subsets side by side, as wide as their rows.
class SubsetBar final : public QWidget {
    Q_OBJECT
public:
    explicit SubsetBar(QWidget* parent = nullptr);
    /// `all` rows of the dataset; what no subset has stays empty.
    void set(const QList<qint64>& counts, qint64 all);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<qint64> m_counts;
    qint64 m_all = 0;
};

} // namespace espalier
