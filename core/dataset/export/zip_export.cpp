#include "core/dataset/export/zip_export.h"

#include "core/base/files.h"
#include "core/dataset/export/cell_writer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSaveFile>
#include <algorithm>
#include <numeric>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Stored = 0;
constexpr int BestForTables = Z_DEFLATED;

class ZipExport final {
public:
    ZipExport(const Dataset& dataset, const QString& path, std::vector<RowIndex> rows,
              const ProgressSink& progress, std::stop_token stop)
        : m_dataset(dataset)
        , m_rows(std::move(rows))
        , m_progress(progress)
        , m_stop(std::move(stop))
        , m_file(path)
        , m_zip(&m_file)
    {
        m_zip.setAutoClose(false);
        m_zip.setUtf8Enabled(true);
        m_zip.setZip64Enabled(true);
    }

    [[nodiscard]] Status run();

private:
    [[nodiscard]] Status makeWriters();
    [[nodiscard]] Status writeTable();
    [[nodiscard]] Status writeFiles(const CellWriter& writer);
    [[nodiscard]] Status writeEntry(const QString& name, const QByteArray& content);
    [[nodiscard]] QByteArray header() const;
    [[nodiscard]] QByteArray line(RowIndex row) const;
    [[nodiscard]] tl::unexpected<Error> unwritable() const;
    void report();

    const Dataset& m_dataset;
    std::vector<RowIndex> m_rows;
    const ProgressSink& m_progress;
    std::stop_token m_stop;
    QSaveFile m_file;
    QuaZip m_zip;
    std::vector<CellWriter> m_writers; ///< by feature
    Progress m_done;
    QElapsedTimer m_sinceReport;
};

Status ZipExport::run()
{
    if (const Status made = makeWriters(); !made)
        return made;
    if (!m_file.open(QIODevice::WriteOnly) || !m_zip.open(QuaZip::mdCreate))
        return unwritable();
    m_sinceReport.start();
    Status status = writeTable();
    for (const CellWriter& writer : m_writers)
        if (status && writer.writesFiles())
            status = writeFiles(writer);
    m_zip.close();
    if (!status)
        return status;
    if (m_zip.getZipError() != ZIP_OK)
        return unwritable();
    return commitFile(m_file);
}

Status ZipExport::makeWriters()
{
    QList<QByteArray> folders;
    for (const FeatureSettings& feature : m_dataset.settings().features) {
        const QByteArray base = plainName(feature.name);
        QByteArray folder = base;
        for (int copy = 2; folders.contains(folder); ++copy)
            folder = base + '-' + QByteArray::number(copy);
        folders.append(folder);
        m_writers.emplace_back(m_dataset.store(), m_dataset.store().columnIndex(feature.column),
                               folder);
    }
    if (m_writers.empty() || m_rows.empty())
        return failure(ErrorCode::InvalidInput,
                       u"There is nothing to export: the dataset has no row in this subset."_s);
    return {};
}

QByteArray ZipExport::header() const
{
    QList<QByteArray> names;
    for (const FeatureSettings& feature : m_dataset.settings().features)
        names.append(quotedCell(feature.name.toUtf8()));
    return names.join(',') + '\n';
}

QByteArray ZipExport::line(RowIndex row) const
{
    QList<QByteArray> cells;
    for (const CellWriter& writer : m_writers)
        cells.append(writer.cell(row));
    const QByteArray joined = cells.join(',');
    return (joined.isEmpty() ? QByteArray("\"\"") : joined) + '\n'; // a blank line is no row
}

Status ZipExport::writeTable()
{
    QuaZipFile entry(&m_zip);
    if (!entry.open(QIODevice::WriteOnly, QuaZipNewInfo(u"index.csv"_s), nullptr, 0, BestForTables))
        return unwritable();
    QByteArray block = header();
    for (const RowIndex row : m_rows) {
        constexpr qsizetype BlockSize = 1 << 16;
        block += line(row);
        if (block.size() < BlockSize)
            continue;
        if (m_stop.stop_requested())
            return cancelled();
        if (entry.write(block) != block.size())
            return unwritable();
        m_done.bytes += block.size();
        block.resize(0);
        report();
    }
    const bool written = entry.write(block) == block.size();
    entry.close();
    return written && entry.getZipError() == ZIP_OK ? Status() : unwritable();
}

Status ZipExport::writeFiles(const CellWriter& writer)
{
    m_done.rows = 0;
    for (const RowIndex row : m_rows) {
        if (m_stop.stop_requested())
            return cancelled();
        const auto content = writer.fileContent(row);
        if (!content)
            return failureOf(content);
        const Status written = writeEntry(QString::fromUtf8(writer.fileName(row)), *content);
        if (!written)
            return written;
        m_done.bytes += content->size();
        ++m_done.rows;
        report();
    }
    return {};
}

Status ZipExport::writeEntry(const QString& name, const QByteArray& content)
{
    QuaZipFile entry(&m_zip);
    const int method = name.endsWith(u".npy"_s) ? BestForTables : Stored;
    if (!entry.open(QIODevice::WriteOnly, QuaZipNewInfo(name), nullptr, 0, method) ||
        entry.write(content) != content.size())
        return unwritable();
    entry.close();
    return entry.getZipError() == ZIP_OK ? Status() : unwritable();
}

tl::unexpected<Error> ZipExport::unwritable() const
{
    const bool isFull = m_file.error() == QFileDevice::ResourceError;
    return failure(isFull ? ErrorCode::DiskFull : ErrorCode::Io,
                   u"Could not write %1: %2. Check the folder and the space on its disk."_s.arg(
                       QDir::toNativeSeparators(m_file.fileName()), m_file.errorString()));
}

void ZipExport::report()
{
    constexpr qint64 Interval = 150; // ms
    if (!m_progress || m_sinceReport.elapsed() < Interval)
        return;
    m_sinceReport.restart();
    m_progress(m_done);
}

} // namespace

Status exportZip(const Dataset& dataset, const QString& outPath,
                 const std::optional<std::vector<RowIndex>>& rows, const ProgressSink& progress,
                 std::stop_token stop)
{
    std::vector<RowIndex> exported;
    if (rows) {
        exported = *rows;
    } else {
        exported.resize(size_t(dataset.rows()));
        std::iota(exported.begin(), exported.end(), RowIndex(0));
    }
    const bool areRows = std::all_of(exported.begin(), exported.end(),
                                     [&](RowIndex row) { return qint64(row) < dataset.rows(); });
    if (!areRows)
        return failure(ErrorCode::InvalidInput,
                       u"The dataset has only %1 rows."_s.arg(dataset.rows()));
    return ZipExport(dataset, outPath, std::move(exported), progress, std::move(stop)).run();
}

} // namespace espalier
