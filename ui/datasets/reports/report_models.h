#pragma once

#include "core/dataset/store/packed_store.h"

#include <QAbstractTableModel>
#include <memory>

namespace espalier {

class Dataset;
class FeatureSummaries;

/// What an import left out: file, row, reason.
class ProblemsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { File, Row, Reason, ColumnCount };

    explicit ProblemsModel(const SourceManifest& manifest, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<ImportProblem> m_problems;
};

/// The statistics of every feature over the subset that normalizes, computed as they come into
/// sight. `summaries` outlives the model.
class StatisticsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Feature,
        Encoding,
        Mean,
        Deviation,
        Minimum,
        Maximum,
        Missing,
        Classes,
        ColumnCount
    };

    explicit StatisticsModel(FeatureSummaries& summaries, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(int feature, int column) const;

    FeatureSummaries& m_summaries;
    std::shared_ptr<const Dataset> m_dataset;
};

/// A table as CSV (RFC 4180), header first.
[[nodiscard]] QByteArray csvOf(const QAbstractItemModel& model);

} // namespace espalier
