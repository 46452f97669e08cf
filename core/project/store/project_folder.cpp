#include "core/project/store/project_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace espalier {

ProjectFolder::ProjectFolder(const QString& path)
    : m_path(QDir::cleanPath(QFileInfo(path).absoluteFilePath()))
{
}

QString ProjectFolder::database() const
{
    return m_path + u"/project.db"_s;
}

QString ProjectFolder::data() const
{
    return m_path + u"/data"_s;
}

QString ProjectFolder::checkpoints() const
{
    return m_path + u"/checkpoints"_s;
}

QString ProjectFolder::checkpoints(ExperimentId id) const
{
    return checkpoints() + u'/' + QString::number(id.value());
}

QString ProjectFolder::checkpoint(ExperimentId id, int epoch) const
{
    return checkpoints(id) + u"/epoch-%1.safetensors"_s.arg(epoch, 4, 10, QChar(u'0'));
}

QString ProjectFolder::runLock(ExperimentId id) const
{
    return checkpoints(id) + u"/run.lock"_s;
}

Result<QString> ProjectFolder::checkpointFile(const QString& relative) const
{
    const QString file = QDir::cleanPath(checkpoints() + u'/' + relative);
    if (file.startsWith(checkpoints() + u'/'))
        return file;
    return failure(ErrorCode::InvalidInput,
                   u"The database of the project names the file %1, which is not its own: restore "
                   "it from a backup."_s.arg(QDir::toNativeSeparators(file)));
}

QString ProjectFolder::relativeCheckpoint(const QString& file) const
{
    return QDir(checkpoints()).relativeFilePath(file);
}

QString ProjectFolder::freshStartWeights() const
{
    return u"%1/start-%2.safetensors"_s.arg(checkpoints(),
                                            QUuid::createUuid().toString(QUuid::Id128));
}

Status ProjectFolder::requireUsable() const
{
    const QString name = QDir::toNativeSeparators(m_path);
    const QFileInfo folder(m_path);
    if (!folder.isDir())
        return failure(ErrorCode::NotFound,
                       u"There is no project at %1: it was moved or deleted."_s.arg(name));
    if (!QFileInfo(database()).isFile())
        return failure(ErrorCode::InvalidInput,
                       u"%1 is not a project: it holds no project.db."_s.arg(name));
    if (!folder.isWritable() || !QFileInfo(database()).isWritable())
        return failure(ErrorCode::Io, u"The project at %1 cannot be written: give yourself "
                                      "permission, or work on a copy."_s.arg(name));
    return {};
}

} // namespace espalier
