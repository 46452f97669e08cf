#include "core/dataset/import/importer.h"

#include "core/base/system.h"
#include "core/dataset/import/download.h"
#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/import_context.h"
#include "core/dataset/import/importers.h"
#include "core/dataset/import/preview_collector.h"
#include "core/dataset/import/source_files.h"
#include "core/dataset/import/store_builder.h"
#include "core/dataset/import/table_join.h"

#include <QDir>
#include <QFuture>
#include <QThreadPool>
#include <QtConcurrent>
#include <algorithm>
#include <deque>
#include <iterator>
#include <new>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Reads tables on the calling thread, decodes on all processors, writes on the calling thread.
class ImportJob final {
public:
    ImportJob(const SourceFiles& files, Tables& tables, ImportContext& context,
              const PreviewSink& preview)
        : m_files(files)
        , m_tables(tables)
        , m_context(context)
        , m_preview(preview)
    {
        m_pool.setMaxThreadCount(usableProcessors());
        for (const auto& table : m_tables)
            m_totalBytes += table->totalBytes();
    }

    [[nodiscard]] Result<ImportedSource> run(const QString& dataFolder);

private:
    using BatchPtr = std::shared_ptr<RowBatch>;

    [[nodiscard]] Status fill(StoreBuilder& builder);
    [[nodiscard]] Status copyTable(TableReader& table, StoreBuilder& builder);
    [[nodiscard]] Result<QFuture<BatchPtr>> startBatch(TableReader& table,
                                                       const StoreBuilder& builder);
    [[nodiscard]] BatchSize batchSize(const StoreBuilder& builder) const;
    [[nodiscard]] bool hasFileColumns() const;
    [[nodiscard]] Result<ImportedSource> finish(StoreBuilder& builder) const;

    const SourceFiles& m_files;
    Tables& m_tables;
    ImportContext& m_context;
    PreviewCollector m_preview;
    QThreadPool m_pool;
    qint64 m_totalBytes = 0;
    qint64 m_bytesOfDoneTables = 0;
};

Result<ImportedSource> ImportJob::run(const QString& dataFolder)
{
    QSet<QString> colorColumns;
    for (;;) {
        const auto builder =
            StoreBuilder::create(dataFolder, m_tables.front()->columns(), colorColumns);
        if (!builder)
            return failureOf(builder);
        if (const Status filled = fill(**builder); !filled)
            return failureOf(filled);
        if ((*builder)->needsColor().isEmpty())
            return finish(**builder);
        colorColumns.insert((*builder)->needsColor());
        m_preview.startOver();
    }
}

Status ImportJob::fill(StoreBuilder& builder)
{
    for (const auto& tree : m_files.trees())
        for (const ImportProblem& problem : tree->problems())
            builder.addProblem(problem);
    for (const auto& table : m_tables)
        for (const ImportProblem& problem : table->problems())
            builder.addProblem(problem);
    m_bytesOfDoneTables = 0;
    for (const auto& table : m_tables) {
        const Status copied = copyTable(*table, builder);
        m_pool.waitForDone();
        if (!copied || !builder.needsColor().isEmpty())
            return copied;
        m_bytesOfDoneTables += table->totalBytes();
    }
    return {};
}

Status ImportJob::copyTable(TableReader& table, StoreBuilder& builder)
{
    if (const Status status = table.rewind(); !status)
        return status;
    const size_t window = 2 * size_t(m_pool.maxThreadCount()) + 1;
    std::deque<QFuture<BatchPtr>> inFlight;
    bool isAtEnd = false;
    while (builder.needsColor().isEmpty()) {
        if (m_context.isCancelled())
            return cancelled();
        while (!isAtEnd && inFlight.size() < window) {
            auto started = startBatch(table, builder);
            if (!started)
                return failureOf(started);
            isAtEnd = !started->isValid();
            if (!isAtEnd)
                inFlight.push_back(std::move(*started));
        }
        if (inFlight.empty())
            break;
        const BatchPtr batch = inFlight.front().result();
        inFlight.pop_front();
        if (m_context.isCancelled())
            return cancelled();
        if (const Status appended = builder.append(*batch); !appended)
            return appended;
        if (builder.needsColor().isEmpty())
            m_preview.add(*batch, table.columns(), builder.schemas());
        m_context.report({m_bytesOfDoneTables + table.bytesRead(), m_totalBytes, builder.rows()});
    }
    return {};
}

/// A future that is not valid is the end of the table.
Result<QFuture<ImportJob::BatchPtr>> ImportJob::startBatch(TableReader& table,
                                                           const StoreBuilder& builder)
{
    auto batch = std::make_shared<RowBatch>();
    if (const Status read = table.next(*batch, batchSize(builder)); !read)
        return failureOf(read);
    if (batch->size() == 0 && batch->skipped == 0)
        return QFuture<BatchPtr>();
    return QtConcurrent::run(&m_pool, [this, batch, &table] {
        decodeBatch(*batch, table.columns(), m_context.limits.imagePixels, m_context.stop);
        return batch;
    });
}

bool ImportJob::hasFileColumns() const
{
    const auto& columns = m_tables.front()->columns();
    return std::any_of(columns.begin(), columns.end(), [](const TableColumn& column) {
        return column.kind == CellKind::ImageFile || column.kind == CellKind::ArrayFile;
    });
}

/// The first batches of files are small: how much they unpack to is known only then.
BatchSize ImportJob::batchSize(const StoreBuilder& builder) const
{
    constexpr qint64 CellsWithoutFiles = qint64(1) << 17;
    constexpr qint64 FirstRows = 32;
    constexpr qint64 MostRows = 256;
    constexpr qint64 UnpackedBytes = qint64(8) << 20;
    if (!hasFileColumns())
        return {.rows =
                    std::max<qint64>(1, CellsWithoutFiles / m_tables.front()->columns().size())};
    const qint64 rowBytes = builder.unpackedRowBytes();
    if (rowBytes == 0)
        return {.rows = FirstRows};
    return {.rows = std::clamp<qint64>(UnpackedBytes / rowBytes, 1, MostRows)};
}

Result<ImportedSource> ImportJob::finish(StoreBuilder& builder) const
{
    if (builder.rows() == 0) {
        const auto& problem = builder.firstProblem();
        const QString why = !problem ? QString()
                            : problem->file.isEmpty()
                                ? u": %1"_s.arg(problem->reason)
                                : u": %1: %2"_s.arg(problem->file, problem->reason);
        return failure(ErrorCode::InvalidInput,
                       u"No row of %1 can be used%2. Correct the rows and import again."_s.arg(
                           m_tables.front()->name(), why));
    }
    const auto manifest = builder.writer().finish(m_files.origin());
    if (!manifest)
        return failureOf(manifest);
    m_context.report({m_totalBytes, m_totalBytes, manifest->rows}, true);
    return ImportedSource{builder.writer().folder(), *manifest, builder.writer().alreadyThere()};
}

Result<ImportedSource> importInto(const QString& dataFolder, const QStringList& sources,
                                  ImportContext& context, const PreviewSink& preview)
{
    const auto files = SourceFiles::open(sources, dataFolder, context);
    if (!files)
        return failureOf(files);
    Tables tables;
    for (const auto& tree : (*files)->trees()) {
        auto opened = openTables(tree, context);
        if (!opened)
            return failureOf(opened);
        std::move(opened->begin(), opened->end(), std::back_inserter(tables));
    }
    if (const Status joined = joinTables(tables); !joined)
        return failureOf(joined);
    return ImportJob(**files, tables, context, preview).run(dataFolder);
}

} // namespace

Result<ImportedSource> importSources(const QStringList& sources, const QString& dataFolder,
                                     const ImportLimits& limits, const ProgressSink& progress,
                                     std::stop_token stop, const PreviewSink& preview)
{
    if (!QDir().mkpath(dataFolder))
        return failure(ErrorCode::Io,
                       u"Could not make the folder %1. Check that it may be written."_s.arg(
                           QDir::toNativeSeparators(dataFolder)));
    ImportContext context(limits, progress, std::move(stop));
    try {
        return importInto(dataFolder, sources, context, preview);
    } catch (const std::bad_alloc&) {
        QStringList shown;
        std::ranges::transform(sources, std::back_inserter(shown), displaySource);
        return failure(ErrorCode::OutOfMemory,
                       u"There is not enough memory to import %1. Close "
                       "other programs, or import a part."_s.arg(shown.join(u", "_s)));
    }
}

} // namespace espalier
