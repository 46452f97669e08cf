#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QList>
#include <QString>
#include <memory>

namespace espalier {

/// One record of a table, or the reason why there is none.
struct CsvRow {
    qint64 number = 0;           ///< 1 is the first row under the header
    QString problem;             ///< not empty: the row cannot be read, and there are no cells
    QList<QByteArrayView> cells; ///< UTF-8; valid until the next row is read
};

/// Reads a table as text, row by row: UTF-8 with or without a byte order mark, or UTF-16 with one;
/// comma, semicolon or tab between the cells, found in the header line; quotation marks around
/// cells, doubled inside them. A row whose quotation marks are wrong is given as a problem, and
/// reading goes on in the line behind the one where it began.
class CsvReader final {
public:
    /// A row larger than this has an opening quotation mark that is never closed.
    static constexpr qint64 LargestRow = qint64(16) << 20;

    /// Reads as far as the header. Errors: empty, no text, a header that cannot be read.
    [[nodiscard]] static Result<std::unique_ptr<CsvReader>> open(std::unique_ptr<QIODevice> device,
                                                                 const QString& name);
    ~CsvReader();

    [[nodiscard]] const QList<QByteArray>& header() const;
    /// Whether numbers may have a decimal comma: where semicolons separate the cells.
    [[nodiscard]] bool hasDecimalComma() const;
    /// False at the end. An Error when the device fails.
    [[nodiscard]] Result<bool> next(CsvRow& row);
    [[nodiscard]] qint64 bytesRead() const; ///< of the device

    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

private:
    struct Private;
    explicit CsvReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
