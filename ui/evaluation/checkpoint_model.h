#pragma once

#include "core/project/records.h"

#include <QAbstractTableModel>

namespace espalier {

/// The checkpoints of an experiment, the newest first, with what their epochs gave: epoch (a star
/// at the best), the metric that decides, the loss.
class CheckpointModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { BestRole = Qt::UserRole }; ///< bool

    using QAbstractTableModel::QAbstractTableModel;

    void setExperiment(const ExperimentRecord& experiment);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row {
        int epoch = 0;
        bool best = false;
        qint64 bytes = 0;
        QList<double> values; ///< by metric column

        bool operator==(const Row&) const = default;
    };

    QStringList m_metrics; ///< titles of the columns after the epoch
    QList<Row> m_rows;
};

} // namespace espalier
