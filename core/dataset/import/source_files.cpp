#include "core/dataset/import/source_files.h"

#include "core/dataset/import/download.h"
#include "core/dataset/import/files/disk_tree.h"
#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/zip_tree.h"
#include "core/dataset/import/formats/image_decoder.h"
#include "core/dataset/import/formats/number_array.h"
#include "core/dataset/import/http/http_rules.h"
#include "core/dataset/import/import_context.h"
#include "core/dataset/import/sample_clothes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool startsWithScheme(const QString& source, QStringView scheme)
{
    return source.startsWith(scheme, Qt::CaseInsensitive);
}

/// A folder for what is fetched. The lock tells sweeps of abandoned imports that it is in use.
struct Workspace {
    explicit Workspace(const QString& dataFolder)
        : folder(dataFolder + u"/.import-XXXXXX"_s)
        , lock(folder.path() + u".lock"_s)
    {
        lock.setStaleLockTime(0);
    }
    QTemporaryDir folder;
    QLockFile lock;
};

bool isZip(QByteArrayView head)
{
    return head.startsWith("PK\3\4") || head.startsWith("PK\5\6") || head.startsWith("PK\6\6");
}

bool isWebPage(QByteArrayView head)
{
    const QByteArray start = head.trimmed().toByteArray().left(15).toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html");
}

/// Images and IDX files make a dataset only together with others of their kind.
bool belongsToOthers(const QByteArray& name, QByteArrayView head)
{
    const bool isPacked = head.startsWith("\x1f\x8b");
    const QByteArray suffix = suffixOf(name);
    const bool isKnown = suffix == "csv" || suffix == "tsv" || suffix == "npy";
    return isImageName(name) || !imageFormat(head).isEmpty() || isIdx(head) ||
           (isPacked && !isKnown);
}

} // namespace

struct SourceFiles::Private {
    [[nodiscard]] Status add(const QString& source, const QString& dataFolder,
                             ImportContext& context);
    [[nodiscard]] Status addPath(const QString& path, ImportContext& context);
    [[nodiscard]] Status addFile(const QString& path, ImportContext& context);
    [[nodiscard]] Result<QString> temporaryPath(const QString& dataFolder, const QString& name);
    void addLooseFiles(const ImportContext& context);

    std::unique_ptr<Workspace> workspace;
    QStringList looseFiles;
    std::vector<std::shared_ptr<FileTree>> trees;
    QStringList origins;
};

Status SourceFiles::Private::add(const QString& source, const QString& dataFolder,
                                 ImportContext& context)
{
    if (startsWithScheme(source, u"sample:")) {
        if (source.sliced(7).compare(u"clothes", Qt::CaseInsensitive) != 0)
            return failure(
                ErrorCode::NotFound,
                u"There is no sample “%1”. There is sample:clothes."_s.arg(source.sliced(7)));
        origins.append(source);
        const auto path = temporaryPath(dataFolder, u"clothes.zip"_s);
        const Status written =
            path ? writeSampleClothes(*path, {}, {}, context.stop) : failureOf(path);
        return written ? addPath(*path, context) : written;
    }
    if (startsWithScheme(source, u"http://") || startsWithScheme(source, u"https://")) {
        const QUrl link(source);
        origins.append(displaySource(source));
        const auto path = temporaryPath(dataFolder, localNameOf(link));
        const DownloadOptions options{.retries = context.limits.retries};
        const Status fetched =
            path ? download(
                       link, *path, options, [&](const Progress& p) { context.report(p); },
                       context.stop)
                 : failureOf(path);
        return fetched ? addPath(*path, context) : fetched;
    }
    const QString path = startsWithScheme(source, u"file:") ? QUrl(source).toLocalFile() : source;
    origins.append(QDir::toNativeSeparators(path));
    return addPath(path, context);
}

Result<QString> SourceFiles::Private::temporaryPath(const QString& dataFolder, const QString& name)
{
    if (!workspace)
        workspace = std::make_unique<Workspace>(dataFolder);
    const QDir folder(workspace->folder.path());
    const QString number = QString::number(origins.size());
    if (!workspace->folder.isValid() || !workspace->lock.tryLock() || !folder.mkpath(number))
        return failure(ErrorCode::Io,
                       u"Could not write into %1. Check that the folder may be written."_s.arg(
                           QDir::toNativeSeparators(dataFolder)));
    return folder.filePath(number + u'/' + name);
}

Status SourceFiles::Private::addPath(const QString& path, ImportContext& context)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorCode::NotFound, u"There is no file or folder %1. Check the path."_s.arg(
                                                QDir::toNativeSeparators(displaySource(path))));
    if (!info.isDir())
        return addFile(path, context);
    auto tree = DiskTree::ofFolder(path, context.limits.entryBytes, context.stop);
    if (!tree)
        return failureOf(tree);
    trees.push_back(std::move(*tree));
    return {};
}

Status SourceFiles::Private::addFile(const QString& path, ImportContext& context)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Io, u"Could not read %1: %2."_s.arg(
                                          QDir::toNativeSeparators(path), file.errorString()));
    const QByteArray head = file.peek(1024);
    if (head.isEmpty() && !isImageName(name.toUtf8()))
        return failure(ErrorCode::InvalidInput, u"%1 is empty."_s.arg(name));
    if (isWebPage(head))
        return failure(ErrorCode::InvalidInput,
                       u"%1 is a web page, not data. Use the link of the file itself."_s.arg(name));
    if (isZip(head) || name.endsWith(u".zip", Qt::CaseInsensitive)) {
        auto tree = ZipTree::open(path, context.limits, context.stop);
        if (!tree)
            return failureOf(tree);
        trees.push_back(std::move(*tree));
    } else if (belongsToOthers(name.toUtf8(), head)) {
        looseFiles.append(path);
    } else {
        trees.push_back(DiskTree::ofFiles({path}, context.limits.entryBytes));
    }
    return {};
}

void SourceFiles::Private::addLooseFiles(const ImportContext& context)
{
    if (!looseFiles.isEmpty())
        trees.push_back(DiskTree::ofFiles(looseFiles, context.limits.entryBytes));
}

SourceFiles::SourceFiles(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
SourceFiles::~SourceFiles() = default;

Result<std::unique_ptr<SourceFiles>>
SourceFiles::open(const QStringList& sources, const QString& dataFolder, ImportContext& context)
{
    std::unique_ptr<SourceFiles> files(new SourceFiles(std::make_unique<Private>()));
    for (const QString& source : sources)
        if (const Status added = files->d->add(source.trimmed(), dataFolder, context); !added)
            return failureOf(added);
    files->d->addLooseFiles(context);
    if (files->d->trees.empty())
        return failure(ErrorCode::InvalidInput, u"There is nothing to import: give a link, a file "
                                                "or a folder."_s);
    return files;
}

const std::vector<std::shared_ptr<FileTree>>& SourceFiles::trees() const
{
    return d->trees;
}

QString SourceFiles::origin() const
{
    return d->origins.join(u"; "_s);
}

} // namespace espalier
