#include "core/dataset/import/formats/csv_reader.h"

#include <QStringDecoder>
#include <algorithm>
#include <array>
#include <csv.h>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// By how much the library lets the buffer of a field grow; its own 128 bytes are slow for long
/// ones.
constexpr size_t GrowthStep = size_t(64) * 1024;

constexpr qint64 BlockSize = 1 << 16;

constexpr QStringView WrongQuotes =
    u"its quotation marks are not in pairs: double those inside a cell, and quote the cell";
constexpr QStringView WrongEncoding = u"it is not UTF-8 text; save the table as UTF-8";

/// The separator that stands most often outside quotation marks in the first line. Where it is a
/// tie, the comma is more likely a decimal comma.
char findDelimiter(QByteArrayView head)
{
    constexpr std::array Candidates = {'\t', ';', ','};
    std::array<int, Candidates.size()> counts{};
    bool quoted = false;
    for (char c : head.trimmed()) {
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '\n' || c == '\r')
            break;
        const auto found = std::find(Candidates.begin(), Candidates.end(), c);
        if (found != Candidates.end())
            ++counts[size_t(found - Candidates.begin())];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return Candidates[size_t(most - counts.begin())];
}

/// Rows as the parser gives them: their cells one behind the other in one text.
struct ParsedRows {
    QByteArray text;
    std::vector<qsizetype> cellEnds;
    std::vector<size_t> rowEnds; ///< in cellEnds
    size_t taken = 0;            ///< rows

    [[nodiscard]] bool hasRow() const { return taken < rowEnds.size(); }

    void keepUnfinishedRow()
    {
        if (rowEnds.empty())
            return;
        const auto cells = std::ptrdiff_t(rowEnds.back());
        const qsizetype bytes = cellEnds[size_t(cells) - 1];
        if (bytes == text.size())
            text.resize(0);
        else
            text.remove(0, bytes);
        cellEnds.erase(cellEnds.begin(), cellEnds.begin() + cells);
        for (qsizetype& end : cellEnds)
            end -= bytes;
        rowEnds.clear();
        taken = 0;
    }
    void dropUnfinishedRow()
    {
        cellEnds.resize(rowEnds.empty() ? 0 : rowEnds.back());
        text.resize(cellEnds.empty() ? 0 : cellEnds.back());
    }
    static void addCell(void* bytes, size_t size, void* rows)
    {
        auto* self = static_cast<ParsedRows*>(rows);
        self->text.append(static_cast<const char*>(bytes), qsizetype(size));
        self->cellEnds.push_back(self->text.size());
    }
    static void endRow(int, void* rows)
    {
        auto* self = static_cast<ParsedRows*>(rows);
        self->rowEnds.push_back(self->cellEnds.size());
    }
};

} // namespace

struct CsvReader::Private {
    Private(std::unique_ptr<QIODevice> source, const QString& sourceName)
        : device(std::move(source))
        , name(sourceName)
    {
        startParser();
    }
    ~Private() { csv_free(&parser); }
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void startParser();
    [[nodiscard]] Status readBlock();
    [[nodiscard]] Status readHead();
    [[nodiscard]] Result<bool> feed();
    [[nodiscard]] QByteArrayView nextPiece();
    void parse(QByteArrayView piece);
    void recover();
    void take(CsvRow& row);
    [[nodiscard]] tl::unexpected<Error> unusable(const QString& why) const
    {
        return failure(ErrorCode::InvalidInput, u"%1 %2"_s.arg(name, why));
    }

    std::unique_ptr<QIODevice> device;
    QString name;
    std::optional<QStringDecoder> decoder; ///< of UTF-16
    csv_parser parser{};
    char delimiter = ',';
    QByteArray block; ///< UTF-8 not yet parsed, from `position` on
    qsizetype position = 0;
    QByteArray openRow; ///< raw bytes of the row that is not yet at its end
    bool skipsLine = false;
    bool ended = false;
    bool rowIsBroken = false;
    qint64 bytesRead = 0;
    qint64 rowNumber = -1;
    ParsedRows rows;
    QList<QByteArray> header;
};

void CsvReader::Private::startParser()
{
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&parser, GrowthStep);
    csv_set_delim(&parser, uchar(delimiter));
}

Status CsvReader::Private::readBlock()
{
    position = 0;
    block.clear();
    while (block.isEmpty() && !ended) {
        QByteArray bytes(BlockSize, Qt::Uninitialized);
        const qint64 count = device->read(bytes.data(), BlockSize);
        if (count < 0)
            return failure(ErrorCode::InvalidInput,
                           u"Could not read %1: %2."_s.arg(name, device->errorString()));
        bytes.resize(count);
        bytesRead += count;
        ended = count == 0;
        block = decoder ? QString((*decoder)(bytes)).toUtf8() : bytes;
    }
    return {};
}

Status CsvReader::Private::readHead()
{
    if (const Status status = readBlock(); !status)
        return status;
    if (block.startsWith("\xff\xfe") || block.startsWith("\xfe\xff")) {
        decoder.emplace(QStringConverter::Utf16);
        block = QString((*decoder)(block)).toUtf8();
    }
    if (block.startsWith("\xef\xbb\xbf"))
        position = 3;
    if (block.contains('\0'))
        return unusable(u"is no table as text. Save it as csv."_s);
    delimiter = findDelimiter(QByteArrayView(block).sliced(position));
    if (block.size() > position + 5 && block.sliced(position).startsWith("sep=")) {
        delimiter = block[position + 4]; // a note of spreadsheets to themselves
        const qsizetype lineEnd = block.indexOf('\n', position);
        position = lineEnd < 0 ? block.size() : lineEnd + 1;
    }
    csv_set_delim(&parser, uchar(delimiter));
    return {};
}

Result<bool> CsvReader::Private::feed()
{
    rows.keepUnfinishedRow();
    while (!rows.hasRow() && !rowIsBroken) {
        if (position < block.size()) {
            parse(nextPiece());
        } else if (!ended) {
            if (const Status status = readBlock(); !status)
                return failureOf(status);
        } else if (csv_fini(&parser, ParsedRows::addCell, ParsedRows::endRow, &rows) != 0) {
            recover();
        } else {
            return rows.hasRow();
        }
    }
    return true;
}

/// The rest of the line, as far as it has been read.
QByteArrayView CsvReader::Private::nextPiece()
{
    const qsizetype lineEnd = block.indexOf('\n', position);
    const qsizetype end = lineEnd < 0 ? block.size() : lineEnd + 1;
    return QByteArrayView(block).sliced(position, end - position);
}

void CsvReader::Private::parse(QByteArrayView piece)
{
    const bool lineEnds = piece.endsWith('\n');
    position += piece.size();
    if (skipsLine) {
        skipsLine = !lineEnds;
        return;
    }
    const bool isBlank = openRow.isEmpty() && piece.trimmed().isEmpty();
    const size_t parsed = csv_parse(&parser, piece.data(), size_t(piece.size()),
                                    ParsedRows::addCell, ParsedRows::endRow, &rows);
    if (parsed == size_t(piece.size()) && rows.hasRow()) {
        openRow.resize(0);
        return;
    }
    if (!isBlank)
        openRow.append(piece);
    if (parsed < size_t(piece.size()) || openRow.size() > LargestRow)
        recover();
}

/// Leaves the row out, and goes on behind the line in which it began.
void CsvReader::Private::recover()
{
    const qsizetype lineEnd = openRow.indexOf('\n');
    skipsLine = lineEnd < 0 && !ended;
    if (lineEnd >= 0 && lineEnd + 1 < openRow.size()) {
        block = openRow.mid(lineEnd + 1) + block.mid(position);
        position = 0;
    }
    openRow.resize(0);
    csv_free(&parser);
    startParser();
    rows.dropUnfinishedRow();
    rowIsBroken = true;
}

void CsvReader::Private::take(CsvRow& row)
{
    const size_t begin = rows.taken == 0 ? 0 : rows.rowEnds[rows.taken - 1];
    const size_t end = rows.rowEnds[rows.taken++];
    const QByteArrayView text(rows.text);
    qsizetype cellBegin = begin == 0 ? 0 : rows.cellEnds[begin - 1];
    if (!text.sliced(cellBegin, rows.cellEnds[end - 1] - cellBegin).isValidUtf8()) {
        row.problem = WrongEncoding.toString();
        return;
    }
    for (size_t cell = begin; cell < end; ++cell) {
        row.cells.append(text.sliced(cellBegin, rows.cellEnds[cell] - cellBegin));
        cellBegin = rows.cellEnds[cell];
    }
}

CsvReader::CsvReader(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
CsvReader::~CsvReader() = default;

Result<std::unique_ptr<CsvReader>> CsvReader::open(std::unique_ptr<QIODevice> device,
                                                   const QString& name)
{
    std::unique_ptr<CsvReader> reader(
        new CsvReader(std::make_unique<Private>(std::move(device), name)));
    if (const Status status = reader->d->readHead(); !status)
        return failureOf(status);
    CsvRow row;
    const auto found = reader->next(row);
    if (!found)
        return failureOf(found);
    if (!*found)
        return reader->d->unusable(u"is empty. A table needs a line with the column names."_s);
    if (!row.problem.isEmpty())
        return reader->d->unusable(
            u"has a line of column names that cannot be read: %1."_s.arg(row.problem));
    for (const QByteArrayView cell : std::as_const(row.cells))
        reader->d->header.append(cell.toByteArray());
    return reader;
}

const QList<QByteArray>& CsvReader::header() const
{
    return d->header;
}

bool CsvReader::hasDecimalComma() const
{
    return d->delimiter == ';';
}

Result<bool> CsvReader::next(CsvRow& row)
{
    row.problem.clear();
    row.cells.resize(0);
    if (!d->rows.hasRow() && !d->rowIsBroken) {
        const auto found = d->feed();
        if (!found || !*found)
            return found;
    }
    row.number = ++d->rowNumber;
    if (d->rows.hasRow()) {
        d->take(row);
    } else {
        d->rowIsBroken = false;
        row.problem = WrongQuotes.toString();
    }
    return true;
}

qint64 CsvReader::bytesRead() const
{
    return d->bytesRead;
}

} // namespace espalier
