#pragma once

#include "core/project/records.h"
#include "core/training/run_state.h"

#include <QAbstractListModel>
#include <QList>

namespace espalier {

class ProjectDocument;
class RunController;

/// The experiments of a project with their live state, newest first, for ListRowDelegate. A row is
/// renamed by editing it. Project and runs must live longer.
class ExperimentListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    /// Beside those of ListRowDelegate.
    enum Role {
        IdRole = Qt::UserRole, ///< qint64, of ExperimentId
        StateRole              ///< int, of RunState
    };

    ExperimentListModel(ProjectDocument& project, RunController& runs, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    [[nodiscard]] ExperimentId id(const QModelIndex& index) const; ///< invalid: no such row
    [[nodiscard]] QModelIndex indexOf(ExperimentId id) const;

Q_SIGNALS:
    /// A name was not taken; the sentence says why.
    void renameRefused(const QString& sentence);

private:
    void readList();
    void rowChanged(ExperimentId id);
    void statesChanged();
    void progressChanged();
    [[nodiscard]] QVariant stateData(const ExperimentRecord& record, int role) const;
    [[nodiscard]] QString stateText(const ExperimentRecord& record, RunState state) const;

    ProjectDocument& m_project;
    RunController& m_runs;
    QList<ExperimentId> m_ids;
};

} // namespace espalier
