#pragma once

#include "core/base/result.h"
#include "core/dataset/import/tables/table_reader.h"
#include "core/dataset/store/packed_store_writer.h"

#include <QList>
#include <QSet>
#include <QString>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace espalier {

/// Unpacks the files of a batch: images and arrays. Rows whose files are bad become unusable, with
/// a problem. May run on any thread, one batch on each.
void decodeBatch(RowBatch& batch, const QList<TableColumn>& columns, qint64 largestPixels,
                 const std::stop_token& stop);

/// Puts decoded batches into a packed store. How an image column is stored is decided by the first
/// batch: as pixels where all images have one size, at most 1,048,576 pixels, else as files. A
/// later image of another size turns the column into files. A column begun in grey that meets a
/// colour image of the same size cannot go on: the import starts over with colour, once.
class StoreBuilder final {
public:
    [[nodiscard]] static Result<std::unique_ptr<StoreBuilder>>
    create(const QString& dataFolder, const QList<TableColumn>& columns,
           const QSet<QString>& colorColumns);

    void addProblem(const ImportProblem& problem);
    [[nodiscard]] Status append(RowBatch& batch);
    /// Name of the grey column that has to be in colour; empty while all goes well.
    [[nodiscard]] const QString& needsColor() const { return m_needsColor; }

    [[nodiscard]] qint64 rows() const { return m_rows; }
    /// How the columns are stored so far; empty before the first row.
    [[nodiscard]] QList<ColumnSchema> schemas() const;
    /// Of the images and arrays that are stored as numbers; 0 while not known.
    [[nodiscard]] qint64 unpackedRowBytes() const;
    /// What went wrong first, if anything.
    [[nodiscard]] const std::optional<ImportProblem>& firstProblem() const
    {
        return m_firstProblem;
    }

    [[nodiscard]] PackedStoreWriter& writer() { return *m_writer; }

private:
    using Files = std::vector<const FileCell*>;

    /// How one column is stored.
    struct Target {
        TableColumn column;
        ColumnSchema schema;
    };

    StoreBuilder(std::unique_ptr<PackedStoreWriter> writer, QString dataFolder);

    [[nodiscard]] Status begin(const RowBatch& batch);
    void decideSchema(Target& target, const Files& files) const;
    void rejectOtherArrays(RowBatch& batch);
    [[nodiscard]] Status fitImages(int index, const Files& files);
    [[nodiscard]] Status appendColumn(int index, const RowBatch& batch);
    [[nodiscard]] Status appendImages(int index, const Files& files);
    [[nodiscard]] Status appendArrays(int index, const Files& files);
    [[nodiscard]] Status appendBytes(int index, const QByteArray& bytes);
    [[nodiscard]] Status checkSpace();
    void noteProblems(RowBatch& batch);

    std::unique_ptr<PackedStoreWriter> m_writer;
    QString m_dataFolder;
    std::vector<Target> m_targets;
    QSet<QString> m_colorColumns;
    QString m_needsColor;
    std::optional<ImportProblem> m_firstProblem;
    bool m_begun = false;
    qint64 m_rows = 0;
    qint64 m_bytesSinceCheck = 0;
};

} // namespace espalier
