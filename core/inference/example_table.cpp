#include "core/inference/example_table.h"

#include "core/base/files.h"
#include "core/dataset/import/formats/csv_reader.h"
#include "core/inference/image_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString listed(const QStringList& names)
{
    return u"“%1”"_s.arg(names.join(u"”, “"_s));
}

QStringList columnNames(const CsvReader& reader)
{
    QStringList names;
    for (const QByteArray& name : reader.header())
        names.append(QString::fromUtf8(name).trimmed());
    return names;
}

/// By input, the cell of a row.
Result<QList<qsizetype>> findColumns(const CsvReader& reader, const QString& file,
                                     const QList<FeatureDescription>& inputs)
{
    const QStringList columns = columnNames(reader);
    QList<qsizetype> cells;
    QStringList missing;
    for (const FeatureDescription& input : inputs) {
        cells.append(columns.indexOf(input.name));
        if (cells.last() < 0)
            missing.append(input.name);
    }
    if (missing.isEmpty())
        return cells;
    return failure(ErrorCode::InvalidInput,
                   u"%1 has no column %2, which the model reads; its columns are %3."_s.arg(
                       file, listed(missing), listed(columns)));
}

} // namespace

struct ExampleTable::Private {
    QString file; ///< for sentences
    QDir folder;
    QList<FeatureDescription> inputs;
    QList<qsizetype> cells;
    std::unique_ptr<CsvReader> reader;

    [[nodiscard]] Result<QVariant> value(const FeatureDescription& input, const QString& cell) const
    {
        if (input.encoding == Encoding::Image)
            return readImageFile(folder.absoluteFilePath(cell.trimmed())).map([](const QImage& i) {
                return QVariant(i);
            });
        const bool isNumber =
            input.encoding == Encoding::Numeric && input.shape.elementCount() == 1;
        if (isNumber && reader->hasDecimalComma())
            return QVariant(QString(cell).replace(u',', u'.'));
        return QVariant(cell);
    }

    [[nodiscard]] Result<QHash<QString, QVariant>> valuesOf(const CsvRow& row) const
    {
        const QString place = u"%1, row %2"_s.arg(file, QString::number(row.number));
        if (!row.problem.isEmpty())
            return failure(ErrorCode::InvalidInput, u"%1: %2."_s.arg(place, row.problem));
        QHash<QString, QVariant> values;
        for (qsizetype i = 0; i < inputs.size(); ++i) {
            if (cells[i] >= row.cells.size())
                return failure(ErrorCode::InvalidInput,
                               u"%1 has %2 cells, but the table has %3 columns."_s.arg(place)
                                   .arg(row.cells.size())
                                   .arg(reader->header().size()));
            const auto found = value(inputs[i], QString::fromUtf8(row.cells[cells[i]]));
            if (!found)
                return failure(found.error().code, u"%1: %2"_s.arg(place, found.error().message));
            values.insert(inputs[i].name, *found);
        }
        return values;
    }
};

ExampleTable::ExampleTable(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}

ExampleTable::~ExampleTable() = default;

Result<std::unique_ptr<ExampleTable>> ExampleTable::open(const QString& path,
                                                         const QList<FeatureDescription>& inputs)
{
    auto d = std::make_unique<Private>();
    d->file = QDir::toNativeSeparators(path);
    d->folder = QFileInfo(path).absoluteDir();
    d->inputs = inputs;
    if (!QFileInfo(path).isFile())
        return failure(ErrorCode::NotFound, u"There is no file %1."_s.arg(d->file));
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return tl::unexpected(fileError(*file, u"read"_s));
    auto reader = CsvReader::open(std::move(file), d->file);
    if (!reader)
        return failureOf(reader);
    d->reader = std::move(*reader);
    auto cells = findColumns(*d->reader, d->file, inputs);
    if (!cells)
        return failureOf(cells);
    d->cells = std::move(*cells);
    return std::unique_ptr<ExampleTable>(new ExampleTable(std::move(d)));
}

Result<std::optional<ExampleTable::Example>> ExampleTable::next()
{
    CsvRow row;
    return d->reader->next(row).map([&](bool hasRow) -> std::optional<Example> {
        if (!hasRow)
            return std::nullopt;
        return Example{row.number, d->valuesOf(row)};
    });
}

} // namespace espalier
