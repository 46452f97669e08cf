#pragma once

#include "core/project/records.h"

#include <QAbstractTableModel>
#include <QList>

namespace espalier {

class ProjectDocument;
class RunController;

/// The columns of the table of experiments, in their order.
enum class ExperimentColumn { Name, Best, Loss, Parameters, Epochs, Duration, Created };
constexpr int ExperimentColumnCount = 7;

/// Seconds of all epochs with validation and checkpoints; NaN without epochs.
[[nodiscard]] double durationOf(const ExperimentRecord& experiment);

/// The experiments of a project with what their runs gave; follows document and queue. Names can be
/// edited (rename). The ticked ones are kept here in the order of ticking, which is their order in
/// Compare.
class ExperimentTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< qint64
        SortRole,              ///< number, text or time; invalid: nothing there
        SecondLineRole,        ///< state of a run, epoch of a best value
        StateIconRole,         ///< QString
        StateColorRole,        ///< espalier::Role as int
        SeriesRole             ///< place in ticked(); -1: not ticked
    };

    ExperimentTableModel(ProjectDocument& document, const RunController& runs,
                         QObject* parent = nullptr);

    [[nodiscard]] const QList<ExperimentId>& ticked() const { return m_ticked; }
    void setTicked(ExperimentId id, bool on);
    [[nodiscard]] ExperimentId idAt(int row) const;
    [[nodiscard]] int rowOf(ExperimentId id) const; ///< -1: not there
    /// For the settings: "loss", "duration".
    [[nodiscard]] static QString columnKey(ExperimentColumn column);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void tickedChanged();
    void renameFailed(const QString& sentence);

private:
    void followDocument();
    void updateRow(ExperimentId id);
    void updateAll();
    [[nodiscard]] QString text(const ExperimentRecord& experiment, ExperimentColumn column) const;
    [[nodiscard]] QVariant sortValue(const ExperimentRecord& experiment,
                                     ExperimentColumn column) const;
    [[nodiscard]] QString secondLine(const ExperimentRecord& experiment,
                                     ExperimentColumn column) const;
    [[nodiscard]] QString stateText(const ExperimentRecord& experiment) const;
    [[nodiscard]] QString bestTitle() const;

    ProjectDocument& m_document;
    const RunController& m_runs;
    QList<ExperimentId> m_ids;
    QList<ExperimentId> m_ticked;
};

} // namespace espalier
