#include "tests/reliability/trials/examination.h"

#include "core/dataset/import/importer.h"
#include "core/project/project_store.h"
#include "core/project/store/database.h"
#include "core/project/store/project_folder.h"
#include "core/project/workspace.h"
#include "tests/reliability/trials/child.h"
#include "tests/reliability/trials/source_check.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

constexpr QDir::Filters Everything =
    QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

/// A sweep leaves alone what may belong to somebody at work; what is old does not.
void makeOld(const QString& folder)
{
    const time_t twoHoursAgo = ::time(nullptr) - 2 * 3600;
    const timespec times[2] = {{twoHoursAgo, 0}, {twoHoursAgo, 0}};
    QDirIterator entries(folder, Everything, QDirIterator::Subdirectories);
    while (entries.hasNext())
        ::utimensat(AT_FDCWD, QFile::encodeName(entries.next()).constData(), times,
                    AT_SYMLINK_NOFOLLOW);
}

class ProjectExaminer final {
public:
    ProjectExaminer(const ProjectInfo& info, Examination& result)
        : m_info(info)
        , m_folder(info.folder)
        , m_result(result)
    {
    }

    void run();

private:
    void find(const QString& what) { m_result.findings.append(m_info.name + u": "_s + what); }
    template <typename T>
    bool isGood(const Result<T>& result)
    {
        if (!result)
            find(result.error().message);
        return result.has_value();
    }
    void note(const QString& name, const QJsonObject& json)
    {
        m_result.state.insert(name.isEmpty() ? m_info.name : m_info.name + u'/' + name, json);
    }

    void checkDatabase();
    void noteDataset(const DatasetRecord& record);
    void noteExperiment(const ExperimentRecord& record);
    [[nodiscard]] QString digest(const CheckpointRecord& record);
    void checkFiles();
    [[nodiscard]] bool isReferenced(const QString& path) const;

    ProjectInfo m_info;
    ProjectFolder m_folder;
    Examination& m_result;
    std::unique_ptr<ProjectStore> m_store;
    QHash<DatasetId, QString> m_datasets;
    QSet<QString> m_sources;
    QSet<QString> m_referenced; ///< files, and folders of experiments
};

void ProjectExaminer::run()
{
    auto store = ProjectStore::open(m_folder.path());
    if (!isGood(store))
        return;
    m_store = *std::move(store);
    note({}, {});
    checkDatabase();
    if (const auto datasets = m_store->datasets(); isGood(datasets))
        for (const DatasetRecord& record : *datasets)
            noteDataset(record);
    if (const auto experiments = m_store->experiments(); isGood(experiments))
        for (const ExperimentRecord& record : *experiments)
            noteExperiment(record);
    checkFiles();
}

void ProjectExaminer::checkDatabase()
{
    const auto database = Database::open(m_folder.database());
    if (!isGood(database))
        return;
    if (const auto verdict = (*database)->value(u"PRAGMA integrity_check"_s);
        isGood(verdict) && verdict->toString() != u"ok")
        find(u"integrity_check: "_s + verdict->toString());
    if (const auto rows = (*database)->query(u"PRAGMA foreign_key_check"_s);
        isGood(rows) && !rows->isEmpty())
        find(u"foreign_key_check: "_s + rows->first().first().toString());
}

void ProjectExaminer::noteDataset(const DatasetRecord& record)
{
    m_datasets.insert(record.id, record.reference());
    if (!m_sources.contains(record.sourceFolder))
        for (const QString& finding : checkSource(record.sourceFolder))
            find(finding);
    m_sources.insert(record.sourceFolder);
    const auto opened = m_store->openDataset(record.id);
    if (!isGood(opened))
        return;
    note(record.reference(), {{u"saved"_s, record.saved},
                              {u"settings"_s, record.settings.toJson()},
                              {u"rows"_s, record.rows},
                              {u"source"_s, QFileInfo(record.sourceFolder).fileName()}});
}

void ProjectExaminer::noteExperiment(const ExperimentRecord& record)
{
    QJsonArray epochs;
    for (const EpochRecord& epoch : record.epochs) {
        QJsonObject json = epoch.toJson();
        for (const QString& time : {u"seconds"_s, u"validation_seconds"_s, u"checkpoint_seconds"_s,
                                    u"examples_per_second"_s})
            json.remove(time);
        epochs.append(json);
    }
    QJsonArray checkpoints;
    for (const CheckpointRecord& checkpoint : record.checkpoints)
        checkpoints.append(QJsonArray{checkpoint.epoch, digest(checkpoint)});
    m_referenced.insert(m_folder.checkpoints(record.id));
    QString start;
    if (!record.startWeights.isEmpty())
        start = digest({0, record.startWeights, record.startWeightsChecksum, 0, false});
    note(record.name, {{u"dataset"_s, m_datasets.value(record.dataset)},
                       {u"graph"_s, record.graph.toJson()},
                       {u"settings"_s, record.settings.toJson()},
                       {u"state"_s, enumKey(record.state)},
                       {u"error"_s, record.error},
                       {u"notes"_s, record.notes},
                       {u"parameters"_s, record.parameters},
                       {u"epochs"_s, epochs},
                       {u"checkpoints"_s, checkpoints},
                       {u"start"_s, start}});
}

/// Of the values alone: bit for bit the same weights give the same digest.
QString ProjectExaminer::digest(const CheckpointRecord& record)
{
    m_referenced.insert(record.file);
    const auto checkpoint = m_store->loadCheckpoint(record);
    if (!isGood(checkpoint))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const NamedTensor& tensor : checkpoint->tensors) {
        hash.addData(tensor.name.toUtf8());
        hash.addData(tensor.data);
    }
    return QString::fromLatin1(hash.result().toHex().left(16));
}

bool ProjectExaminer::isReferenced(const QString& path) const
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (info.path() == m_folder.path())
        return name.startsWith(u"project.db"_s) || path == m_folder.data() ||
               path == m_folder.checkpoints();
    if (m_sources.contains(path) || m_referenced.contains(path))
        return true;
    if (m_sources.contains(info.path()))
        return name == u"source.json" || name.startsWith(u"column-"_s) ||
               (name.startsWith(u"images-"_s) && name.endsWith(u".bin"_s));
    return m_referenced.contains(info.path()) && name == u"run.lock";
}

void ProjectExaminer::checkFiles()
{
    QDirIterator entries(m_folder.path(), Everything, QDirIterator::Subdirectories);
    while (entries.hasNext())
        if (const QString path = entries.next(); !isReferenced(path))
            find(u"nothing refers to %1, and it was not swept."_s.arg(
                QDir(m_folder.path()).relativeFilePath(path)));
}

/// A file that was exported is whole when it imports again; its content is what counts.
void noteExport(const QString& file, Examination& result)
{
    const QTemporaryDir folder;
    const auto imported = importSources({file}, folder.filePath(u"data"_s));
    if (!imported)
        result.findings.append(imported.error().message);
    else
        result.state.insert(QFileInfo(file).fileName(),
                            QJsonObject{{u"content"_s, imported->manifest.fingerprint}});
}

void examineWorkspace(const QString& folder, Examination& result)
{
    makeOld(folder);
    const auto workspace = Workspace::open(folder);
    if (!workspace) {
        result.findings.append(workspace.error().message);
        return;
    }
    QStringList known{u"logs"_s, u".projects.lock"_s};
    for (const ProjectInfo& info : workspace->projects()) {
        known.append(QFileInfo(info.folder).fileName());
        ProjectExaminer(info, result).run();
    }
    for (const QFileInfo& entry : QDir(folder).entryInfoList(Everything))
        if (entry.suffix() == u"zip")
            noteExport(entry.filePath(), result);
        else if (!known.contains(entry.fileName()))
            result.findings.append(u"%1 was left in the workspace."_s.arg(entry.fileName()));
}

} // namespace

int writeExamination(const QString& workspace)
{
    Examination result;
    examineWorkspace(workspace, result);
    const QJsonObject json{{u"findings"_s, QJsonArray::fromStringList(result.findings)},
                           {u"state"_s, result.state}};
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return std::fwrite(text.constData(), 1, size_t(text.size()), stdout) == size_t(text.size()) ? 0
                                                                                                : 1;
}

Examination examine(const QString& workspace)
{
    const ChildResult child = inChild([&] { return writeExamination(workspace); });
    const QJsonObject json = QJsonDocument::fromJson(child.output).object();
    Examination result;
    if (child.status != 0 || json.isEmpty())
        result.findings.append(u"The examination ended with %1, signal %2: %3"_s.arg(
            QString::number(child.status), QString::number(child.signal),
            QString::fromUtf8(child.error)));
    for (const QJsonValue& finding : json[u"findings"_s].toArray())
        result.findings.append(finding.toString());
    result.state = json[u"state"_s].toObject();
    return result;
}

QStringList lostOrChanged(const QJsonObject& before, const QJsonObject& after,
                          const QStringList& touched)
{
    QStringList names;
    for (const QString& name : before.keys() + after.keys()) {
        const bool mayDiffer = std::ranges::any_of(touched, [&](const QString& own) {
            return name == own || (own.endsWith(u'*') && name.startsWith(own.chopped(1)));
        });
        if (!mayDiffer && before[name] != after[name] && !names.contains(name))
            names.append(name);
    }
    return names;
}

} // namespace espalier::trials
