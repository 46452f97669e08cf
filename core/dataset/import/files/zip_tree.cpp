#include "core/dataset/import/files/zip_tree.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/zip_input.h"
#include "core/dataset/import/importer.h"

#include <QDir>
#include <QFileInfo>
#include <QIODevice>
#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr uLong EncryptedFlag = 1;
constexpr uLong MethodStored = 0;
constexpr qint64 FirstReservation = 1 << 20; // sizes are claims: memory follows what arrives

bool isSymbolicLink(const unz_file_info64& info)
{
    constexpr uLong TypeMask = 0170000;
    constexpr uLong Link = 0120000;
    return ((info.external_fa >> 16) & TypeMask) == Link;
}

/// Why an entry is left out; empty when it may be read.
QString reasonAgainst(const unz_file_info64& info, PathKind kind)
{
    if (kind == PathKind::Unsafe)
        return u"its path leaves the archive"_s;
    if (isSymbolicLink(info))
        return u"it is a symbolic link"_s;
    if (info.flag & EncryptedFlag)
        return u"it is encrypted; pack it without a password"_s;
    if (info.compression_method != MethodStored && info.compression_method != Z_DEFLATED)
        return u"it is packed by a method that cannot be read; use Deflate"_s;
    return {};
}

/// One entry as a device, on a handle of its own.
class ZipEntryDevice final : public QIODevice {
public:
    ZipEntryDevice(const QString& path, qint64 limit)
        : m_input(path)
        , m_left(limit)
    {
    }

    bool openAt(unz64_file_pos position)
    {
        return m_input.open() && unzGoToFilePos64(m_input.handle(), &position) == UNZ_OK &&
               unzOpenCurrentFile(m_input.handle()) == UNZ_OK && open(QIODevice::ReadOnly);
    }

    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        constexpr qint64 Most = 1 << 30;
        if (m_ended)
            return 0;
        const int count = unzReadCurrentFile(m_input.handle(), data, unsigned(qMin(size, Most)));
        if (count > 0) {
            m_left -= count;
            return m_left >= 0 ? count : fail(u"the file is larger than the limit"_s);
        }
        if (count < 0 || !unzeof(m_input.handle()) ||
            unzCloseCurrentFile(m_input.handle()) != UNZ_OK)
            return fail(u"the file is damaged"_s);
        m_ended = true;
        return 0;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    qint64 fail(const QString& reason)
    {
        setErrorString(reason);
        m_ended = true;
        return -1;
    }

    ZipInput m_input;
    qint64 m_left;
    bool m_ended = false;
};

} // namespace

struct ZipTree::DirectoryEntry {
    QByteArray rawPath;
    unz_file_info64 info;
    unz64_file_pos position;

    /// Where the directory goes on behind this entry.
    [[nodiscard]] qint64 end() const
    {
        constexpr qint64 FixedPart = 46;
        return qint64(position.pos_in_zip_directory) + FixedPart + qint64(info.size_filename) +
               qint64(info.size_file_extra) + qint64(info.size_file_comment);
    }
};

struct ZipTree::Private {
    Private(const QString& archive, const ImportLimits& importLimits)
        : path(archive)
        , limits(importLimits)
        , input(archive)
    {
    }

    [[nodiscard]] bool isDirectoryHeaderAt(qint64 offset)
    {
        char signature[4];
        return input.readAt(offset, signature, 4) == 4 &&
               QByteArrayView(signature, 4) == QByteArrayView("PK\1\2");
    }
    [[nodiscard]] Result<QByteArray> readOpened(qint64 declared);

    QString path;
    ImportLimits limits;
    ZipInput input;
    std::vector<unz64_file_pos> positions; ///< by entry
    qint64 unpacked = 0;
};

Result<QByteArray> ZipTree::Private::readOpened(qint64 declared)
{
    QByteArray content;
    content.resize(std::min(declared, FirstReservation));
    qint64 size = 0;
    while (size < declared) {
        if (size == content.size())
            content.resize(std::min(declared, 2 * size));
        const int count = unzReadCurrentFile(input.handle(), content.data() + size,
                                             unsigned(content.size() - size));
        if (count <= 0)
            return failure(ErrorCode::InvalidInput, u"the file is damaged"_s);
        size += count;
    }
    unpacked += size;
    return content;
}

ZipTree::ZipTree(const QString& path, const ImportLimits& limits)
    : FileTree(QFileInfo(path).fileName())
    , d(std::make_unique<Private>(path, limits))
{
}

ZipTree::~ZipTree() = default;

Result<std::unique_ptr<ZipTree>> ZipTree::open(const QString& path, const ImportLimits& limits,
                                               std::stop_token stop)
{
    std::unique_ptr<ZipTree> tree(new ZipTree(path, limits));
    if (!tree->d->input.open())
        return failure(ErrorCode::InvalidInput,
                       u"%1 is empty or no whole zip archive: its directory cannot be found. "
                       "Download or pack it again."_s.arg(tree->name()));
    if (const Status status = tree->readDirectory(std::move(stop)); !status)
        return failureOf(status);
    return tree;
}

Status ZipTree::readDirectory(std::stop_token stop)
{
    const unzFile handle = d->input.handle();
    const auto damaged = [this] {
        return failure(ErrorCode::InvalidInput,
                       u"The directory of %1 is damaged. Download or pack it again."_s.arg(name()));
    };
    unz_global_info64 global{};
    unzGetGlobalInfo64(handle, &global);
    if (global.number_entry == 0)
        return {};
    DirectoryEntry entry{};
    QByteArray path(1 << 16, Qt::Uninitialized);
    int status = unzGoToFirstFile(handle);
    for (; status == UNZ_OK; status = unzGoToNextFile(handle)) {
        if (stop.stop_requested())
            return cancelled();
        if (unzGetFilePos64(handle, &entry.position) != UNZ_OK ||
            unzGetCurrentFileInfo64(handle, &entry.info, path.data(), uLong(path.size()), nullptr,
                                    0, nullptr, 0) != UNZ_OK)
            return damaged();
        entry.rawPath = path.left(qsizetype(entry.info.size_filename));
        add(entry);
    }
    if (status != UNZ_END_OF_LIST_OF_FILE || d->isDirectoryHeaderAt(entry.end()))
        return damaged();
    return {};
}

void ZipTree::add(const DirectoryEntry& entry)
{
    const PathKind kind = pathKind(entry.rawPath);
    if (entry.rawPath.endsWith('/') || kind == PathKind::Ignored)
        return;
    const QByteArray path = normalizedPath(entry.rawPath);
    if (const QString reason = reasonAgainst(entry.info, kind); !reason.isEmpty())
        return addProblem(path, reason);
    if (!addEntry(path, qint64(entry.info.uncompressed_size)))
        return addProblem(path, u"the archive holds it twice; the first is used"_s);
    d->positions.push_back(entry.position);
}

Result<QByteArray> ZipTree::read(int entry)
{
    const qint64 declared = entries()[size_t(entry)].size;
    if (declared < 0 || declared > std::min(d->limits.entryBytes, LargestWholeFile))
        return failure(ErrorCode::InvalidInput, u"the file is too large"_s);
    if (d->unpacked + declared > d->limits.totalBytes)
        return failure(
            ErrorCode::Unsupported,
            u"%1 unpacks to more than the limit of %2 bytes. Import a part of it."_s.arg(name())
                .arg(d->limits.totalBytes));
    const unzFile handle = d->input.handle();
    if (unzGoToFilePos64(handle, &d->positions[size_t(entry)]) != UNZ_OK ||
        unzOpenCurrentFile(handle) != UNZ_OK)
        return failure(ErrorCode::InvalidInput, u"the file is damaged"_s);
    const auto content = d->readOpened(declared);
    const bool intact = unzCloseCurrentFile(handle) == UNZ_OK;
    if (content && !intact)
        return failure(ErrorCode::InvalidInput, u"the file is damaged"_s);
    return content;
}

Result<std::unique_ptr<QIODevice>> ZipTree::open(int entry)
{
    auto device = std::make_unique<ZipEntryDevice>(d->path, d->limits.entryBytes);
    if (!device->openAt(d->positions[size_t(entry)]))
        return failure(
            ErrorCode::InvalidInput,
            u"Could not unpack %1 of %2: it is damaged. Download or pack it again."_s.arg(
                QString::fromUtf8(entries()[size_t(entry)].path), name()));
    return device;
}

} // namespace espalier
