#include "core/project/store/sweep.h"

#include "core/base/logging.h"
#include "core/dataset/image_rows.h"
#include "core/project/store/database.h"
#include "core/project/store/project_folder.h"
#include "core/project/store/values.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QDir::Filters AllEntries =
    QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

bool isOlder(const QFileInfo& entry, const QDateTime& limit)
{
    if (entry.lastModified() > limit)
        return false;
    if (!entry.isDir() || entry.isSymLink())
        return true;
    QDirIterator inside(entry.filePath(), AllEntries, QDirIterator::Subdirectories);
    while (inside.hasNext())
        if (inside.nextFileInfo().lastModified() > limit)
            return false;
    return true;
}

QDateTime limitOf(std::chrono::seconds age)
{
    return QDateTime::currentDateTime().addSecs(-age.count());
}

Result<QString> moveAside(const QString& folder)
{
    const QFileInfo info(folder);
    const QString aside =
        u"%1/.trash-%2"_s.arg(info.path(), QUuid::createUuid().toString(QUuid::Id128));
    if (info.exists() && !QDir().rename(folder, aside))
        return failure(ErrorCode::Io,
                       u"Could not delete %1: close what uses it and check that it may be "
                       "written."_s.arg(QDir::toNativeSeparators(folder)));
    return aside;
}

void removeTree(const QString& folder)
{
    if (!QDir(folder).removeRecursively())
        logWarning(u"Could not delete all of %1."_s.arg(QDir::toNativeSeparators(folder)));
}

Status sweepSources(Database& database, const ProjectFolder& folder, const QDateTime& limit)
{
    for (const QFileInfo& entry : QDir(folder.data()).entryInfoList(AllEntries)) {
        if (!isOlder(entry, limit))
            continue;
        if (!entry.isDir() || entry.isSymLink())
            QFile::remove(entry.filePath());
        else if (const Status done = discardSource(database, folder, entry.filePath()); !done)
            return done;
    }
    return {};
}

Result<QList<DatasetSettings>> versionsOf(Database& database, const QString& source)
{
    const Result<QList<Row>> rows =
        database.query(u"SELECT settings FROM dataset_version WHERE source = ?"_s, {source});
    if (!rows)
        return failureOf(rows);
    QList<DatasetSettings> versions;
    for (const Row& row : *rows) {
        const auto settings =
            objectFromText(row[0].toString()).and_then(&DatasetSettings::fromJson);
        if (!settings)
            return failureOf(settings);
        versions.append(*settings);
    }
    return versions;
}

/// What versions read of the sources that stay; a source that cannot be read keeps all it has.
void sweepImages(Database& database, const ProjectFolder& folder, const QDateTime& limit)
{
    for (const QFileInfo& entry :
         QDir(folder.data()).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks)) {
        const Status swept = removeUnreadImages(
            entry.filePath(), limit, [&] { return versionsOf(database, entry.fileName()); });
        if (!swept)
            logWarning(swept.error().message);
    }
}

/// Below checkpoints(); with the locks of experiments, which are theirs for as long as they are.
Result<QSet<QString>> referencedCheckpoints(Database& database)
{
    return database
        .query(u"SELECT file FROM checkpoint UNION"
               " SELECT start_weights FROM experiment WHERE start_weights <> '' UNION"
               " SELECT id || '/run.lock' FROM experiment"_s)
        .map([](const QList<Row>& rows) {
            QSet<QString> files;
            for (const Row& row : rows)
                files.insert(row[0].toString());
            return files;
        });
}

Status sweepCheckpoints(Database& database, const ProjectFolder& folder, const QDateTime& limit)
{
    const Result<QSet<QString>> referenced = referencedCheckpoints(database);
    if (!referenced)
        return failureOf(referenced);
    const QDir root(folder.checkpoints());
    QStringList folders;
    QDirIterator entries(root.path(), AllEntries, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry = entries.nextFileInfo();
        if (!isOlder(entry, limit))
            continue;
        if (entry.isDir() && !entry.isSymLink())
            folders.append(entry.filePath());
        else if (!referenced->contains(root.relativeFilePath(entry.filePath())))
            QFile::remove(entry.filePath());
    }
    for (const QString& empty : folders)
        QDir().rmdir(empty); // refuses, rightly, where a file is left
    return {};
}

} // namespace

Status sweepProject(Database& database, const ProjectFolder& folder, std::chrono::seconds age)
{
    const QDateTime limit = limitOf(age);
    return sweepSources(database, folder, limit).and_then([&] {
        sweepImages(database, folder, limit);
        return sweepCheckpoints(database, folder, limit);
    });
}

Status discardSource(Database& database, const ProjectFolder& folder, const QString& sourceFolder)
{
    const QString name = QFileInfo(sourceFolder).fileName();
    QString aside;
    // The transaction keeps others from referring to the folder between the look and the rename.
    const Status done = writing(database, [&]() -> Status {
        return database.value(u"SELECT count(*) FROM dataset_version WHERE source = ?"_s, {name})
            .and_then([&](const QVariant& users) -> Status {
                if (users.toInt() > 0)
                    return {};
                return moveAside(folder.data() + u'/' + name).map([&](const QString& moved) {
                    aside = moved;
                });
            });
    });
    if (!aside.isEmpty())
        removeTree(aside);
    return done;
}

void removeDeadFolders(const QString& folder, std::chrono::seconds age)
{
    const QDateTime limit = limitOf(age);
    for (const QFileInfo& entry : QDir(folder).entryInfoList({u".*"_s}, AllEntries))
        if (entry.isDir() && !entry.isSymLink() && isOlder(entry, limit))
            removeTree(entry.filePath());
}

Status removeFolder(const QString& folder)
{
    return moveAside(folder).map([](const QString& aside) { removeTree(aside); });
}

} // namespace espalier
