#include "ui/shell/jobs/jobs_model.h"

#include "core/project/documents/project_document.h"
#include "ui/shell/project_view.h"
#include "ui/widgets/number_text.h"

#include <QMimeData>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr auto MimeType = "application/x-espalier-queue-row";

QString leftText(std::optional<double> seconds)
{
    return seconds ? JobsModel::tr("%1 left").arg(durationText(*seconds)) : QString();
}

} // namespace

QString Job::percent() const
{
    return fraction < 0 ? QString() : percentText(fraction);
}

JobsModel::JobsModel(const ProjectContext& context, QObject* parent)
    : QAbstractListModel(parent)
    , m_document(context.document)
    , m_imports(context.imports)
    , m_runs(context.runs)
{
    connect(&m_runs, &RunController::changed, this, &JobsModel::refresh);
    connect(&m_runs, &RunController::progressChanged, this, [this] {
        if (m_runs.current())
            refreshRow(Job::Kind::Run, m_runs.current()->value());
    });
    connect(&m_imports, &DatasetImports::listChanged, this, &JobsModel::refresh);
    connect(&m_imports, &DatasetImports::readFinished, this, &JobsModel::refresh);
    connect(&m_imports, &DatasetImports::progressChanged, this,
            [this](ImportId id) { refreshRow(Job::Kind::Import, id.value()); });
    connect(&m_document, &ProjectDocument::experimentChanged, this, &JobsModel::refresh);
    refresh();
}

int JobsModel::indexOf(Job::Kind kind, qint64 id) const
{
    const auto found = std::ranges::find_if(
        m_jobs, [&](const Job& job) { return job.kind == kind && job.id == id; });
    return found == m_jobs.end() ? -1 : int(found - m_jobs.begin());
}

void JobsModel::refresh()
{
    if (!m_runs.current())
        m_stopping.clear();
    const QList<Job> jobs = readJobs();
    const bool sameRows = std::ranges::equal(
        jobs, m_jobs, [](const Job& a, const Job& b) { return a.kind == b.kind && a.id == b.id; });
    if (!sameRows) {
        beginResetModel();
        m_jobs = jobs;
        endResetModel();
    } else if (jobs != m_jobs) {
        m_jobs = jobs;
        Q_EMIT dataChanged(index(0), index(int(m_jobs.size()) - 1));
    } else {
        return;
    }
    Q_EMIT jobsChanged();
}

void JobsModel::refreshRow(Job::Kind kind, qint64 id)
{
    const int row = indexOf(kind, id);
    if (row < 0)
        return refresh();
    if (kind == Job::Kind::Run)
        m_jobs[row] = runJob(ExperimentId(id));
    else if (const std::optional<ImportStatus> status = m_imports.status(ImportId(id)))
        m_jobs[row] = importJob(*status);
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT jobsChanged();
}

QList<Job> JobsModel::readJobs() const
{
    QList<Job> jobs;
    if (const std::optional<ExperimentId> current = m_runs.current())
        jobs.append(runJob(*current));
    const QList<ExperimentId> waiting = m_runs.waiting();
    for (qsizetype position = 0; position < waiting.size(); ++position)
        jobs.append(waitingJob(waiting.at(position), position));
    for (const ImportStatus& status : m_imports.imports())
        jobs.append(importJob(status));
    return jobs;
}

Job JobsModel::runJob(ExperimentId id) const
{
    Job job{Job::Kind::Run, id.value(), experimentName(id)};
    job.state = m_runs.state(id);
    const std::optional<RunProgress>& progress = m_runs.progress();
    if (progress && progress->experiment == id && progress->epochs > 0) {
        job.fraction = progress->fraction();
        const int done = std::max(0, progress->epoch - 1);
        job.detail = progress->epochs == 1
                         ? tr("%1 of 1 epoch").arg(done)
                         : tr("%1 of %2 epochs").arg(countText(done), countText(progress->epochs));
    }
    if (m_stopping.contains(id.value()))
        job.detail = tr("Stopping…");
    else if (job.state == RunState::Pausing)
        job.detail = tr("Pausing…");
    else if (job.state == RunState::Paused)
        job.detail = tr("Paused · %1").arg(job.detail);
    else if (progress)
        job.timeLeft = leftText(progress->secondsLeft);
    return job;
}

Job JobsModel::waitingJob(ExperimentId id, qsizetype position) const
{
    Job job{Job::Kind::Waiting, id.value(), experimentName(id)};
    job.state = RunState::Queued;
    job.detail = position == 0 ? tr("Queued, next") : tr("Queued, number %1").arg(position + 1);
    return job;
}

Job JobsModel::importJob(const ImportStatus& status) const
{
    Job job{Job::Kind::Import, status.id.value(),
            status.name.isEmpty() ? status.suggestedName() : status.name};
    job.fraction = status.fraction().value_or(-1);
    if (status.error) {
        job.failed = true;
        job.fraction = -1;
        job.detail = status.error->message;
    } else if (status.done) {
        job.fraction = 1;
        job.detail = status.name.isEmpty() ? tr("Read; needs a name") : tr("Read");
    } else {
        job.detail = tr("Importing · %1 rows").arg(countText(status.progress.rows));
        if (status.bytesPerSecond > 0)
            job.detail += u" · "_s + tr("%1/s").arg(bytesText(status.bytesPerSecond));
        job.timeLeft = leftText(status.secondsLeft);
    }
    return job;
}

QString JobsModel::experimentName(ExperimentId id) const
{
    const ExperimentRecord* record = m_document.experiment(id);
    return record ? record->name : QString();
}

bool JobsModel::isWaiting(int row) const
{
    return row >= 0 && row < m_jobs.size() && m_jobs.at(row).kind == Job::Kind::Waiting;
}

int JobsModel::firstWaiting() const
{
    const auto found = std::ranges::find(m_jobs, Job::Kind::Waiting, &Job::kind);
    return int(found - m_jobs.begin());
}

bool JobsModel::canPause(int row) const
{
    return row >= 0 && row < m_jobs.size() && m_jobs.at(row).kind == Job::Kind::Run &&
           espalier::canPause(m_jobs.at(row).state);
}

bool JobsModel::canResume(int row) const
{
    return row >= 0 && row < m_jobs.size() && m_jobs.at(row).kind == Job::Kind::Run &&
           espalier::canResume(m_jobs.at(row).state);
}

bool JobsModel::canStop(int row) const
{
    return row >= 0 && row < m_jobs.size() &&
           (m_jobs.at(row).kind != Job::Kind::Run || !m_stopping.contains(m_jobs.at(row).id));
}

bool JobsModel::canMove(int row, int by) const
{
    return isWaiting(row) && isWaiting(row + by);
}

void JobsModel::pause(int row)
{
    if (canPause(row))
        m_runs.pause();
}

void JobsModel::resume(int row)
{
    if (canResume(row))
        m_runs.resume();
}

void JobsModel::stop(int row)
{
    if (!canStop(row))
        return;
    const Job job = m_jobs.at(row);
    if (job.kind == Job::Kind::Import)
        return m_imports.cancel(ImportId(job.id));
    if (job.kind == Job::Kind::Run)
        m_stopping.insert(job.id);
    m_runs.stop(ExperimentId(job.id));
    refresh();
}

void JobsModel::move(int row, int by)
{
    if (canMove(row, by))
        m_runs.move(ExperimentId(m_jobs.at(row).id), row - firstWaiting() + by);
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Job& job = m_jobs.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return job.name;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return QStringList{job.name, job.detail, job.percent(), job.timeLeft}
            .filter(QRegularExpression(u"."_s))
            .join(u", "_s);
    case JobDetailRole:
        return job.detail;
    case JobFractionRole:
        return job.fraction;
    case JobTimeRole:
        return job.timeLeft;
    case JobFailedRole:
        return job.failed;
    default:
        return {};
    }
}

Qt::ItemFlags JobsModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (!index.isValid())
        flags |= Qt::ItemIsDropEnabled;
    else if (isWaiting(index.row()))
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

Qt::DropActions JobsModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

QStringList JobsModel::mimeTypes() const
{
    return {QString::fromLatin1(MimeType)};
}

QMimeData* JobsModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(MimeType),
                  QByteArray::number(m_jobs.at(indexes.first().row()).id));
    return data;
}

bool JobsModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int,
                             const QModelIndex&)
{
    if (action != Qt::MoveAction || !data->hasFormat(QString::fromLatin1(MimeType)))
        return false;
    const qint64 id = data->data(QString::fromLatin1(MimeType)).toLongLong();
    const int from = indexOf(Job::Kind::Waiting, id);
    if (from < 0)
        return false;
    const int waiting = int(m_runs.waiting().size());
    const int target = (row < 0 ? int(m_jobs.size()) : row) - firstWaiting();
    const int position = target > from - firstWaiting() ? target - 1 : target;
    m_runs.move(ExperimentId(id), std::clamp(position, 0, waiting - 1));
    // The model has moved the row itself: the view must not remove it once more.
    return false;
}

} // namespace espalier
