#pragma once

#include "core/project/jobs/dataset_imports.h"
#include "core/project/jobs/run_controller.h"
#include "core/project/records.h"

#include <QAbstractListModel>
#include <QList>
#include <QSet>
#include <QString>

namespace espalier {

struct ProjectContext;

/// One line of what is at work; a value.
struct Job {
    enum class Kind { Run, Waiting, Import };

    Kind kind = Kind::Run;
    qint64 id = 0; ///< of the experiment or import
    QString name;
    QString detail{};     ///< "6 of 10 epochs"
    double fraction = -1; ///< 0..1; below 0: not known
    QString timeLeft{};   ///< "46 s left"; may be empty
    RunState state = RunState::Running;
    bool failed = false;

    [[nodiscard]] QString percent() const; ///< "64 %"; empty when not known
    bool operator==(const Job&) const = default;
};

/// The run at work, those that wait in their order, then the imports. Rows of waiting runs can be
/// dragged to another place in the queue. Listens to the controllers of a project, which must live
/// longer.
class JobsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum JobRole { JobDetailRole = Qt::UserRole, JobFractionRole, JobTimeRole, JobFailedRole };

    explicit JobsModel(const ProjectContext& context, QObject* parent = nullptr);

    [[nodiscard]] const QList<Job>& jobs() const { return m_jobs; }
    [[nodiscard]] int indexOf(Job::Kind kind, qint64 id) const; ///< -1: it is not there

    // What the rows allow; each does nothing on a row that does not.
    [[nodiscard]] bool canPause(int row) const;
    [[nodiscard]] bool canResume(int row) const;
    [[nodiscard]] bool canStop(int row) const; ///< a run that waits leaves the queue
    [[nodiscard]] bool canMove(int row, int by) const;
    void pause(int row);
    void resume(int row);
    void stop(int row);
    void move(int row, int by);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

Q_SIGNALS:
    void jobsChanged(); ///< anything of jobs()

private:
    void refresh();
    void refreshRow(Job::Kind kind, qint64 id);
    [[nodiscard]] QList<Job> readJobs() const;
    [[nodiscard]] Job runJob(ExperimentId id) const;
    [[nodiscard]] Job waitingJob(ExperimentId id, qsizetype position) const;
    [[nodiscard]] Job importJob(const ImportStatus& status) const;
    [[nodiscard]] QString experimentName(ExperimentId id) const;
    [[nodiscard]] bool isWaiting(int row) const;
    [[nodiscard]] int firstWaiting() const;

    ProjectDocument& m_document;
    DatasetImports& m_imports;
    RunController& m_runs;
    QSet<qint64> m_stopping; ///< runs that were asked to stop
    QList<Job> m_jobs;
};

} // namespace espalier
