#pragma once

#include "core/base/feature_description.h"
#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/dataset/import/formats/image_decoder.h"
#include "core/dataset/import/formats/number_array.h"
#include "core/dataset/import/tables/column_profile.h"
#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <vector>

namespace espalier {

/// How the cells of a column come out of a table.
enum class CellKind {
    Number,
    Text,
    ImageFile, ///< an image file in every row
    ArrayFile, ///< an .npy file in every row: the array is one example
    Array      ///< numbers of one shape, which lie row after row in the source
};

struct TableColumn {
    QString name;
    CellKind kind = CellKind::Text;
    Encoding detected = Encoding::Text;
    ElementType element = ElementType::Float64; ///< of Array
    Shape shape = {};                           ///< of Array
    ColumnProfile profile = {};                 ///< of Number and Text: what the cells look like

    /// Number or Text, and the encoding, by the profile.
    void classify();
};

/// What an .npy file holds: one example.
struct NumberArray {
    ArrayHeader header;
    QByteArray raw; ///< the numbers as in the file
};

/// The file that a cell names, and what was in it.
struct FileCell {
    QString name;
    QByteArray bytes; ///< taken away when decoded
    DecodedImage image;
    NumberArray array;
};

/// The cells of one column in a batch; one list is filled, by the kind of the column.
struct BatchCells {
    std::vector<double> numbers; ///< NaN where missing
    QStringList texts;           ///< null where missing
    std::vector<FileCell> files;
    QByteArray arrays;
};

/// Some rows of a table, column by column.
struct RowBatch {
    std::vector<qint64> rows; ///< number of each row in its table; 1 is the first
    std::vector<char> usable; ///< by row; cleared where a file turns out to be bad
    std::vector<BatchCells> columns;
    QList<ImportProblem> problems;
    qint64 skipped = 0; ///< rows that never came into the batch

    [[nodiscard]] qint64 size() const { return qint64(rows.size()); }
};

/// How many rows a batch may hold.
struct BatchSize {
    qint64 rows = 256;
    qint64 bytes = qint64(2) << 20; ///< of files; the row that goes beyond is the last
};

/// The rows of one source, after a first look at all of it: its columns are known. Use from one
/// thread at a time.
class TableReader {
public:
    virtual ~TableReader() = default;

    [[nodiscard]] const QString& name() const { return m_name; } ///< for sentences
    [[nodiscard]] const QList<TableColumn>& columns() const { return m_columns; }
    /// What was found at the first look, about no row.
    [[nodiscard]] const QList<ImportProblem>& problems() const { return m_problems; }

    /// Makes the table give these columns, in their order: the same names, where tables are joined
    /// perhaps as Text what alone would be Number.
    virtual void adopt(const QList<TableColumn>& columns) { m_columns = columns; }

    /// To the first row.
    [[nodiscard]] virtual Status rewind() = 0;
    /// Adds the next rows to an empty batch; an empty batch (also no skipped row) is the end.
    [[nodiscard]] virtual Status next(RowBatch& batch, const BatchSize& size) = 0;

    /// What next() has to read in all, and has read since rewind(), in bytes.
    [[nodiscard]] virtual qint64 totalBytes() const = 0;
    [[nodiscard]] virtual qint64 bytesRead() const = 0;

    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;

protected:
    explicit TableReader(QString name)
        : m_name(std::move(name))
    {
    }

    QList<TableColumn> m_columns;
    QList<ImportProblem> m_problems;

private:
    QString m_name;
};

} // namespace espalier
